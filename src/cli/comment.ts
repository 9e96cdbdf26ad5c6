import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import type { Terminal } from './terminal.ts'
import { whichRequest } from './which-one.ts'

/** `sallyport comment`: saying something to all who see a request. */
export function addComment(program: Command, terminal: Terminal): void {
  personal(
    program,
    'comment <request> <text>',
    'says something to all who see a request; `show` has what was said',
    "comment req_01m87eh13zesmsgwrtfm6659wc 'Is one hour enough?'",
  ).action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, named: string, text: string) => {
      const id = await whichRequest(sallyport, named)
      const request = await sallyport.post('/v1/requests/{id}/comments', { params: { path: { id } }, body: { text } })
      print(request, () => `Kept with ${request.id}.`)
    }),
  )
}
