import { describe, expect, it } from 'vitest'
import { verifyDelivery } from '../../src/tickets/verify-delivery.ts'
import { github, jira, portal, secrets, servicenow, signed, sourceOf } from './sources.ts'

const now = new Date('2026-11-24T12:00:00Z')
const sources = { jira, github, servicenow, portal }
const verify = (
  name: keyof typeof sources,
  body: string,
  headers: Record<string, string | undefined>,
  keys: readonly string[] = [secrets[name]],
  at = now,
) => verifyDelivery(sourceOf(sources[name]), keys, { headers, bytes: Buffer.from(body) }, at)

describe('the published vectors', () => {
  it('of GitHub', async () => {
    const signature = 'sha256=1b2c16b75bd2a870c114153ccda5bcfca63314bc722fa160d690de133ccbb9db'
    expect(await verify('github', 'data', { 'x-hub-signature-256': signature, 'x-github-delivery': '7' }, ['secret'])).toMatchObject({
      id: '7',
    })
  })

  it('of Standard Webhooks', async () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,bm9pc2U= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,bm9pc2U=',
    }
    const keys = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
    const at = (seconds: number) => new Date((1614265330 + seconds) * 1000)
    const check = (changes: Record<string, string | undefined> = {}, seconds = 0) =>
      verify('portal', '{"test": 2432232314}', { ...headers, ...changes }, keys, at(seconds))
    expect(await check()).toEqual({ id: headers['webhook-id'], bodyHash: null })
    expect(await check({}, 300)).toMatchObject({ id: headers['webhook-id'] })
    expect(await check({}, -300)).toMatchObject({ id: headers['webhook-id'] })
    for (const seconds of [301, -301]) await expect(check({}, seconds)).rejects.toMatchObject({ code: 'stale_delivery' })
    for (const signature of ['v1,', 'v1,g0hM9SsE', 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', undefined])
      await expect(check({ 'webhook-signature': signature })).rejects.toMatchObject({ code: 'invalid_signature' })
    for (const changes of [
      { 'webhook-id': undefined },
      { 'webhook-timestamp': undefined },
      { 'webhook-timestamp': '1e9' },
      { 'webhook-id': 'msg_other' },
    ])
      await expect(check(changes)).rejects.toMatchObject({ code: 'invalid_signature' })
  })
})

describe.each(Object.keys(sources) as (keyof typeof sources)[])('a delivery of %s', (name) => {
  const body = '{"a":1}'
  const headers = signed(name, body, secrets[name], now)

  it('is taken by either of two secrets', async () => {
    const other = name === 'portal' ? `whsec_${Buffer.alloc(32).toString('base64')}` : 'other'
    for (const keys of [
      [secrets[name], other],
      [other, secrets[name]],
    ])
      await verify(name, body, headers, keys)
    await expect(verify(name, body, headers, [other])).rejects.toMatchObject({ code: 'invalid_signature' })
  })

  it('is refused with another body, and without its signature', async () => {
    await expect(verify(name, '{"a":2}', headers)).rejects.toMatchObject({ code: 'invalid_signature' })
    await expect(verify(name, body, {})).rejects.toMatchObject({ code: 'invalid_signature' })
  })

  it('is refused where there is no secret', async () => {
    await expect(verify(name, body, headers, [])).rejects.toMatchObject({ code: 'not_ready' })
  })
})

it('a timestamp of a plain HMAC is signed, and must be of now', async () => {
  const headers = signed('servicenow', '{}', secrets.servicenow, now)
  await expect(verify('servicenow', '{}', { ...headers, 'x-timestamp': '1' })).rejects.toMatchObject({ code: 'invalid_signature' })
  await expect(verify('servicenow', '{}', headers, undefined, new Date(now.getTime() + 301_000))).rejects.toMatchObject({
    code: 'stale_delivery',
  })
})
