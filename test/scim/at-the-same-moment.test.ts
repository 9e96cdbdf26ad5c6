import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../../src/kernel/ids.ts'
import { settleDeparture } from '../../src/requests/index.ts'
import { type Gate, openGate } from '../faults/gate.ts'
import { testApi } from '../support/api.ts'
import { client } from '../support/client.ts'
import { outcomes } from '../support/outcomes.ts'
import { type SpawnedApi, spawnApi } from '../support/spawn-api.ts'
import { provider, withScim } from './world.ts'

let gate: Gate | undefined
const api = testApi({
  rules: withScim('developers', 'dba'),
  awsUrl: async (url) => {
    gate = await openGate(url)
    return gate.url
  },
})
let other: SpawnedApi | undefined
let scim: Awaited<ReturnType<typeof provider>>
let groups: { developers: string; dba: string }
beforeAll(async () => {
  scim = await provider(api)
  groups = { developers: await scim.group('developers'), dba: await scim.group('dba') }
  other = await spawnApi(api.database.url, api.standIn.url)
}, 60_000)
afterAll(async () => {
  await other?.stop()
  await gate?.close()
})

/** The same people at another process than the one that SCIM pushes to. */
const elsewhere = (person: string) => client(() => other?.url ?? '', { authorization: `Bearer dev-${person}` })
const rounds = Array.from({ length: 6 }, (_, round) => round)
const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }], duration: 'PT30M' }

let count = 0
/** Somebody new in a group, and how they leave. */
async function somebody(group: 'developers' | 'dba' = 'developers') {
  const name = `somebody-${++count}`
  const user = await scim.user(name)
  await scim.patch(`/Groups/${groups[group]}`, { op: 'add', path: 'members', value: [{ value: user }] })
  const leave = async () => expect((await scim.patch(`/Users/${user}`, { op: 'Replace', path: 'active', value: 'False' })).status).toBe(200)
  return { name, leave }
}

/** Does what the jobs of departures do, and tells what is left for whoever left: nothing that waits, no grant that gives access. */
async function nothingLeftFor(name: string) {
  const settle = settleDeparture(api.parts)
  const unsettled = await api.database.db.prisma.departure.findMany({ where: { settledAt: null } })
  for (const { id } of unsettled) await settle({ departureId: id as Id<'dep'> }) // as the store made it
  const { items } = await api.as('auditor').requests({ limit: '100' })
  const theirs = items.filter(({ requester, beneficiary }) => [requester, beneficiary].includes(name))
  for (const { status, grants } of theirs) {
    expect(['approved', 'withdrawn']).toContain(status)
    for (const grant of grants) expect(grant).toMatchObject({ status: 'revoking', endReason: 'left' })
  }
  return theirs
}

/** Has somebody leave while AWS is asked about the principal. */
async function leavingDuring(calling: () => Promise<{ status: string }>, leave: () => Promise<void>) {
  const held = gate?.hold('app-reader', 'GetRole', 'answer')
  const [outcome] = [outcomes(calling())]
  await held?.reached
  await leave()
  held?.letThrough()
  return outcome
}

describe('somebody who leaves while AWS is asked', () => {
  test.each([
    ['a request of theirs that needs no approval', staging],
    ['a request of theirs', {}],
  ])('has not made %s', async (_, asked) => {
    const { name, leave } = await somebody()
    expect(await leavingDuring(() => api.as(name).ask(asked), leave)).toEqual(['unknown_person'])
    expect(await nothingLeftFor(name)).toEqual([])
  })

  test('is granted nothing that another asks for them', async () => {
    const { name, leave } = await somebody()
    const [outcome] = await leavingDuring(() => api.as('developer').ask({ ...staging, beneficiary: name }), leave)
    expect(outcome).not.toBe('approved')
    expect(await nothingLeftFor(name)).toEqual([])
  })

  test('is granted nothing by an approval', async () => {
    const { name, leave } = await somebody()
    const { id } = await api.as(name).ask()
    expect(await leavingDuring(() => api.as('dba').approve(id), leave)).toEqual(['refused_by_rules'])
    expect(await nothingLeftFor(name)).toMatchObject([{ status: 'withdrawn', grants: [], decisions: [] }])
  })

  test('has not approved', async () => {
    const { name, leave } = await somebody('dba')
    const { id } = await api.as('developer').ask()
    expect(await leavingDuring(() => api.as(name).approve(id), leave)).toEqual(['unknown_person'])
    expect(await api.as('developer').request(id)).toMatchObject({ status: 'pending', decisions: [], grants: [] })
  })
})

describe('on two processes, somebody who leaves', () => {
  /** In turn the one or the other is sent first. */
  async function together(round: number, calling: () => Promise<{ status: string }>, leave: () => Promise<void>) {
    const left = async () => {
      await leave()
      return []
    }
    const acts = [() => outcomes(calling()), left]
    const settled = await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()))
    return settled.flat()[0] ?? ''
  }

  test.each([
    ['a request of theirs that needs no approval', staging, 'approved'],
    ['a request of theirs', {}, 'pending'],
  ])('has nothing of %s', async (_, asked, made) => {
    for (const round of rounds) {
      const { name, leave } = await somebody()
      const outcome = await together(round, () => elsewhere(name).ask(asked), leave)
      expect([made, 'unknown_person', 'unauthenticated']).toContain(outcome)
      expect(await nothingLeftFor(name)).toHaveLength(outcome === made ? 1 : 0)
    }
  })

  test('has nothing of an approval for them', async () => {
    for (const round of rounds) {
      const { name, leave } = await somebody()
      const { id } = await api.as(name).ask()
      const outcome = await together(round, () => elsewhere('dba').approve(id), leave)
      expect(['approved', 'refused_by_rules']).toContain(outcome)
      expect(await nothingLeftFor(name)).toMatchObject([{ status: outcome === 'approved' ? 'approved' : 'withdrawn' }])
    }
  })

  test('has approved before, or has not approved', async () => {
    for (const round of rounds) {
      const { name, leave } = await somebody('dba')
      const { id } = await api.as('developer').ask()
      const outcome = await together(round, () => elsewhere(name).approve(id), leave)
      expect(['approved', 'not_an_approver', 'unknown_person', 'unauthenticated']).toContain(outcome)
      const { status, decisions, grants } = await api.as('developer').request(id)
      expect([status, decisions.length, grants.length]).toEqual(outcome === 'approved' ? ['approved', 1, 1] : ['pending', 0, 0])
    }
  })
})
