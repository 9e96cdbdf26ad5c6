import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { recordRefusals } from '../../src/http/index.ts'
import { testDatabase } from '../support/database.ts'
import { sampleApp } from './support/sample-app.ts'

const database = testDatabase()
let app: FastifyInstance
beforeAll(async () => {
  app = await sampleApp(undefined, async (scope) => {
    scope.get('/v1/forgotten', { schema: { hide: true } }, () => ({}))
    scope.get('/v1/open', { schema: { hide: true }, config: { public: true } }, () => ({ open: true }))
    scope.get('/v1/confused', { schema: { hide: true }, config: { public: true } }, (request) => ({ who: request.caller.credential.id }))
  })
})
afterAll(() => app.close())

describe('a route', () => {
  it('is closed if it says nothing of who may call it', async () => {
    const response = await app.inject({ url: '/v1/forgotten' })
    expect(response.statusCode).toBe(401)
    expect(response.headers['www-authenticate']).toBe('Bearer realm="sallyport"')
    expect(response.json().code).toBe('unauthenticated')
  })

  it('is open to anyone only if it says so', async () => {
    expect((await app.inject({ url: '/v1/open' })).json()).toEqual({ open: true })
  })

  it('that is open cannot ask who calls', async () => {
    expect((await app.inject({ url: '/v1/confused', headers: { authorization: 'Bearer good' } })).statusCode).toBe(500)
  })

  it('is not reached by another spelling of the address', async () => {
    for (const url of ['/v1/forgotten?', '/v1/%66orgotten', '/v1/forgotten#', '/v1/forgotten;x']) {
      expect([401, 404]).toContain((await app.inject({ url })).statusCode)
    }
  })

  it('refuses before it reads the body', async () => {
    const response = await app.inject({ method: 'POST', url: '/v1/things', headers: { 'content-type': 'application/json' }, payload: '{' })
    expect(response.statusCode).toBe(401)
  })

  it('asks for its scope', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/things',
      headers: { authorization: 'Bearer reader' },
      payload: { name: 'a', size: 1 },
    })
    expect(response.json()).toMatchObject({
      status: 403,
      code: 'missing_scope',
      detail: 'This needs the scope "ask"; the credential key:key_reader has "read".',
    })
  })
})

describe('a refusal of authority', () => {
  it('is recorded with who was refused what, and why', async () => {
    const refusing = await sampleApp(undefined, undefined, (server) => recordRefusals(server, database.db))
    onTestFinished(() => refusing.close())
    await refusing.inject({ method: 'POST', url: '/v1/things?x=1', headers: { authorization: 'Bearer reader' }, payload: {} })
    await refusing.inject({ method: 'POST', url: '/v1/things', headers: { authorization: 'Bearer unknown' }, payload: {} })
    expect(await database.db.prisma.auditEvent.findMany()).toMatchObject([
      {
        type: 'authority.refused',
        personId: 'developer',
        payload: { action: 'POST /v1/things', code: 'missing_scope' },
      },
    ])
  })
})

describe('every answer', () => {
  it('is not to be cached, framed, sniffed or read from another origin', async () => {
    for (const url of ['/v1/open', '/v1/forgotten', '/v1/nowhere']) {
      const { headers } = await app.inject({ url, headers: { origin: 'https://elsewhere.example' } })
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers).not.toHaveProperty('x-powered-by')
    }
  })
})
