import { createSallyport, type Sallyport } from '../client/index.ts'
import { ConfigError, type Environment } from '../config/index.ts'
import { clean } from './clean.ts'
import { readLogin } from './login-file.ts'
import { tokenOfLogin } from './login-token.ts'
import type { Terminal } from './terminal.ts'

/**
 * The service as the caller of a command: by SALLYPORT_URL and SALLYPORT_TOKEN, or else by the login. Answers hold
 * nothing that a terminal would obey, unless they are for a program. Throws a ConfigError if it is not known where, or who.
 */
export async function openSession(terminal: Terminal, { raw }: { readonly raw: boolean }): Promise<Sallyport> {
  const environment = terminal.environment()
  const { baseUrl, token } = environment.token === null ? await byLogin(environment, terminal) : byToken(environment, environment.token)
  const { onBehalfOf } = environment
  const sallyport = createSallyport({ baseUrl, token, ...(onBehalfOf === null ? {} : { onBehalfOf }) })
  return raw ? sallyport : cleanedAnswers(sallyport)
}

function byToken({ url }: Environment<'people'>, token: string) {
  if (url === null)
    throw new ConfigError(['SALLYPORT_URL: is not set; set it to where Sallyport is, such as https://sallyport.example.com'])
  return { baseUrl: url, token }
}

/** A login is for one Sallyport: its token goes nowhere else. */
async function byLogin({ url, loginPath }: Environment<'people'>, terminal: Terminal) {
  const login = await readLogin(loginPath)
  if (login === null)
    throw new ConfigError([
      'SALLYPORT_TOKEN: is not set, and you are not logged in; log in with `sallyport login`, or set it to an API key',
    ])
  if (url !== null && new URL(url).href !== new URL(login.url).href)
    throw new ConfigError([`SALLYPORT_URL: is ${url}, and you are logged in at ${login.url}; log in there with \`sallyport login\``])
  let renewal: Promise<string> | null = null // one for calls made at once: an issuer takes a refresh token a second time for a theft
  const token = () => {
    renewal ??= tokenOfLogin(loginPath, terminal.now).finally(() => {
      renewal = null
    })
    return renewal
  }
  return { baseUrl: login.url, token }
}

const cleanedAnswers = (sallyport: Sallyport): Sallyport => ({
  get: async (path, ...init) => clean(await sallyport.get(path, ...init)),
  post: async (path, ...init) => clean(await sallyport.post(path, ...init)),
  patch: async (path, ...init) => clean(await sallyport.patch(path, ...init)),
  delete: async (path, ...init) => clean(await sallyport.delete(path, ...init)),
  each: async function* (path, ...init) {
    for await (const item of sallyport.each(path, ...init)) yield clean(item)
  },
})
