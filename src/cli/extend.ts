import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { requestInWords } from './describe.ts'
import { readDuration } from './entitlement.ts'
import type { Terminal } from './terminal.ts'

interface Options {
  readonly json?: boolean
  readonly by?: string
  readonly reason: string
}

/** `sallyport extend`: asking for more time before a grant ends. */
export function addExtend(program: Command, terminal: Terminal): void {
  personal(program, 'extend <grant>', 'asks for more time before a grant ends')
    .option('--by <duration>', 'by how much, e.g. PT1H or 1h; the default of the rule unless given')
    .requiredOption('--reason <text>', 'why it is needed')
    .action(
      calling(terminal, async ({ sallyport, print }, { by, reason }: Options, id: string) => {
        const body = { reason, ...(by === undefined ? {} : { duration: readDuration(by) }) }
        const request = await sallyport.post('/v1/grants/{id}/extend', { params: { path: { id } }, body })
        print(request, () => requestInWords(request, terminal))
      }),
    )
}
