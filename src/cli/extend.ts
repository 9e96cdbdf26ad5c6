import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { grantInBrief, requestInWords } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { readDuration } from './time.ts'
import { whichGrant } from './which-one.ts'

interface Options {
  readonly json?: boolean
  readonly by?: string
  readonly reason: string
}

/** `sallyport extend`: asking for more time before a grant ends. */
export function addExtend(program: Command, terminal: Terminal): void {
  personal(
    program,
    'extend <grant>',
    'asks for more time before a grant ends: its id, or the database',
    "extend db_user@orders --by 1h --reason 'The export is not through'",
  )
    .option('--by <duration>', 'by how much, such as 30m or PT1H; the default of the rule unless given')
    .requiredOption('--reason <text>', 'why it is needed')
    .action(
      calling(terminal, async ({ sallyport, print }, { by, reason }: Options, grant: string) => {
        const id = await whichGrant(sallyport, grant)
        const body = { reason, ...(by === undefined ? {} : { duration: readDuration(by) }) }
        const request = await sallyport.post('/v1/grants/{id}/extend', { params: { path: { id } }, body })
        const extended = await sallyport.get('/v1/grants/{id}', { params: { path: { id } } })
        print(request, () => `${requestInWords(request, terminal)}\n\nThe grant: ${grantInBrief(extended, terminal)}`)
      }),
    )
}
