import { ACCESS_SESSION, type TrustedPrincipal } from './access-role.ts'
import { hashDocument } from './document.ts'
import type { Phase, Plan, RoleChange, RoleWrite } from './plan.ts'
import { LONG_AGO, type ShownTrust, trustedUntil, trustPolicy } from './trust-policy.ts'

/** An access role as IAM holds it, its policies left out. */
export interface HeldRole extends ShownTrust {
  /** The longest session that it gives, in seconds. */
  readonly sessionSeconds: number
  /** The ARN of its permissions boundary. */
  readonly boundary: string | null
}

/** What an access role is to be while something is granted on it. */
export interface DesiredRole {
  /** The latest end of what is granted. */
  readonly until: Date
  /** The boundary that it must have; null: none is asked for, and one that it has is left. */
  readonly boundary: string | null
}

/** The name under which the writes of an access role itself are on record, beside those of its policies. */
export const ROLE = 'access-role'

/** The state of a role, as `stateOf` is of a policy: the SHA-256 of what is set on it; null if there is none. */
export const stateOfRole = (role: HeldRole | null): string | null =>
  role === null ? null : hashDocument(JSON.stringify([role.trust, role.sessionSeconds, role.boundary]))

/**
 * The calls that make an access role what it is to be, or, for null, that delete it. What ends comes first: a date that
 * comes forward, a trust policy that somebody has changed, a boundary or a session length that is another. An end further
 * away waits for phase 2, the role is made there, and it is deleted in phase 3, when its policies are gone; until then
 * nobody can assume it, so that policies which others have put on it, and which keep it from being deleted, serve nobody.
 */
export function diffRole(desired: DesiredRole | null, held: HeldRole | null, principal: TrustedPrincipal): readonly RoleWrite[] {
  const writes: RoleWrite[] = []
  let now = held
  const make = (phase: Phase, change: RoleChange): void => {
    const after = changed(now, change)
    writes.push({ phase, policyName: ROLE, ...change, before: stateOfRole(now), after: stateOfRole(after) })
    now = after
  }

  const trust = trustPolicy(principal, desired?.until ?? LONG_AGO)
  if (held === null) {
    if (desired !== null) make(2, { operation: 'create_role', trust, boundary: desired.boundary })
    return writes
  }
  const until = trustedUntil(held.trust, principal)
  const longer = desired !== null && until !== null && until < desired.until
  const another = held.trust !== trust && !held.principalGone
  if (another && !longer) make(1, { operation: 'put_trust', trust })
  if (desired === null) make(3, { operation: 'delete_role' })
  else {
    if (desired.boundary !== null && desired.boundary !== held.boundary) make(1, { operation: 'put_boundary', boundary: desired.boundary })
    if (held.sessionSeconds !== ACCESS_SESSION) make(1, { operation: 'limit_sessions' })
    if (another && longer) make(2, { operation: 'put_trust', trust })
  }
  return writes
}

/** One plan out of those for a role and for its policies: phase by phase, the role made before its policies and deleted after them. */
export function inPhases(role: readonly RoleWrite[], policies: Plan): Plan {
  const of = (phase: Phase) => (write: { readonly phase: Phase }) => write.phase === phase
  return [
    ...role.filter(of(1)),
    ...policies.filter(of(1)),
    ...role.filter(of(2)),
    ...policies.filter(of(2)),
    ...policies.filter(of(3)),
    ...role.filter(of(3)),
  ]
}

function changed(role: HeldRole | null, change: RoleChange): HeldRole | null {
  switch (change.operation) {
    case 'create_role':
      return { trust: change.trust, principalGone: false, sessionSeconds: ACCESS_SESSION, boundary: change.boundary }
    case 'put_trust':
      return role === null ? null : { ...role, trust: change.trust }
    case 'put_boundary':
      return role === null ? null : { ...role, boundary: change.boundary }
    case 'limit_sessions':
      return role === null ? null : { ...role, sessionSeconds: ACCESS_SESSION }
    case 'delete_role':
      return null
  }
}
