import type { AccountDetails } from '../aws/index.ts'
import type { SweptTarget, TargetIdentity } from '../grants/index.ts'

/** A policy under our names, or an access role, that no grant explains. */
export interface Orphan {
  /** Or `ROLE`, for an access role itself; with it go the policies on it. */
  readonly policyName: string
  /** Null for an inline policy, and a role. */
  readonly policyArn: string | null
  /** The ARN of the entity that it is on; null if it is attached to none. */
  readonly on: string | null
  readonly because: 'no_grant' | 'attached_elsewhere' | 'unattached' | 'unknown_name'
  /** The target whose reconcile takes it away: one that there is, or one to be made. Null: nobody knows whose it is. */
  readonly by: SweptTarget | TargetIdentity | null
}

/** An account as a sweep has read it, and what is granted there. */
export interface SweptAccount {
  readonly account: { readonly id: string; readonly partition: string }
  readonly deploymentId: string
  readonly details: AccountDetails
  readonly targets: readonly SweptTarget[]
}
