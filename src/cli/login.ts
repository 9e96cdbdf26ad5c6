import type { Command } from 'commander'
import { createSallyport } from '../client/index.ts'
import { clean } from './clean.ts'
import { doing } from './command.ts'
import { deviceFlow } from './device-flow.ts'
import { Refusal, UsageError } from './failure.ts'
import { discover } from './issuer.ts'
import { forgetLogin, keepLogin, type Login, readLogin } from './login-file.ts'
import { partsOf } from './login-token.ts'
import { whoIs } from './me.ts'
import type { Terminal } from './terminal.ts'

interface LoginOptions {
  readonly url?: string
  readonly issuer?: string
  readonly clientId?: string
  readonly scope: string
  readonly key?: true
}

/** `sallyport login` and `logout`. */
export function addLogin(program: Command, terminal: Terminal): void {
  program
    .command('login')
    .description('logs you in with your browser, and keeps the login for the other commands')
    .option('--url <url>', 'where Sallyport is; SALLYPORT_URL, or that of the last login')
    .option('--issuer <url>', 'the OpenID provider; SALLYPORT_ISSUER, or that of the last login')
    .option('--client-id <id>', 'what this program is called there; SALLYPORT_CLIENT_ID, or that of the last login')
    .option('--scope <scope>', 'what to ask of the issuer', 'openid offline_access')
    .option('--key', 'with an API key, which is read from standard input, and not with a browser')
    .addHelpText(
      'after',
      `
By the device flow (RFC 8628): the browser may be on another machine. \`sallyport logout\` forgets the login.

  $ sallyport login --url https://sallyport.example.com --issuer https://login.example.com --client-id sallyport-cli
  $ sallyport login --url https://sallyport.example.com --key < key.txt`,
    )
    .action(doing(terminal, (options: LoginOptions) => (options.key ? loginByKey(terminal, options) : login(terminal, options))))
  program
    .command('logout')
    .description('forgets the login')
    .action(
      doing(terminal, async () => {
        const had = await forgetLogin(terminal.environment().loginPath)
        terminal.say(had ? 'You are logged out.' : 'You were not logged in.')
      }),
    )
}

async function login(terminal: Terminal, options: LoginOptions): Promise<void> {
  const environment = terminal.environment()
  const before = await readLogin(environment.loginPath).catch(() => null)
  const url = urlGiven(options.url ?? environment.url ?? before?.url, '--url', 'SALLYPORT_URL')
  const issuer = urlGiven(options.issuer ?? environment.issuer ?? before?.issued?.issuer, '--issuer', 'SALLYPORT_ISSUER')
  const clientId = given(options.clientId ?? environment.clientId ?? before?.issued?.clientId, '--client-id', 'SALLYPORT_CLIENT_ID')

  const found = await discover(issuer)
  const show = ({ userCode, uri, completeUri }: Parameters<Parameters<typeof deviceFlow>[2]>[0]) =>
    terminal.tell(
      clean(`Open ${uri} in a browser and enter the code ${userCode}${completeUri === null ? '' : `,\nor open ${completeUri}`}\nWaiting…`),
    )
  const tokens = await deviceFlow(found, { clientId, scope: options.scope }, show, terminal)
  const issued = { issuer, clientId, tokenEndpoint: found.tokenEndpoint, refreshToken: tokens.refresh_token ?? null }
  await keep(terminal, { url, ...partsOf(tokens, terminal.now()), issued })
}

/** Keeps a key that Sallyport knows; a key on the command line would be seen by everybody on the machine. */
async function loginByKey(terminal: Terminal, options: LoginOptions): Promise<void> {
  const environment = terminal.environment()
  const before = await readLogin(environment.loginPath).catch(() => null)
  const url = urlGiven(options.url ?? environment.url ?? before?.url, '--url', 'SALLYPORT_URL')
  const token = (await terminal.read()).trim()
  if (token === '') throw new Refusal('There is no key on standard input.')
  await keep(terminal, { url, token, expiresAt: null, issued: null })
}

/** Only a login that Sallyport knows is kept. */
async function keep(terminal: Terminal, login: Login): Promise<void> {
  const { loginPath, onBehalfOf } = terminal.environment()
  const sallyport = createSallyport({ baseUrl: login.url, token: login.token, ...(onBehalfOf === null ? {} : { onBehalfOf }) })
  const me = await sallyport.get('/v1/me')
  await keepLogin(loginPath, login)
  terminal.say(clean(`You are logged in at ${login.url} as ${whoIs(me)}; the login is kept in ${loginPath}.`))
}

function given(value: string | undefined, option: string, variable: string): string {
  if (value === undefined) throw new UsageError(`${option} is missing, and ${variable} is not set.`)
  return value
}

function urlGiven(value: string | undefined, option: string, variable: string): string {
  const url = given(value, option, variable)
  if (/^https?:\/\/./.test(url) && URL.canParse(url)) return url
  throw new UsageError(`${option}: ${JSON.stringify(url)} is not an http or https URL.`)
}
