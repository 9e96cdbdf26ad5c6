import {
  diff,
  diffRole,
  type Foreign,
  guardName,
  type HeldPolicies,
  type HeldRole,
  inPhases,
  type Plan,
  ROLE,
  roomOn,
  stateOfRole,
  statesHeld,
  statesOf,
  withGuard,
} from '../policy/index.ts'
import { entityOf } from './entity-of.ts'
import type { TakenTarget } from './take-target.ts'

/** What IAM holds of ours on a target. */
export interface Held {
  readonly policies: HeldPolicies
  /** An access role itself; null if there is none, or the target is a principal. */
  readonly role: HeldRole | null
  /** What the policies of others take up: they count against the same quotas. */
  readonly foreign: Foreign
}

/** The state of each thing of ours by its name, as writes have it on record. */
export type States = ReadonlyMap<string, string>

export const statesIn = ({ policies, role }: Held): States => withRole(statesHeld(policies), stateOfRole(role))

/** The calls that make what is held what it should be. */
export function planFor({ target, desired, desiredRole }: TakenTarget, held: Held, deploymentId: string): Plan {
  const guard = guardName(deploymentId, target.uniqueId)
  const room = roomOn(entityOf(target).kind, held.foreign, target.guarded)
  const policies = diff(without(desired, guard), without(held.policies, guard), room)
  if (target.kind === 'access_role') return inPhases(diffRole(desiredRole, held.role, target.principal), policies)
  return withGuard(policies, { name: guard, desired: desired.get(guard) ?? null, held: held.policies.get(guard) })
}

const without = <Value>(policies: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> =>
  new Map([...policies].filter(([each]) => each !== name))

/** The states that a plan leads to. */
export function statesAfter({ desired }: TakenTarget, held: Held, plan: Plan): States {
  const last = plan.findLast(({ policyName }) => policyName === ROLE)
  return withRole(statesOf(desired), last === undefined ? stateOfRole(held.role) : last.after)
}

const withRole = (states: States, role: string | null): States => (role === null ? states : new Map([...states, [ROLE, role]]))
