import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { asSallyportError, problems, readJsonBody } from '../http/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { receiveDelivery, type TicketParts } from './receive-delivery.ts'
import { refusedDeliveries } from './record-refusals.ts'

const params = z.strictObject({
  source: z.string().min(1).max(100).describe('The name of the source under `tickets` in sallyport.yaml.').meta({ example: 'jira' }),
})

const answer = z
  .strictObject({
    ticket: z.string().nullable().describe('The key of the ticket; null: it is about none.').meta({ example: 'OPS-17' }),
    outcome: z.enum(['accepted', 'ignored']),
    does: z
      .array(z.enum(['ask', 'approve', 'deny', 'end']))
      .describe('What the delivery asks for, which is done after it is answered; `end` is done with it.')
      .meta({ example: ['ask'] }),
    detail: z.string().meta({ example: 'The ticket is Open. It is remembered.' }),
  })
  .meta({ id: 'TicketAnswer' })

const isBuffer = (body: unknown): body is Buffer => Buffer.isBuffer(body)

/** /integrations/tickets/{source}: webhooks of ticket systems. */
export const ticketRoutes: FastifyPluginAsyncZod<TicketParts> = async (app, parts) => {
  const receive = receiveDelivery(parts)
  const refused = refusedDeliveries(parts.db)

  // What is signed is the body byte for byte: it is read only once it is known to be the source's.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, bytes: Buffer) => bytes)

  app.addHook('onError', async (request, _reply, thrown) => {
    const error = asSallyportError(thrown)
    const { source } = request.params as { readonly source: string } // the only route here has it
    if (error.status >= 500) return
    await refused(source, error).catch((failure: unknown) =>
      request.log.error({ err: failure }, 'a refused delivery could not be recorded'),
    )
  })

  app.post(
    '/integrations/tickets/:source',
    {
      config: { public: true },
      schema: {
        operationId: 'receiveTicket',
        summary: 'A webhook of a ticket system',
        description:
          'For Jira, GitHub and others, as `tickets` of sallyport.yaml has them; signed as each of them does it. A delivery that came before is answered as it was, and changes nothing.',
        tags: ['tickets'],
        params,
        body: z.unknown().describe('What the ticket system sends; see docs/tickets.md.'),
        response: {
          200: answer,
          ...problems('ticket_source_not_found', 'invalid_signature', 'stale_delivery', 'invalid_ticket', 'not_ready'),
        },
      },
    },
    async (request) => {
      const { body } = request
      if (!isBuffer(body) || body.length === 0) throw new SallyportError('malformed_json', 'The body is missing.')
      const parse = () => readJsonBody(request, body)
      const { ticket, outcome, does, detail } = await receive(request.params.source, { headers: request.headers, bytes: body, parse })
      return { ticket, outcome, does: [...does], detail }
    },
  )
}
