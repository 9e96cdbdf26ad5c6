import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Aws } from '../aws/index.ts'
import { enqueueDueSyncs, syncAccount } from '../catalog/index.ts'
import type { Database } from '../db/index.ts'
import type { MayStart } from '../grants/index.ts'
import {
  cleanUpJobs,
  type DeparturePayload,
  type JobRunner,
  type MatchingPlace,
  type Pulse,
  type ReconcilePayload,
  type SweepPayload,
  type SweepWork,
  type SyncPayload,
  startRunner,
  startSweep,
} from '../jobs/index.ts'
import { worker } from '../kernel/actor.ts'
import { enqueueForgotten, enqueueForgottenSweeps, reconcileTarget, sweepAccount } from '../reconcile/index.ts'

export interface WorkerParts {
  readonly database: Database
  readonly aws: Aws
  readonly log: Logger
  /** Marks the policies that are this deployment's. */
  readonly deploymentId: string
  readonly mayStart: MayStart
  /** Judges the databases of a place that came to match what somebody asked for. */
  readonly matchLater: (place: MatchingPlace) => Promise<void>
  /** Takes away what somebody had who left. */
  readonly settleDeparture: (departure: DeparturePayload) => Promise<void>
  /** What other slices want looked after once a minute. */
  readonly sweepWork: readonly SweepWork[]
  /** How many targets are reconciled at the same time. */
  readonly concurrency: number
}

export interface Worker {
  /** Begins to work; while Postgres is away, as soon as it is there. */
  start(): void
  /** Takes on nothing more, and waits for what is running; what takes too long is handed over to other workers. */
  stop(): Promise<void>
}

/**
 * A worker: it reconciles targets, sweeps accounts, looks for databases and whom they matter to, looks every minute for what was forgotten, and frees
 * the jobs of dead workers.
 */
export function buildWorker(parts: WorkerParts): Worker {
  const { database, log } = parts
  const holder = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const reconcile = reconcileTarget({ ...parts, holder }, log)
  const sync = syncAccount(parts)
  const sweep = sweepAccount(parts, log)
  const tasks = {
    reconcile: ({ targetId }: ReconcilePayload) => reconcile(targetId),
    syncAccount: async (payload: SyncPayload) => void (await sync({ ...payload, actor: worker })),
    sweep: ({ accountId }: SweepPayload) => sweep(accountId),
    matchLater: parts.matchLater,
    settleDeparture: parts.settleDeparture,
  }
  const sweepWork: readonly SweepWork[] = [
    enqueueForgotten,
    enqueueDueSyncs,
    enqueueForgottenSweeps,
    { name: 'spent jobs', run: cleanUpJobs },
    ...parts.sweepWork,
  ]
  let running: { readonly runner: JobRunner; readonly sweep: Pulse } | null = null
  return {
    start: () => {
      running ??= {
        runner: startRunner({ database, tasks, concurrency: parts.concurrency, log }),
        sweep: startSweep(database, sweepWork, log),
      }
      log.info({ worker: holder }, 'the worker has started')
    },
    stop: async () => {
      const stopping = running
      running = null
      if (stopping === null) return
      await Promise.all([stopping.sweep.stop(), stopping.runner.stop()])
      log.info({ worker: holder }, 'the worker has stopped')
    },
  }
}
