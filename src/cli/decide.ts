import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { requestInWords } from './describe.ts'
import { readDuration, readEntitlement } from './entitlement.ts'
import type { Terminal } from './terminal.ts'

interface ApproveOptions {
  readonly json?: boolean
  readonly duration?: string
  readonly only?: readonly string[]
  readonly comment?: string
}

/** `sallyport approve`, `deny` and `withdraw`: how a request ends. */
export function addDecisions(program: Command, terminal: Terminal): void {
  personal(program, 'approve <request>', 'approves a request, or less of it')
    .option('--duration <duration>', 'for a shorter time than was asked for, such as 30m')
    .option('--only <db-user@database...>', 'only these of what was asked for')
    .option('--comment <text>', 'kept with the decision')
    .action(
      calling(terminal, async ({ sallyport, print }, { duration, only, comment }: ApproveOptions, id: string) => {
        const entitlements = only === undefined ? null : await Promise.all(only.map((text) => readEntitlement(sallyport, text)))
        const request = await sallyport.post('/v1/requests/{id}/approve', {
          params: { path: { id } },
          body: { duration: duration === undefined ? null : readDuration(duration), entitlements, comment: comment ?? null },
        })
        print(request, () => requestInWords(request, terminal))
      }),
    )
  personal(program, 'deny <request>', 'denies a request, which ends it')
    .requiredOption('--reason <text>', 'why; the requester sees it')
    .action(
      calling(terminal, async ({ sallyport, print }, { reason }: { json?: boolean; reason: string }, id: string) => {
        const request = await sallyport.post('/v1/requests/{id}/deny', { params: { path: { id } }, body: { comment: reason } })
        print(request, () => requestInWords(request, terminal))
      }),
    )
  personal(program, 'withdraw <request>', 'takes back a request of yours that waits').action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, id: string) => {
      const request = await sallyport.post('/v1/requests/{id}/withdraw', { params: { path: { id } } })
      print(request, () => `Request ${request.id} is withdrawn.`)
    }),
  )
}
