import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { afterAll, beforeAll } from 'vitest'

type Alg = 'RS256' | 'ES256'

export interface SigningKey {
  readonly kid: string
  readonly alg: Alg
  readonly sign: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly published: JWK
}

export async function newSigningKey(kid: string, alg: Alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, sign: privateKey, published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** An OpenID provider on loopback that publishes its metadata and keys over HTTP and signs whatever it is told; gone after the file's tests. */
export function testIssuer() {
  const things: { server?: Server; url?: string; keys: SigningKey[] } = { keys: [] }
  /** What it answers instead of its keys: a status, or another text. */
  const answers: { status: number; metadata: object | string | null; keySet: object | string | null; fetched: number } = {
    status: 200,
    metadata: null,
    keySet: null,
    fetched: 0,
  }
  const textOf = (body: object | string) => (typeof body === 'string' ? body : JSON.stringify(body))
  const given = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the issuer is there by the time the first test runs')
    return value
  }
  const url = () => given(things.url)
  const key = () => given(things.keys[0])
  const issuer = {
    answers,
    get url() {
      return url()
    },
    /** The key that it signs with. */
    get key() {
      return key()
    },
    /** From now on it signs with this key, and publishes no other. */
    rotate: (...keys: SigningKey[]) => {
      things.keys = keys
    },
    /** As sallyport.yaml lists it. */
    listed: (more: object = {}) => ({ issuer: url(), audience: 'sallyport', algorithms: ['ES256', 'RS256'], ...more }),
    /** A token of somebody's for Sallyport, good for five minutes, with some claims and headers of the test's. */
    token: (claims: Readonly<Record<string, unknown>> = {}, header: Partial<JWTHeaderParameters> = {}, signedWith: SigningKey = key()) => {
      const now = Math.floor(Date.now() / 1_000)
      const all = { iss: url(), aud: 'sallyport', sub: 'developer-at-issuer', azp: 'portal', iat: now, exp: now + 300, ...claims }
      const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
      return new SignJWT(said)
        .setProtectedHeader({ alg: signedWith.alg, kid: signedWith.kid, typ: 'at+jwt', ...header })
        .sign(signedWith.sign)
    },
  }

  beforeAll(async () => {
    things.keys = [await newSigningKey('first')]
    const server = createServer((request, response) => {
      answers.fetched += 1
      const isMetadata = request.url === '/.well-known/openid-configuration'
      const metadata = answers.metadata ?? { issuer: url(), jwks_uri: `${url()}/keys` }
      const keySet = answers.keySet ?? { keys: things.keys.map(({ published }) => published) }
      response.writeHead(answers.status, { 'content-type': 'application/json' }).end(textOf(isMetadata ? metadata : keySet))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // a TCP socket that listens has one
    Object.assign(things, { server, url: `http://127.0.0.1:${port}` })
  })
  afterAll(async () => {
    things.server?.closeAllConnections()
    await new Promise((resolve) => things.server?.close(resolve))
  })
  return issuer
}
