import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  GetGroupCommand,
  GetRoleCommand,
  type ManagedPolicyDetail,
  type PolicyDetail,
} from '@aws-sdk/client-iam'
import type { AccountDetails, AccountDetailsSession, EntityDetails, EntityUsers, ManagedPolicyDetails } from './account-details.ts'
import { allPages, decodeDocument, given, orNullIfGone } from './answer.ts'
import type { Send, Sender } from './attempts.ts'
import type { IamEntity, InlinePolicy } from './iam-entity.ts'

/** The part of AccountSession that reads more than one entity's policies. */
export const authorizationDetails = (sender: Sender): AccountDetailsSession => ({
  getAccountDetails: () => getAccountDetails(sender('of the account')),
  getEntityUsers: (entity) => orNullIfGone(getEntityUsers(sender(entity.name), entity)),
})

/** Few enough to be answered within the request timeout, whatever the documents; the most that IAM takes is 1,000. */
export const DETAILS_PAGE = 200

async function getAccountDetails(send: Send): Promise<AccountDetails> {
  const pages = await allPages(
    (Marker) => send(new GetAccountAuthorizationDetailsCommand({ Marker, MaxItems: DETAILS_PAGE })),
    (page) => [page],
  )
  return { entities: pages.flatMap(entitiesOf), policies: pages.flatMap(({ Policies = [] }) => Policies.map(policyOf)) }
}

const entitiesOf = (page: GetAccountAuthorizationDetailsResponse): EntityDetails[] => [
  ...(page.UserDetailList ?? []).map((user) => ({
    kind: 'user' as const,
    ...identityOf(user.UserName, user.Arn, user.UserId),
    inline: inlineOf(user.UserPolicyList),
    attached: attachedOf(user.AttachedManagedPolicies),
    boundary: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    groups: user.GroupList ?? [],
    trust: null,
  })),
  ...(page.GroupDetailList ?? []).map((group) => ({
    kind: 'group' as const,
    ...identityOf(group.GroupName, group.Arn, group.GroupId),
    inline: inlineOf(group.GroupPolicyList),
    attached: attachedOf(group.AttachedManagedPolicies),
    boundary: null,
    groups: [],
    trust: null,
  })),
  ...(page.RoleDetailList ?? []).map((role) => ({
    kind: 'role' as const,
    ...identityOf(role.RoleName, role.Arn, role.RoleId),
    inline: inlineOf(role.RolePolicyList),
    attached: attachedOf(role.AttachedManagedPolicies),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    groups: [],
    trust: decodeDocument(given(role.AssumeRolePolicyDocument), `that role ${role.RoleName} is trusted by`),
  })),
]

const identityOf = (name: string | undefined, arn: string | undefined, uniqueId: string | undefined) => ({
  name: given(name),
  arn: given(arn),
  uniqueId: given(uniqueId),
})

const inlineOf = (policies: PolicyDetail[] = []): InlinePolicy[] =>
  policies.map(({ PolicyName, PolicyDocument }) => {
    const name = given(PolicyName)
    return { name, document: decodeDocument(given(PolicyDocument), name) }
  })

const attachedOf = (policies: AttachedPolicy[] = []): string[] => policies.map(({ PolicyArn }) => given(PolicyArn))

function policyOf({ Arn, DefaultVersionId, PolicyVersionList }: ManagedPolicyDetail): ManagedPolicyDetails {
  const arn = given(Arn)
  const versions = given(PolicyVersionList)
  const current = given(versions.find(({ VersionId }) => VersionId === DefaultVersionId))
  return {
    arn,
    name: arn.slice(arn.lastIndexOf('/') + 1), // moto has it nowhere else
    version: given(current.VersionId),
    versions: versions.length,
    document: decodeDocument(given(current.Document), arn),
  }
}

async function getEntityUsers(send: Send, { kind, name }: IamEntity): Promise<EntityUsers> {
  if (kind === 'user') return { kind }
  if (kind === 'role') {
    const { Role: role } = await send(new GetRoleCommand({ RoleName: name }))
    return { kind, trust: decodeDocument(given(role?.AssumeRolePolicyDocument), `that role ${name} is trusted by`) }
  }
  const members = await allPages(
    (Marker) => send(new GetGroupCommand({ GroupName: name, Marker })),
    (page) => page.Users,
  )
  return { kind, members: members.map(({ Arn }) => given(Arn)) }
}
