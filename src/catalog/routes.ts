import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Reader } from '../db/index.ts'
import { problems } from '../http/index.ts'
import { getDatabase, listDatabases } from './database-view.ts'
import { databasePage, databaseSchema, getDatabaseParams, listDatabasesQuery, printDatabase } from './schemas.ts'

/** GET /v1/databases and /v1/databases/{ref}; every caller with the scope `read` sees all of them. */
export const databaseRoutes: FastifyPluginAsyncZod<{ readonly db: Reader }> = async (app, { db }) => {
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
          'A resource id is unique in a region only; `ambiguous_database` if databases of two regions have it. One that is gone can still be read.',
        tags: ['databases'],
        params: getDatabaseParams,
        response: { 200: databaseSchema, ...problems('database_not_found', 'ambiguous_database') },
      },
    },
    async (request) => {
      return printDatabase(await getDatabase(db, request.params.ref))
    },
  )
}
