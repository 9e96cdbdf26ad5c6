import { record } from '../audit/index.ts'
import type { Database } from '../db/index.ts'
import type { SallyportError } from '../kernel/errors.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { sourceActor } from './receive-delivery.ts'

/**
 * Records deliveries that were refused. Anybody can send them, and the log only grows: of one code one is recorded a second, and
 * the rest counts in the log of the process.
 */
export function refusedDeliveries(db: Database): (source: string, error: SallyportError) => Promise<void> {
  const recorded = keptBriefly<string, true>(1_000)
  return async (source, error) => {
    await recorded(error.code, async () => {
      const payload = { action: `POST /integrations/tickets/${source.slice(0, 100)}`, code: error.code, detail: error.message }
      await db.inTransaction((tx) => record(tx, [{ type: 'authority.refused', actor: sourceActor(source.slice(0, 100)), payload }]))
      return true
    })
  }
}
