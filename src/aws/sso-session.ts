import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DescribePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin'
import type { WriteGuard } from './account.ts'
import { allPages, given, orNullIfGone } from './answer.ts'
import { followed } from './attempts.ts'
import type { IdentityCenterSession, PermissionSetPolicies } from './identity-center.ts'
import { whenGone, written } from './receipt.ts'

type CommandOf<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof SSOAdminClient.prototype.send<Input, Output>
>[0]

/** IdentityCenterSession by the SSO Admin API, over a client that has the administering account's credentials. */
export function ssoSession(client: SSOAdminClient, InstanceArn: string): IdentityCenterSession {
  const sender =
    (about: string, guard?: WriteGuard) =>
    <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(command: CommandOf<Input, Output>): Promise<Output> =>
      followed(command, about, guard, () => client.send(command))

  const getInlinePolicy = async (arn: string): Promise<string | null> => {
    const { InlinePolicy } = await sender(arn)(new GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn: arn }))
    return InlinePolicy === undefined || InlinePolicy === '' ? null : InlinePolicy // AWS answers an empty text where there is none
  }

  const getPolicies = async (PermissionSetArn: string): Promise<PermissionSetPolicies> => {
    const send = sender(PermissionSetArn)
    const [inlinePolicy, references, awsManaged] = await Promise.all([
      getInlinePolicy(PermissionSetArn),
      allPages(
        (NextToken) => send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken })),
        (page) => page.CustomerManagedPolicyReferences,
      ),
      allPages(
        (NextToken) => send(new ListManagedPoliciesInPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken })),
        (page) => page.AttachedManagedPolicies,
      ),
    ])
    return {
      inlinePolicy,
      references: references.map(({ Name, Path }) => ({ name: given(Name), path: Path ?? '/' })),
      awsManaged: awsManaged.map(({ Arn }) => given(Arn)),
    }
  }

  return {
    getPermissionSet: async (arn) => {
      const found = await orNullIfGone(sender(arn)(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn: arn })))
      return found === null ? null : { name: given(found.PermissionSet?.Name) }
    },

    getPolicies: (arn) => orNullIfGone(getPolicies(arn)),

    getInlinePolicy,

    listAccounts: (PermissionSetArn) =>
      allPages(
        (NextToken) =>
          sender(PermissionSetArn)(
            new ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken, MaxResults: 100 }),
          ),
        (page) => page.AccountIds,
      ),

    listAssignees: async (PermissionSetArn, AccountId) => {
      const assignments = await allPages(
        (NextToken) =>
          sender(PermissionSetArn)(
            new ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId, NextToken, MaxResults: 100 }),
          ),
        (page) => page.AccountAssignments,
      )
      return assignments.map(({ PrincipalType, PrincipalId }) => ({
        kind: PrincipalType === 'GROUP' ? 'group' : 'user',
        id: given(PrincipalId),
      }))
    },

    listPermissionSets: (AccountId) =>
      allPages(
        (NextToken) =>
          sender(AccountId)(new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId, NextToken, MaxResults: 100 })),
        (page) => page.PermissionSets,
      ),

    putInlinePolicy: (arn, document, guard) =>
      written(
        sender(arn, guard)(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn: arn, InlinePolicy: document })),
      ),

    deleteInlinePolicy: (arn, guard) =>
      whenGone(written(sender(arn, guard)(new DeleteInlinePolicyFromPermissionSetCommand({ InstanceArn, PermissionSetArn: arn })))),

    attachReference: (arn, { name: Name, path: Path }, guard) =>
      written(
        sender(
          arn,
          guard,
        )(
          new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
            InstanceArn,
            PermissionSetArn: arn,
            CustomerManagedPolicyReference: { Name, Path },
          }),
        ),
      ),

    provision: async (arn, TargetId, guard) => {
      const { PermissionSetProvisioningStatus: begun, $metadata } = await sender(
        `${arn} in ${TargetId}`,
        guard,
      )(new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn: arn, TargetType: 'AWS_ACCOUNT', TargetId }))
      return { awsRequestId: $metadata.requestId ?? null, provisioningId: given(begun?.RequestId) }
    },

    getProvisioning: async (id) => {
      const found = await orNullIfGone(
        sender(id)(new DescribePermissionSetProvisioningStatusCommand({ InstanceArn, ProvisionPermissionSetRequestId: id })),
      )
      if (found === null) return null
      const { Status, FailureReason } = given(found.PermissionSetProvisioningStatus)
      return { status: given(Status), failure: FailureReason ?? null }
    },
  }
}
