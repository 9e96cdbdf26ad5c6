import { record } from '../audit/index.ts'
import type { Aws } from '../aws/index.ts'
import { type ManagedAccount, managedAccounts } from '../catalog/index.ts'
import type { Database, Tx } from '../db/index.ts'
import { assumedBy, beginDue, type GrantsOnTarget, type LeasedTarget, type MayStart, releaseLease, takeLease } from '../grants/index.ts'
import { scheduleAlarm, takeCalls, type Urgency } from '../jobs/index.ts'
import { worker } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import { compileTarget, type DesiredRole, type PolicyDocuments, statesOf } from '../policy/index.ts'
import { managedPoliciesOf } from '../snapshot/index.ts'
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
  /** The managed policies made for this entity that the last sweep of the account saw, attached or not. */
  readonly seenBySweep: readonly string[]
  /** The documents that IAM should hold, that of a guard included. */
  readonly desired: PolicyDocuments
  /** Of an access role: what the role itself should be; null: it should not be. */
  readonly desiredRole: DesiredRole | null
  /** Of a permission set: the accounts that Sallyport manages. Of any other target none. */
  readonly accounts: readonly ManagedAccount[]
}

/** Calls to AWS that a run is likely to make: looking, and where something changes, writing and looking again. */
const CALLS: Readonly<Record<Urgency, number>> = { revoke: 10, grant: 10, check: 4 }

/**
 * Takes the target's lease, stores what time has made due, and loads the rest, all in one transaction. Null, and the
 * alarm is set, if the account's budget of calls is spent on what is more urgent. Throws LeaseHeld.
 */
export async function takeTarget(parts: ReconcileParts, targetId: Id<'tgt'>): Promise<TakenTarget | null> {
  const asked = performance.now()
  return parts.database.inTransaction(async (tx) => {
    const target = await takeLease(tx, targetId, parts.holder)
    if (target === null) throw new LeaseHeld(targetId)
    if (target.takenFrom !== null) {
      await record(tx, [{ type: 'target.changed_hands', actor: worker, targetId, payload: { from: target.takenFrom, to: parts.holder } }])
    }
    const grants = await beginDue(tx, targetId, target.now, parts.mayStart)
    const placed = grants.inForce.map(({ resourceArn, placement }) => ({ arn: resourceArn, placement }))
    const desired = compileTarget(parts.deploymentId, target, [...placed, ...(await assumedBy(tx, targetId))])
    const urgency = urgencyOf(target, grants, desired)
    const wait = await callsFor(tx, target, urgency)
    if (wait > 0) {
      await putOff(tx, target, wait)
      return null
    }
    return {
      target,
      lease: leaseOf(targetId, target.leaseToken, asked),
      grants,
      recentWrites: await recentWrites(tx, targetId),
      seenBySweep: await managedPoliciesOf(tx, target, parts.deploymentId),
      desired,
      desiredRole: desiredRole(target, grants),
      accounts: target.kind === 'permission_set' ? await managedAccounts(tx) : [],
    }
  })
}

/** Of a permission set also those that administer it, which has a rate of its own. */
async function callsFor(tx: Tx, target: LeasedTarget, urgency: Urgency): Promise<number> {
  const calls = CALLS[urgency]
  const wait = target.kind === 'permission_set' ? await takeCalls(tx, target.center.account.id, calls, urgency, 'sso') : 0
  return wait > 0 ? wait : takeCalls(tx, target.accountId, calls, urgency)
}

function desiredRole({ account }: LeasedTarget, { inForce }: GrantsOnTarget): DesiredRole | null {
  if (inForce.length === 0) return null
  return { until: new Date(Math.max(...inForce.map(({ endsAt }) => endsAt.getTime()))), boundary: account.boundary }
}

/** What a principal may assume is granted elsewhere: here it shows as a document that is not yet what was written. */
function urgencyOf({ written }: LeasedTarget, { inForce, revoking }: GrantsOnTarget, desired: PolicyDocuments): Urgency {
  if (revoking.length > 0) return 'revoke'
  const unwritten = [...statesOf(desired)].some(([name, state]) => written[name] !== state)
  return unwritten || inForce.some((grant) => grant.status === 'applying') ? 'grant' : 'check'
}

async function putOff(tx: Tx, target: LeasedTarget, seconds: number): Promise<void> {
  const nextCheckAt = new Date(target.now.getTime() + Math.ceil(seconds) * 1_000)
  await releaseLease(tx, target.id, target.leaseToken, { checked: false, attention: target.attention, nextCheckAt, now: target.now })
  await scheduleAlarm(tx, target.id, nextCheckAt)
}
