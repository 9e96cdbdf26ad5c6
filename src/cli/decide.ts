import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { requestInWords } from './describe.ts'
import { readEntitlement } from './entitlement.ts'
import type { Terminal } from './terminal.ts'
import { readDuration } from './time.ts'
import { whichRequest } from './which-one.ts'

interface ApproveOptions {
  readonly json?: boolean
  readonly duration?: string
  readonly only?: readonly string[]
  readonly comment?: string
}

/** `sallyport approve`, `deny` and `withdraw`: how a request ends. */
export function addDecisions(program: Command, terminal: Terminal): void {
  personal(
    program,
    'approve <request>',
    'approves a request, or less of it',
    'approve req_01m87eh13zesmsgwrtfm6659wc',
    "approve 59wc --duration 30m --only db_user@orders --comment 'The rest tomorrow'",
  )
    .option('--duration <duration>', 'for a shorter time than was asked for, such as 30m')
    .option('--only <db-user@database...>', 'only these of what was asked for')
    .option('--comment <text>', 'kept with the decision')
    .action(
      calling(terminal, async ({ sallyport, print }, { duration, only, comment }: ApproveOptions, named: string) => {
        const id = await whichRequest(sallyport, named)
        const entitlements = only === undefined ? null : await Promise.all(only.map((text) => readEntitlement(sallyport, text)))
        const request = await sallyport.post('/v1/requests/{id}/approve', {
          params: { path: { id } },
          body: { duration: duration === undefined ? null : readDuration(duration), entitlements, comment: comment ?? null },
        })
        print(request, () => requestInWords(request, terminal))
      }),
    )
  personal(program, 'deny <request>', 'denies a request, which ends it', "deny req_01m87eh13zesmsgwrtfm6659wc --reason 'Use the replica'")
    .requiredOption('--reason <text>', 'why; the requester sees it')
    .action(
      calling(terminal, async ({ sallyport, print }, { reason }: { json?: boolean; reason: string }, named: string) => {
        const id = await whichRequest(sallyport, named)
        const request = await sallyport.post('/v1/requests/{id}/deny', { params: { path: { id } }, body: { comment: reason } })
        print(request, () => requestInWords(request, terminal))
      }),
    )
  personal(program, 'withdraw <request>', 'takes back a request of yours that waits', 'withdraw req_01m87eh13zesmsgwrtfm6659wc').action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, named: string) => {
      const id = await whichRequest(sallyport, named)
      const request = await sallyport.post('/v1/requests/{id}/withdraw', { params: { path: { id } } })
      print(request, () => `Request ${request.id} is withdrawn.`)
    }),
  )
}
