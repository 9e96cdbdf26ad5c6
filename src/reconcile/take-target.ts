import { record } from '../audit/index.ts'
import type { Aws } from '../aws/index.ts'
import type { Database } from '../db/index.ts'
import { beginDue, type GrantsOnTarget, type LeasedTarget, type MayStart, takeLease } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { compile, namesOn, type PolicyDocuments, parseConnectPattern } from '../policy/index.ts'
import { worker } from './actor.ts'
import { type Lease, LeaseHeld, leaseOf } from './lease.ts'
import { type IamWrite, recentWrites } from './write-store.ts'

export interface ReconcileParts {
  readonly database: Database
  readonly aws: Aws
  readonly mayStart: MayStart
  readonly deploymentId: string
  /** The name of this worker: who holds a lease. */
  readonly holder: string
}

/** A target in hand: what was known when its lease was taken. */
export interface TakenTarget {
  readonly target: LeasedTarget
  readonly lease: Lease
  readonly grants: GrantsOnTarget
  readonly recentWrites: readonly IamWrite[]
  /** The documents that IAM should hold. */
  readonly desired: PolicyDocuments
}

/**
 * Takes the target's lease, stores what time has made due, and loads the rest, all in one transaction.
 * Throws LeaseHeld.
 */
export async function takeTarget(parts: ReconcileParts, targetId: Id<'tgt'>): Promise<TakenTarget> {
  const asked = performance.now()
  return parts.database.inTransaction(async (tx) => {
    const target = await takeLease(tx, targetId, parts.holder)
    if (target === null) throw new LeaseHeld(targetId)
    if (target.takenFrom !== null) {
      await record(tx, [{ type: 'target.changed_hands', actor: worker, targetId, payload: { from: target.takenFrom, to: parts.holder } }])
    }
    const grants = await beginDue(tx, targetId, target.now, parts.mayStart)
    return {
      target,
      lease: leaseOf(targetId, target.leaseToken, asked),
      grants,
      recentWrites: await recentWrites(tx, targetId),
      desired: compile(
        grants.inForce.map(({ resourceArn, placement }) => ({ arn: parseConnectPattern(resourceArn), placement })),
        namesOn(parts.deploymentId, target.uniqueId),
      ),
    }
  })
}
