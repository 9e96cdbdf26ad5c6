import type { Logger } from 'pino'
import { record } from '../audit/index.ts'
import { AwsError } from '../aws/index.ts'
import { worker } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { isManaged, type Plan, statesHeld } from '../policy/index.ts'
import { applyPlan } from './apply.ts'
import { type AttentionCode, troubleBy } from './attention.ts'
import { closeRun, nothingProved, type RunResult } from './close-run.ts'
import { type Drift, driftIn, explainedBy, waitIn } from './drift.ts'
import { followProvisioning } from './follow-provisioning.ts'
import { observe } from './observe.ts'
import { observeSet } from './observe-set.ts'
import { reported } from './report-trouble.ts'
import { senderTo } from './sender-to.ts'
import { settleOpenWrites } from './settle-writes.ts'
import { type ReconcileParts, type TakenTarget, takeTarget } from './take-target.ts'
import { type Held, planFor, statesAfter, statesIn, watchedIn } from './target-plan.ts'
import { withinBudgets } from './within-budgets.ts'
import { withoutEntity } from './without-entity.ts'

/**
 * Makes what IAM holds for one target equal to what is granted on it now, whatever was before. Repeating it is
 * harmless; on a target that is as it should be it only reads.
 * AWS's failures are not thrown: they become the target's attention and its own next try. LeaseHeld, LeaseLost and
 * Postgres's failures are, and the job is tried again.
 */
export const reconcileTarget =
  (parts: ReconcileParts, log: Logger) =>
  async (targetId: Id<'tgt'>): Promise<void> => {
    const taken = await takeTarget(parts, targetId)
    if (taken === null) return
    const result = await makeEqual(parts, taken, log.child({ target: targetId }))
    await closeRun(parts, taken, result)
  }

async function makeEqual(parts: ReconcileParts, taken: TakenTarget, log: Logger): Promise<RunResult> {
  try {
    return await observeAndApply(parts, taken, log)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { ...nothingProved, trouble: reported(error, troubleBy(error, null), taken, log) }
  }
}

async function observeAndApply(parts: ReconcileParts, taken: TakenTarget, log: Logger): Promise<RunResult> {
  const { database, aws, deploymentId } = parts
  const { target, lease, desired } = taken
  const expected = new Set([
    ...desired.keys(),
    ...Object.keys(target.written),
    ...taken.recentWrites.map((write) => write.policyName),
    ...taken.seenBySweep,
  ])
  const look = () =>
    target.kind === 'permission_set'
      ? observeSet({ database, aws, target, deploymentId, expected, desired, accounts: taken.accounts })
      : observe(aws.session(target.account), target, deploymentId, expected)

  const { writes: known, underWay, failure, askAgainAfter } = await followProvisioning(parts, taken)
  const before = await look()
  if (before.entity !== 'present') {
    await settleOpenWrites(database, target.id, known, statesHeld(before.held), underWay)
    return withoutEntity(parts, taken, before, log)
  }
  const { away } = before
  const found = statesIn(taken, before.held)
  // What Identity Center does not tell is not settled by what is only taken for granted.
  const untold = away === null ? [] : known.filter((write) => !isManaged(write.policyName)).map(({ id }) => id)
  const recent = await settleOpenWrites(database, target.id, known, found, new Set([...underWay, ...untold]))
  const drift = driftIn(watchedIn(taken, found), target.written, recent)
  if (drift.length > 0) await noteDrift(parts, taken, drift)

  const whole = planFor(taken, before.held, deploymentId)
  // What is under way is not begun again, nor at once what has just failed; the rest does not wait for it.
  const plan = underWay.size > 0 || failure !== null || away !== null ? whole.filter(({ operation }) => operation !== 'provision') : whole
  const failed: Pick<RunResult, 'trouble' | 'said'> | null =
    failure === null || whole.length === 0 ? null : { trouble: 'provisioning_failed', said: failure }
  const standing = away === null ? nobodyThere(taken, before.held) : reported(away, troubleBy(away, null), taken, log)
  const checked = {
    ...nothingProved,
    checked: true,
    trouble: standing,
    lookAgainAfter: askAgainAfter,
    underWay: underWay.size > 0,
    ...failed,
  }
  if (plan.length === 0) return { ...checked, ...provedBy(whole, taken, before.held) }
  const wait = waitIn(found, statesAfter(taken, before.held, plan), recent, target.now)
  if (wait !== null) return { ...checked, lookAgainAfter: wait }
  const affordable = await withinBudgets(database, taken, plan)
  if (affordable.plan.length === 0) return { ...checked, ...provedBy(whole, taken, before.held), lookAgainAfter: affordable.wait }

  const planId = newId('pln')
  const { writes, stoppedBy } = await applyPlan(database, senderTo(parts, taken, planId), { target, lease }, planId, affordable.plan)

  const after = await look()
  if (after.entity !== 'present') return withoutEntity(parts, taken, after, log)
  // A write whose answer was lost is settled here only if it shows; if not, IAM may not show it yet.
  const last = writes.at(-1)
  const shown = statesIn(taken, after.held)
  if (last !== undefined && (shown.get(last.policyName) ?? null) === last.after) await settleOpenWrites(database, target.id, writes, shown)
  const rest = planFor(taken, after.held, deploymentId)
  const result = { ...checked, ...provedBy(rest, taken, after.held) }
  if (rest.length === 0) return result
  if (stoppedBy !== null) return { ...result, trouble: reported(stoppedBy.error, stoppedBy.trouble, taken, log), said: null }
  if (failed !== null || away !== null) return result
  if (affordable.wait !== null) return { ...result, lookAgainAfter: affordable.wait }
  return explainedBy([...recent.filter(({ id }) => underWay.has(id)), ...writes], rest)
    ? { ...result, lookAgainAfter: 1, underWay: underWay.size > 0 || writes.some(({ provisioning }) => provisioning !== null) }
    : { ...result, trouble: 'overwritten' }
}

/**
 * Why what is granted reaches nobody, though all is as it should be. Of an access role that should be: IAM shows that its
 * principal was deleted, and it is not trusted again by its name. Of a permission set: it is not in the account.
 */
function nobodyThere({ desired, desiredRole }: TakenTarget, { role, set }: Held): AttentionCode | null {
  if (set !== null) return desired.size > 0 && set.role === null ? 'permission_set_not_provisioned' : null
  return desiredRole !== null && role?.principalGone === true ? 'principal_gone' : null
}

/**
 * What the calls still needed prove of the grants: with none in phase 1 nothing is allowed that has ended; with none
 * in phase 2 either, all that is granted is allowed (see policy/diff), if there is somebody to whom it is.
 */
function provedBy(rest: Plan, taken: TakenTarget, held: Held): Pick<RunResult, 'applied' | 'removed'> {
  const needs = (phase: 1 | 2) => rest.some((write) => write.phase === phase)
  const { inForce, revoking } = taken.grants
  return {
    removed: needs(1) ? [] : revoking.map((grant) => grant.id),
    applied: needs(1) || needs(2) || nobodyThere(taken, held) !== null ? [] : inForce.map((grant) => grant.id),
  }
}

const noteDrift = (parts: ReconcileParts, { target }: TakenTarget, drift: readonly Drift[]): Promise<void> =>
  parts.database.inTransaction((tx) =>
    record(
      tx,
      drift.map((payload) => ({ type: 'target.drift_found', actor: worker, targetId: target.id, payload })),
    ),
  )
