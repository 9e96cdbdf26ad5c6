import type { Logger } from 'pino'
import { record } from '../audit/index.ts'
import { AwsError } from '../aws/index.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { type Plan, statesHeld } from '../policy/index.ts'
import { worker } from './actor.ts'
import { applyPlan } from './apply.ts'
import { type AttentionCode, troubleBy } from './attention.ts'
import { closeRun, nothingProved, type RunResult } from './close-run.ts'
import { type Drift, driftIn, explainedBy, waitIn } from './drift.ts'
import { observe } from './observe.ts'
import { reported } from './report-trouble.ts'
import { settleOpenWrites } from './settle-writes.ts'
import { type ReconcileParts, type TakenTarget, takeTarget } from './take-target.ts'
import { type Held, planFor, statesAfter, statesIn } from './target-plan.ts'
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
  const look = () => observe(aws.session(target.account), target, deploymentId, expected)

  const before = await look()
  if (before.entity !== 'present') {
    await settleOpenWrites(database, target.id, taken.recentWrites, statesHeld(before.held))
    return withoutEntity(parts, taken, before, log)
  }
  const found = statesIn(before.held)
  const recent = await settleOpenWrites(database, target.id, taken.recentWrites, found)
  const drift = driftIn(found, target.written, recent)
  if (drift.length > 0) await noteDrift(parts, taken, drift)

  const plan = planFor(taken, before.held, deploymentId)
  const checked = { ...nothingProved, checked: true, trouble: principalGone(taken, before.held) }
  if (plan.length === 0) return { ...checked, ...provedBy(plan, taken, before.held) }
  const wait = waitIn(found, statesAfter(taken, before.held, plan), recent, target.now)
  if (wait !== null) return { ...checked, lookAgainAfter: wait }

  const planId = newId('pln')
  const session = aws.session(target.account, planId)
  const { writes, stoppedBy } = await applyPlan(database, session, { target, lease, deploymentId }, planId, plan)

  const after = await look()
  if (after.entity !== 'present') return withoutEntity(parts, taken, after, log)
  // A write whose answer was lost is settled here only if it shows; if not, IAM may not show it yet.
  const last = writes.at(-1)
  const shown = statesIn(after.held)
  if (last !== undefined && (shown.get(last.policyName) ?? null) === last.after) await settleOpenWrites(database, target.id, writes, shown)
  const rest = planFor(taken, after.held, deploymentId)
  const result = { ...checked, ...provedBy(rest, taken, after.held) }
  if (rest.length === 0) return result
  if (stoppedBy !== null) return { ...result, trouble: reported(stoppedBy.error, stoppedBy.trouble, taken, log) }
  return explainedBy(writes, rest) ? { ...result, lookAgainAfter: 1 } : { ...result, trouble: 'overwritten' }
}

/** Of an access role that should be: whether IAM shows that its principal was deleted. It is not trusted again by its name. */
const principalGone = ({ desiredRole }: TakenTarget, { role }: Held): AttentionCode | null =>
  desiredRole !== null && role?.principalGone === true ? 'principal_gone' : null

/**
 * What the calls still needed prove of the grants: with none in phase 1 nothing is allowed that has ended; with none
 * in phase 2 either, all that is granted is allowed (see policy/diff), if there is somebody to whom it is.
 */
function provedBy(rest: Plan, taken: TakenTarget, held: Held): Pick<RunResult, 'applied' | 'removed'> {
  const needs = (phase: 1 | 2) => rest.some((write) => write.phase === phase)
  const { inForce, revoking } = taken.grants
  return {
    removed: needs(1) ? [] : revoking.map((grant) => grant.id),
    applied: needs(1) || needs(2) || principalGone(taken, held) !== null ? [] : inForce.map((grant) => grant.id),
  }
}

const noteDrift = (parts: ReconcileParts, { target }: TakenTarget, drift: readonly Drift[]): Promise<void> =>
  parts.database.inTransaction((tx) =>
    record(
      tx,
      drift.map((payload) => ({ type: 'target.drift_found', actor: worker, targetId: target.id, payload })),
    ),
  )
