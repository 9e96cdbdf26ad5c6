import type { Command } from 'commander'
import { clean } from './clean.ts'
import { doing } from './command.ts'
import { deviceFlow } from './device-flow.ts'
import { UsageError } from './failure.ts'
import { discover } from './issuer.ts'
import { forgetLogin, keepLogin, readLogin } from './login-file.ts'
import { partsOf } from './login-token.ts'
import type { Terminal } from './terminal.ts'

interface LoginOptions {
  readonly url?: string
  readonly issuer?: string
  readonly clientId?: string
  readonly scope: string
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
    .addHelpText('after', '\nBy the device flow (RFC 8628): the browser may be on another machine. `sallyport logout` forgets the login.')
    .action(doing(terminal, (options: LoginOptions) => login(terminal, options)))
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
  const url = given(options.url ?? environment.url ?? before?.url, '--url', 'SALLYPORT_URL')
  const issuer = given(options.issuer ?? environment.issuer ?? before?.issuer, '--issuer', 'SALLYPORT_ISSUER')
  const clientId = given(options.clientId ?? environment.clientId ?? before?.clientId, '--client-id', 'SALLYPORT_CLIENT_ID')

  const found = await discover(issuer)
  const show = ({ userCode, uri, completeUri }: Parameters<Parameters<typeof deviceFlow>[2]>[0]) =>
    terminal.tell(
      clean(`Open ${uri} in a browser and enter the code ${userCode}${completeUri === null ? '' : `,\nor open ${completeUri}`}\nWaiting…`),
    )
  const tokens = await deviceFlow(found, { clientId, scope: options.scope }, show, terminal)
  const kept = { url, issuer, clientId, tokenEndpoint: found.tokenEndpoint, ...partsOf(tokens, terminal.now()) }
  await keepLogin(environment.loginPath, kept)
  terminal.say(`You are logged in at ${url}; the login is kept in ${environment.loginPath}.`)
}

function given(value: string | undefined, option: string, variable: string): string {
  if (value !== undefined) return value
  throw new UsageError(`${option} is missing, and ${variable} is not set.`)
}
