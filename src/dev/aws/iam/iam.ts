import type { Service } from '../action.ts'
import { authorizeIam } from '../permissions/authorize-iam.ts'
import { accountSummaryActions } from './account-summary.ts'
import { attachmentActions } from './attachments.ts'
import { authorizationDetailActions } from './authorization-details.ts'
import { boundaryActions } from './boundaries.ts'
import { findEntity, findModifiable, groups, roles, users } from './entity-kind.ts'
import { findPolicy } from './find-policy.ts'
import { groupActions } from './groups.ts'
import { inlinePolicyActions } from './inline-policies.ts'
import { managedPolicyActions } from './managed-policies.ts'
import { policyEntityActions } from './policy-entities.ts'
import { policyVersionActions } from './policy-versions.ts'
import { roleActions } from './roles.ts'
import { tagActions } from './tags.ts'
import { userActions } from './users.ts'

/** IAM, as far as Sallyport uses it. */
export const iam: Service = {
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  version: '2010-05-08',
  authorize: authorizeIam,
  actions: new Map([
    ...roleActions,
    ...userActions,
    ...groupActions,
    ...inlinePolicyActions(roles),
    ...inlinePolicyActions(users),
    ...inlinePolicyActions(groups),
    ...attachmentActions(roles),
    ...attachmentActions(users),
    ...attachmentActions(groups),
    ...boundaryActions(roles),
    ...boundaryActions(users),
    ...managedPolicyActions,
    ...policyVersionActions,
    ...policyEntityActions,
    ...tagActions('Role', { find: (call) => findEntity(roles, call), findModifiable: (call) => findModifiable(roles, call) }),
    ...tagActions('User', { find: (call) => findEntity(users, call), findModifiable: (call) => findModifiable(users, call) }),
    ...tagActions('Policy', { find: findPolicy, findModifiable: findPolicy }),
    ...authorizationDetailActions,
    ...accountSummaryActions,
  ]),
}
