import type { Logger } from 'pino'
import type { Database, Tx } from '../db/index.ts'
import { takeTurn } from './job-store.ts'
import { type Pulse, startPulse } from './pulse.ts'

/** Something that has to be looked after once a minute, whatever jobs were lost; done in a transaction of its own. */
export interface SweepWork {
  readonly name: string
  readonly run: (tx: Tx) => Promise<void>
}

const SWEEP_INTERVAL = 60_000

/**
 * Does every piece of work now and once a minute. Each worker has such a timer, which no loss of a job can
 * stop; of several workers that come at the same moment one does the work. One piece that fails holds up no other.
 */
export const startSweep = (database: Database, works: readonly SweepWork[], log: Logger): Pulse =>
  startPulse('the sweep', SWEEP_INTERVAL, () => sweep(database, works, log), log)

async function sweep(database: Database, works: readonly SweepWork[], log: Logger): Promise<void> {
  for (const work of works) {
    try {
      await database.inTransaction(async (tx) => {
        if (await takeTurn(tx, work.name)) await work.run(tx)
      })
    } catch (error) {
      log.warn({ err: error, work: work.name }, 'the sweep could not do this; it will be tried again')
    }
  }
}
