import type { EntityKind } from '../policy/index.ts'

export interface SeenInline {
  readonly name: string
  readonly document: string
}

export interface SeenManaged {
  readonly arn: string
  readonly name: string
  /** Of the default version; null if the sweep did not see the policy. */
  readonly document: string | null
  /** How many versions it has; null as above. */
  readonly versions: number | null
}

/** The policies on one entity. */
export interface SeenPolicies {
  readonly inline: readonly SeenInline[]
  readonly attached: readonly SeenManaged[]
}

export interface SeenGroup extends SeenPolicies {
  readonly name: string
  readonly arn: string
  readonly uniqueId: string
}

/** A user, group or role as the last complete sweep of its account saw it, with whatever says what it may do. */
export interface SeenPrincipal extends SeenPolicies {
  readonly kind: EntityKind
  readonly name: string
  readonly arn: string
  readonly uniqueId: string
  readonly boundary: SeenManaged | null
  /** The groups that a user is in. */
  readonly groups: readonly SeenGroup[]
  /** The ARNs of a group's users; null for the rest. */
  readonly members: readonly string[] | null
  /** A role's trust policy. */
  readonly trust: string | null
}

/** When an account was last read whole, and what has been wrong with reading it since. */
export interface SnapshotState {
  /** When the last complete sweep began: what was there then is in it. Null: there was none yet. */
  readonly asOf: Date | null
  readonly triedAt: Date
  readonly attention: SweepAttention | null
}

/** Why the last try did not come to an end. The snapshot is still the one before. */
export interface SweepAttention {
  readonly code: string
  readonly message: string
  readonly since: Date
  readonly attempts: number
}

/** An account as the last complete sweep saw it. */
export interface AccountSnapshot extends SnapshotState {
  readonly asOf: Date
  readonly principals: readonly SeenPrincipal[]
}
