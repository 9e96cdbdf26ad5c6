import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freeSilentWorkers } from '../../src/jobs/heartbeat-store.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { documentFor, testWorld } from '../reconcile/world.ts'
import { testDatabase } from '../support/database.ts'
import { type Gate, openGate } from './gate.ts'
import { spawnWorker, type WorkerUnderTest } from './worker-under-test.ts'

const database = testDatabase()
const world = testWorld(database.db)
const patiently = { timeout: 60_000, interval: 100 }
let gate: Gate
let worker: WorkerUnderTest

const start = () => spawnWorker(database.url, gate.url)
beforeAll(async () => {
  gate = await openGate(world.standIn.url)
  worker = start()
})
afterAll(async () => {
  await worker.kill()
  await gate.close()
})

/** Where the worker is when it dies: at a call of AWS's, and perhaps at the next statement that needs the target's row. */
interface Step {
  readonly step: string
  readonly action: string
  readonly at: 'call' | 'answer'
  readonly skip?: number
  readonly atStatementAfter?: true
}

const granting: readonly Step[] = [
  { step: 'before it has read anything', action: 'GetRole', at: 'call' },
  { step: 'while it reads', action: 'ListRolePolicies', at: 'answer' },
  { step: 'before the intent is committed', action: 'ListRolePolicies', at: 'answer', atStatementAfter: true },
  { step: 'between intent and call', action: 'PutRolePolicy', at: 'call' },
  { step: 'between call and answer', action: 'PutRolePolicy', at: 'answer' },
  { step: 'before the result is committed', action: 'PutRolePolicy', at: 'answer', atStatementAfter: true },
  { step: 'before it reads back', action: 'GetRole', at: 'call', skip: 1 },
  { step: 'before what was read back is committed', action: 'GetRolePolicy', at: 'answer', atStatementAfter: true },
]

const takingAway: readonly Step[] = [
  { step: 'before it has read anything', action: 'GetRole', at: 'call' },
  { step: 'between intent and call', action: 'DeleteRolePolicy', at: 'call' },
  { step: 'between call and answer', action: 'DeleteRolePolicy', at: 'answer' },
  { step: 'before the result is committed', action: 'DeleteRolePolicy', at: 'answer', atStatementAfter: true },
  { step: 'before what was read back is committed', action: 'ListRolePolicies', at: 'answer', skip: 1, atStatementAfter: true },
]

/** Kills the worker when it has come to this step of what `work` makes it do; another takes its place. */
async function killAt(
  { action, at, skip, atStatementAfter }: Step,
  roleName: string,
  targetId: () => Id<'tgt'>,
  work: () => Promise<unknown>,
): Promise<void> {
  const held = gate.hold(roleName, action, at, skip)
  await work()
  await held.reached
  if (atStatementAfter === undefined) await worker.kill()
  else await whileLocked(targetId(), held.letThrough, () => worker.kill())
  worker = start()
  await seemLongAgo(targetId())
  await freeSilentWorkers(world.db) // as any worker does every five seconds
}

/** Locks the target, lets the worker run into the lock, and then does `work`. */
async function whileLocked(targetId: Id<'tgt'>, letRun: () => void, work: () => Promise<void>): Promise<void> {
  const client = await database.client()
  await client.query('begin')
  await client.query('select from target where id = $1 for update', [targetId])
  letRun()
  await vi.waitFor(async () => {
    const { rows } = await client.query(
      `select from pg_stat_activity where application_name = 'worker under test' and wait_event_type = 'Lock' and datname = current_database()`,
    )
    expect(rows).toHaveLength(1)
  }, patiently)
  await work()
  await client.query('rollback')
}

/** As if a minute had passed since the worker died. */
async function seemLongAgo(targetId: Id<'tgt'>): Promise<void> {
  const client = await database.client()
  await client.query(`update worker_heartbeat set beat_at = beat_at - interval '1 minute'`)
  await client.query(`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'`)
  await world.pass(targetId, 60)
}

/** Each intent has one result, and nothing of ours was taken for somebody else's. */
async function expectWholeAudit(targetId: Id<'tgt'>): Promise<void> {
  const events = await world.db.prisma.auditEvent.findMany({ where: { targetId }, orderBy: { seq: 'asc' } })
  const writes = (...types: readonly string[]) =>
    events.filter(({ type }) => types.includes(type)).map(({ payload }) => JSON.stringify(Object(payload).writeId))
  expect(writes('iam.write.done', 'iam.write.failed').sort()).toEqual(writes('iam.write.intended').sort())
  expect(events.map(({ type }) => type)).not.toContain('target.drift_found')
}

describe('the worker is killed while it grants', () => {
  test.each(granting)('$step', { timeout: 120_000 }, async (step) => {
    const role = await world.role(`grant-${granting.indexOf(step)}`)
    let granted: Awaited<ReturnType<typeof world.grant>> | undefined
    const targetId = () => granted?.targetId ?? 'tgt_none'
    await killAt(step, role.name, targetId, async () => (granted = await world.grant(role, 'db_user')))
    await vi.waitFor(async () => expect(await world.status(granted?.id ?? 'grt_none')).toBe('active'), patiently)
    expect(await world.document(role)).toBe(documentFor('db_user'))
    await expectWholeAudit(targetId())
    expect(await world.events(targetId())).toContain('target.changed_hands')
  })
})

describe('the worker is killed while it takes away', () => {
  test.each(takingAway)('$step', { timeout: 120_000 }, async (step) => {
    const role = await world.role(`revoke-${takingAway.indexOf(step)}`)
    const { id, targetId } = await world.grant(role, 'db_user')
    await vi.waitFor(async () => expect(await world.status(id)).toBe('active'), patiently)
    await killAt(
      step,
      role.name,
      () => targetId,
      () => world.revoke(id),
    )
    await vi.waitFor(async () => expect(await world.status(id)).toBe('ended'), patiently)
    expect(await world.document(role)).toBeNull()
    await expectWholeAudit(targetId)
  })
})
