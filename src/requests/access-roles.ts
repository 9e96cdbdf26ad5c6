import type { ObservedPrincipal } from '../catalog/index.ts'
import type { AccessRoleIdentity } from '../grants/index.ts'
import { accessRoleKey, accessRoleOf, permissionSetPattern } from '../policy/index.ts'
import type { UnmanagedPrincipal } from './parts.ts'
import type { RequestEntitlement } from './request.ts'

/** The access roles of a principal in the accounts of these entitlements, each with its own. */
export function accessRolesFor<Each extends Pick<RequestEntitlement, 'place'>>(
  principal: ObservedPrincipal | UnmanagedPrincipal,
  entitlements: readonly Each[],
  deploymentId: string,
): readonly { readonly role: AccessRoleIdentity; readonly entitlements: readonly Each[] }[] {
  const trusted = { arn: principal.arn, uniqueId: principal.uniqueId }
  const key = accessRoleKey(trusted)
  const accounts = new Map(entitlements.map(({ place }) => [place.accountId, place.partition]))
  return [...accounts].map(([id, partition]) => ({
    role: {
      kind: 'access_role',
      accountId: id,
      ...accessRoleOf({ id, partition }, deploymentId, key),
      uniqueId: key,
      principal: trusted,
    },
    entitlements: entitlements.filter(({ place }) => place.accountId === id),
  }))
}

/**
 * The principal as a target of its own, if its policies must let it assume one of the roles, and Sallyport may write them.
 * Within an account it is enough that the role names it (IAM User Guide, "Cross-account policy evaluation logic"); those of
 * a permission set's role are written by Identity Center alone.
 */
export function callerOf(
  principal: ObservedPrincipal | UnmanagedPrincipal,
  roles: readonly { readonly role: AccessRoleIdentity }[],
): ObservedPrincipal | null {
  if (principal.uniqueId === null || permissionSetPattern(principal.arn) !== null) return null
  return roles.some(({ role }) => role.accountId !== principal.accountId) ? principal : null
}
