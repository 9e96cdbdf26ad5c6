import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { grantInWords, requestInWords } from './describe.ts'
import { UsageError } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** `sallyport show`: one request or grant. */
export function addShow(program: Command, terminal: Terminal): void {
  personal(program, 'show <id>', 'one request (req_…) or grant (grt_…), with all that is known of it').action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, id: string) => {
      const params = { path: { id } }
      if (id.startsWith('grt_')) {
        const grant = await sallyport.get('/v1/grants/{id}', { params })
        print(grant, () => grantInWords(grant, terminal))
      } else if (id.startsWith('req_')) {
        const request = await sallyport.get('/v1/requests/{id}', { params })
        print(request, () => requestInWords(request, terminal))
      } else throw new UsageError(`${JSON.stringify(id)} is the id of neither a request (req_…) nor a grant (grt_…).`)
    }),
  )
}
