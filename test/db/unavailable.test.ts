import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connect, type Database, isUnavailable, violatedConstraint } from '../../src/db/index.ts'
import { testDatabase } from '../support/database.ts'
import { openRelay, type Relay } from './relay.ts'

const database = testDatabase()
let owner: pg.Client
let relay: Relay
let db: Database

beforeAll(async () => {
  owner = await database.client()
  // Otherwise the backend of a connection that was cut would sleep on, and count as left open.
  await owner.query(
    `do $$ begin execute format('alter database %I set client_connection_check_interval = 100', current_database()); end $$`,
  )
  relay = await openRelay(database.url)
  db = connect({ connectionString: relay.url, applicationName: 'through the relay', poolSize: 3, onIdleError: () => {} })
})
afterAll(async () => {
  await db.close()
  await relay.close()
})

interface Way {
  readonly way: string
  readonly send: (sql: string) => Promise<unknown>
}

const ways: readonly Way[] = [
  { way: 'a statement', send: (sql) => db.query({ name: sql.slice(0, 50), text: sql }, []) },
  { way: 'a statement of Prisma’s in a transaction', send: (sql) => db.inTransaction((tx) => tx.prisma.$queryRawUnsafe(sql)) },
  { way: 'a statement in a transaction', send: (sql) => db.inTransaction((tx) => tx.query({ name: sql.slice(0, 50), text: sql }, [])) },
]

/** Sends a statement in every way at once, and answers what each way threw, or else answered. */
const sendInEveryWay = (sql: string) => Promise.all(ways.map(({ send }) => send(sql).catch((error: unknown) => error)))

const sleep = 'select pg_sleep(60)::text as slept'
const untilAsleep = () =>
  vi.waitFor(async () => {
    const asleep = await owner.query(`select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`)
    expect(asleep.rowCount).toBe(ways.length)
  })
const unavailable = ways.map(() => expect.objectContaining({ code: 'database_unavailable' }))

describe('Postgres is unavailable, whichever way a statement goes,', () => {
  test('when it refuses connections', async () => {
    relay.cut('refusing')
    expect(await sendInEveryWay('select 1')).toEqual(unavailable)
  })

  test('when it does not answer', async () => {
    relay.cut('silent')
    expect(await sendInEveryWay('select 1')).toEqual(unavailable)
  })

  test('when the connection is cut while the statement runs; afterwards it is there again', async () => {
    relay.cut('passing')
    const outcomes = sendInEveryWay(sleep)
    await untilAsleep()
    relay.cut('passing')
    expect(await outcomes).toEqual(unavailable)
    expect(await sendInEveryWay('select 1 as one')).toEqual(ways.map(() => [{ one: 1 }]))
  })

  test('when it shuts down while the statement runs', async () => {
    const outcomes = sendInEveryWay(sleep)
    await untilAsleep()
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
    )
    expect(await outcomes).toEqual(unavailable)
  })

  test('when every connection stays in use', async () => {
    const users = sendInEveryWay(sleep)
    await untilAsleep()
    expect(await sendInEveryWay('select 1')).toEqual(unavailable)
    relay.cut('passing')
    await users
  })

  test('when somebody else keeps a row locked', async () => {
    await owner.query(`insert into person (id, username, display_name) values ('jane', 'jane', 'Jane')`)
    await owner.query('begin')
    await owner.query('select from person for update')
    expect(await sendInEveryWay('select id from person for update nowait')).toEqual(unavailable)
    await owner.query('rollback')
  })

  test('when the connection is cut between two statements of a transaction', async () => {
    const transaction = db.inTransaction(async (tx) => {
      await tx.now()
      relay.cut('passing')
      await tx.now()
    })
    await expect(transaction).rejects.toMatchObject({ code: 'database_unavailable' })
  })
})

test('an error of the work in a transaction passes as it is', async () => {
  const mistake = new Error('a mistake of ours')
  await expect(db.inTransaction(() => Promise.reject(mistake))).rejects.toBe(mistake)
  expect(isUnavailable(mistake)).toBe(false)
})

test.each(ways)('the constraint that $way violates is known by its name', async ({ send }) => {
  const violate = async (sql: string) => violatedConstraint(await send(sql).catch((error: unknown) => error))
  expect(await violate(`insert into worker_heartbeat (pool_id, host) values ('p', 'h'), ('p', 'h')`)).toBe('worker_heartbeat_pkey')
  expect(await violate(`insert into active_rule_set (hash, activated_by) values ('none', '{}')`)).toBe('active_rule_set_hash_fkey')
  expect(await violate('select nothing')).toBeNull()
})
