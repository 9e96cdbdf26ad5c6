import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionSets } from '../../src/catalog/index.ts'
import { actOnTicket } from '../../src/tickets/index.ts'
import { type Gate, openGate } from '../faults/gate.ts'
import { testApi } from '../support/api.ts'
import { client } from '../support/client.ts'
import { outcomes } from '../support/outcomes.ts'
import { withRule } from '../support/rules.ts'
import { type SpawnedApi, spawnApi } from '../support/spawn-api.ts'
import { changed, deliver, jira, variables, withSources } from './sources.ts'

let gate: Gate | undefined
const api = testApi({
  tickets: variables,
  rules: (file) => {
    withSources({ ...jira, creates: undefined } as { readonly name: string })(file)
    withRule('production-with-a-dba', { decisionsFrom: ['jira'] })(file)
  },
  awsUrl: async (url) => {
    gate = await openGate(url)
    return gate.url
  },
})
const spawned: SpawnedApi[] = []
beforeAll(async () => {
  spawned.push(...(await Promise.all([1, 2].map(() => spawnApi(api.database.url, api.standIn.url, variables)))))
}, 60_000)
afterAll(async () => {
  await Promise.all(spawned.map(({ stop }) => stop()))
  await gate?.close()
})

const requestParts = () => {
  const { parts } = api
  return { ...parts, deploymentId: parts.deployment.id, permissionSets: permissionSets(parts.db, parts.aws) }
}
const urlOf = (process: number): string => spawned[process]?.url ?? ''
const at = (process: number, person: string) => client(() => urlOf(process), { authorization: `Bearer dev-${person}` })
const developer = api.as('developer')
const rounds = Array.from({ length: 8 }, (_, round) => round)

let number = 500
/** A ticket of the developer's that is open, and how it is told of at a process, so many seconds from now. */
async function openTicket() {
  const key = `OPS-${++number}`
  const tell = (process: number, name: string, changes: object, seconds: number) =>
    deliver({ url: urlOf(process) }, 'jira', changed(name, { '/issue/key': key, '/timestamp': Date.now() + seconds * 1_000, ...changes }))
  await tell(0, 'jira-issue-created', {}, -10)
  return {
    ticket: { system: 'jira', key },
    approve: (process: number) => tell(process, 'jira-issue-approved', {}, 0),
    close: (process: number) => tell(process, 'jira-issue-created', { '/issue/fields/status/name': 'Done' }, 1),
  }
}

/** What the closing of a ticket leaves: nothing that waits, and no grant that gives access. */
async function nothingLeft(key: string) {
  const { items } = await developer.requests({ ticket: key })
  for (const { id, status, grants } of items) {
    expect(['approved', 'withdrawn']).toContain(status)
    for (const grant of grants) expect(grant).toMatchObject({ status: 'revoking', endReason: 'ticket_closed' })
    const ended = (await api.eventsOf(id)).filter((type) => /^request\.(approved|denied|withdrawn|expired)$/.test(type))
    expect(ended).toEqual([`request.${status}`])
  }
  return items
}

const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }], duration: 'PT30M' }
const production = {}
/** In turn the one or the other is sent first. */
async function together<A, B>(round: number, one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([one(), other()])
  const second = other()
  return Promise.all([one(), second])
}

describe('a ticket that closes while AWS is asked about the principal', () => {
  test.each([
    ['a request that needs no approval', staging],
    ['a request', production],
  ])('leaves nothing of %s, which is judged anew', async (_, asked) => {
    const { ticket, close } = await openTicket()
    const held = gate?.hold('app-reader', 'GetRole', 'answer')
    const asking = outcomes(developer.ask({ ...asked, ticket }))
    await held?.reached
    await close(1)
    held?.letThrough()
    expect(await asking).toEqual(['refused_by_rules'])
    expect(await nothingLeft(ticket.key)).toEqual([])
  })

  test('leaves nothing of an approval', async () => {
    const { ticket, close } = await openTicket()
    const { id } = await developer.ask({ ...production, ticket })
    const held = gate?.hold('app-reader', 'GetRole', 'answer')
    const approving = outcomes(api.as('dba').approve(id))
    await held?.reached
    await close(1)
    held?.letThrough()
    expect(await approving).toEqual(['request_decided'])
    expect(await nothingLeft(ticket.key)).toMatchObject([{ status: 'withdrawn', grants: [] }])
  })
})

describe('on two processes, a ticket that closes', () => {
  test.each([
    ['that needs no approval', staging, 'approved'],
    ['that waits', production, 'pending'],
  ])('and a request from it %s leave no access, nor anything that waits', async (_, asked, made) => {
    for (const round of rounds) {
      const { ticket, close } = await openTicket()
      const [[outcome]] = await together(
        round,
        () => outcomes(at(0, 'developer').ask({ ...asked, ticket })),
        () => close(1),
      )
      expect([made, 'refused_by_rules']).toContain(outcome)
      expect(await nothingLeft(ticket.key)).toHaveLength(outcome === made ? 1 : 0)
    }
  })

  test('and an approval leave no access', async () => {
    for (const round of rounds) {
      const { ticket, close } = await openTicket()
      const { id } = await developer.ask({ ...production, ticket })
      const [[outcome]] = await together(
        round,
        () => outcomes(at(0, 'dba').approve(id)),
        () => close(1),
      )
      expect(['approved', 'request_decided', 'refused_by_rules']).toContain(outcome)
      expect(await nothingLeft(ticket.key)).toMatchObject([{ status: outcome === 'approved' ? 'approved' : 'withdrawn' }])
    }
  })

  test('and an approval in it leave no access', async () => {
    for (const round of rounds) {
      const { ticket, approve, close } = await openTicket()
      const { id } = await developer.ask({ ...production, ticket })
      await approve(0)
      const undone = await api.database.db.prisma.ticketDelivery.findFirstOrThrow({ where: { key: ticket.key, doneAt: null } })
      await together(
        round,
        () => actOnTicket(requestParts())({ source: 'jira', delivery: undone.id }),
        () => close(1),
      )
      expect(await nothingLeft(ticket.key)).toMatchObject([{ id }])
    }
  })
})
