import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { databaseFacts, databaseRef, getDatabase } from '../catalog/index.ts'
import type { Database } from '../db/index.ts'
import { packedPolicy } from '../grants/index.ts'
import { problems } from '../http/index.ts'
import { type RuleSets, viewerOf } from '../identity/index.ts'
import { decodeArnCursor, encodeCursor } from '../kernel/cursor.ts'
import { inField } from '../kernel/errors.ts'
import { checkDbUser, explainPolicy } from '../policy/index.ts'
import { accessReport } from './access-report.ts'
import { accessQuery, accessReportSchema, printReport } from './access-schemas.ts'
import { accessReader } from './hop.ts'
import { withDeclaredUsers } from './policy-facts.ts'
import { previewPolicy } from './preview-policy.ts'
import { explainBody, explanationSchema, printExplanation } from './schemas.ts'

const entitlement = z.strictObject({ database: databaseRef, dbUser: z.string().min(1).max(255).meta({ example: 'db_user' }) })

const previewSchema = z.strictObject({ policies: z.array(packedPolicy) }).meta({ id: 'PolicyPreview' })

/** /v1/access: who can connect. */
export const accessRoutes: FastifyPluginAsyncZod<{ readonly db: Database; readonly deploymentId: string }> = async (
  app,
  { db, deploymentId },
) => {
  const read = accessReader()
  app.get(
    '/v1/access',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listAccess',
        summary: 'Who can connect to a database',
        description:
          'All users and roles of the database’s account that can connect, through which grant or which other policy, and those that could let themselves by one call to AWS. It is told from the last complete reading of the account (`asOf`) and from the grants of now. Admins, auditors, and programs that act for nobody see everything; other people see the grants that concern them, and nothing that other policies tell.',
        tags: ['access'],
        querystring: accessQuery,
        response: {
          200: accessReportSchema,
          ...problems('invalid_cursor', 'database_not_found', 'ambiguous_database', 'invalid_db_user', 'account_not_read'),
        },
      },
    },
    async (request) => {
      const { database: ref, dbUser = null, limit, cursor } = request.query
      const database = await getDatabase(db, ref)
      if (dbUser !== null) inField('query/dbUser', () => checkDbUser(dbUser, database.engine))
      const after = cursor === undefined ? null : decodeArnCursor(cursor)
      const report = await accessReport(db, { deploymentId, viewer: viewerOf(request.caller), database, dbUser, limit, after, read })
      return printReport(report, report.next === null ? null : encodeCursor(report.next))
    },
  )
}

/** /v1/policies: preview, explain. */
export const policyRoutes: FastifyPluginAsyncZod<{
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly deploymentId: string
}> = async (app, { db, ruleSets, deploymentId }) => {
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

  app.post(
    '/v1/policies/explain',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'explainPolicy',
        summary: 'What a policy lets connect to, and what is wrong with it',
        description:
          'Reads any IAM policy, whoever wrote it: what each statement and all together let connect to, with the names of the catalog and the declared database users, and what is wrong, with place and cure. A policy that cannot be read is a finding, not an error. Other policies, boundaries and service control policies are not looked at.',
        tags: ['policies'],
        body: explainBody,
        response: { 200: explanationSchema },
      },
    },
    async (request) => {
      const { policy, account = null } = request.body
      const [{ file }, known] = await Promise.all([ruleSets.current(), databaseFacts(db)])
      return printExplanation(explainPolicy(policy, { databases: withDeclaredUsers(known, file.databaseUsers), account }))
    },
  )
}
