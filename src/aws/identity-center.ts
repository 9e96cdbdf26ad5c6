import type { AwsAccount, WriteGuard, WriteReceipt } from './account.ts'

/** An instance of IAM Identity Center, and the account by whose role it is administered. */
export interface IdentityCenter {
  readonly instanceArn: string
  /** Its home region. */
  readonly region: string
  readonly account: AwsAccount
}

/** A customer managed policy that a permission set refers to: by name and path, so that each account has its own of it. */
export interface PolicyReference {
  readonly name: string
  readonly path: string
}

export interface PermissionSetPolicies {
  /** As it was put, byte for byte; null if there is none. */
  readonly inlinePolicy: string | null
  readonly references: readonly PolicyReference[]
  /** The ARNs of AWS's own policies that are on it. */
  readonly awsManaged: readonly string[]
}

/** Who may use a permission set in an account: a user or group of the identity store, by its id there. */
export interface Assignee {
  readonly kind: 'user' | 'group'
  readonly id: string
}

/** Work that Identity Center goes on with after its call was answered. */
export interface Provisioning {
  readonly status: 'IN_PROGRESS' | 'FAILED' | 'SUCCEEDED'
  /** Why it failed, in AWS's words. */
  readonly failure: string | null
}

/** The answer to a write whose work goes on. */
export interface ProvisioningReceipt extends WriteReceipt {
  readonly provisioningId: string
}

/**
 * Permission sets of one instance, by the SSO Admin API. Errors, attempts and guards are as AccountSession has them. A
 * `conflict` says that the same is under way already, or that the account is being updated: there is one update at a time.
 * What is changed on a set reaches an account when it is provisioned there.
 */
export interface IdentityCenterSession {
  /** The set's name, or null if there is no such set. */
  getPermissionSet(arn: string): Promise<{ readonly name: string } | null>

  /** What is on the set; null if it is gone. */
  getPolicies(arn: string): Promise<PermissionSetPolicies | null>

  /** Its inline policy alone, for a last look before a write; throws `not_found` if the set is gone. */
  getInlinePolicy(arn: string): Promise<string | null>

  /** The numbers of the accounts that the set is provisioned in; throws `not_found` if it is gone. */
  listAccounts(arn: string): Promise<readonly string[]>

  /** Who is assigned to the set in an account, in Identity Center's order; throws `not_found` if the set is gone. */
  listAssignees(arn: string, accountId: string): Promise<readonly Assignee[]>

  /** The ARNs of the permission sets that are provisioned in an account. */
  listPermissionSets(accountId: string): Promise<readonly string[]>

  /** Replaces the set's one inline policy. Repeating it is harmless. */
  putInlinePolicy(arn: string, document: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Deletes the set's inline policy; if there is none, that is done. */
  deleteInlinePolicy(arn: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Lets the set refer to a policy. One that it refers to already is a `conflict`. */
  attachReference(arn: string, reference: PolicyReference, guard: WriteGuard): Promise<WriteReceipt>

  /** Begins to bring the set, as it is then, to an account that has it; throws `not_found` for an account that has not. */
  provision(arn: string, accountId: string, guard: WriteGuard): Promise<ProvisioningReceipt>

  /** How far a provisioning is; null if AWS does not know it any more. */
  getProvisioning(id: string): Promise<Provisioning | null>
}
