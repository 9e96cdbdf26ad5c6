import type { Command } from 'commander'
import type { Grant, Request, Sallyport } from '../client/index.ts'
import { type Call, calling, personal } from './command.ts'
import { accessOf, grantsInTable, requestsInTable } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { when } from './words.ts'

const inForce = ['active', 'applying', 'revoking', 'scheduled'] as const

/** `sallyport list`: what I have, until when, what ends next; with `--pending` what waits for my decision. */
export function addList(program: Command, terminal: Terminal): void {
  personal(program, 'list', 'what you have, until when, and what you have asked for')
    .option('--pending', 'what waits for a decision of yours instead')
    .action(
      calling(terminal, (call, { pending = false }: { pending?: boolean; json?: boolean }) =>
        pending ? listPending(call) : listMine(call),
      ),
    )
}

async function listPending({ sallyport, terminal, print }: Call): Promise<void> {
  const requests = await all(sallyport.each('/v1/requests', { params: { query: { approver: 'me', status: 'pending' } } }))
  print(requests, () => (requests.length === 0 ? 'Nothing waits for you.' : requestsInTable(requests, terminal)))
}

async function listMine({ sallyport, terminal, print }: Call): Promise<void> {
  const [asked, ...held] = await Promise.all([askedBy(sallyport), ...inForce.map((status) => heldAs(sallyport, status))])
  const grants = held.flat().toSorted((one, other) => one.endsAt.localeCompare(other.endsAt))
  print({ grants, requests: asked }, () =>
    [
      grants.length === 0 ? 'You have no access at this moment.' : grantsInTable(grants, terminal),
      ...endsNext(grants, terminal.now()),
      ...grants.flatMap(({ id, attention }) => (attention === null ? [] : [`(!) ${id}: ${attention.message}`])),
      ...(asked.length === 0 ? [] : ['', 'Waiting for a decision:', requestsInTable(asked, terminal)]),
    ].join('\n'),
  )
}

const heldAs = (sallyport: Sallyport, status: Grant['status']): Promise<Grant[]> =>
  all(sallyport.each('/v1/grants', { params: { query: { beneficiary: 'me', status } } }))

/** By me or for me, each once. */
async function askedBy(sallyport: Sallyport): Promise<Request[]> {
  const [by, forMe] = await Promise.all([
    all(sallyport.each('/v1/requests', { params: { query: { requester: 'me', status: 'pending' } } })),
    all(sallyport.each('/v1/requests', { params: { query: { beneficiary: 'me', status: 'pending' } } })),
  ])
  return [...new Map([...by, ...forMe].map((request) => [request.id, request])).values()]
}

function endsNext(grants: readonly Grant[], now: Date): string[] {
  const next = grants.find(({ status }) => status === 'active' || status === 'applying')
  return next === undefined ? [] : [`What ends next: ${accessOf(next)}, ${when(next.endsAt, now)}.`]
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
