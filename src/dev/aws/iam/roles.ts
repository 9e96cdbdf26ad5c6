import { type Actions, writes } from '../action.ts'
import type { TextConstraint } from '../protocol/parameters.ts'
import { entityActions, getAction } from './entities.ts'
import { findModifiable, roles } from './entity-kind.ts'
import { trustPolicyOf } from './trust-policy.ts'

const descriptionConstraint: TextConstraint = { min: 0, max: 1000, pattern: '[\\t\\n\\r\\u0020-\\u007E\\u00A1-\\u00FF]*' }
const sessionSeconds = { min: 3600, max: 43_200 }

/** What only roles have: a trust policy, a description and a longest session. */
export const roleActions: Actions = [
  ...entityActions(roles, {
    complete: (entity, call) => ({
      ...entity,
      ...trustPolicyOf(call, 'AssumeRolePolicyDocument'),
      description: call.parameters.optionalText('Description', descriptionConstraint),
      maxSessionDuration: call.parameters.optionalInteger('MaxSessionDuration', sessionSeconds) ?? 3600,
    }),
    holdsBack: () => null,
  }),
  getAction(roles),
  [
    'UpdateAssumeRolePolicy',
    writes((call) => {
      Object.assign(findModifiable(roles, call), trustPolicyOf(call, 'PolicyDocument'))
      return null
    }),
  ],
  [
    'UpdateRole',
    writes((call) => {
      const role = findModifiable(roles, call)
      role.description = call.parameters.optionalText('Description', descriptionConstraint) ?? role.description
      // "If you do not specify a value for this setting, the default value of one hour is applied" (API_UpdateRole).
      role.maxSessionDuration = call.parameters.optionalInteger('MaxSessionDuration', sessionSeconds) ?? 3600
      return {}
    }),
  ],
]
