import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { databaseRef } from '../catalog/index.ts'
import type { Database } from '../db/index.ts'
import { problems } from '../http/index.ts'
import { previewPolicy } from './preview-policy.ts'

const entitlement = z.strictObject({ database: databaseRef, dbUser: z.string().min(1).max(255).meta({ example: 'db_user' }) })

const previewSchema = z
  .strictObject({
    policies: z.array(
      z.strictObject({
        name: z.string().describe('The name of the inline policy.'),
        document: z.string().describe('The exact text that would be written to IAM.'),
        characters: z.number().int().describe('As IAM counts them: without white space.'),
      }),
    ),
    quotas: z
      .strictObject({ role: z.number().int(), user: z.number().int() })
      .describe('How many characters the inline policies of a role or a user may have, all together.'),
  })
  .meta({ id: 'PolicyPreview' })

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
          'The smallest IAM policy that lets a principal connect with these and nothing else, as it would be written. Nothing is stored, nobody is asked.',
        tags: ['policies'],
        body: z.strictObject({ entitlements: z.array(entitlement).min(1).max(200) }).meta({ id: 'PreviewPolicy' }),
        response: { 200: previewSchema, ...problems('unknown_database', 'ambiguous_database', 'invalid_db_user', 'cross_account') },
      },
    },
    async (request) => {
      const { policies, quotas } = await previewPolicy(db, deploymentId, request.body.entitlements)
      return { policies: policies.map((policy) => ({ ...policy })), quotas }
    },
  )
}
