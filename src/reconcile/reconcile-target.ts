import type { Logger } from 'pino'
import { record } from '../audit/index.ts'
import { AwsError } from '../aws/index.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { diff, hashDocument, type InlineDocuments, type Plan, policyName } from '../policy/index.ts'
import { worker } from './actor.ts'
import { applyPlan } from './apply.ts'
import { type AttentionCode, isLoud, troubleBy } from './attention.ts'
import { closeRun, type RunResult } from './close-run.ts'
import { isDrift, mayBeOurs, notVisibleYet } from './drift.ts'
import { type Observation, observe } from './observe.ts'
import { settleOpenWrites } from './settle-writes.ts'
import { type ReconcileParts, type TakenTarget, takeTarget } from './take-target.ts'

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
    const result = await makeEqual(parts, taken, log.child({ target: targetId }))
    await closeRun(parts, taken, result)
  }

const nothingProved = { trouble: null, applied: [], removed: [], foreignChars: null, lookAgainAfter: null, watched: true }

async function makeEqual(parts: ReconcileParts, taken: TakenTarget, log: Logger): Promise<RunResult> {
  try {
    return await observeAndApply(parts, taken, log)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { ...nothingProved, trouble: reported(error, taken, log) }
  }
}

async function observeAndApply(parts: ReconcileParts, taken: TakenTarget, log: Logger): Promise<RunResult> {
  const { database, aws, deploymentId } = parts
  const { target, lease, desired } = taken
  const ours = policyName(deploymentId)
  const look = () => observe(aws.session(target.account), target, ours)

  const before = await look()
  const found = hashOf(before, ours)
  const recent = await settleOpenWrites(database, target.id, taken.recentWrites, found)
  if (before.entity !== 'present') return withoutEntity(taken, before.entity)
  if (isDrift(found, target.writtenHash, recent)) await noteDrift(parts, taken, ours, found)

  const plan = diff(desired, before.documents)
  const { foreignChars } = before
  if (plan.length === 0) return { ...nothingProved, foreignChars, ...provedBy(plan, taken) }
  const wait = notVisibleYet(found, hashIn(desired, ours), recent, target.now)
  if (wait !== null) return { ...nothingProved, foreignChars, lookAgainAfter: wait }

  const planId = newId('pln')
  const { writes, stoppedBy } = await applyPlan(database, aws.session(target.account, planId), target, lease, planId, plan)

  const after = await look()
  const left = hashOf(after, ours)
  // A write whose answer was lost is settled here only if it shows; if not, IAM may not show it yet.
  if (writes.at(-1)?.hashAfter === left) await settleOpenWrites(database, target.id, writes, left)
  if (after.entity !== 'present') return withoutEntity(taken, after.entity)
  const rest = diff(desired, after.documents)
  const result = { ...nothingProved, foreignChars: after.foreignChars, ...provedBy(rest, taken) }
  if (rest.length === 0) return result
  if (stoppedBy !== null) return { ...result, trouble: reported(stoppedBy, taken, log) }
  return mayBeOurs(left, writes) ? { ...result, lookAgainAfter: 1 } : { ...result, trouble: 'overwritten' }
}

/**
 * What the calls still needed prove of the grants: with none in phase 1 nothing is allowed that has ended; with none
 * in phase 2 either, all that is granted is allowed (see policy/diff).
 */
function provedBy(rest: Plan, { grants }: TakenTarget): Pick<RunResult, 'applied' | 'removed'> {
  const needs = (phase: 1 | 2) => rest.some((write) => write.phase === phase)
  return {
    removed: needs(1) ? [] : grants.revoking.map((grant) => grant.id),
    applied: needs(1) || needs(2) ? [] : grants.inForce.map((grant) => grant.id),
  }
}

/**
 * The entity that was approved is no more, and what it had went with it. That one was made anew proves it; that none
 * is there is believed when it is seen twice, because IAM may show a new entity late.
 */
function withoutEntity({ target, grants }: TakenTarget, entity: 'gone' | 'replaced'): RunResult {
  const code = entity === 'gone' ? 'principal_gone' : 'principal_replaced'
  const certain = entity === 'replaced' || target.attention?.code === code
  const waiting = grants.inForce.length > 0 || (grants.revoking.length > 0 && !certain)
  return {
    ...nothingProved,
    watched: false,
    removed: certain ? grants.revoking.map((grant) => grant.id) : [],
    trouble: waiting ? code : null,
  }
}

const noteDrift = (parts: ReconcileParts, { target }: TakenTarget, ours: string, found: string | null): Promise<void> =>
  parts.database.inTransaction((tx) =>
    record(tx, [
      {
        type: 'target.drift_found',
        actor: worker,
        targetId: target.id,
        payload: { policyName: ours, hashExpected: target.writtenHash, hashFound: found },
      },
    ]),
  )

/** Logs an error of AWS's, loudly once if only an operator can mend it, and answers what it means for the target. */
function reported(error: AwsError, { target }: TakenTarget, log: Logger): AttentionCode {
  const code = troubleBy(error)
  const level = target.attention?.code === code ? 'debug' : isLoud(code) ? 'error' : 'warn'
  log[level]({ err: error, attention: code }, 'AWS did not do what was asked; it will be tried again')
  return code
}

function hashIn(documents: InlineDocuments, ours: string): string | null {
  const document = documents.get(ours)
  return document === undefined ? null : hashDocument(document)
}

const hashOf = (observation: Observation, ours: string): string | null =>
  observation.entity === 'present' ? hashIn(observation.documents, ours) : null
