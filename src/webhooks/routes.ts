import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerOnce, problems } from '../http/index.ts'
import { pageQuery } from '../kernel/cursor.ts'
import { changeWebhook, createWebhook, refuseUnlessAdmin, removeWebhook, rotateSecret, type WithSecret } from './administer-webhooks.ts'
import { pause, resume } from './operate-webhook.ts'
import {
  changeBody,
  createBody,
  idOf,
  printWebhook,
  rotateBody,
  webhookPage,
  webhookParams,
  webhookSchema,
  webhookWithSecret,
} from './schemas.ts'
import type { Webhook, WebhookParts } from './webhook.ts'
import { getWebhook, listWebhooks } from './webhook-view.ts'

const tags = ['webhooks']

/** /v1/webhooks: create, list, get, change, delete, rotate-secret, pause, resume. */
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
        params: webhookParams,
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
        params: webhookParams,
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
        params: webhookParams,
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
        params: webhookParams,
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
          params: webhookParams,
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
}

/** The answer with the secret, of which what is kept under an Idempotency-Key has none. */
const toldOnce = (status: number, { webhook, secret }: WithSecret) => ({
  status,
  body: { ...printWebhook(webhook), secret: null },
  once: { secret },
})
