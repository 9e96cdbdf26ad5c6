import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SallyportError } from '../../src/kernel/errors.ts'
import { sampleApp } from './support/sample-app.ts'

let app: FastifyInstance
const lines: Record<string, unknown>[] = []

beforeAll(async () => {
  app = await sampleApp({ write: (line) => lines.push(JSON.parse(line)) }, async (scope) => {
    const open = { schema: { hide: true }, config: { public: true } } as const
    scope.get('/v1/broken', open, () => {
      throw new Error('the secret is in row 7', { cause: new Error('deep down') })
    })
    scope.get('/v1/nothing-thrown', open, () => Promise.reject(null))
    scope.get('/v1/no-postgres', open, () => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
    })
    scope.get('/v1/refused', open, () => {
      throw new SallyportError('refused_by_rules', 'No rule names you.', { cause: new Error('deep down') })
    })
    scope.get('/v1/logs-headers', open, (request) => {
      request.log.info({ headers: request.headers, request: { headers: request.headers } }, 'seen')
      return {}
    })
  })
})
afterAll(() => app.close())

const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/v1/things',
    headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  })

describe('a problem', () => {
  it('has every member of RFC 9457 and the code, the remedy and the request id', async () => {
    const response = await app.inject({ url: '/v1/refused', headers: { 'x-request-id': 'abc-1' } })
    expect(response.json()).toEqual({
      type: 'urn:sallyport:error:refused_by_rules',
      title: 'No rule allows this',
      status: 403,
      detail: 'No rule names you.',
      code: 'refused_by_rules',
      remedy: 'Ask for less, or have the rules changed; the detail names the nearest rule.',
      instance: 'urn:sallyport:request-id:abc-1',
    })
    expect(response.headers).toMatchObject({ 'x-request-id': 'abc-1', 'cache-control': 'no-store' })
  })

  it('names all wrong fields at once, in words', async () => {
    const response = await post({ size: 99, colour: 'blue', at: 'soon', parts: [{ label: 5 }, {}], 'a/b~c': 1, admin: true })
    expect(response.json().errors).toEqual([
      { pointer: '/name', detail: 'is missing; give a string' },
      { pointer: '/size', detail: 'must be at most 10' },
      { pointer: '/colour', detail: 'must be one of "red", "green"' },
      { pointer: '/at', detail: 'must be a time in UTC such as "2026-01-31T09:00:00Z"' },
      { pointer: '/parts/0/label', detail: 'must be a string, not 5' },
      { pointer: '/parts/1/label', detail: 'is missing; give a string' },
      { pointer: '/a~1b~0c', detail: '"a/b~c" is not a known field' },
      { pointer: '/admin', detail: '"admin" is not a known field' },
    ])
    expect(response.json().detail).toBe(
      '/name is missing; give a string; /size must be at most 10; /colour must be one of "red", "green"; and 5 more.',
    )
  })

  it('points at parameters of the query by name', async () => {
    const response = await app.inject({ url: '/v1/things?limit=0&page=2', headers: { authorization: 'Bearer good' } })
    expect(response.json().errors).toEqual([
      { pointer: 'query/limit', detail: 'must be at least 1' },
      { pointer: 'query/page', detail: '"page" is not a known field' },
    ])
  })

  it('lists no more than a hundred wrong fields', async () => {
    const response = await post(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, n])))
    expect(response.json().errors).toHaveLength(100)
  })

  it('says where a character stands that cannot be stored', async () => {
    const response = await post({ name: 'a', size: 1, more: { list: ['fine', 'a\u0000'] } })
    expect(response.json().errors).toEqual([{ pointer: '/more/list/1', detail: 'contains the character U+0000' }])
  })

  it.each(['/v1/broken', '/v1/nothing-thrown'])('of ours tells nothing of its cause, which is logged (%s)', async (url) => {
    lines.length = 0
    const response = await app.inject({ url })
    expect(response.statusCode).toBe(500)
    expect(response.json().code).toBe('internal_error')
    expect(response.body).not.toMatch(/secret|deep down|stack|\.ts/)
    expect(lines.find((line) => line['level'] === 50)?.['reqId']).toBe(response.headers['x-request-id'])
  })

  it('logs the causes of what is ours down to the first', async () => {
    lines.length = 0
    await app.inject({ url: '/v1/broken' })
    expect(JSON.stringify(lines)).toMatch(/the secret is in row 7.*deep down/)
  })

  it('of Postgres away says so, when to try again, and not where Postgres is', async () => {
    const response = await app.inject({ url: '/v1/no-postgres' })
    expect(response.json()).toMatchObject({ status: 503, code: 'database_unavailable' })
    expect(response.headers['retry-after']).toBe('5')
    expect(response.body).not.toContain('10.0.0.7')
  })

  it('of a method names those that the address takes', async () => {
    const response = await app.inject({ method: 'DELETE', url: '/v1/things?x=1', headers: { authorization: 'Bearer good' } })
    expect(response.statusCode).toBe(405)
    expect(response.headers['allow']).toBe('GET, HEAD, POST')
  })

  it('answers even what is not HTTP', async () => {
    const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.write('NONSENSE\r\n\r\n'))
      let text = ''
      socket.setEncoding('utf8').on('data', (part) => (text += part))
      socket.on('end', () => resolve(text)).on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"invalid_request"/)
  })
})

describe('a request id', () => {
  it.each(['abc', '0af7651916cd43dd8448eb211c80319c', 'a:b.c_d-e'])('is the one sent, if it is sane: %s', async (id) => {
    const response = await app.inject({ url: '/v1/refused', headers: { 'x-request-id': id } })
    expect(response.headers['x-request-id']).toBe(id)
  })

  it.each(['', 'a b', 'x'.repeat(129), '<script>', 'a"b'])('is made here if the one sent is not sane: %j', async (id) => {
    const response = await app.inject({ url: '/v1/refused', headers: { 'x-request-id': id } })
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('the log', () => {
  it('has one line for each answer, with its problem', async () => {
    lines.length = 0
    await app.inject({ url: '/v1/refused' })
    expect(lines.filter((line) => line['msg'] === 'answered')).toMatchObject([
      { method: 'GET', url: '/v1/refused', status: 403, problem: 'refused_by_rules' },
    ])
  })

  it('never holds a credential, a cookie or an idempotency key', async () => {
    lines.length = 0
    await app.inject({
      url: '/v1/logs-headers',
      headers: { authorization: 'Bearer sp_secret', cookie: 'a=secret', 'idempotency-key': 'secret', accept: 'x/y' },
    })
    expect(JSON.stringify(lines)).toContain('x/y')
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})
