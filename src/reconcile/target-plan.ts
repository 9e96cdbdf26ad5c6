import {
  diff,
  diffRole,
  diffSet,
  type Foreign,
  guardName,
  type HeldPolicies,
  type HeldRole,
  type HeldSet,
  inPhases,
  nothingGranted,
  type Plan,
  ROLE,
  roomOn,
  roomOnSet,
  stateOfRole,
  statesHeld,
  statesOf,
  statesOfSet,
  watchedOfSet,
  withGuard,
} from '../policy/index.ts'
import { entityOf } from './entity-of.ts'
import type { TakenTarget } from './take-target.ts'

/** What IAM holds of ours on a target. */
export interface Held {
  readonly policies: HeldPolicies
  /** An access role itself; null if there is none, or the target is a principal. */
  readonly role: HeldRole | null
  /** A permission set, of which `policies` are a part; null for any other target. */
  readonly set: HeldSet | null
  /** What the policies of others take up: they count against the same quotas. */
  readonly foreign: Foreign
}

/** The state of each thing of ours by its name, as writes have it on record. */
export type States = ReadonlyMap<string, string>

export const statesIn = ({ target }: TakenTarget, { policies, role, set }: Held): States =>
  set === null ? withRole(statesHeld(policies), stateOfRole(role)) : statesOfSet(set, nothingGranted(target.account.partition))

/** Of these states those that nobody else has any business to change. */
export const watchedIn = ({ target }: TakenTarget, states: States): States =>
  target.kind === 'permission_set' ? watchedOfSet(states, target.written) : states

/** The calls that make what is held what it should be. */
export function planFor({ target, desired, desiredRole }: TakenTarget, held: Held, deploymentId: string): Plan {
  if (target.kind === 'permission_set') {
    if (held.set === null) throw new Error('a permission set was observed as something else')
    return diffSet(desired, held.set, roomOnSet(held.foreign, 'inline'), nothingGranted(target.account.partition))
  }
  const guard = guardName(deploymentId, target.uniqueId)
  const room = roomOn(entityOf(target).kind, held.foreign, target.guarded)
  const policies = diff(without(desired, guard), without(held.policies, guard), room)
  if (target.kind === 'access_role') return inPhases(diffRole(desiredRole, held.role, target.principal), policies)
  return withGuard(policies, { name: guard, desired: desired.get(guard) ?? null, held: held.policies.get(guard) })
}

const without = <Value>(policies: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> =>
  new Map([...policies].filter(([each]) => each !== name))

/** The states that a plan leads to. */
export function statesAfter(taken: TakenTarget, held: Held, plan: Plan): States {
  if (held.set !== null) return followed(statesIn(taken, held), plan)
  const { desired } = taken
  const last = plan.findLast(({ policyName }) => policyName === ROLE)
  return withRole(statesOf(desired), last === undefined ? stateOfRole(held.role) : last.after)
}

const withRole = (states: States, role: string | null): States => (role === null ? states : new Map([...states, [ROLE, role]]))

/** What states become by the writes of a plan that need not lead to the end. */
function followed(states: States, plan: Plan): States {
  const after = new Map(states)
  for (const write of plan) {
    if (write.after === null) after.delete(write.policyName)
    else after.set(write.policyName, write.after)
  }
  return after
}
