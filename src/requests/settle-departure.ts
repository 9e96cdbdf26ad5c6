import type { Tx } from '../db/index.ts'
import { endGrants, lockMadeFor } from '../grants/index.ts'
import { type Departure, inForce, lockUnsettled, markSettled } from '../identity/index.ts'
import type { DeparturePayload } from '../jobs/index.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { withdrawFor } from './request-store.ts'

/** How much is taken away in one transaction. */
const BATCH = 200

/**
 * Takes away what somebody had when they left: what waited is withdrawn, and what was granted for them ends, or waits for an
 * admin where the rules in force say so; what has not begun ends in any case. Of what came after it takes nothing, should they be
 * back. Repeating it is harmless. Throws Postgres's failures.
 */
export const settleDeparture =
  (parts: Pick<RequestParts, 'db' | 'ruleSets'>) =>
  async ({ departureId }: DeparturePayload): Promise<void> => {
    for (let settled = false; !settled; ) {
      settled = await parts.db.inTransaction(async (tx) => {
        const departure = await lockUnsettled(tx, departureId)
        if (departure === null) return true
        const taken = (await withdrawFor(tx, departure, BATCH)) + (await endFor(tx, parts, departure))
        if (taken > 0) return false
        await markSettled(tx, departureId)
        return true
      })
    }
  }

async function endFor(tx: Tx, parts: Pick<RequestParts, 'ruleSets'>, departure: Departure): Promise<number> {
  const [row] = await tx.query<{ inForce: string | null }>({ name: 'departure-in-force', text: `select ${inForce} as "inForce"` }, [])
  const { file } = await activeRules(parts, row?.inForce ?? null)
  const statuses = file.leavers.grants === 'end' ? (['scheduled', 'applying', 'active'] as const) : (['scheduled'] as const)
  const grants = await lockMadeFor(tx, departure, statuses, BATCH)
  if (grants.length > 0) {
    const comment = `${departure.personId} has left the directory.`
    await endGrants(tx, grants, { reason: 'left', comment, actor: departure.actor, now: await tx.now() })
  }
  return grants.length
}
