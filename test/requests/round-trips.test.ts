import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testApi } from '../support/api.ts'
import { roundTrips } from '../support/round-trips.ts'

const api = testApi()
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] })) // who calls is looked up again after five seconds
afterEach(() => void vi.useRealTimers())

test.each(['person', 'program'])(
  'a %s that was looked up a moment ago asks in two round trips to Postgres and reads in one',
  async (who) => {
    const program = async () => api.withKey((await api.key({ name: 'portal', scopes: ['read', 'ask'] })).token, 'developer')
    const caller = who === 'person' ? api.as('developer') : await program()
    const key = { 'idempotency-key': `of a ${who}` }
    const { id } = await caller.ask() // looks up who that is, and reads the rules
    expect(await roundTrips(api.parts.db.pool, () => caller.ask())).toBe(2)
    expect(await roundTrips(api.parts.db.pool, () => caller.ask({}, key))).toBe(2)
    expect(await roundTrips(api.parts.db.pool, () => caller.ask({}, key))).toBe(1)
    expect(await roundTrips(api.parts.db.pool, () => caller.request(id))).toBe(1)
    expect(await roundTrips(api.parts.db.pool, () => caller.requests())).toBe(1)
    expect(await roundTrips(api.parts.db.pool, () => caller.grants())).toBe(1)
  },
)
