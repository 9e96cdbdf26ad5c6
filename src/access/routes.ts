import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { databaseRef } from '../catalog/index.ts'
import type { Database } from '../db/index.ts'
import { packedPolicy } from '../grants/index.ts'
import { problems } from '../http/index.ts'
import { previewPolicy } from './preview-policy.ts'

const entitlement = z.strictObject({ database: databaseRef, dbUser: z.string().min(1).max(255).meta({ example: 'db_user' }) })

const previewSchema = z.strictObject({ policies: z.array(packedPolicy) }).meta({ id: 'PolicyPreview' })

/** /v1/policies: preview. */
export const policyRoutes: FastifyPluginAsyncZod<{ readonly db: Database; readonly deploymentId: string }> = async (
  app,
  { db, deploymentId },
) => {
  app.post(
    '/v1/policies/preview',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'previewPolicy',
        summary: 'The policy that entitlements make',
        description:
          'The smallest IAM policies that let a principal connect with these and nothing else, as they would be written on one that has no others. Nothing is stored, nobody is asked.',
        tags: ['policies'],
        body: z
          .strictObject({
            principalKind: z.enum(['role', 'user', 'group']).default('role').describe('What it would stand on; their quotas differ.'),
            entitlements: z.array(entitlement).min(1).max(200),
          })
          .meta({ id: 'PreviewPolicy' }),
        response: {
          200: previewSchema,
          ...problems('unknown_database', 'ambiguous_database', 'invalid_db_user', 'cross_account', 'quota_exceeded'),
        },
      },
    },
    async (request) => {
      const { principalKind, entitlements } = request.body
      const policies = await previewPolicy(db, deploymentId, principalKind, entitlements)
      return { policies: policies.map((policy) => ({ ...policy })) }
    },
  )
}
