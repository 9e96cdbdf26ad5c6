import { randomBytes } from 'node:crypto'
import type { Context } from '../action.ts'
import { awsPolicyAt } from '../iam/aws-policies.ts'
import { randomId } from '../random-id.ts'
import { type AccountState, accountOf, type Role } from '../state.ts'
import type { PermissionSet } from './identity-center-state.ts'

/** Managed policies on one role (IAM User Guide, "IAM and STS quotas"). */
const ATTACHED_QUOTA = 10

/**
 * Brings a permission set to an account, as a role that only Identity Center may change. Answers why it could not, and then
 * has changed nothing there; null if it could.
 */
export function provision(context: Context, set: PermissionSet, accountId: string): string | null {
  const account = accountOf(context.state, accountId)
  const own = set.references.map(({ name, path }) => `arn:${context.partition}:iam::${accountId}:policy${path}${name}`)
  const missing = [
    ...own.filter((arn) => !account.policies.some((policy) => policy.arn === arn)),
    ...set.managed.filter((arn) => awsPolicyAt(arn) === undefined),
  ]
  if (missing.length > 0) return `Received a 404 status error: Policy ${missing.join(', ')} does not exist or is not attachable.`
  const attached = [...set.managed, ...own]
  if (attached.length > ATTACHED_QUOTA) return `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${ATTACHED_QUOTA}`

  const role = roleOf(account, set, accountId) ?? newRole(context, account, set, accountId)
  role.inlinePolicies = set.inlinePolicy === null ? [] : [{ name: 'AwsSSOInlinePolicy', document: set.inlinePolicy }]
  role.attached = attached
  set.provisioned = [
    ...set.provisioned.filter((other) => other.account !== accountId),
    { account: accountId, role: role.name, revision: set.revision },
  ]
  return null
}

/** Takes a permission set out of an account, and its role with it. */
export function deprovision(context: Context, set: PermissionSet, accountId: string): void {
  const account = accountOf(context.state, accountId)
  const role = roleOf(account, set, accountId)
  account.roles = account.roles.filter((other) => other !== role)
  set.provisioned = set.provisioned.filter((other) => other.account !== accountId)
}

const roleOf = (account: AccountState, set: PermissionSet, accountId: string): Role | undefined => {
  const name = set.provisioned.find((each) => each.account === accountId)?.role
  return account.roles.find((role) => role.name === name)
}

/** Its suffix is new each time, also where the same set has been before. */
function newRole({ partition, region }: Context, account: AccountState, set: PermissionSet, accountId: string): Role {
  const name = `AWSReservedSSO_${set.name}_${randomBytes(8).toString('hex')}`
  // IAM Identity Center User Guide, "Referencing permission sets": the home region is in the path unless it is us-east-1.
  const path = `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`
  const role: Role = {
    name,
    path,
    arn: `arn:${partition}:iam::${accountId}:role${path}${name}`,
    uniqueId: randomId('AROA', 17),
    created: new Date().toISOString(),
    tags: [],
    inlinePolicies: [],
    attached: [],
    boundary: null,
    trusted: [],
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:${partition}:iam::${accountId}:saml-provider/AWSSSO_DO_NOT_DELETE` },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    }),
    description: set.description,
    maxSessionDuration: 43_200,
  }
  account.roles.push(role)
  return role
}
