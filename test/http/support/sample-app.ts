import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import pino, { type DestinationStream } from 'pino'
import { z } from 'zod'
import { createServer, problems } from '../../../src/http/index.ts'
import type { Caller, Scope } from '../../../src/identity/index.ts'
import { decodeCursor, pageQuery } from '../../../src/kernel/cursor.ts'
import { SallyportError } from '../../../src/kernel/errors.ts'

const person = { id: 'developer', username: 'developer', displayName: 'Developer', groups: ['developers'] }

const callerWith = (credential: string, ...scopes: Scope[]): Caller => ({
  actor: { kind: 'person', person, credential, via: 'test' },
  credential: {
    id: credential,
    via: 'test',
    scopes: new Set(scopes),
    mayActFor: 'itself',
    decideGroups: [],
    ownerId: person.id,
    secretHash: null,
    expiresAt: null,
  },
  isAdmin: false,
  isAuditor: false,
})

/** Knows `Bearer good` and `Bearer other`, who may ask, and `Bearer reader`, who may only read. */
async function authenticate(authorization: string | undefined): Promise<Caller> {
  if (authorization === 'Bearer good') return callerWith('key:key_good', 'read', 'ask')
  if (authorization === 'Bearer other') return callerWith('key:key_other', 'read', 'ask')
  if (authorization === 'Bearer reader') return callerWith('key:key_reader', 'read')
  throw new SallyportError('unauthenticated', 'The bearer token is not one that is known.')
}

const thing = z
  .strictObject({
    name: z.string().min(1).max(20),
    size: z.number().int().min(1).max(10),
    colour: z.enum(['red', 'green']).optional(),
    at: z.iso.datetime().nullable().default(null),
    parts: z
      .array(z.strictObject({ label: z.string() }))
      .max(3)
      .default([]),
    more: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'SampleThing' })

const documented = (operationId: string) => ({ operationId, summary: operationId, description: operationId, tags: ['requests'] })

/** Routes of every kind, to be treated badly. */
const sampleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/v1/things',
    {
      config: { scope: 'ask' },
      schema: { ...documented('createThing'), body: thing, response: { 201: thing, ...problems('invalid_arn', 'unknown_database') } },
    },
    async (request, reply) => reply.code(201).send(request.body),
  )
  app.get(
    '/v1/things',
    {
      schema: {
        ...documented('listThings'),
        querystring: z.strictObject({ ...pageQuery, q: z.string().optional() }),
        response: { 200: z.strictObject({ limit: z.number() }) },
      },
    },
    async (request) => {
      if (request.query.cursor !== undefined) decodeCursor('req', request.query.cursor)
      return { limit: request.query.limit }
    },
  )
  app.get(
    '/v1/things/:name',
    {
      schema: {
        ...documented('getThing'),
        params: z.strictObject({ name: z.string() }),
        response: { 200: z.strictObject({ name: z.string() }) },
      },
    },
    async (request) => ({ name: request.params.name }),
  )
  app.post(
    '/v1/things/:name/end',
    {
      schema: {
        ...documented('endThing'),
        params: z.strictObject({ name: z.string() }),
        response: { 200: z.strictObject({ name: z.string() }) },
      },
    },
    async (request) => ({ name: request.params.name }),
  )
}

const nothing: FastifyPluginAsyncZod = async () => {}

/** The real server with the sample routes, and those of the test; `prepare` comes before any of them. */
export async function sampleApp(
  log: DestinationStream = { write: () => {} },
  routes = nothing,
  prepare: (app: FastifyInstance) => void = () => {},
): Promise<FastifyInstance> {
  const app = await createServer({ log: pino({ level: 'info' }, log), authenticate, version: '1.2.3' })
  prepare(app)
  await app.register(sampleRoutes)
  await app.register(routes)
  await app.ready()
  return app
}
