import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, vi } from 'vitest'

/** An OpenID provider as others run it, on loopback, that gives access tokens for Sallyport by the device flow; gone after the file's tests. */
export function openIdProvider({ accessTokenLives }: { readonly accessTokenLives: number }) {
  const things: { server?: Server; url?: string } = {}
  const url = () => things.url ?? 'not started'

  beforeAll(async () => {
    // It says of each of its defaults that it is for development, which is what it is used for here.
    for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined)
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // a TCP socket that listens has one
    Object.assign(things, { server, url: `http://127.0.0.1:${port}` })
    const provider = new Provider(url(), {
      clients: [
        {
          client_id: 'sallyport-cli',
          token_endpoint_auth_method: 'none',
          application_type: 'native',
          grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
          response_types: [],
          redirect_uris: [],
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'first', alg: 'ES256', use: 'sig' }] },
      clientDefaults: { id_token_signed_response_alg: 'ES256' },
      cookies: { keys: ['a key of this test'] },
      scopes: ['openid', 'offline_access', 'access'],
      ttl: { AccessToken: accessTokenLives },
      features: {
        deviceFlow: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:sallyport',
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            audience: 'sallyport',
            scope: 'access',
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    })
    server.on('request', provider.callback())
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    things.server?.closeAllConnections()
    await new Promise((resolve) => things.server?.close(resolve))
  })
  return {
    get url() {
      return url()
    },
    /** Does in a browser what `sallyport login` told a person to do: follows links, sends forms, keeps cookies. */
    approve: (said: string, login: string) => browse(/^or open (\S+)$/m.exec(said)?.[1] ?? 'no address', login),
  }
}

/** Goes on from page to page until there is no form left; answers the last page. */
async function browse(from: string, login: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next: { url: string; form: URLSearchParams | null } = { url: from, form: null }
  for (let pages = 0; pages < 30; pages++) {
    const { url, form } = next
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { method: 'POST', body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const to = response.headers.get('location')
    const page = await response.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (to !== null) next = { url: new URL(to, url).href, form: null }
    else if (action === undefined) return page
    else next = { url: new URL(action, url).href, form: filled(page, login) }
  }
  throw new Error('the provider never came to an end')
}

function filled(page: string, login: string): URLSearchParams {
  const fields = [...page.matchAll(/<input[^>]*>/g)].map(([input]): [string, string] => [
    / name="([^"]+)"/.exec(input)?.[1] ?? '',
    / value="([^"]*)"/.exec(input)?.[1] ?? '',
  ])
  const form = new URLSearchParams(fields)
  if (form.has('login')) form.set('login', login)
  if (form.has('password')) form.set('password', 'any')
  return form
}
