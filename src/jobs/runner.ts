import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Runner, run, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Database } from '../db/index.ts'
import { beat, freeSilentWorkers, retire } from './heartbeat-store.ts'
import { jobLogger } from './job-log.ts'
import { startPulse } from './pulse.ts'

export interface RunnerParts {
  readonly database: Database
  readonly tasks: TaskList
  /** How many jobs run at the same time in this process. */
  readonly concurrency: number
  readonly log: Logger
}

export interface JobRunner {
  /** Takes no more jobs, waits for those that run, and after 20 s hands over the rest to other workers. */
  stop(): Promise<void>
}

/** Milliseconds. */
const BEAT_INTERVAL = 5_000
const POLL_INTERVAL = 1_000
const RESTART_DELAY = 1_000
const STOP_PATIENCE = 20_000
/** Until a pool that cannot go on is ended by force. */
const FATAL_PATIENCE = 5_000

/**
 * Runs jobs until it is stopped. graphile-worker ends itself when it cannot record a job's end, as when
 * Postgres restarts at that moment; it is then started anew, so that the worker does not lose its place.
 * A pool's id is what the jobs that it runs are locked by: each start has another.
 */
export function startRunner({ database, tasks, concurrency, log }: RunnerParts): JobRunner {
  const events: WorkerEvents = new EventEmitter()
  const stopping = new AbortController()
  let pool: WorkerPool | null = null
  let current: Runner | null = null
  const start = (): Promise<Runner> =>
    run({
      pgPool: database.pool,
      taskList: tasks,
      concurrency,
      pollInterval: POLL_INTERVAL,
      noHandleSignals: true,
      logger: jobLogger(log),
      events,
      parsedCronItems: [],
      // Only so is a job's end that cannot be recorded noticed: it then ends the runner (graphile-worker 0.17; without
      // batches it is an unhandled rejection, which ends the process).
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })

  // A round frees others only when the one before it was heard: after Postgres was away, all have been silent.
  let heard = false
  const beats = startPulse(
    'the heartbeat',
    BEAT_INTERVAL,
    async () => {
      const heardBefore = heard
      heard = false
      if (pool !== null) await beat(database, pool.id, hostname())
      heard = true
      const freed = heardBefore ? await freeSilentWorkers(database) : []
      if (freed.length > 0) log.warn({ pools: freed }, 'freed the jobs of workers that fell silent')
    },
    log,
  )

  events.on('pool:create', ({ workerPool }) => {
    pool = workerPool
    beat(database, workerPool.id, hostname()).catch((error: unknown) => log.warn({ err: error }, 'the first heartbeat failed'))
  })

  // After a job's end could not be recorded the pool is to end by itself. With two such jobs at once it does not
  // (graphile-worker 0.17), and goes on without ever touching them again.
  events.on('pool:fatalError', ({ workerPool }) => {
    log.warn('the end of a job could not be recorded; the job runner has to be started anew')
    setTimeout(() => {
      if (pool === workerPool) void handOver('the end of a job could not be recorded')
    }, FATAL_PATIENCE).unref()
  })

  const endedPools: string[] = []
  const retireEnded = async (): Promise<void> => {
    for (let poolId = endedPools.at(-1); poolId !== undefined; poolId = endedPools.at(-1)) {
      await retire(database, poolId)
      endedPools.pop()
    }
  }

  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await retireEnded()
        current = await start()
        if (stopping.signal.aborted) await current.stop()
        await current.promise
      } catch (error) {
        log.warn({ err: error }, 'the job runner ended; starting it again')
      }
      if (pool !== null) endedPools.push(pool.id)
      pool = null
      await delay(RESTART_DELAY, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const ended = keepRunning()

  const handOver = async (reason: string): Promise<void> => {
    try {
      await pool?.forcefulShutdown(reason)
    } catch (error) {
      log.warn({ err: error }, 'could not hand over what is running')
    }
  }

  return {
    stop: async () => {
      stopping.abort()
      const patience = setTimeout(() => void handOver('the worker is stopping'), STOP_PATIENCE)
      await current?.stop().catch(() => {}) // it rejects when it has ended by itself
      await ended
      clearTimeout(patience)
      await beats.stop()
      await retireEnded().catch((error: unknown) => log.warn({ err: error }, 'this worker counts as alive for another 30 s'))
    },
  }
}
