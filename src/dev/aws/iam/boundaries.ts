import { type Actions, type Call, writes } from '../action.ts'
import type { Role, User } from '../state.ts'
import { type EntityKind, findModifiable } from './entity-kind.ts'
import { checkAttachable, policyArnOf } from './find-policy.ts'

const PARAMETER = 'PermissionsBoundary'

/** Put and delete the permissions boundary, of roles or users. */
export const boundaryActions = <E extends Role | User>(kind: EntityKind<E>): Actions => [
  [
    `Put${kind.noun}PermissionsBoundary`,
    writes((call) => {
      const entity = findModifiable(kind, call)
      const boundary = policyArnOf(call, PARAMETER)
      checkAttachable(call, boundary)
      entity.boundary = boundary
      return null
    }),
  ],
  [
    `Delete${kind.noun}PermissionsBoundary`,
    writes((call) => {
      findModifiable(kind, call).boundary = null
      return null
    }),
  ],
]

/** The boundary that a call brings for the entity it makes, if any. Throws NoSuchEntity unless it is a managed policy that exists. */
export function boundaryOf(call: Call): string | null {
  if (call.parameters.get(PARAMETER) === null) return null
  const boundary = policyArnOf(call, PARAMETER)
  checkAttachable(call, boundary)
  return boundary
}
