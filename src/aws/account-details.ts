import type { IamEntity, InlinePolicy } from './iam-entity.ts'

/** A user, group or role with all that IAM tells of its access. */
export interface EntityDetails {
  readonly kind: IamEntity['kind']
  readonly name: string
  readonly arn: string
  /** `AIDA…`, `AGPA…` or `AROA…`. */
  readonly uniqueId: string
  /** Decoded, byte for byte as they were put. */
  readonly inline: readonly InlinePolicy[]
  /** The ARNs of the managed policies attached to it. */
  readonly attached: readonly string[]
  /** The ARN of its permissions boundary; null if it has none, as a group never has. */
  readonly boundary: string | null
  /** The names of the groups that it is in; none unless it is a user. */
  readonly groups: readonly string[]
  /** The trust policy, decoded; null unless it is a role. */
  readonly trust: string | null
}

export interface ManagedPolicyDetails {
  readonly arn: string
  readonly name: string
  /** The default version, such as `v3`. */
  readonly version: string
  /** How many versions there are, the default one included. */
  readonly versions: number
  /** Of the default version; decoded, byte for byte. */
  readonly document: string
}

/** Everything in an account that says who may do what. */
export interface AccountDetails {
  readonly entities: readonly EntityDetails[]
  /** The account's own policies, and those of AWS that are in use in it. */
  readonly policies: readonly ManagedPolicyDetails[]
}

/** Who else can use an entity: what a role's trust policy says, or who is in a group. A user is used by nobody else. */
export type EntityUsers =
  | { readonly kind: 'role'; readonly trust: string }
  | { readonly kind: 'group'; readonly members: readonly string[] }
  | { readonly kind: 'user' }

/** The part of AccountSession that reads more than one entity's policies. It throws AwsError, as the rest does. */
export interface AccountDetailsSession {
  /**
   * All users, groups, roles and managed policies of the account, by GetAccountAuthorizationDetails
   * (docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
   *
   * It is the whole or an error: an account whose reading broke off on some page is not answered in part. Pages are read
   * one after the other, so that what is changed meanwhile may be seen as it was before or after. What IAM shows may be
   * seconds old. A document that is not validly encoded, or a policy without its default version, is refused as `unknown`.
   */
  getAccountDetails(): Promise<AccountDetails>

  /** Who can use one entity (GetRole, GetGroup with all its pages), the ARNs of members; null if there is none of that name. */
  getEntityUsers(entity: IamEntity): Promise<EntityUsers | null>
}
