import type { Logger } from 'pino'
import { newId } from '../kernel/ids.ts'
import { diff, isGuard } from '../policy/index.ts'
import { applyPlan } from './apply.ts'
import { nothingProved, type RunResult } from './close-run.ts'
import type { Observation } from './observe.ts'
import { reported } from './report-trouble.ts'
import { senderTo } from './sender-to.ts'
import type { ReconcileParts, TakenTarget } from './take-target.ts'

const codes = { gone: 'principal_gone', replaced: 'principal_replaced', taken: 'access_role_taken' } as const

/**
 * The entity that was approved is no more, and what it had went with it. That another has its name now proves it; that none
 * is there is believed when it is seen twice, because IAM may show a new entity late. Then the managed policies that were
 * made for it, and serve nobody any more, are removed.
 */
export async function withoutEntity(
  parts: ReconcileParts,
  taken: TakenTarget,
  { entity, held }: Exclude<Observation, { entity: 'present' }>,
  log: Logger,
): Promise<RunResult> {
  const { target, lease, grants, desired } = taken
  const code = codes[entity]
  const certain = entity !== 'gone' || target.attention?.code === code
  const waiting = [...desired.keys()].some((name) => !isGuard(name)) || (!certain && (grants.revoking.length > 0 || held.size > 0))
  const result: RunResult = {
    ...nothingProved,
    watched: false,
    removed: certain ? grants.revoking.map((grant) => grant.id) : [],
    trouble: waiting ? code : null,
  }
  if (!certain || held.size === 0) return result
  const planId = newId('pln')
  const plan = diff(new Map(), held, { inline: 0 })
  const { stoppedBy } = await applyPlan(parts.database, senderTo(parts, taken, planId), { target, lease }, planId, plan)
  return stoppedBy === null ? result : { ...result, trouble: reported(stoppedBy.error, stoppedBy.trouble, taken, log) }
}
