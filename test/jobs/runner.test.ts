import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { enqueueReconcile, type JobRunner, type ReconcilePayload, startRunner } from '../../src/jobs/index.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { testDatabase } from '../support/database.ts'
import { signal } from './signal.ts'

const database = testDatabase()
const { db } = database

const runners: JobRunner[] = []
const runnerFor = (reconcile: (payload: ReconcilePayload) => Promise<void>): JobRunner => {
  const runner = startRunner({ database: db, tasks: { reconcile }, concurrency: 2, log: pino({ level: 'silent' }) })
  runners.push(runner)
  return runner
}
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()))
})

/** A runner that notes which targets it was given. */
function noting() {
  const done: Id<'tgt'>[] = []
  const runner = runnerFor(async ({ targetId }) => {
    done.push(targetId)
  })
  return { runner, done }
}
const enqueue = (targetId: Id<'tgt'>) => db.inTransaction((tx) => enqueueReconcile(tx, targetId, 'grant'))
const heartbeats = async (): Promise<string[]> => (await db.prisma.workerHeartbeat.findMany()).map(({ poolId }) => poolId)
const patiently = { timeout: 15_000 }

describe('running jobs in the run-time role', () => {
  test('a job that is committed is run, and a worker that stops leaves no trace', async () => {
    const targetId = newId('tgt')
    const { runner, done } = noting()
    await enqueue(targetId)
    await vi.waitFor(() => expect(done).toEqual([targetId]), patiently)
    await vi.waitFor(async () => expect(await heartbeats()).toHaveLength(1), patiently)
    await runner.stop()
    expect(await heartbeats()).toEqual([])
    expect(await db.prisma.$queryRaw`select key from graphile_worker.jobs`).toEqual([])
  })

  test('stopping waits for the job that runs', async () => {
    const begun = signal()
    const ending = signal()
    let finished = false
    const runner = runnerFor(async () => {
      begun.resolve()
      await ending.promise
      finished = true
    })
    await enqueue(newId('tgt'))
    await begun.promise
    const stopped = runner.stop()
    ending.resolve()
    await stopped
    expect(finished).toBe(true)
  })

  test('two jobs of one target never run at the same time, and what comes while one runs is run after it', async () => {
    const targetId = newId('tgt')
    const begun = signal()
    const ending = signal()
    let running = 0
    const seen: number[] = []
    runnerFor(async () => {
      running += 1
      seen.push(running)
      begun.resolve()
      await ending.promise
      running -= 1
    })
    await enqueue(targetId)
    await begun.promise
    await enqueue(targetId)
    await enqueue(targetId)
    ending.resolve()
    await vi.waitFor(() => expect(seen).toEqual([1, 1]), patiently)
  })

  test('after its connections were broken the runner goes on', async () => {
    const begun = signal()
    const broken = signal()
    const done: Id<'tgt'>[] = []
    runnerFor(async ({ targetId }) => {
      begun.resolve()
      await broken.promise
      done.push(targetId)
    })
    const [first, second] = [newId('tgt'), newId('tgt')]
    await enqueue(first)
    await begun.promise
    const client = await database.client()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    broken.resolve()
    await vi.waitFor(() => enqueue(second), patiently)
    await vi.waitFor(() => expect(done).toContain(second), patiently)
  })
})

describe('jobs of dead workers', () => {
  /** A job as a worker leaves it that dies while running it. */
  async function abandon(targetId: Id<'tgt'>, pool: string): Promise<void> {
    await enqueue(targetId)
    const client = await database.client()
    const locked = `locked_by = '${pool}', locked_at = now() - interval '31 seconds'`
    await client.query(`update graphile_worker._private_jobs set attempts = 1, ${locked} where key = $1`, [`${targetId}:now`])
    await client.query(`update graphile_worker._private_job_queues set ${locked} where queue_name = $1`, [targetId])
  }

  test('are freed when it has been silent for 30 seconds or died before its first heartbeat, not while its heart beats', async () => {
    const [silent, unknown, alive] = [newId('tgt'), newId('tgt'), newId('tgt')]
    await abandon(silent, 'pool-silent')
    await abandon(unknown, 'pool-unknown')
    await abandon(alive, 'pool-alive')
    const client = await database.client()
    await client.query(
      `insert into worker_heartbeat (pool_id, host, beat_at) values ('pool-silent', 'there', now() - interval '31 seconds'), ('pool-alive', 'there', now())`,
    )
    const { done } = noting()
    await vi.waitFor(() => expect(done).toEqual(expect.arrayContaining([silent, unknown])), patiently)
    expect(done).not.toContain(alive)
    expect(await heartbeats()).toEqual(expect.arrayContaining(['pool-alive']))
    expect(await heartbeats()).not.toContain('pool-silent')
  })
})
