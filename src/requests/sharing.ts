import { lookUpUsers, type PermissionSet, type Principal } from '../catalog/index.ts'
import { type SeenPrincipal, type SharedWith, sharedAsSeen, sharedByAssignment, sharedWith } from '../snapshot/index.ts'
import { type ActiveRules, accountOf, type RequestParts, type UnmanagedPrincipal } from './parts.ts'
import { byAccount, type RequestEntitlement } from './request.ts'

interface Shared {
  readonly principal: Principal | UnmanagedPrincipal | PermissionSet
  /** As the last sweep saw whoever has the ARN of the principal. */
  readonly seen: SeenPrincipal | null
  readonly entitlements: readonly RequestEntitlement[]
}

/**
 * Who can use a principal: as the last sweep saw it, or else as AWS says; of a permission set who is assigned to it in the
 * accounts of the databases. Null if nobody tells, or its account is not managed.
 */
export async function sharingOf(
  parts: RequestParts,
  rules: ActiveRules,
  { principal, seen, entitlements }: Shared,
): Promise<SharedWith | null> {
  if (principal.uniqueId === null) return null
  if (principal.kind === 'permission-set') {
    const accounts = [...byAccount(entitlements).keys()]
    const assignees = await parts.permissionSets.assignees(rules.file, principal, accounts)
    return assignees === null ? null : sharedByAssignment(assignees, accounts)
  }
  if (seen?.uniqueId === principal.uniqueId) return sharedAsSeen(seen)
  const users = await lookUpUsers(parts.aws, accountOf(rules))(principal)
  return users === null ? null : sharedWith(users)
}
