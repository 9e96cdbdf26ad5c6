import type { Command } from 'commander'
import type { ConnectInstructions } from '../client/index.ts'
import { calling, personal } from './command.ts'
import type { Terminal } from './terminal.ts'
import { whichGrant } from './which-one.ts'

interface ConnectOptions {
  readonly json?: boolean
  readonly database?: string
  readonly dbUser?: string
}

/**
 * `sallyport connect`: prints the commands that connect. It does not run them: they come from the service, and what a
 * service says is not run on the machine of whoever asks.
 */
export function addConnect(program: Command, terminal: Terminal): void {
  personal(
    program,
    'connect <grant>',
    'prints the commands that connect with a grant: its id, or the database',
    'connect db_user@orders',
    'connect grt_01m87ej4tkesmsgwv1mrbxyqme --json',
  )
    .option('--database <ref>', 'which one, with a grant for every database')
    .option('--db-user <name>', 'which one, with a grant for every user')
    .action(
      calling(terminal, async ({ sallyport, print }, { database, dbUser }: ConnectOptions, grant: string) => {
        const id = await whichGrant(sallyport, grant)
        const query = { ...(database === undefined ? {} : { database }), ...(dbUser === undefined ? {} : { dbUser }) }
        const instructions = await sallyport.get('/v1/grants/{id}/connect', { params: { path: { id }, query } })
        print(instructions, () => inShell(instructions))
      }),
    )
}

/** A script that a POSIX shell takes as it is: everything that is no command is a comment. */
function inShell({ steps, notes, assume }: ConnectInstructions): string {
  const comment = (text: string) => `# ${text.replaceAll(/\s+/g, ' ')}`
  return [
    ...notes.map(comment),
    ...(assume === null || assume.policy === null ? [] : ['# The policy that the principal needs:', comment(assume.policy)]),
    ...steps.flatMap(({ title, command }) => ['', comment(title), command]),
  ].join('\n')
}
