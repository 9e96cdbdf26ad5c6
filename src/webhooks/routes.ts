import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerOnce, problems } from '../http/index.ts'
import { pageQuery } from '../kernel/cursor.ts'
import type { Id } from '../kernel/ids.ts'
import { changeWebhook, createWebhook, refuseUnlessAdmin, removeWebhook, rotateSecret, type WithSecret } from './administer-webhooks.ts'
import { type Delivery, getDelivery, listDeliveries } from './delivery-view.ts'
import { pause, redeliverFailed, redeliverOne, resume, testWebhook } from './operate-webhook.ts'
import {
  changeBody,
  createBody,
  deliveryId,
  deliveryPage,
  deliverySchema,
  listDeliveriesQuery,
  printDelivery,
  printWebhook,
  redeliverBody,
  redelivered,
  rotateBody,
  webhookId,
  webhookPage,
  webhookSchema,
  webhookWithSecret,
} from './schemas.ts'
import type { Webhook, WebhookParts } from './webhook.ts'
import { getWebhook, listWebhooks } from './webhook-view.ts'

const tags = ['webhooks']
const params = z.strictObject({ id: webhookId })
const deliveryParams = z.strictObject({ id: webhookId, delivery: deliveryId })

/** /v1/webhooks: create, list, get, change, delete, rotate-secret, test, pause, resume; deliveries, and sending them once more. */
export const webhookRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, parts) => {
  const { db } = parts

  app.post(
    '/v1/webhooks',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'createWebhook',
        summary: 'Have an endpoint told of what happens',
        description:
          'By an admin, or a program with the scope `webhooks`. Messages are signed as Standard Webhooks has it, with the secret of this answer, which is told once. It hears of everything that its filters let through, whoever it concerns.',
        tags,
        body: createBody,
        response: { 201: webhookWithSecret, ...problems('not_permitted', 'invalid_webhook_url', 'secret_key_missing') },
      },
    },
    async (request, reply) =>
      answerOnce<WithSecret>(request, reply, {
        db,
        run: (each) => createWebhook({ ...parts, db: each })(request.caller, request.body),
        shape: (made) => toldOnce(201, made),
      }),
  )

  app.get(
    '/v1/webhooks',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'listWebhooks',
        summary: 'All webhooks',
        description: 'Oldest first; for admins, and programs with the scope `webhooks`.',
        tags,
        querystring: z.strictObject(pageQuery),
        response: { 200: webhookPage, ...problems('not_permitted', 'invalid_cursor') },
      },
    },
    async (request) => {
      refuseUnlessAdmin(request.caller)
      const { items, nextCursor } = await listWebhooks(db, request.query)
      return { items: items.map(printWebhook), nextCursor }
    },
  )

  app.get(
    '/v1/webhooks/:id',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'getWebhook',
        summary: 'One webhook',
        description: 'With what keeps messages from it, if anything does. Never its secret.',
        tags,
        params,
        response: { 200: webhookSchema, ...problems('not_permitted', 'webhook_not_found') },
      },
    },
    async (request) => {
      refuseUnlessAdmin(request.caller)
      return printWebhook(await getWebhook(db, idOf(request.params)))
    },
  )

  app.patch(
    '/v1/webhooks/:id',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change where, or of what, an endpoint is told',
        description: 'What is left out stays as it is. Whatever waits goes to the new URL.',
        tags,
        params,
        body: changeBody,
        response: { 200: webhookSchema, ...problems('not_permitted', 'webhook_not_found', 'invalid_webhook_url') },
      },
    },
    async (request) => printWebhook(await changeWebhook(parts)(request.caller, idOf(request.params), request.body)),
  )

  app.delete(
    '/v1/webhooks/:id',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook',
        description: 'With its deliveries, those that wait included. The audit log keeps what happened.',
        tags,
        params,
        response: { 204: z.null().describe('It is gone.'), ...problems('not_permitted', 'webhook_not_found') },
      },
    },
    async (request, reply) => {
      await removeWebhook(parts)(request.caller, idOf(request.params))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/v1/webhooks/:id/rotate-secret',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Replace the signing secret',
        description:
          'The new secret is in this answer, once. Until `overlap` is over messages have two signatures, by the new and by the one before.',
        tags,
        params,
        body: rotateBody,
        response: { 200: webhookWithSecret, ...problems('not_permitted', 'webhook_not_found', 'secret_key_missing') },
      },
    },
    async (request, reply) =>
      answerOnce<WithSecret>(request, reply, {
        db,
        run: (each) => rotateSecret({ ...parts, db: each })(request.caller, idOf(request.params), request.body.overlap ?? 0),
        shape: (made) => toldOnce(200, made),
      }),
  )

  app.post(
    '/v1/webhooks/:id/test',
    {
      config: { scope: 'webhooks', idempotent: true },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a ping',
        description: 'Whatever types the webhook asks for. Read the delivery again to see what came of it.',
        tags,
        params,
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

  for (const { action, use, summary, description } of [
    {
      action: 'pause',
      use: pause,
      summary: 'Stop sending to a webhook',
      description: 'What happens from then on waits, for 30 days at most, until it is resumed.',
    },
    {
      action: 'resume',
      use: resume,
      summary: 'Send to a paused webhook again',
      description:
        'What waited is sent at once, each with all its attempts before it. What was given up before the pause can be sent once more by `redeliver`.',
    },
  ]) {
    app.post(
      `/v1/webhooks/:id/${action}`,
      {
        config: { scope: 'webhooks', idempotent: true },
        schema: {
          operationId: `${action}Webhook`,
          summary,
          description,
          tags,
          params,
          response: { 200: webhookSchema, ...problems('not_permitted', 'webhook_not_found') },
        },
      },
      async (request, reply) =>
        answerOnce<Webhook>(request, reply, {
          db,
          run: (each) => use({ ...parts, db: each })(request.caller, idOf(request.params)),
          shape: (webhook) => ({ status: 200, body: printWebhook(webhook) }),
        }),
    )
  }

  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      config: { scope: 'webhooks' },
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'What was sent to a webhook, and what waits',
        description: 'Newest event first, of the last 30 days. Filters narrow each other down.',
        tags,
        params,
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
        params,
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

/** The answer with the secret, of which what is kept under an Idempotency-Key has none. */
const toldOnce = (status: number, { webhook, secret }: WithSecret) => ({
  status,
  body: { ...printWebhook(webhook), secret: null },
  once: { secret },
})

const idOf = ({ id }: { readonly id: string }): Id<'whk'> => id as Id<'whk'> // the schema has checked its form
const eventOf = ({ delivery }: { readonly delivery: string }): Id<'evt'> => delivery as Id<'evt'> // the same
