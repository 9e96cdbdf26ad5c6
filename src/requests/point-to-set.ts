import { SallyportError } from '../kernel/errors.ts'
import { reservedRole } from '../policy/index.ts'
import type { Asked } from './draft-request.ts'
import type { ActiveRules, RequestParts } from './parts.ts'

/** Drafts a request; where it is refused because its principal is a role of Identity Center's, with the permission set to ask for. */
export async function pointingToSet<T>(
  { permissionSets }: Pick<RequestParts, 'permissionSets'>,
  { file }: ActiveRules,
  { principal }: Pick<Asked, 'principal'>,
  draft: () => T,
): Promise<T> {
  try {
    return draft()
  } catch (error) {
    const role = reservedRole(principal)
    if (!(error instanceof SallyportError) || error.code !== 'unsupported_principal' || role === null) throw error
    const arn = await permissionSets.named(file, role.account, role.permissionSet)
    if (arn === null) throw error
    throw new SallyportError('unsupported_principal', `${error.message} The permission set is ${arn}.`, { fields: error.fields })
  }
}
