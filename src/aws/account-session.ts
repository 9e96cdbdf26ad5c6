import type { AwsAccount, WriteGuard, WriteReceipt } from './account.ts'
import type { AccountDetailsSession } from './account-details.ts'
import type { BeforeCall, FoundInRegion } from './databases.ts'
import type { IamEntity, InlinePolicy } from './iam-entity.ts'
import type { IdentityCenter, IdentityCenterSession } from './identity-center.ts'

export interface IamPrincipal {
  readonly arn: string
  /** `AROA…`, `AIDA…` or `AGPA…`: another one if the entity is deleted and made again under its name. */
  readonly uniqueId: string
  readonly path: string
}

export interface AttachedPolicy {
  readonly arn: string
  readonly name: string
}

export interface ManagedPolicy {
  /** Of the default version; decoded, byte for byte as it was created. */
  readonly document: string
  /** The default version, such as `v3`. */
  readonly version: string
  /** The other versions, the oldest first. */
  readonly spares: readonly string[]
}

/**
 * IAM in one account. What every method promises:
 * - It throws AwsError, and nothing else but what a guard throws.
 * - Throttling, server errors, broken connections and ConcurrentModification are tried again, three attempts
 *   in all, within about a second besides the calls themselves. The rest is told at once.
 * - Each attempt ends within the request timeout of `createAws`.
 * - IAM is eventually consistent: a read may still show what was before a write, for seconds.
 */
export interface AccountSession extends ManagedPolicySession, RoleSession, AccountDetailsSession {
  /** The entity's identity (GetRole, GetUser, GetGroup), or null if there is none of that name. */
  getPrincipal(entity: IamEntity): Promise<IamPrincipal | null>

  /** The names of the roles below a path, such as `/aws-reserved/sso.amazonaws.com/`. */
  listRoles(pathPrefix: string): Promise<readonly string[]>

  /**
   * All inline policies of the entity, ours and other people's, in IAM's order; null if the entity is gone.
   * One that is deleted between the listing and its reading is left out.
   * A document that is not validly encoded is refused as `unknown`: what cannot be read cannot be compared.
   */
  listInlinePolicies(entity: IamEntity): Promise<InlinePolicy[] | null>

  /**
   * Creates or replaces one inline policy. Repeating it is harmless.
   *
   * When the guard throws before anything was sent, its error comes out unchanged and nothing has happened.
   * When it throws between attempts, and an earlier attempt's fate is not known, an AwsError with
   * `answered: false` and the guard's error as cause comes out instead.
   */
  putInlinePolicy(entity: IamEntity, name: string, document: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Deletes one inline policy; if it or the entity does not exist, that is done. The guard works as for putInlinePolicy. */
  deleteInlinePolicy(entity: IamEntity, name: string, guard: WriteGuard): Promise<WriteReceipt>

  /** The managed policies that are attached to the entity, ours and other people's; null if the entity is gone. */
  listAttachedPolicies(entity: IamEntity): Promise<AttachedPolicy[] | null>

  /** Attaches a managed policy; repeating it is harmless. The guard works as for putInlinePolicy. */
  attachPolicy(entity: IamEntity, policyArn: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Detaches a managed policy; if it is not attached, or it or the entity does not exist, that is done. */
  detachPolicy(entity: IamEntity, policyArn: string, guard: WriteGuard): Promise<WriteReceipt>
}

export interface IamRole extends IamPrincipal {
  /** Decoded, byte for byte as it was put, while all its principals exist. */
  readonly trustPolicy: string
  /** MaxSessionDuration. */
  readonly sessionSeconds: number
  /** The ARN of its permissions boundary, if it has one. */
  readonly boundary: string | null
  readonly tags: Readonly<Record<string, string>>
}

/** Roles that Sallyport makes. The guards work as for putInlinePolicy, and so do errors. */
export interface RoleSession {
  /** The role, or null if there is none of that name, whatever its path. */
  getRole(name: string): Promise<IamRole | null>

  /** Creates a role. One of that name is a `conflict`, a principal that does not exist `malformed`. */
  createRole(
    role: Pick<IamRole, 'path' | 'trustPolicy' | 'sessionSeconds' | 'boundary' | 'tags'> & {
      readonly name: string
      readonly description: string
    },
    guard: WriteGuard,
  ): Promise<WriteReceipt>

  /** Replaces the trust policy; a principal that does not exist is `malformed`. Repeating it is harmless. */
  putTrustPolicy(name: string, document: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Sets the permissions boundary. Repeating it is harmless. */
  putBoundary(name: string, policyArn: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Sets the longest session. Repeating it is harmless. */
  putSessionSeconds(name: string, seconds: number, guard: WriteGuard): Promise<WriteReceipt>

  /** Deletes a role without policies; if it does not exist, that is done. While something is on it: `conflict`, by DeleteConflict. */
  deleteRole(name: string, guard: WriteGuard): Promise<WriteReceipt>
}

/** Customer managed policies of the account. The guards work as for putInlinePolicy, and so do errors. */
export interface ManagedPolicySession {
  /** The policy with its default version, or null if there is none of that ARN. */
  getManagedPolicy(arn: string): Promise<ManagedPolicy | null>

  /** Creates a policy; its ARN is `arn:<partition>:iam::<account>:policy<path><name>`. One of that name is a `conflict`. */
  createManagedPolicy(
    policy: { readonly name: string; readonly path: string; readonly document: string },
    guard: WriteGuard,
  ): Promise<WriteReceipt>

  /** Creates a version and makes it the default one. It is a `quota` if there are five versions. */
  createPolicyVersion(arn: string, document: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Deletes a version that is not the default one; if it does not exist, that is done. */
  deletePolicyVersion(arn: string, versionId: string, guard: WriteGuard): Promise<WriteReceipt>

  /** Deletes a policy without other versions; if it does not exist, that is done. While it is attached anywhere: `conflict`. */
  deleteManagedPolicy(arn: string, guard: WriteGuard): Promise<WriteReceipt>
}

export interface Aws {
  /**
   * The session in an account: without a plan the shared one for reading, with cached credentials that are
   * renewed before they run out; with a plan, and where a role is assumed, one of its own, whose role session
   * is named `sallyport-<planId>`, so that CloudTrail tells which plan made a call. Cheap; connects at the first call.
   */
  session(account: AwsAccount, planId?: string): AccountSession

  /** The session for the permission sets of an instance of Identity Center; `planId` as above. */
  identityCenter(center: IdentityCenter, planId?: string): IdentityCenterSession

  /**
   * Looks for all clusters, instances and proxies of one region of an account. What it promises:
   * - It answers only when clusters and instances were read to their end; otherwise it throws AwsError, and nothing else
   *   but what `beforeCall` throws.
   * - Proxies and the lists of endpoints are lesser: one that cannot be read is told as `unread`, and the rest answered.
   *   A role may lack their actions, and not every region has all of them. Proxies of unknown tags are unread too.
   * - Pages have 100 entries, and no list is asked for that cannot have anything to say. The tags of proxies alone
   *   are in no list; each is asked for.
   * - A region that is not enabled in the account is `region_disabled`.
   * - Engines without IAM database authentication (Oracle, DocumentDB and so on) are left out.
   * - An instance of a cluster is no database of its own: it is among the cluster's members.
   * - Throttling, server errors and broken connections are tried again, three attempts in all.
   */
  findDatabases(account: AwsAccount, region: string, beforeCall: BeforeCall): Promise<FoundInRegion>

  /** Closes all connections; calls under way fail. */
  close(): void
}
