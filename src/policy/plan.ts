import { type HeldPolicies, type HeldPolicy, stateOf } from './held.ts'

/** One change of IAM, each a call of its own: of an inline policy (put, delete) or of a managed one. */
export type PolicyChange =
  | { readonly operation: 'put_inline' | 'create_policy' | 'create_version'; readonly document: string }
  | { readonly operation: 'delete_version'; readonly versionId: string }
  | { readonly operation: 'delete_inline' | 'attach_policy' | 'detach_policy' | 'delete_policy' }

/** One change of an access role itself. */
export type RoleChange =
  | { readonly operation: 'create_role'; readonly trust: string; readonly boundary: string | null }
  | { readonly operation: 'put_trust'; readonly trust: string }
  | { readonly operation: 'put_boundary'; readonly boundary: string }
  | { readonly operation: 'limit_sessions' | 'delete_role' }

/** One change of a permission set, or of what it needs. */
export type SetChange =
  /** Makes a policy that says nothing in another account that has the set, and that is to have one before it is referred to. */
  | { readonly operation: 'prepare_account'; readonly account: string; readonly policy: string }
  | { readonly operation: 'attach_reference'; readonly policy: string }
  /** Brings the set, as it is then, to the target's account. */
  | { readonly operation: 'provision' }

export type Operation = (PolicyChange | RoleChange | SetChange)['operation']

/** Phase 1 takes ended access out, phase 2 adds what is granted, phase 3 removes what phase 2 has put elsewhere. */
export type Phase = 1 | 2 | 3

interface Planned {
  readonly phase: Phase
  /** Or `ROLE`, for an access role itself; for what concerns a permission set, see set-plan.ts. */
  readonly policyName: string
  /** The state (see `stateOf` and `stateOfRole`) before the call, if IAM still holds what was observed, and after it. */
  readonly before: string | null
  readonly after: string | null
}

export type PolicyWrite = PolicyChange & Planned
export type RoleWrite = RoleChange & Planned
export type SetWrite = SetChange & Planned

/** One IAM call of a plan. */
export type PlannedWrite = PolicyWrite | RoleWrite | SetWrite

/** Calls in the order in which they must be made. */
export type Plan = readonly PlannedWrite[]

/** The policies that IAM holds after a call, if it held these before. */
export function applyWrite(held: HeldPolicies, write: PolicyChange & { readonly policyName: string }): HeldPolicies {
  const after = new Map(held)
  const next = changed(held.get(write.policyName), write)
  if (next === undefined) after.delete(write.policyName)
  else after.set(write.policyName, next)
  return after
}

/** The write that makes a change where these policies are held. */
export const writeOf = (phase: Phase, policyName: string, change: PolicyChange, policy: HeldPolicy | undefined): PolicyWrite => ({
  phase,
  policyName,
  ...change,
  before: stateOf(policy),
  after: stateOf(changed(policy, change)),
})

function changed(policy: HeldPolicy | undefined, change: PolicyChange): HeldPolicy | undefined {
  const managed: NonNullable<HeldPolicy['managed']> = policy?.managed ?? { attached: false, version: 'v0', spares: [] }
  const document = policy?.document ?? ''
  switch (change.operation) {
    case 'put_inline':
      return { document: change.document, managed: null }
    case 'create_policy':
      return { document: change.document, managed: { attached: false, version: 'v1', spares: [] } }
    case 'create_version':
      return {
        document: change.document,
        managed: { ...managed, version: nextVersion(managed.version, managed.spares), spares: [...managed.spares, managed.version] },
      }
    case 'delete_version':
      return { document, managed: { ...managed, spares: managed.spares.filter((version) => version !== change.versionId) } }
    case 'attach_policy':
      return { document, managed: { ...managed, attached: true } }
    case 'detach_policy':
      return managed.stray === true ? undefined : { document, managed: { ...managed, attached: false } }
    case 'delete_inline':
    case 'delete_policy':
      return undefined
  }
}

/**
 * IAM numbers versions upwards and uses no number twice. If higher ones were deleted it is another than this; then the
 * deletion that names it finds nothing, and the next run sees what is left.
 */
const nextVersion = (...versions: [string, readonly string[]]): string =>
  `v${Math.max(...versions.flat().map((version) => Number(version.slice(1)))) + 1}`
