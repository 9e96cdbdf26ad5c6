import { accessRole, entity, type Permission, type Place } from './needed-permissions.ts'

/**
 * What no tier needs, and with which whoever takes the role over could give himself more than database access, or break
 * something: a sample, by which a role that is too wide shows itself.
 */
export function excesses(place: Place, ownRole: string): readonly Permission[] {
  const { partition, account } = place
  const administrator = `arn:${partition}:iam::aws:policy/AdministratorAccess`
  const [role, user, group] = [entity(place, 'Role'), entity(place, 'User'), entity(place, 'Group')]
  const policy = `arn:${partition}:iam::${account}:policy/any`
  const unbounded = { 'iam:PermissionsBoundary': [] }
  const wishes: readonly [action: string, resource: string, context?: Permission['context']][] = [
    ['iam:PutRolePolicy', ownRole],
    ['iam:UpdateAssumeRolePolicy', ownRole],
    ['iam:AttachRolePolicy', role, { 'iam:PolicyARN': [administrator] }],
    ['iam:AttachUserPolicy', user, { 'iam:PolicyARN': [administrator] }],
    ['iam:AttachGroupPolicy', group, { 'iam:PolicyARN': [administrator] }],
    ['iam:CreateRole', role],
    ['iam:CreateRole', accessRole(place), unbounded],
    ['iam:UpdateAssumeRolePolicy', role],
    ['iam:DeleteRolePermissionsBoundary', role],
    ['iam:PutRolePermissionsBoundary', accessRole(place), { 'iam:PermissionsBoundary': [administrator] }],
    ['iam:CreatePolicyVersion', policy],
    ['iam:SetDefaultPolicyVersion', policy],
    ['iam:PassRole', role],
    ['iam:CreateUser', user],
    ['iam:CreateAccessKey', user],
    ['iam:CreateLoginProfile', user],
    ['iam:AddUserToGroup', group],
    ['sts:AssumeRole', role],
    ['rds-db:connect', `arn:${partition}:rds-db:us-east-1:${account}:dbuser:cluster-ANY/any`],
    ['rds:ModifyDBCluster', `arn:${partition}:rds:us-east-1:${account}:cluster:any`],
    ['rds:DeleteDBCluster', `arn:${partition}:rds:us-east-1:${account}:cluster:any`],
  ]
  return wishes.map(([action, resource, context = {}]) => ({ action, resource, context, bounded: false }))
}
