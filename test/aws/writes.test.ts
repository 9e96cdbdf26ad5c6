import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Aws, AwsError, createAws } from '../../src/aws/index.ts'
import { account, credentials } from './contract/world.ts'
import { type Answer, assumedRole, type ScriptedEndpoint, scriptedEndpoint } from './scripted-endpoint.ts'

const role = { kind: 'role', name: 'app-reader' } as const
const allow = () => {}

const opened: (Aws | ScriptedEndpoint)[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

function awsAt(url: string, requestTimeout?: number): Aws {
  const aws = createAws({ endpoint: url, region: 'us-east-2', credentials, ...(requestTimeout === undefined ? {} : { requestTimeout }) })
  opened.push(aws)
  return aws
}

async function endpoint(...script: readonly [Answer, ...Answer[]]): Promise<ScriptedEndpoint> {
  const server = await scriptedEndpoint(...script)
  opened.push(server)
  return server
}

async function put(url: string, guard = allow, requestTimeout?: number): Promise<unknown> {
  return awsAt(url, requestTimeout)
    .session(account)
    .putInlinePolicy(role, 'sallyport-x', '{}', guard)
    .catch((error: unknown) => error)
}

describe('an error of AWS', () => {
  test.each([
    ['LimitExceeded', 409, 'quota', true, 1],
    ['MalformedPolicyDocument', 400, 'malformed', true, 1],
    ['ValidationError', 400, 'malformed', true, 1],
    ['NoSuchEntity', 404, 'not_found', true, 1],
    ['UnmodifiableEntity', 400, 'protected', true, 1],
    ['AccessDenied', 403, 'denied', true, 1],
    ['InvalidClientTokenId', 403, 'denied', true, 1],
    ['SomethingNew', 403, 'denied', true, 1],
    ['EntityTemporarilyUnmodifiable', 409, 'conflict', true, 1],
    ['SomethingNew', 400, 'unknown', true, 1],
    ['ConcurrentModification', 409, 'conflict', true, 3],
    ['Throttling', 400, 'throttled', true, 3],
    ['RequestLimitExceeded', 503, 'throttled', true, 3],
    ['ServiceFailure', 500, 'unavailable', false, 3],
    ['SomethingNew', 503, 'unavailable', false, 3],
  ])('%s (%i) is `%s`, answered: %s, after %i attempts', async (code, status, reason, answered, attempts) => {
    const server = await endpoint({ status, code })
    const error = await put(server.url)
    expect(error).toBeInstanceOf(AwsError)
    expect(error).toMatchObject({ reason, awsCode: code, awsRequestId: `request-${attempts}`, answered })
    expect(server.calls).toHaveLength(attempts)
  })

  test('names what was tried and what AWS said', async () => {
    const server = await endpoint({ status: 403, code: 'AccessDenied' })
    expect(await put(server.url)).toMatchObject({ message: 'PutRolePolicy app-reader: AccessDenied: The AccessDenied message.' })
  })

  test('that passes is not seen by the caller', async () => {
    const server = await endpoint({ status: 400, code: 'Throttling' }, 'close', 'success')
    expect(await put(server.url)).toEqual({ awsRequestId: 'request-3' })
  })

  test.each([
    [403, 'denied', 1],
    [502, 'unavailable', 3],
  ])('that is not in AWS’s own form (%i) is `%s` by its status, and no answer of AWS', async (status, reason, attempts) => {
    const server = await endpoint({ status, body: '<html>The proxy says no' })
    expect(await put(server.url)).toMatchObject({ reason, awsCode: null, answered: false })
    expect(server.calls).toHaveLength(attempts)
  })
})

describe('a write whose answer is lost', () => {
  test('because the connection closed may have taken effect', async () => {
    const server = await endpoint('close')
    expect(await put(server.url)).toMatchObject({ reason: 'unavailable', awsCode: null, answered: false })
    expect(server.calls).toHaveLength(3)
  })

  test('because the connection broke in the middle of it may have taken effect', async () => {
    const server = await endpoint('cut')
    expect(await put(server.url)).toMatchObject({ reason: 'unavailable', answered: false })
    expect(server.calls).toHaveLength(3)
  })

  test('because AWS stayed silent may have taken effect', async () => {
    const server = await endpoint('silence')
    expect(await put(server.url, allow, 20)).toMatchObject({ reason: 'unavailable', answered: false })
  })

  test('because it cannot be read may have taken effect', async () => {
    const server = await endpoint({ status: 200, body: '<PutRolePolicyResponse><Respon' })
    expect(await put(server.url)).toMatchObject({ reason: 'unknown', answered: false })
  })

  test('may have taken effect even if a later attempt is refused', async () => {
    const server = await endpoint('close', { status: 403, code: 'AccessDenied' })
    expect(await put(server.url)).toMatchObject({ reason: 'denied', answered: false })
  })

  test('did not take effect if there was nobody to send it to', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const address = closed.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    closed.close()
    await once(closed, 'close')
    expect(await put(`http://127.0.0.1:${port}`)).toMatchObject({ reason: 'unavailable', answered: true })
    expect(await put(`http://localhost:${port}`)).toMatchObject({ reason: 'unavailable', answered: true }) // several addresses
  })
})

describe('the write guard', () => {
  class LeaseLost extends Error {
    readonly code = 'ECONNRESET' // what the SDK would try again
    constructor() {
      super('lease lost', { cause: Object.assign(new Error('timed out'), { name: 'TimeoutError' }) })
      Object.freeze(this)
    }
  }
  const lost = new LeaseLost()
  const stopAfter = (passes: number) => {
    let asked = 0
    return () => {
      if (asked++ >= passes) throw lost
    }
  }

  test('stops a write before anything is sent, and its error comes out as it is', async () => {
    const server = await endpoint('success')
    expect(await put(server.url, stopAfter(0))).toBe(lost)
    expect(server.calls).toEqual([])
  })

  test('is asked before every attempt', async () => {
    const server = await endpoint({ status: 400, code: 'Throttling' })
    expect(await put(server.url, stopAfter(1))).toBe(lost)
    expect(server.calls).toEqual(['PutRolePolicy'])
  })

  test('that stops a write between attempts does not hide that the first one may have taken effect', async () => {
    const server = await endpoint('close')
    const error = await put(server.url, stopAfter(1))
    expect(error).toBeInstanceOf(AwsError)
    expect(error).toMatchObject({ reason: 'unavailable', answered: false, cause: lost })
    expect(server.calls).toEqual(['PutRolePolicy'])
  })

  test('guards deletions too', async () => {
    const server = await endpoint('success')
    const deletion = awsAt(server.url).session(account).deleteInlinePolicy(role, 'sallyport-x', stopAfter(0))
    await expect(deletion).rejects.toBe(lost)
    expect(server.calls).toEqual([])
  })

  test('is asked after the role has been assumed, so that waiting for STS does not age its answer', async () => {
    const server = await endpoint(assumedRole, 'success')
    const assuming = { ...account, roleArn: 'arn:aws:iam::123456789012:role/sallyport' }
    const callsWhenAsked: string[][] = []
    await awsAt(server.url)
      .session(assuming, 'pln_01h455vb4pex5vsknk084sn02q')
      .deleteInlinePolicy(role, 'sallyport-x', () => callsWhenAsked.push([...server.calls]))
    expect(callsWhenAsked).toEqual([['AssumeRole']])
  })
})

describe('a role that cannot be assumed', () => {
  test('is told as such, and nothing was written', async () => {
    const server = await endpoint({ status: 403, code: 'AccessDenied' })
    const assuming = { ...account, roleArn: 'arn:aws:iam::123456789012:role/sallyport' }
    const error = await awsAt(server.url)
      .session(assuming, 'pln_01h455vb4pex5vsknk084sn02q')
      .putInlinePolicy(role, 'sallyport-x', '{}', allow)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      reason: 'denied',
      answered: true,
      message: expect.stringMatching(/^AssumeRole arn:aws:iam::123456789012:role\/sallyport: AccessDenied: /),
    })
    expect(server.calls).toEqual(['AssumeRole'])
  })
})
