import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { grantInWords, requestInWords } from './describe.ts'
import { reviewInWords } from './describe-review.ts'
import type { Terminal } from './terminal.ts'
import { whichOfAll } from './which-one.ts'

/** `sallyport show`: one request, grant or review. */
export function addShow(program: Command, terminal: Terminal): void {
  personal(
    program,
    'show <id>',
    'one request (req_…), grant (grt_…) or review (rev_…), with all that is known of it',
    'show req_01m87eh13zesmsgwrtfm6659wc',
    'show db_user@orders',
  ).action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, named: string) => {
      const id = await whichOfAll(sallyport, named)
      const params = { path: { id } }
      if (id.startsWith('grt_')) {
        const grant = await sallyport.get('/v1/grants/{id}', { params })
        print(grant, () => grantInWords(grant, terminal))
      } else if (id.startsWith('rev_')) {
        const review = await sallyport.get('/v1/reviews/{id}', { params })
        print(review, () => reviewInWords(review, terminal))
      } else {
        const request = await sallyport.get('/v1/requests/{id}', { params })
        print(request, () => requestInWords(request, terminal))
      }
    }),
  )
}
