import { createHmac } from 'node:crypto'
import { exportJWK, exportSPKI, importJWK, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readYaml } from '../../src/config/index.ts'
import { adoptRuleSet, createAuthenticator, createRuleSets } from '../../src/identity/index.ts'
import { testDatabase } from '../support/database.ts'
import { newSigningKey, testIssuer } from '../support/issuer.ts'
import { declareNothing, operator } from './world.ts'

const issuer = testIssuer()
const other = testIssuer()
const { db } = testDatabase()
const authenticator = (devMode = true) => createAuthenticator({ db, ruleSets: createRuleSets(db), devMode })
const refused = { code: 'unauthenticated', status: 401 }
const unavailable = { code: 'issuer_unavailable', status: 503 }
const MINUTE = 60_000
let authenticate: ReturnType<typeof authenticator>

const withToken = async (token: string | Promise<string>, personId?: string) => authenticate(`Bearer ${await token}`, personId)
const seconds = (ahead: number) => Math.floor(Date.now() / 1_000) + ahead

beforeAll(async () => {
  const people = [{ id: 'developer', groups: ['developers'], identities: [{ issuer: issuer.url, subject: 'developer-at-issuer' }] }]
  const content = { issuers: [issuer.listed(), { ...other.listed(), algorithms: ['RS256'] }], people }
  await adoptRuleSet(db, declareNothing)({ loaded: readYaml(JSON.stringify(content), 'sallyport.yaml'), force: true }, operator)
})
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  authenticate = authenticator()
})
afterEach(() => {
  vi.useRealTimers()
  Object.assign(issuer.answers, { status: 200, metadata: null, keySet: null, fetched: 0 })
})

describe('a token of an issuer', () => {
  it('is its person, with a credential of their own', async () => {
    const caller = await withToken(issuer.token())
    expect(caller).toMatchObject({
      actor: {
        kind: 'person',
        person: { id: 'developer', groups: ['developers'] },
        credential: expect.stringMatching(/^identity:idn_/),
        via: 'portal',
      },
      credential: { mayActFor: 'itself', ownerId: 'developer', secretHash: null },
      isAdmin: false,
    })
    expect(caller.credential.scopes.has('decide')).toBe(true)
  })

  it('acts for nobody else', async () => {
    await expect(withToken(issuer.token(), 'dba')).rejects.toMatchObject({ code: 'not_permitted' })
    expect((await withToken(issuer.token(), 'developer')).actor.kind).toBe('person')
  })

  it.each([
    ['one of several audiences', { aud: ['elsewhere', 'sallyport'] }, {}],
    ['the kind of RFC 7519', {}, { typ: 'JWT' }],
    ['a client_id and no azp', { azp: undefined, client_id: 'portal' }, {}],
    ['an end that is over for less than the clocks may be off', () => ({ exp: seconds(-20) }), {}],
    ['a time that has hardly come', () => ({ nbf: seconds(20), iat: seconds(20) }), {}],
    ['no end in sight', { exp: 1e300 }, {}],
  ])('is taken with %s', async (_, claims, header) => {
    const now = typeof claims === 'function' ? claims() : claims
    expect((await withToken(issuer.token(now, header))).actor.via).toBe('portal')
  })

  it.each([
    ['for another audience', { aud: 'elsewhere' }, {}, /another audience/],
    ['for an audience that only begins like ours', { aud: 'sallyport-test' }, {}, /another audience/],
    ['for no audience', { aud: undefined }, {}, /another audience|`aud`/],
    ['that has expired', () => ({ exp: seconds(-31) }), {}, /has expired/],
    ['without an end', { exp: undefined }, {}, /`exp`/],
    ['with an end that is text', { exp: '9999999999' }, {}, /`exp`|cannot be read/],
    ['that is not valid yet', () => ({ nbf: seconds(60) }), {}, /not valid yet/],
    ['issued in the future', () => ({ iat: seconds(60) }), {}, /`iat`/],
    ['issued before all time', { iat: -1e300 }, {}, /`iat`/],
    ['issued nobody knows when', { iat: undefined }, {}, /`iat`/],
    ['about nobody', { sub: undefined }, {}, /`sub`/],
    ['about an empty subject', { sub: '' }, {}, /`sub`/],
    ['about a number', { sub: 7 }, {}, /`sub`/],
    ['about a subject that cannot be stored', { sub: 'developer\u0000' }, {}, /`sub`/],
    ['of an issuer that is not listed', { iss: 'https://elsewhere.example' }, {}, /not listed/],
    ['of an issuer whose name differs by a slash', { iss: 'slash' }, {}, /not listed/],
    ['of no issuer', { iss: undefined }, {}, /not listed/],
    ['bound to a key that its bearer need not have', { cnf: { jkt: 'x' } }, {}, /bound to a key/],
    ['that says who has logged out', {}, { typ: 'logout+jwt' }, /kind of token/],
    ['that is a proof and no token', {}, { typ: 'dpop+jwt' }, /kind of token/],
    ['with a header that must be understood and is not', {}, { crit: ['x'], x: 1 }, /cannot be read/],
  ])('is refused %s', async (_, claims, header, words) => {
    const now: Readonly<Record<string, unknown>> = typeof claims === 'function' ? claims() : claims
    const slash = now['iss'] === 'slash' ? { iss: `${issuer.url}/` } : {}
    const token = signed({ ...now, ...slash }, header)
    await expect(withToken(token)).rejects.toMatchObject({ ...refused, message: expect.stringMatching(words) })
  })

  it('is refused with the name of another issuer, whatever keys they share', async () => {
    other.rotate(issuer.key)
    await expect(withToken(issuer.token({ iss: other.url }))).rejects.toMatchObject(refused)
  })

  it('is refused with an algorithm that its own issuer is not listed with', async () => {
    other.rotate(issuer.key)
    await expect(withToken(other.token({}, {}, issuer.key))).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/algorithm/),
    })
  })

  it('is refused without a signature', async () => {
    const [, payload] = (await issuer.token()).split('.')
    for (const alg of ['none', 'None', 'NONE', ''])
      await expect(withToken(`${encoded({ alg })}.${payload}.`)).rejects.toMatchObject(refused)
  })

  it('is refused when its public key was taken for a shared secret', async () => {
    const key = await newSigningKey('rsa', 'RS256')
    issuer.rotate(issuer.key, key)
    const published = await importJWK(key.published, 'RS256')
    if (published instanceof Uint8Array) throw new Error('an RSA key is no secret')
    const [, payload] = (await issuer.token()).split('.')
    for (const secret of [await exportSPKI(published), JSON.stringify(key.published), key.published.n ?? '']) {
      const input = `${encoded({ alg: 'HS256', kid: 'rsa', typ: 'at+jwt' })}.${payload}`
      const signature = createHmac('sha256', secret).update(input).digest('base64url')
      await expect(withToken(`${input}.${signature}`)).rejects.toMatchObject({ ...refused, message: expect.stringMatching(/algorithm/) })
    }
    issuer.rotate(issuer.key)
  })

  it('is refused with keys that it brings itself, or says where to fetch', async () => {
    const mine = await newSigningKey(issuer.key.kid)
    const jwk = await exportJWK(mine.sign)
    for (const header of [{ jwk: mine.published }, { jku: `${issuer.url}/mine` }, { x5u: `${issuer.url}/mine` }, { jwk, kid: 'mine' }]) {
      await expect(withToken(issuer.token({}, header as object, mine))).rejects.toMatchObject(refused)
    }
    expect((await withToken(issuer.token({}, { jku: 'https://elsewhere.example', x5u: 'https://elsewhere.example' }))).actor.kind).toBe(
      'person',
    )
  })

  it('is refused when a letter of it was changed', async () => {
    const token = await issuer.token()
    const [header = '', payload = '', signature = ''] = token.split('.')
    const forged = encoded({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'dba-at-issuer' })
    const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    for (const each of [`${header}.${forged}.${signature}`, `${header}.${payload}.${flipped(signature)}`, `${header}.${payload}.`])
      await expect(withToken(each)).rejects.toMatchObject(refused)
  })

  it.each([
    ['not JSON', 'e30x.e30x.x'],
    ['a list', `${encoded([])}.${encoded([])}.x`],
    ['nothing', '..'],
    ['an encrypted one', `${encoded({ alg: 'dir', enc: 'A128GCM' })}..x.x.x`],
    ['two of them', 'a.b.c.d'],
    ['null', `${encoded(null)}.${encoded(null)}.x`],
    ['deep', `${encoded({ alg: 'ES256' })}.${Buffer.from(`${'['.repeat(2_000)}${']'.repeat(2_000)}`).toString('base64url')}.x`],
  ])('is refused when it is %s', async (_, text) => {
    await expect(withToken(text)).rejects.toMatchObject(refused)
  })

  it('is refused when it is larger than any should be, before anything is made of it', async () => {
    await expect(withToken(issuer.token({ pad: 'x'.repeat(8_192) }))).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/longer than 8192/),
    })
    expect(issuer.answers.fetched).toBe(0)
  })

  it('is taken from this machine in dev mode only', async () => {
    authenticate = authenticator(false)
    await expect(withToken(issuer.token())).rejects.toMatchObject({ ...refused, message: expect.stringMatching(/without TLS/) })
    expect(issuer.answers.fetched).toBe(0)
  })
})

describe('the keys of an issuer', () => {
  it('are fetched once for many tokens, and when a token comes with a new one', async () => {
    await Promise.all([withToken(issuer.token()), withToken(issuer.token()), withToken(issuer.token())])
    expect(issuer.answers.fetched).toBe(2) // its metadata, and its keys
    const next = await newSigningKey('next')
    issuer.rotate(issuer.key, next)
    vi.advanceTimersByTime(10_000)
    expect((await withToken(issuer.token({}, {}, next))).actor.kind).toBe('person')
    expect(issuer.answers.fetched).toBe(4)
  })

  it('are not fetched again and again for tokens with keys that nobody has', async () => {
    const nobodys = await newSigningKey('nobodys')
    await withToken(issuer.token())
    for (let count = 0; count < 5; count++) await expect(withToken(issuer.token({}, {}, nobodys))).rejects.toMatchObject(refused)
    expect(issuer.answers.fetched).toBe(2)
    vi.advanceTimersByTime(10_000)
    for (let count = 0; count < 5; count++)
      await expect(withToken(issuer.token({}, {}, nobodys))).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/does not have/),
      })
    expect(issuer.answers.fetched).toBe(4)
  })

  it('are forgotten five minutes after the issuer has withdrawn them', async () => {
    const old = issuer.key
    await withToken(issuer.token())
    issuer.rotate(await newSigningKey('new'))
    vi.advanceTimersByTime(5 * MINUTE - 1)
    expect((await withToken(issuer.token({}, {}, old))).actor.kind).toBe('person')
    vi.advanceTimersByTime(1)
    await expect(withToken(issuer.token({}, {}, old))).rejects.toMatchObject(refused)
    expect((await withToken(issuer.token())).actor.kind).toBe('person')
  })

  it('stay good for an hour while the issuer does not answer, and not longer', async () => {
    await withToken(issuer.token())
    issuer.answers.status = 503
    vi.advanceTimersByTime(59 * MINUTE)
    expect((await withToken(issuer.token())).actor.kind).toBe('person')
    vi.advanceTimersByTime(MINUTE)
    await expect(withToken(issuer.token())).rejects.toMatchObject(unavailable)
    issuer.answers.status = 200
    vi.advanceTimersByTime(10_000)
    expect((await withToken(issuer.token())).actor.kind).toBe('person')
  })

  it('that are new can be neither accepted nor refused while the issuer does not answer', async () => {
    await withToken(issuer.token())
    issuer.answers.status = 500
    vi.advanceTimersByTime(10_000)
    await expect(withToken(issuer.token({}, {}, await newSigningKey('newer')))).rejects.toMatchObject(unavailable)
  })

  it.each([
    ['answers nothing', { status: 404 }],
    ['redirects', { status: 302 }],
    ['has the metadata of another', { metadata: { issuer: 'https://elsewhere.example', jwks_uri: 'https://elsewhere.example/keys' } }],
    ['has its keys where everybody can change them', { metadata: 'plain' }],
    ['answers with a page', { metadata: '<html>' }],
    ['has no list of keys', { keySet: { keys: 'none' } }],
    ['answers without end', { keySet: { keys: [], pad: 'x'.repeat(300_000) } }],
  ])('cannot be had of an issuer that %s', async (_, answers) => {
    const plain = 'metadata' in answers && answers.metadata === 'plain'
    Object.assign(issuer.answers, answers, plain ? { metadata: { issuer: issuer.url, jwks_uri: 'http://192.0.2.1/keys' } } : {})
    await expect(withToken(issuer.token())).rejects.toMatchObject(unavailable)
  })

  it('that cannot be used are no fault of ours', async () => {
    issuer.answers.keySet = {
      keys: [
        { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: issuer.key.kid },
        { kty: 'oct', k: 'AA', kid: 'shared' },
      ],
    }
    await expect(withToken(issuer.token())).rejects.toMatchObject(refused)
  })
})

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** jose signs no token with a claim of the wrong kind, nor one with an unknown `crit`, unless asked like this. */
async function signed(
  claims: Readonly<Record<string, unknown>>,
  header: { readonly crit?: string[]; readonly typ?: string },
): Promise<string> {
  if (header.crit === undefined) return issuer.token(claims, header)
  const payload = JSON.parse(Buffer.from((await issuer.token(claims)).split('.')[1] ?? '', 'base64url').toString())
  return new SignJWT(payload)
    .setProtectedHeader({ alg: issuer.key.alg, kid: issuer.key.kid, ...header })
    .sign(issuer.key.sign, { crit: { x: true } })
}
