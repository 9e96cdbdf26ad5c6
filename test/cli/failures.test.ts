import { describe, expect, test } from 'vitest'
import { cut, html, json, problem, type Reply, scriptedServer } from '../support/scripted-server.ts'
import { run } from './support/run.ts'

const server = scriptedServer()
const TOKEN = 'sp_never-to-be-shown'
const ID = 'req_01kazv5vb4pex5vsknk084sn02'
const show = (env: NodeJS.ProcessEnv = {}) => run(['show', ID], { env: { SALLYPORT_URL: server.url, SALLYPORT_TOKEN: TOKEN, ...env } })

const failing: Record<string, readonly [Reply, ...said: RegExp[]]> = {
  'without a valid credential': [
    problem(401, 'unauthenticated'),
    /The detail of unauthenticated/,
    /Set SALLYPORT_TOKEN .* `sallyport login`/,
  ],
  'by somebody who may not': [problem(403, 'not_permitted'), /^Title: The detail of not_permitted\.\nWhat to do: Remedy\.$/m],
  'for what is not there': [problem(404, 'request_not_found'), /`sallyport list` shows yours/],
  'because the service broke': [
    problem(500, 'internal_error', { 'x-request-id': 'seen-in-the-log' }),
    /for the operators: seen-in-the-log/,
  ],
  'because the service is not ready': [problem(503, 'not_ready', { 'retry-after': '60' }), /The detail of not_ready/],
  'with a page of HTML': [html(500), /answered 500 with text\/html/, /Check SALLYPORT_URL/],
  'because the URL is that of something else': [html(200), /not an answer of Sallyport's/],
  'by a redirect': [(response) => response.writeHead(301, { location: 'https://x.example/' }).end(), /redirect to https:\/\/x\.example\//],
  'because the line is dead': [cut, /no answer/, /try again in a moment/],
  'with what would steer a terminal': [
    json(403, { code: 'x', status: 403, title: '\u001b[2J', detail: '\u0007', remedy: '\u009b', type: '', instance: '' }),
    /\\u001b\[2J: \\u0007/,
  ],
}

describe('a command that fails', () => {
  test.each(Object.entries(failing))('%s says so on standard error, and exits with 1', async (_why, [reply, ...said]) => {
    server.replies(reply)
    const { out, err, code } = await show()
    expect([out, code]).toEqual(['', 1])
    for (const each of said) expect(err).toMatch(each)
    expect(err).not.toContain(TOKEN)
    expect(err).not.toMatch(/^ +at /m)
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  test('because nobody is there says so', async () => {
    const { err, code } = await show({ SALLYPORT_URL: 'http://127.0.0.1:9' })
    expect(err).toMatch(/^Sallyport cannot be reached\. GET http:\/\/127\.0\.0\.1:9\/v1\/requests\/req_\w+: no answer/)
    expect(code).toBe(1)
  })

  test('after it may have changed something warns of doing it twice', async () => {
    server.replies(cut)
    const { err } = await run(['withdraw', ID], { env: { SALLYPORT_URL: server.url, SALLYPORT_TOKEN: TOKEN } })
    expect(err).toContain('It may have been done all the same')
  })
})

describe('settings that cannot be used', () => {
  test.each([
    [{ SALLYPORT_URL: '' }, 'SALLYPORT_URL: is not set; set it to where Sallyport is'],
    [{ SALLYPORT_URL: 'sallyport' }, 'SALLYPORT_URL: is not an http or https URL'],
    [{ SALLYPORT_TOKEN: '' }, 'SALLYPORT_TOKEN: is not set, and you are not logged in'],
  ])('%j is told by its variable, with exit code 2', async (env, said) => {
    const { out, err, code } = await show(env)
    expect([out, code]).toEqual(['', 2])
    expect(err).toContain(said)
    expect(server.received).toEqual([])
  })

  test('a token that is none is not repeated', async () => {
    const { err, code } = await show({ SALLYPORT_TOKEN: `${TOKEN} \n` })
    expect(code).toBe(1)
    expect(err).not.toContain(TOKEN)
  })
})

test('a person is acted for by name', async () => {
  server.replies(problem(404, 'request_not_found'))
  await show({ SALLYPORT_ON_BEHALF_OF: 'developer' })
  expect(Object.values(server.received[0]?.headers ?? {})).toContain('developer')
})
