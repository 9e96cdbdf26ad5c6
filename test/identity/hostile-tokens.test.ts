import { createHmac } from 'node:crypto'
import { exportSPKI, importJWK } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'
import { newSigningKey, type SigningKey, testIssuer } from '../support/issuer.ts'

// Before anything looks at that clock, which goes on by itself too: the pauses between tries to have keys go by it.
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'], shouldAdvanceTime: true }))
afterAll(() => void vi.useRealTimers())

const issuer = testIssuer()
const unlisted = testIssuer()
const api = testApi({
  rules: (file) => {
    Object.assign(file, { issuers: [issuer.listed()] })
    for (const person of file.people)
      if (person.id === 'developer' || person.id === 'dba')
        Object.assign(person, { identities: [{ issuer: issuer.url, subject: `${person.id}-at-issuer` }] })
  },
})
const seconds = (ahead: number) => Math.floor(Date.now() / 1_000) + ahead
const encoded = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const claims = (changes: object = {}) => ({
  iss: issuer.url,
  aud: 'sallyport',
  sub: 'developer-at-issuer',
  azp: 'portal',
  iat: seconds(0),
  exp: seconds(300),
  ...changes,
})
const header = (changes: object = {}) => ({ alg: issuer.key.alg, kid: issuer.key.kid, typ: 'at+jwt', ...changes })

/** A token of any bytes, with a good signature by a key of the issuer's or another. */
async function signed(head: unknown, payload: unknown, key: SigningKey = issuer.key): Promise<string> {
  const input = `${encoded(head)}.${encoded(payload)}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.sign, Buffer.from(input))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

function withSecret(secret: string): string {
  const input = `${encoded({ ...header(), alg: 'HS256' })}.${encoded(claims())}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function publicKeyAsText(): Promise<string> {
  const key = await importJWK(issuer.key.published, 'ES256', { extractable: true })
  if (key instanceof Uint8Array) throw new Error('an EC key is no secret')
  return exportSPKI(key)
}

const withToken = (token: string, person?: string) => api.withKey(token, person)
const refusals = () => api.parts.db.prisma.auditEvent.findMany({ where: { type: 'authority.refused' }, orderBy: { seq: 'asc' } })

let own: string
let strangers: SigningKey
beforeAll(async () => {
  own = (await api.as('developer').ask()).id
  strangers = await newSigningKey('first')
})
afterEach(() => {
  Object.assign(issuer.answers, { status: 200, metadata: null, keySet: null })
})

describe('before the keys of an issuer were ever had', () => {
  it('a good token is neither accepted nor refused, and one of nobody’s is refused without them', async () => {
    issuer.answers.status = 503
    const answer = await withToken(await issuer.token()).post('/v1/requests', firstExample)
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([503, 'issuer_unavailable'])
    expect(answer.headers.get('retry-after')).not.toBeNull()
    expect((await withToken(await unlisted.token()).get('/v1/me')).status).toBe(401)
    const { token } = await api.key({ name: 'meanwhile', scopes: ['read'] })
    expect((await withToken(token).get('/v1/requests')).status).toBe(200)
  })

  it('it is taken once the issuer answers', async () => {
    vi.advanceTimersByTime(10_000)
    expect((await withToken(await issuer.token()).request(own)).id).toBe(own)
  })
})

const tall = (token: string) => token.padEnd(8_193, 'x')
const hostile: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['without an algorithm', () => `${encoded(header({ alg: 'none' }))}.${encoded(claims())}.`],
  ['without an algorithm, and with a signature', () => signed(header({ alg: 'none' }), claims())],
  ['signed with the public key as a secret', async () => withSecret(await publicKeyAsText())],
  ['signed with the published key as a secret', () => withSecret(JSON.stringify(issuer.key.published))],
  ['signed with an empty secret', () => withSecret(' ')],
  ['signed by a key of its own that has the name of the issuer’s', () => signed(header(), claims(), strangers)],
  ['that brings its key', () => signed(header({ jwk: strangers.published }), claims(), strangers)],
  ['that says where its key is', () => signed(header({ jku: `${unlisted.url}/keys` }), claims(), strangers)],
  ['that says where its certificate is', () => signed(header({ x5u: `${unlisted.url}/keys` }), claims(), strangers)],
  ['that brings a certificate', () => signed(header({ x5c: [Buffer.from('certificate').toString('base64')] }), claims(), strangers)],
  ['with a key by a path', () => signed(header({ kid: '../../../../../../etc/passwd' }), claims(), strangers)],
  ['with a key by the path of an empty file', () => signed(header({ kid: '/dev/null' }), claims(), strangers)],
  ['with a key by an address', () => signed(header({ kid: `${unlisted.url}/keys` }), claims(), strangers)],
  ['with a key by a statement', () => signed(header({ kid: "x' or '1'='1" }), claims(), strangers)],
  ['with a key that is no name', () => signed(header({ kid: { toString: 'first' } }), claims(), strangers)],
  ['for another audience', () => signed(header(), claims({ aud: 'elsewhere' }))],
  ['for two other audiences', () => signed(header(), claims({ aud: ['elsewhere', 'sallyport-test'] }))],
  ['for an audience in a list in a list', () => signed(header(), claims({ aud: [['sallyport']] }))],
  ['for no audience', () => signed(header(), claims({ aud: [] }))],
  ['of another issuer', async () => unlisted.token()],
  ['of another issuer that names ours', () => unlisted.token({ iss: issuer.url })],
  ['of two issuers', () => signed(header(), claims({ iss: [issuer.url] }))],
  ['that identifies, and is not for calling', () => signed(header({ typ: 'logout+jwt' }), claims())],
  ['of a kind that is no text', () => signed(header({ typ: 'at+jwt2' }), claims())],
  ['that has expired', () => signed(header(), claims({ exp: seconds(-31) }))],
  ['that expired before all time', () => signed(header(), claims({ exp: -1 }))],
  ['that is not valid yet', () => signed(header(), claims({ nbf: seconds(40) }))],
  ['of the future', () => signed(header(), claims({ iat: seconds(40) }))],
  ['with claims twice, of which the last is expired', () => signed(header(), twice('exp', 300, seconds(-60)))],
  ['with an issuer twice, of which the last is another', () => signed(header(), twice('iss', issuer.url, unlisted.url))],
  ['with an algorithm twice, of which the last is none', () => signed('{"alg":"ES256","typ":"at+jwt","alg":"none"}', claims())],
  ['with a header that must be understood', () => signed(header({ crit: ['b64'], b64: false }), claims())],
  ['with claims that are no object', () => signed(header(), '"developer-at-issuer"')],
  ['that is larger than any should be', async () => tall(await issuer.token())],
  ['with a prototype', () => signed(header(), '{"__proto__":{"sub":"dba-at-issuer"}}')],
]

/** Claims as text, with one of them twice. */
const twice = (name: string, first: unknown, last: unknown): string =>
  JSON.stringify(claims({ [name]: first })).replace(/\}$/, `,${JSON.stringify(name)}:${JSON.stringify(last)}}`)

describe('a token', () => {
  it.each(hostile)('%s is refused with 401, does nothing, and has nothing fetched from where it says', async (_, make) => {
    const token = await make()
    const before = await api.snapshot()
    const [refused, fetched] = [(await refusals()).length, unlisted.answers.fetched]
    for (const call of [
      () => withToken(token).post('/v1/requests', firstExample),
      () => withToken(token).post(`/v1/requests/${own}/withdraw`),
      () => withToken(token).get('/v1/me'),
    ]) {
      const { status, text, headers } = await call()
      expect([status, JSON.parse(text).code]).toEqual([401, 'unauthenticated'])
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
      expect(text).not.toContain(token.slice(-40))
    }
    expect(await api.snapshot()).toEqual(before)
    expect([(await refusals()).length, unlisted.answers.fetched]).toEqual([refused, fetched]) // nobody is known to have tried
  })

  it('that fills more than a header may hold is not read at all', async () => {
    const { status, text } = await withToken('x'.repeat(100_000)).get('/v1/me')
    expect([status, JSON.parse(text).detail]).toEqual([400, 'The headers are larger than 16 KiB.'])
  })

  it('with a claim twice is what the last one says, as RFC 7519 has it, in all of its parts', async () => {
    const answer = await withToken(await signed(header(), twice('sub', 'developer-at-issuer', 'dba-at-issuer'))).get('/v1/me')
    expect(JSON.parse(answer.text)).toMatchObject({ person: { id: 'dba' }, credential: { kind: 'token' } })
  })

  it.each([
    ['for two audiences, of which one is ours', () => claims({ aud: ['elsewhere', 'sallyport'] })],
    ['that expired within the skew of clocks', () => claims({ exp: seconds(-20) })],
    ['that is valid within the skew of clocks', () => claims({ nbf: seconds(28), iat: seconds(28) })],
  ])('%s is taken', async (_, payload) => {
    expect((await withToken(await signed(header(), payload())).request(own)).id).toBe(own)
  })
})

describe('a good token that may not do what it tries', () => {
  it.each<[string, () => Promise<string>, string | undefined, string, string | null]>([
    ['of a login that is nobody’s', async () => signed(header(), claims({ sub: 'stranger' })), undefined, 'identity_not_linked', null],
    ['that names somebody else', async () => issuer.token(), 'dba', 'not_permitted', 'developer'],
  ])('%s is refused with 403, does nothing, and is in the audit log', async (_, make, person, code, by) => {
    const token = await make()
    const before = [await api.snapshot(), (await refusals()).length]
    const answer = await withToken(token, person).post('/v1/requests', firstExample)
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, code])
    const recorded = await refusals()
    expect([await api.snapshot(), recorded.length - 1]).toEqual(before)
    expect(recorded.at(-1)).toMatchObject({ personId: by, actor: { via: 'portal' }, payload: { action: 'POST /v1/requests', code } })
    expect(JSON.stringify(recorded.at(-1)?.payload)).not.toContain(token.slice(-40))
  })
})

describe('when an issuer changes its keys', () => {
  it('what the new one signed is taken, and what the old one signed no longer', async () => {
    const old = issuer.key
    const next = await newSigningKey('next')
    expect((await withToken(await issuer.token()).get('/v1/me')).status).toBe(200)
    issuer.rotate(next)
    vi.advanceTimersByTime(10_000)
    expect((await withToken(await issuer.token()).get('/v1/me')).status).toBe(200)
    expect((await withToken(await issuer.token({}, {}, old)).get('/v1/me')).status).toBe(401)
  })

  it('an outage afterwards changes nothing for a key that is known', async () => {
    issuer.answers.status = 503
    expect((await withToken(await issuer.token()).get('/v1/me')).status).toBe(200)
  })
})
