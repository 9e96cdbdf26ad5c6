import { describe, expect, test } from 'vitest'
import { cleanUpJobs, enqueueReconcile, enqueueReconciles, scheduleAlarm, type Urgency } from '../../src/jobs/index.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { testDatabase } from '../support/database.ts'

const database = testDatabase()
const { db } = database

interface JobRow {
  readonly key: string | null
  readonly priority: number
  readonly run_at: Date
  readonly attempts: number
}

const jobsOf = async (targetId: Id<'tgt'>): Promise<JobRow[]> => {
  const client = await database.client()
  const { rows } = await client.query<JobRow>(
    `select key, priority, run_at, attempts from graphile_worker.jobs where queue_name = $1 order by key`,
    [targetId],
  )
  return rows
}
const enqueue = (targetId: Id<'tgt'>, urgency: Urgency) => db.inTransaction((tx) => enqueueReconcile(tx, targetId, urgency))
const inAnHour = new Date(Date.now() + 3_600_000)

describe('jobs of a target', () => {
  test('a hundred calls, in as many transactions, are one job', async () => {
    const targetId = newId('tgt')
    await Promise.all(Array.from({ length: 100 }, () => enqueue(targetId, 'grant')))
    expect(await jobsOf(targetId)).toHaveLength(1)
  })

  test('a job keeps the more urgent of the priorities, and its place in the line', async () => {
    const targetId = newId('tgt')
    await enqueue(targetId, 'revoke')
    const [before] = await jobsOf(targetId)
    await enqueue(targetId, 'check')
    expect(await jobsOf(targetId)).toEqual([before])
  })

  test('revocations run before alarms, alarms before grants, grants before checks', async () => {
    const targets = { check: newId('tgt'), grant: newId('tgt'), alarm: newId('tgt'), revoke: newId('tgt') }
    for (const urgency of ['check', 'grant', 'revoke'] as const) await enqueue(targets[urgency], urgency)
    await db.inTransaction((tx) => scheduleAlarm(tx, targets.alarm, new Date()))
    const jobs = await Promise.all(
      Object.entries(targets).map(async ([name, id]) => ({ name, priority: (await jobsOf(id))[0]?.priority ?? 0 })),
    )
    expect(jobs.sort((one, other) => one.priority - other.priority).map(({ name }) => name)).toEqual(['revoke', 'alarm', 'grant', 'check'])
  })

  test('an alarm replaces the alarm before it, and does not postpone what is to run now', async () => {
    const targetId = newId('tgt')
    await enqueue(targetId, 'grant')
    await db.inTransaction((tx) => scheduleAlarm(tx, targetId, new Date(inAnHour.getTime() - 60_000)))
    await db.inTransaction((tx) => scheduleAlarm(tx, targetId, inAnHour))
    const [alarm, now] = await jobsOf(targetId)
    expect(alarm).toMatchObject({ key: `${targetId}:alarm`, run_at: inAnHour })
    expect(now?.run_at.getTime()).toBeLessThan(inAnHour.getTime() - 3_000_000)
  })

  test('a transaction that fails leaves no job', async () => {
    const targetId = newId('tgt')
    const failing = db.inTransaction(async (tx) => {
      await enqueueReconcile(tx, targetId, 'grant')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await jobsOf(targetId)).toEqual([])
  })

  test('no targets are no jobs', async () => {
    await db.inTransaction((tx) => enqueueReconciles(tx, [], 'check'))
  })
})

describe('cleaning up', () => {
  test('takes away jobs that used up their attempts, and no others', async () => {
    const [spent, failing, locked] = [newId('tgt'), newId('tgt'), newId('tgt')]
    for (const id of [spent, failing, locked]) await enqueue(id, 'grant')
    const client = await database.client()
    await client.query(
      `update graphile_worker._private_jobs set attempts = max_attempts, locked_by = case when key = $2 then 'pool-1' end,
         locked_at = case when key = $2 then now() end where key in ($1, $2)`,
      [`${spent}:now`, `${locked}:now`],
    )
    await db.inTransaction(cleanUpJobs)
    expect([await jobsOf(spent), await jobsOf(failing), await jobsOf(locked)].map((jobs) => jobs.length)).toEqual([0, 1, 1])
  })

  test('unlocks a queue in which no job runs, and no other', async () => {
    const [stuck, busy] = [newId('tgt'), newId('tgt')]
    for (const id of [stuck, busy]) await enqueue(id, 'grant')
    const client = await database.client()
    await client.query(`update graphile_worker._private_jobs set locked_by = 'pool-1', locked_at = now() where key = $1`, [`${busy}:now`])
    await client.query(
      `update graphile_worker._private_job_queues set locked_by = 'pool-1', locked_at = now() where queue_name in ($1, $2)`,
      [stuck, busy],
    )
    await db.inTransaction(cleanUpJobs)
    const { rows } = await client.query(`select queue_name from graphile_worker._private_job_queues where locked_at is not null`)
    expect(rows).toEqual([{ queue_name: busy }])
  })
})
