import type { Aws } from '../aws/index.ts'
import {
  lookUpPrincipal,
  type ObservedPermissionSet,
  type ObservedPrincipal,
  observePrincipal,
  type PermissionSet,
  type PermissionSets,
  type Principal,
} from '../catalog/index.ts'
import type { Database } from '../db/index.ts'
import type { ActiveRuleSet, Caller, RuleSets } from '../identity/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Path } from '../kernel/rule.ts'
import { type PermissionSetArn, type PrincipalArn, parseDirectArn, parseTrustedArn } from '../policy/index.ts'
import type { RequestEntitlement } from './request.ts'

/** What the use cases of this slice stand on. */
export interface RequestParts {
  readonly db: Database
  readonly aws: Aws
  readonly ruleSets: RuleSets
  readonly deploymentId: string
  readonly permissionSets: PermissionSets
}

export type ActiveRules = ActiveRuleSet

/** The rules and people in force, by what was read with the facts; throws `not_ready` before there are any. */
export async function activeRules(parts: Pick<RequestParts, 'ruleSets'>, inForce: string | null): Promise<ActiveRules> {
  if (inForce === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
  return parts.ruleSets.content(inForce)
}

/** The person who acts; a program that acts for nobody can neither ask nor decide. Throws `person_required`. */
export function actingPerson(caller: Caller): Person {
  if (caller.actor.kind === 'person') return caller.actor.person
  throw new SallyportError('person_required', 'Requests are asked for and decided by people.')
}

/** Who is asked for, as read off the ARN. */
export type AskedPrincipal = PrincipalArn | PermissionSetArn

/** Reads the ARN of who is asked for, on a path. Throws `invalid_arn` and `unsupported_principal`. */
export const parseFor = (path: Path): ((arn: string) => AskedPrincipal) => (path === 'direct' ? parseDirectArn : parseTrustedArn)

/** A principal in an account that Sallyport does not manage: nothing is known of it but its ARN. It can assume an access role. */
export interface UnmanagedPrincipal extends Omit<Principal, 'uniqueId'> {
  readonly uniqueId: null
}

/** A principal that is approved, as AWS has it now, with what else takes up its quotas. */
export type ApprovedPrincipal = ObservedPrincipal | UnmanagedPrincipal | ObservedPermissionSet

/** What is asked for on behalf of a principal. */
interface Wanted {
  readonly principal: AskedPrincipal
  readonly path: Path
  readonly entitlements: readonly RequestEntitlement[]
}

/**
 * The principal as AWS knows it, in an account of the rules in force. Throws the codes of lookUpPrincipal and of
 * PermissionSets, and `permission_set_not_provisioned`; on the path access-role its account need not be managed.
 */
export async function principalInAws(
  parts: RequestParts,
  rules: ActiveRules,
  { principal, path, entitlements }: Wanted,
): Promise<Principal | UnmanagedPrincipal | PermissionSet> {
  if (principal.kind !== 'permission-set') {
    return unmanaged(rules, principal, path) ?? lookUpPrincipal(parts.aws, accountOf(rules))(principal)
  }
  const set = await parts.permissionSets.lookUp(rules.file, principal)
  assertProvisioned(set, entitlements)
  return set
}

/** The same as it is at this moment: what an approval must know. */
export async function observedInAws(
  parts: RequestParts,
  rules: ActiveRules,
  { principal, path, entitlements }: Wanted,
): Promise<ApprovedPrincipal> {
  if (principal.kind !== 'permission-set') {
    return unmanaged(rules, principal, path) ?? observePrincipal(parts.aws, accountOf(rules), parts.deploymentId)(principal)
  }
  const set = await parts.permissionSets.observe(rules.file, principal, parts.deploymentId)
  assertProvisioned(set, entitlements)
  return set
}

function assertProvisioned({ arn, name, accounts }: PermissionSet, entitlements: readonly RequestEntitlement[]): void {
  const lacking = entitlements.find(({ place }) => !accounts.includes(place.accountId))
  if (lacking === undefined) return
  const { accountId } = lacking.place
  const detail = `${arn} (${name}) is not in account ${accountId}: nobody is assigned to it there, so that it could be used by nobody.`
  throw new SallyportError('permission_set_not_provisioned', detail, {
    fields: [
      { pointer: `/entitlements/${lacking.position}`, detail: `is in account ${accountId}, which does not have the permission set` },
    ],
  })
}

function unmanaged({ file }: ActiveRules, asked: PrincipalArn, path: Path): UnmanagedPrincipal | null {
  const { partition, account, kind, name } = asked
  if (path === 'direct' || file.accounts.some(({ id }) => id === account)) return null
  const arn = `arn:${partition}:iam::${account}:${kind}${asked.path}${name}`
  return { kind, name, arn, accountId: account, uniqueId: null }
}

export const accountOf = (rules: ActiveRules) => async (id: string) =>
  rules.file.accounts.map((account) => ({ ...account, active: true })).find((account) => account.id === id) ?? null
