import type { Command } from 'commander'
import type { Grant } from '../client/index.ts'
import { type Call, calling, personal } from './command.ts'
import { accessOf, grantsInTable, requestsInTable } from './describe.ts'
import { everyOne } from './lists.ts'
import type { Terminal } from './terminal.ts'
import { inline, when } from './words.ts'

/** `sallyport list`: what I have, until when, what ends next; with `--pending` what waits for my decision. */
export function addList(program: Command, terminal: Terminal): void {
  personal(program, 'list', 'what you have, until when, and what you have asked for', 'list', 'list --pending')
    .option('--pending', 'what waits for a decision of yours instead')
    .action(
      calling(terminal, (call, { pending = false }: { pending?: boolean; json?: boolean }) =>
        pending ? listPending(call) : listMine(call),
      ),
    )
}

const toReview = { params: { query: { reviewer: 'me', limit: 1 } } } as const

const toDecide = { params: { query: { approver: 'me' } } } as const

async function listPending({ sallyport, terminal, print }: Call): Promise<void> {
  const requests = await everyOne(sallyport, '/v1/requests', toDecide)
  print(requests, () => (requests.length === 0 ? 'Nothing waits for you.' : requestsInTable(requests, terminal)))
}

/** What is being taken away is not live any more, and gives access until it is gone. */
async function listMine({ sallyport, terminal, print }: Call): Promise<void> {
  const [live, revoking, requests, others, reviews] = await Promise.all([
    everyOne(sallyport, '/v1/grants', { params: { query: { beneficiary: 'me', status: 'live', order: 'end' } } }),
    everyOne(sallyport, '/v1/grants', { params: { query: { beneficiary: 'me', status: 'revoking', order: 'end' } } }),
    everyOne(sallyport, '/v1/requests', { params: { query: { person: 'me', status: 'pending' } } }),
    everyOne(sallyport, '/v1/requests', toDecide),
    sallyport.get('/v1/reviews', toReview),
  ])
  const grants = [...revoking, ...live]
  print({ grants, requests }, () =>
    [
      grants.length === 0 ? 'You have no access at this moment.' : grantsInTable(grants, terminal),
      ...endsNext(live, terminal.now()),
      ...grants.flatMap(({ id, attention }) => (attention === null ? [] : [`(!) ${id}: ${inline(attention.message)}`])),
      ...(requests.length === 0 ? [] : ['', 'Waiting for a decision:', requestsInTable(requests, terminal)]),
      ...(others.length === 0 ? [] : ['', `For you to decide: ${others.length}. To see them: sallyport list --pending`]),
      ...(reviews.open === 0 ? [] : ['', `For you to review: ${reviews.open}. To see them: sallyport reviews`]),
    ].join('\n'),
  )
}

function endsNext(grants: readonly Grant[], now: Date): string[] {
  const next = grants.find(({ status }) => status === 'active' || status === 'applying')
  return next === undefined ? [] : [`What ends next: ${accessOf(next)}, ${when(next.endsAt, now)}.`]
}
