import { type Actions, reads } from '../action.ts'
import { ATTACHED_QUOTA } from './attachments.ts'
import { groups, roles, users } from './entity-kind.ts'
import { GROUPS_PER_USER } from './groups.ts'
import { POLICIES_QUOTA, SIZE_QUOTA } from './managed-policies.ts'
import { VERSIONS_QUOTA } from './policy-versions.ts'
import { TRUST_POLICY_QUOTA } from './trust-policy.ts'
import { KEYS_PER_USER } from './users.ts'

/** How much there is of what in the account, and its quotas. */
export const accountSummaryActions: Actions = [
  [
    'GetAccountSummary',
    reads(({ account }) => {
      const summary = {
        Users: account.users.length,
        UsersQuota: users.perAccount,
        Groups: account.groups.length,
        GroupsQuota: groups.perAccount,
        Roles: account.roles.length,
        RolesQuota: roles.perAccount,
        Policies: account.policies.length,
        PoliciesQuota: POLICIES_QUOTA,
        PolicySizeQuota: SIZE_QUOTA,
        PolicyVersionsInUse: account.policies.reduce((sum, { versions }) => sum + versions.length, 0),
        VersionsPerPolicyQuota: VERSIONS_QUOTA,
        AttachedPoliciesPerUserQuota: ATTACHED_QUOTA,
        AttachedPoliciesPerGroupQuota: ATTACHED_QUOTA,
        AttachedPoliciesPerRoleQuota: ATTACHED_QUOTA,
        UserPolicySizeQuota: users.inlineQuota,
        GroupPolicySizeQuota: groups.inlineQuota,
        RolePolicySizeQuota: roles.inlineQuota,
        AssumeRolePolicySizeQuota: TRUST_POLICY_QUOTA,
        GroupsPerUserQuota: GROUPS_PER_USER,
        AccessKeysPerUserQuota: KEYS_PER_USER,
      }
      return { SummaryMap: { entry: Object.entries(summary).map(([key, value]) => ({ key, value })) } }
    }),
  ],
]
