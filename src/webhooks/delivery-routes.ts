import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answerOnce, problems } from '../http/index.ts'
import { refuseUnlessAdmin } from './administer-webhooks.ts'
import { type Delivery, getDelivery, listDeliveries } from './delivery-view.ts'
import { redeliverFailed, redeliverOne, testWebhook } from './operate-webhook.ts'
import {
  deliveryPage,
  deliveryParams,
  deliverySchema,
  eventOf,
  idOf,
  listDeliveriesQuery,
  printDelivery,
  redeliverBody,
  redelivered,
  webhookParams,
} from './schemas.ts'
import type { WebhookParts } from './webhook.ts'
import { getWebhook } from './webhook-view.ts'

const tags = ['webhooks']

/** Messages of a webhook: test, list, get, and sending them once more. */
export const deliveryRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, parts) => {
  const { db } = parts

  app.post(
    '/v1/webhooks/:id/test',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a ping',
        description: 'Whatever types the webhook asks for. Read the delivery again to see what came of it.',
        tags,
        params: webhookParams,
        response: { 202: deliverySchema, ...problems('not_permitted', 'webhook_not_found', 'webhook_paused') },
      },
    },
    async (request, reply) =>
      answerOnce<Delivery>(request, reply, {
        db,
        run: (each) => testWebhook({ ...parts, db: each })(request.caller, idOf(request.params)),
        shape: (delivery) => ({ status: 202, body: printDelivery(request.params.id, delivery) }),
      }),
  )

  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'What was sent to a webhook, and what waits',
        description: 'Newest event first, of the last 30 days. Filters narrow each other down.',
        tags,
        params: webhookParams,
        querystring: listDeliveriesQuery,
        response: { 200: deliveryPage, ...problems('not_permitted', 'webhook_not_found', 'invalid_cursor') },
      },
    },
    async (request) => {
      refuseUnlessAdmin(request.caller)
      const webhook = await getWebhook(db, idOf(request.params))
      const { limit, cursor, status, type, since } = request.query
      const filter = {
        status,
        type: type === 'ping' ? ('webhook.tested' as const) : type,
        since: since === undefined ? undefined : new Date(since),
      }
      const { items, nextCursor } = await listDeliveries(db, webhook.id, filter, { limit, cursor })
      return { items: items.map((each) => printDelivery(webhook.id, each)), nextCursor }
    },
  )

  app.get(
    '/v1/webhooks/:id/deliveries/:delivery',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'getWebhookDelivery',
        summary: 'One message to a webhook',
        description: 'With all its attempts.',
        tags,
        params: deliveryParams,
        response: { 200: deliverySchema, ...problems('not_permitted', 'delivery_not_found') },
      },
    },
    async (request) => {
      refuseUnlessAdmin(request.caller)
      return printDelivery(request.params.id, await getDelivery(db, idOf(request.params), eventOf(request.params)))
    },
  )

  app.post(
    '/v1/webhooks/:id/deliveries/:delivery/redeliver',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'redeliverWebhookDelivery',
        summary: 'Send one message once more',
        description: 'Whatever came of it before, under the same `webhook-id`.',
        tags,
        params: deliveryParams,
        response: { 202: deliverySchema, ...problems('not_permitted', 'webhook_not_found', 'delivery_not_found', 'webhook_paused') },
      },
    },
    async (request, reply) =>
      answerOnce<Delivery>(request, reply, {
        db,
        run: (each) => redeliverOne({ ...parts, db: each })(request.caller, idOf(request.params), eventOf(request.params)),
        shape: (delivery) => ({ status: 202, body: printDelivery(request.params.id, delivery) }),
      }),
  )

  app.post(
    '/v1/webhooks/:id/redeliver',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'redeliverFailedDeliveries',
        summary: 'Send all once more that was given up',
        description: 'Of the deliveries of some time or later, those that are `failed`.',
        tags,
        params: webhookParams,
        body: redeliverBody,
        response: { 202: redelivered, ...problems('not_permitted', 'webhook_not_found', 'webhook_paused') },
      },
    },
    async (request, reply) =>
      answerOnce<number>(request, reply, {
        db,
        run: (each) => redeliverFailed({ ...parts, db: each })(request.caller, idOf(request.params), new Date(request.body.since)),
        shape: (count) => ({ status: 202, body: { count } }),
      }),
  )
}
