import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../db/index.ts'
import { answerOnce, problems } from '../http/index.ts'
import { pageQuery } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type ApiKey, findKeyByIdOrName, listKeys, withoutHash } from './api-key-store.ts'
import { createKey, type KeyWithToken } from './create-key.ts'
import { byAdmin, refuseUnlessOwnAdmin } from './key-actor.ts'
import { createKeyBody, keyPage, keyParams, keySchema, keyWithToken, printKey, rotateKeyBody, toldOnce } from './key-schemas.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import type { RuleSets } from './rule-sets.ts'

const tags = ['keys']
const whose = 'For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for.'

/** /v1/keys: create, list, get, rotate, revoke. */
export const keyRoutes: FastifyPluginAsyncZod<{ readonly db: Database; readonly ruleSets: RuleSets }> = async (app, { db, ruleSets }) => {
  app.post(
    '/v1/keys',
    {
      config: { idempotent: true },
      schema: {
        operationId: 'createKey',
        summary: 'Make an API key',
        description: `${whose} The token is in this answer, once; Sallyport keeps only its hash.`,
        tags,
        body: createKeyBody,
        response: { 201: keyWithToken, ...problems('not_permitted', 'key_name_taken') },
      },
    },
    async (request, reply) => {
      refuseUnlessOwnAdmin(request.caller)
      const { name, scopes, owner, decideGroups, lifetime } = request.body
      const command = { name, scopes, ownerId: owner, decideGroups, lifetimeSeconds: lifetime }
      return answerOnce<KeyWithToken>(request, reply, {
        db,
        run: (each) => createKey(each, ruleSets)(command, byAdmin(ruleSets, request.caller)),
        shape: (made) => toldOnce(201, made),
      })
    },
  )

  app.get(
    '/v1/keys',
    {
      schema: {
        operationId: 'listKeys',
        summary: 'All API keys',
        description: `Newest first, those that are good no more included. ${whose}`,
        tags,
        querystring: z.strictObject(pageQuery),
        response: { 200: keyPage, ...problems('not_permitted', 'invalid_cursor') },
      },
    },
    async (request) => {
      refuseUnlessOwnAdmin(request.caller)
      const { items, nextCursor } = await listKeys(db, request.query)
      return { items: items.map(printKey), nextCursor }
    },
  )

  app.get(
    '/v1/keys/:ref',
    {
      schema: {
        operationId: 'getKey',
        summary: 'One API key',
        description: `Never its token. ${whose}`,
        tags,
        params: keyParams,
        response: { 200: keySchema, ...problems('not_permitted', 'key_not_found') },
      },
    },
    async (request) => {
      refuseUnlessOwnAdmin(request.caller)
      const key = await findKeyByIdOrName(db, request.params.ref)
      if (key === null) throw new SallyportError('key_not_found', `There is no API key ${request.params.ref}.`)
      return printKey(withoutHash(key))
    },
  )

  app.post(
    '/v1/keys/:ref/rotate',
    {
      config: { idempotent: true },
      schema: {
        operationId: 'rotateKey',
        summary: 'Replace the secret of an API key',
        description: `The new token is in this answer, once. ${whose}`,
        tags,
        params: keyParams,
        body: rotateKeyBody,
        response: { 200: keyWithToken, ...problems('not_permitted', 'key_not_found', 'key_not_valid', 'invalid_duration') },
      },
    },
    async (request, reply) => {
      refuseUnlessOwnAdmin(request.caller)
      const command = { ref: request.params.ref, overlapSeconds: request.body.overlap ?? 0 }
      return answerOnce<KeyWithToken>(request, reply, {
        db,
        run: (each) => rotateKey(each)(command, byAdmin(ruleSets, request.caller)),
        shape: (made) => toldOnce(200, made),
      })
    },
  )

  app.post(
    '/v1/keys/:ref/revoke',
    {
      config: { idempotent: true },
      schema: {
        operationId: 'revokeKey',
        summary: 'Make an API key useless, for good',
        description: `Whatever changes something refuses it at once, reads within five seconds. One that was revoked stays as it is. ${whose}`,
        tags,
        params: keyParams,
        response: { 200: keySchema, ...problems('not_permitted', 'key_not_found') },
      },
    },
    async (request, reply) => {
      refuseUnlessOwnAdmin(request.caller)
      return answerOnce<ApiKey>(request, reply, {
        db,
        run: (each) => revokeKey(each)(request.params.ref, byAdmin(ruleSets, request.caller)),
        shape: (key) => ({ status: 200, body: printKey(key) }),
      })
    },
  )
}
