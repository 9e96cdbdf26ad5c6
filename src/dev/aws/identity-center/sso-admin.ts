import type { JsonService } from '../json-action.ts'
import { assignmentActions } from './assignments.ts'
import { instanceActions } from './instances.ts'
import { permissionSetPolicyActions } from './permission-set-policies.ts'
import { permissionSetActions } from './permission-sets.ts'
import { provisioningActions } from './provisioning.ts'
import { tick } from './work.ts'

/** IAM Identity Center's administration, known to the SDK as SSO Admin. */
export const ssoAdmin: JsonService = {
  target: 'SWBExternalService',
  actions: new Map([
    ...instanceActions,
    ...permissionSetActions,
    ...permissionSetPolicyActions,
    ...provisioningActions,
    ...assignmentActions,
  ]),
  tick,
}
