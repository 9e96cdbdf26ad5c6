import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createSallyport, SallyportProblem, SallyportUnreachable } from '../../src/client/index.ts'
import { cut, html, json, problem, type Reply, scriptedServer, silence } from '../support/scripted-server.ts'

const server = scriptedServer()
const TOKEN = 'sp_secret-token'
const sallyport = (options: { timeout?: number; baseUrl?: string; token?: string } = {}) =>
  createSallyport({ baseUrl: server.url, token: TOKEN, ...options })
const page = json(200, { items: [], nextCursor: null })
const revoked = json(200, { revoked: 0, grants: [] })
const revoke = (headers: { 'Idempotency-Key'?: string } = {}) =>
  sallyport().post('/v1/grants/revoke', { params: { header: headers }, body: { filter: { beneficiary: 'developer' }, comment: 'Test' } })

async function failure(call: Promise<unknown>): Promise<SallyportProblem | SallyportUnreachable> {
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  if (error instanceof SallyportProblem || error instanceof SallyportUnreachable) {
    expect(JSON.stringify([error.message, error.stack, error])).not.toContain(TOKEN)
    return error
  }
  throw new Error('the call was to fail as calls of the client do', { cause: error })
}

describe('a call is sent again', () => {
  const retryNow = { 'retry-after': '0' }
  const passing: Record<string, Reply> = {
    'when the connection is lost': cut,
    'when there were too many calls': problem(429, 'too_many_requests', retryNow),
    'when Sallyport is not ready': problem(503, 'not_ready', retryNow),
    'when a proxy did not reach it': (response) => response.writeHead(502, { 'content-type': 'text/html', ...retryNow }).end('<h1>'),
    'when the answer breaks off': (response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' }).write('{"items":', () => response.destroy()),
    'at the date that the answer names': problem(503, 'not_ready', { 'retry-after': new Date(0).toUTCString() }),
  }
  test.each(Object.entries(passing))('%s', async (_when, reply) => {
    server.replies(reply, reply, page)
    expect(await sallyport().get('/v1/grants')).toEqual({ items: [], nextCursor: null })
    expect(server.received).toHaveLength(3)
  })

  test('with the same Idempotency-Key and body, so that it is done once', async () => {
    server.replies(cut, problem(409, 'idempotency_in_progress', { 'retry-after': '0' }), revoked)
    expect(await revoke()).toEqual({ revoked: 0, grants: [] })
    const [first, second, third] = server.received
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect([second, third].map((call) => [call?.headers['idempotency-key'], call?.body])).toEqual([
      [first?.headers['idempotency-key'], first?.body],
      [first?.headers['idempotency-key'], first?.body],
    ])
  })

  test('three times at most, and then the caller is told', async () => {
    server.replies(problem(503, 'database_unavailable', { 'retry-after': '0' }))
    expect(await failure(sallyport().get('/v1/grants'))).toMatchObject({ code: 'database_unavailable', status: 503, retryAfter: 0 })
    expect(server.received).toHaveLength(3)
  })

  test('not when it was refused', async () => {
    server.replies(problem(409, 'grant_ended'))
    expect(await failure(revoke())).toMatchObject({ code: 'grant_ended' })
    expect(server.received).toHaveLength(1)
  })

  test('not when the service asks for a long pause', async () => {
    server.replies(problem(503, 'not_ready', { 'retry-after': '3600' }))
    expect(await failure(sallyport().get('/v1/grants'))).toMatchObject({ code: 'not_ready', retryAfter: 3600 })
    expect(server.received).toHaveLength(1)
  })

  test('not when the caller has given up, who gets their own reason', async () => {
    server.replies((response) => {
      giveUp.abort(new Error('enough'))
      cut(response, { method: '', path: '', headers: {}, body: '' })
    }, page)
    const giveUp = new AbortController()
    await expect(sallyport().get('/v1/grants', { signal: giveUp.signal })).rejects.toThrow('enough')
    expect(server.received).toHaveLength(1)
  })
})

describe('an Idempotency-Key', () => {
  test('of the caller is used as it is', async () => {
    server.replies(revoked)
    await revoke({ 'Idempotency-Key': 'ops-17' })
    expect(server.received[0]?.headers['idempotency-key']).toBe('ops-17')
  })

  test('is another one for each call, and none is sent with what only reads', async () => {
    server.replies(revoked, revoked, page)
    await revoke()
    await revoke()
    await sallyport().get('/v1/grants')
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(3)
    expect(keys[2]).toBeUndefined()
  })

  test('is told when nobody knows whether the call was done', async () => {
    server.replies(silence)
    const lost = await failure(
      sallyport({ timeout: 50 }).post('/v1/requests/{id}/withdraw', { params: { path: { id: 'req_01kazv5vb4pex5vsknk084sn02' } } }),
    )
    expect(lost).toMatchObject({ reason: 'timeout', idempotencyKey: server.received[0]?.headers['idempotency-key'] })
    expect(server.received).toHaveLength(1)
  })
})

describe('what answers is not Sallyport', () => {
  const strange: Record<string, readonly [Reply, said: string]> = {
    'a page of HTML': [html(200), 'answered 200 with text/html'],
    'a failure in HTML': [html(500), 'answered 500 with text/html'],
    'JSON that is no problem': [json(404, { message: 'nothing here' }), 'answered 404 with application/problem+json'],
    'JSON that cannot be read': [
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{'),
      'answered 200 with application/json',
    ],
    'a redirect': [
      (response) => response.writeHead(302, { location: 'https://elsewhere.example.com/login' }).end(),
      'a redirect to https://elsewhere.example.com/login, which is not followed',
    ],
  }
  test.each(Object.entries(strange))('%s', async (_what, [reply, said]) => {
    server.replies(reply)
    const error = await failure(sallyport().get('/v1/grants'))
    expect(error).toMatchObject({ reason: 'not_sallyport', message: expect.stringContaining(said) })
    expect(server.received).toHaveLength(1)
  })

  test('a token is never carried on to where a redirect leads', async () => {
    const calls: string[] = []
    const other = createServer((request, response) => {
      calls.push(request.headers.authorization ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo // a TCP socket that listens has one
    server.replies((response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end())
    await failure(sallyport().get('/v1/grants'))
    await new Promise((resolve) => other.close(resolve))
    expect(calls).toEqual([])
  })

  test('nobody at all: the reason is the one of the platform', async () => {
    const nobody = await failure(sallyport({ baseUrl: 'http://127.0.0.1:9' }).get('/v1/grants'))
    expect(nobody).toMatchObject({
      reason: 'no_answer',
      message: expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:9\/v1\/grants: no answer \(.+\)\.$/),
    })
  })
})

describe('what cannot be used is refused before anything is sent', () => {
  test.each(['', 'sallyport.example.com', 'ftp://sallyport.example.com', 'https://user:hunter2@sallyport.example.com', 'https://x/?a=b'])(
    'the URL %j',
    (baseUrl) => {
      expect(() => sallyport({ baseUrl })).toThrow(/^The URL of Sallyport must be http or https/)
    },
  )

  test.each(['', 'two words', 'line\nbreak'])('the token %j, which is not repeated', async (token) => {
    const refused = await sallyport({ token })
      .get('/v1/grants')
      .catch((error: Error) => error)
    expect(refused).toBeInstanceOf(TypeError)
    expect(refused).toMatchObject({ message: expect.stringMatching(/^The token for Sallyport is empty, or has characters/) })
    expect(server.received).toHaveLength(0)
  })
})
