import type pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] })) // who calls is looked up again after five seconds
afterEach(() => void vi.useRealTimers())

/** How often Postgres is asked something while a call is answered: whatever is sent goes over a connection of the pool. */
async function roundTrips(call: () => Promise<unknown>): Promise<number> {
  const sent: unknown[] = []
  const unchanged = new Map<pg.PoolClient, pg.PoolClient['query']>()
  const listen = (client: pg.PoolClient) => {
    if (unchanged.has(client)) return
    unchanged.set(client, client.query)
    const query: (...parameters: unknown[]) => unknown = client.query.bind(client)
    const counted = (...parameters: unknown[]) => {
      sent.push(parameters[0])
      return query(...parameters)
    }
    Object.assign(client, { query: counted })
  }
  api.parts.db.pool.on('acquire', listen)
  await call()
  api.parts.db.pool.off('acquire', listen)
  for (const [client, query] of unchanged) Object.assign(client, { query })
  return sent.length
}

test.each(['person', 'program'])(
  'a %s that was looked up a moment ago asks in two round trips to Postgres and reads in one',
  async (who) => {
    const program = async () => api.withKey((await api.key({ name: 'portal', scopes: ['read', 'ask'] })).token, 'developer')
    const caller = who === 'person' ? api.as('developer') : await program()
    const key = { 'idempotency-key': `of a ${who}` }
    const { id } = await caller.ask() // looks up who that is, and reads the rules
    expect(await roundTrips(() => caller.ask())).toBe(2)
    expect(await roundTrips(() => caller.ask({}, key))).toBe(2)
    expect(await roundTrips(() => caller.ask({}, key))).toBe(1)
    expect(await roundTrips(() => caller.request(id))).toBe(1)
    expect(await roundTrips(() => caller.requests())).toBe(1)
    expect(await roundTrips(() => caller.grants())).toBe(1)
  },
)
