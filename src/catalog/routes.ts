import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../db/index.ts'
import { answerOnce, problems } from '../http/index.ts'
import { type Caller, callerNow, type RuleSets } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { pageQuery } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import {
  accountPage,
  accountSchema,
  getAccountParams,
  printAccount,
  printSync,
  syncBody,
  syncStarted,
  syncStatusPage,
} from './account-schemas.ts'
import { getAccount, listAccounts } from './accounts-view.ts'
import { askSync } from './ask-sync.ts'
import { getDatabase, listDatabases } from './database-view.ts'
import { databasePage, databaseSchema, getDatabaseParams, listDatabasesQuery, printDatabase } from './schemas.ts'

/** /v1/databases and /v1/accounts: list and get, for every caller with the scope `read`, and looking for databases at once. */
export const catalogRoutes: FastifyPluginAsyncZod<{ readonly db: Database; readonly ruleSets: RuleSets }> = async (
  app,
  { db, ruleSets },
) => {
  app.get(
    '/v1/databases',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listDatabases',
        summary: 'The databases that can be asked for',
        description: 'Ordered by id. Filters narrow each other down.',
        tags: ['databases'],
        querystring: listDatabasesQuery,
        response: { 200: databasePage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const page = await listDatabases(db, filter, { limit, cursor })
      return { items: page.items.map(printDatabase), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/databases/:ref',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getDatabase',
        summary: 'One database, by Sallyport’s id, resource id or ARN',
        description:
          'A resource id is unique in a region only; `ambiguous_database` if databases of two regions have it. One that is gone can still be read. `aurora_member` names the cluster of an instance.',
        tags: ['databases'],
        params: getDatabaseParams,
        response: { 200: databaseSchema, ...problems('database_not_found', 'ambiguous_database', 'aurora_member') },
      },
    },
    async (request) => printDatabase(await getDatabase(db, request.params.ref)),
  )

  app.post(
    '/v1/databases/sync',
    {
      config: { scope: 'sync', idempotent: true },
      schema: {
        operationId: 'syncDatabases',
        summary: 'Look for databases in AWS now',
        description:
          'By an admin, or a program with the scope `sync`. Databases are looked for every quarter of an hour without it. The workers do it, each account and region for itself.',
        tags: ['databases'],
        body: syncBody,
        response: { 202: syncStarted, ...problems('not_permitted', 'unknown_account', 'sync_off') },
      },
    },
    async (request, reply) => {
      refuseUnlessAdmin(request.caller) // before an answer is kept for them
      return answerOnce<readonly string[]>(request, reply, {
        db,
        run: (each) =>
          each.inTransaction(async (tx) => {
            const caller = await callerNow(tx, ruleSets, request.caller)
            refuseUnlessAdmin(caller)
            return askSync(tx, request.body.accounts, actorRecord(caller.actor))
          }),
        shape: (accounts) => ({ status: 202, body: { accounts: [...accounts], links: { status: '/v1/databases/sync' } } }),
      })
    },
  )

  app.get(
    '/v1/databases/sync',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getSyncStatus',
        summary: 'How looking for databases went',
        description: 'For each managed account, by id: when its regions were last looked at, and what came of it.',
        tags: ['databases'],
        querystring: z.strictObject(pageQuery),
        response: { 200: syncStatusPage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { items, nextCursor } = await listAccounts(db, request.query)
      return { items: items.map((account) => ({ account: account.id, name: account.name, sync: printSync(account) })), nextCursor }
    },
  )

  app.get(
    '/v1/accounts',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listAccounts',
        summary: 'The AWS accounts that Sallyport manages',
        description: 'Ordered by id.',
        tags: ['accounts'],
        querystring: z.strictObject(pageQuery),
        response: { 200: accountPage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { items, nextCursor } = await listAccounts(db, request.query)
      return { items: items.map(printAccount), nextCursor }
    },
  )

  app.get(
    '/v1/accounts/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAccount',
        summary: 'One AWS account',
        description: 'With how its regions were last looked at. One that is no longer declared can still be read.',
        tags: ['accounts'],
        params: getAccountParams,
        response: { 200: accountSchema, ...problems('account_not_found') },
      },
    },
    async (request) => printAccount(await getAccount(db, request.params.id)),
  )
}

/** A program is let in by its scope; a person by what they are. */
function refuseUnlessAdmin({ actor, isAdmin }: Caller): void {
  if (actor.kind === 'service' || isAdmin) return
  throw new SallyportError('not_permitted', 'Databases are looked for at once by an admin, or a program with the scope sync.')
}
