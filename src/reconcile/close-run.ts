import { record } from '../audit/index.ts'
import { releaseLease, settleGrants } from '../grants/index.ts'
import { scheduleAlarm } from '../jobs/index.ts'
import type { Id } from '../kernel/ids.ts'
import { type AttentionCode, attentionEvents, nextAttention } from './attention.ts'
import { backoff } from './backoff.ts'
import { LeaseLost } from './lease.ts'
import type { ReconcileParts, TakenTarget } from './take-target.ts'

/** What a run has proved and found. */
export interface RunResult {
  readonly trouble: AttentionCode | null
  /** What AWS says of the trouble, where that helps those who wait; null: nothing. */
  readonly said: string | null
  readonly applied: readonly Id<'grt'>[]
  readonly removed: readonly Id<'grt'>[]
  /** Whether AWS could be read. */
  readonly checked: boolean
  /** Seconds after which to look again because IAM does not show yet what was written. */
  readonly lookAgainAfter: number | null
  /** Whether AWS is at what failed before: until that is over, its attention stays as it is. */
  readonly underWay: boolean
  /** Whether it is worth looking for changes by others from time to time. */
  readonly watched: boolean
}

export const nothingProved: RunResult = {
  trouble: null,
  said: null,
  applied: [],
  removed: [],
  checked: false,
  lookAgainAfter: null,
  underWay: false,
  watched: true,
}

/** Seconds between looking for changes by others; up to a tenth less, so that targets spread. */
const DRIFT_CHECK = 900

/** Stores the result, sets the alarm for the next run, and gives the lease back. Throws LeaseLost. */
export async function closeRun(parts: ReconcileParts, taken: TakenTarget, result: RunResult): Promise<void> {
  const { target, lease, grants } = taken
  await parts.database.inTransaction(async (tx) => {
    const now = await tx.now()
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
    const waits = result.underWay && result.trouble === null && target.attention?.code === 'provisioning_failed'
    const attention = waits ? target.attention : nextAttention(target.attention, result, now)
    const nextCheckAt = earliest([
      grants.nextChangeAt,
      ...target.recheckAt,
      attention === null || waits ? null : after(backoff(attention.attempts, Math.random())),
      result.lookAgainAfter === null ? null : after(result.lookAgainAfter),
      result.watched ? after(DRIFT_CHECK * (1 - Math.random() / 10)) : null,
    ])
    const released = await releaseLease(tx, target.id, lease.token, { checked: result.checked, attention, nextCheckAt, now })
    if (!released) throw new LeaseLost(target.id)
    await settleGrants(tx, target.id, result, now)
    await record(tx, attentionEvents(target.id, target.attention, attention))
    if (nextCheckAt !== null) await scheduleAlarm(tx, target.id, nextCheckAt)
  })
}

function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time === null ? [] : [time.getTime()]))
  return known.length === 0 ? null : new Date(Math.min(...known))
}
