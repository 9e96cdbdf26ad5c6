import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../db/index.ts'
import { problems } from '../http/index.ts'
import { type Caller, viewerOf } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { getEvent, listEvents } from './audit-view.ts'
import { eventId, eventPage, eventSchema, listEventsQuery, printEvent } from './schemas.ts'

const tags = ['audit']

/** /v1/audit: list, get; for auditors, admins, and programs with the scope. */
export const auditRoutes: FastifyPluginAsyncZod<{ readonly db: Database }> = async (app, { db }) => {
  app.get(
    '/v1/audit',
    {
      config: { scope: 'audit' },
      schema: {
        operationId: 'listAuditEvents',
        summary: 'What happened, newest first',
        description:
          'Every change of state, decision, refusal of authority, and IAM write. For auditors, admins, and programs with the scope `audit`.',
        tags,
        querystring: listEventsQuery,
        response: { 200: eventPage, ...problems('invalid_cursor', 'not_permitted') },
      },
    },
    async (request) => {
      refuseUnlessAuditor(request.caller)
      const { limit, cursor, since, until, ...filter } = request.query
      const page = await listEvents(db, { ...filter, since: dateOf(since), until: dateOf(until) }, { limit, cursor })
      return { items: page.items.map(printEvent), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/audit/:id',
    {
      config: { scope: 'audit' },
      schema: {
        operationId: 'getAuditEvent',
        summary: 'One audit event',
        description: 'As it was recorded; events are never changed.',
        tags,
        params: z.strictObject({ id: eventId }),
        response: { 200: eventSchema, ...problems('audit_event_not_found', 'not_permitted') },
      },
    },
    async (request) => {
      refuseUnlessAuditor(request.caller)
      return printEvent(await getEvent(db, request.params.id as Id<'evt'>)) // the schema has checked its form
    },
  )
}

function refuseUnlessAuditor(caller: Caller): void {
  if (!viewerOf(caller).everything) throw new SallyportError('not_permitted', 'The audit log is for auditors and admins.')
}

const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))
