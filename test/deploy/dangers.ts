import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import type { Filling, TierName } from './documents.ts'

/** Something that whoever has stolen the role's credentials would like to do. */
export interface Danger {
  readonly what: string
  readonly action: string
  readonly resource: string
  readonly context?: Readonly<Record<string, readonly string[]>>
  /** The tiers that cannot keep it from being done, as deploy/aws/README.md says; none unless said. */
  readonly possibleIn?: readonly TierName[]
  /** The call, for IAM's. */
  readonly send?: (iam: IAMClient) => Promise<unknown>
}

const anything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })

/**
 * What must be refused. In the account stand: a role `application` and a user `developer` without a boundary, a group
 * `developers`, a policy `others`, and `within`, an access role with the boundary.
 */
export function dangers({ partition, account, deployment, role, boundary }: Filling, trust: string): readonly Danger[] {
  const iam = (what: string): string => `arn:${partition}:iam::${account}:${what}`
  const administrator = `arn:${partition}:iam::aws:policy/AdministratorAccess`
  const path = `/sallyport/${deployment}/`
  const own = iam(`role/${role}`)
  const within = iam(`role${path}within`)
  const bounded = { 'iam:PermissionsBoundary': [boundary] }
  const unbounded = { 'iam:PermissionsBoundary': [] }
  const trustPolicy = { AssumeRolePolicyDocument: trust }
  const put = { PolicyName: 'p', PolicyDocument: anything }
  return [
    {
      what: 'attach AdministratorAccess to an access role',
      action: 'iam:AttachRolePolicy',
      resource: within,
      context: { ...bounded, 'iam:PolicyARN': [administrator] },
      send: (sdk) => sdk.send(new AttachRolePolicyCommand({ RoleName: 'within', PolicyArn: administrator })),
    },
    {
      what: 'attach AdministratorAccess to a role',
      action: 'iam:AttachRolePolicy',
      resource: iam('role/application'),
      context: { ...unbounded, 'iam:PolicyARN': [administrator] },
      send: (sdk) => sdk.send(new AttachRolePolicyCommand({ RoleName: 'application', PolicyArn: administrator })),
    },
    {
      what: 'attach AdministratorAccess to a user',
      action: 'iam:AttachUserPolicy',
      resource: iam('user/developer'),
      context: { ...unbounded, 'iam:PolicyARN': [administrator] },
      send: (sdk) => sdk.send(new AttachUserPolicyCommand({ UserName: 'developer', PolicyArn: administrator })),
    },
    {
      what: 'attach AdministratorAccess to a group',
      action: 'iam:AttachGroupPolicy',
      resource: iam('group/developers'),
      context: { 'iam:PolicyARN': [administrator] },
      send: (sdk) => sdk.send(new AttachGroupPolicyCommand({ GroupName: 'developers', PolicyArn: administrator })),
    },
    {
      what: 'put a policy on a role outside the path',
      action: 'iam:PutRolePolicy',
      resource: iam('role/application'),
      context: unbounded,
      possibleIn: ['any'],
      send: (sdk) => sdk.send(new PutRolePolicyCommand({ RoleName: 'application', ...put })),
    },
    {
      what: 'delete a policy of a role outside the path',
      action: 'iam:DeleteRolePolicy',
      resource: iam('role/application'),
      context: unbounded,
      possibleIn: ['any'],
      send: (sdk) => sdk.send(new DeleteRolePolicyCommand({ RoleName: 'application', PolicyName: 'p' })),
    },
    {
      what: 'put a policy on a user',
      action: 'iam:PutUserPolicy',
      resource: iam('user/developer'),
      context: unbounded,
      possibleIn: ['any'],
      send: (sdk) => sdk.send(new PutUserPolicyCommand({ UserName: 'developer', ...put })),
    },
    {
      what: 'put a policy on a group',
      action: 'iam:PutGroupPolicy',
      resource: iam('group/developers'),
      possibleIn: ['any'],
      send: (sdk) => sdk.send(new PutGroupPolicyCommand({ GroupName: 'developers', ...put })),
    },
    {
      what: 'create a role without the boundary',
      action: 'iam:CreateRole',
      resource: iam(`role${path}free`),
      context: unbounded,
      send: (sdk) => sdk.send(new CreateRoleCommand({ RoleName: 'free', Path: path, ...trustPolicy })),
    },
    {
      what: 'create a role with another boundary',
      action: 'iam:CreateRole',
      resource: iam(`role${path}free`),
      context: { 'iam:PermissionsBoundary': [administrator] },
      send: (sdk) => sdk.send(new CreateRoleCommand({ RoleName: 'free', Path: path, PermissionsBoundary: administrator, ...trustPolicy })),
    },
    {
      what: 'create a role outside the path',
      action: 'iam:CreateRole',
      resource: iam('role/free'),
      context: bounded,
      send: (sdk) => sdk.send(new CreateRoleCommand({ RoleName: 'free', PermissionsBoundary: boundary, ...trustPolicy })),
    },
    {
      what: 'take a boundary away',
      action: 'iam:DeleteRolePermissionsBoundary',
      resource: within,
      context: bounded,
      send: (sdk) => sdk.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'within' })),
    },
    {
      what: 'replace a boundary',
      action: 'iam:PutRolePermissionsBoundary',
      resource: within,
      context: { 'iam:PermissionsBoundary': [administrator] },
      send: (sdk) => sdk.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'within', PermissionsBoundary: administrator })),
    },
    {
      what: 'change what the boundary says',
      action: 'iam:CreatePolicyVersion',
      resource: boundary,
      send: (sdk) => sdk.send(new CreatePolicyVersionCommand({ PolicyArn: boundary, PolicyDocument: anything, SetAsDefault: true })),
    },
    {
      what: 'bring back what the boundary said',
      action: 'iam:SetDefaultPolicyVersion',
      resource: boundary,
      send: (sdk) => sdk.send(new SetDefaultPolicyVersionCommand({ PolicyArn: boundary, VersionId: 'v1' })),
    },
    {
      what: 'delete a version of the boundary',
      action: 'iam:DeletePolicyVersion',
      resource: boundary,
      send: (sdk) => sdk.send(new DeletePolicyVersionCommand({ PolicyArn: boundary, VersionId: 'v1' })),
    },
    {
      what: 'delete the boundary',
      action: 'iam:DeletePolicy',
      resource: boundary,
      send: (sdk) => sdk.send(new DeletePolicyCommand({ PolicyArn: boundary })),
    },
    {
      what: 'change a policy of others',
      action: 'iam:CreatePolicyVersion',
      resource: iam('policy/others'),
      send: (sdk) => sdk.send(new CreatePolicyVersionCommand({ PolicyArn: iam('policy/others'), PolicyDocument: anything })),
    },
    {
      what: 'create a policy outside the path',
      action: 'iam:CreatePolicy',
      resource: iam('policy/free'),
      send: (sdk) => sdk.send(new CreatePolicyCommand({ PolicyName: 'free', PolicyDocument: anything })),
    },
    {
      what: 'change whom a role outside the path trusts',
      action: 'iam:UpdateAssumeRolePolicy',
      resource: iam('role/application'),
      send: (sdk) => sdk.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'application', PolicyDocument: trust })),
    },
    {
      what: 'change whom it is trusted by itself',
      action: 'iam:UpdateAssumeRolePolicy',
      resource: own,
      send: (sdk) => sdk.send(new UpdateAssumeRolePolicyCommand({ RoleName: role, PolicyDocument: trust })),
    },
    {
      what: 'put a policy on itself',
      action: 'iam:PutRolePolicy',
      resource: own,
      context: unbounded,
      send: (sdk) => sdk.send(new PutRolePolicyCommand({ RoleName: role, ...put })),
    },
    {
      what: 'delete the policy that holds it back',
      action: 'iam:DeleteRolePolicy',
      resource: own,
      context: unbounded,
      send: (sdk) => sdk.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: 'never' })),
    },
    {
      what: 'lengthen its own sessions',
      action: 'iam:UpdateRole',
      resource: own,
      send: (sdk) => sdk.send(new UpdateRoleCommand({ RoleName: role, MaxSessionDuration: 43_200 })),
    },
    {
      what: 'delete a role outside the path',
      action: 'iam:DeleteRole',
      resource: iam('role/application'),
      send: (sdk) => sdk.send(new DeleteRoleCommand({ RoleName: 'application' })),
    },
    {
      what: 'give an access role a tag that others go by',
      action: 'iam:TagRole',
      resource: within,
      context: { 'aws:TagKeys': ['team'] },
      send: (sdk) => sdk.send(new TagRoleCommand({ RoleName: 'within', Tags: [{ Key: 'team', Value: 'dba' }] })),
    },
    {
      what: 'create a user',
      action: 'iam:CreateUser',
      resource: iam('user/free'),
      send: (sdk) => sdk.send(new CreateUserCommand({ UserName: 'free' })),
    },
    {
      what: 'create an access key',
      action: 'iam:CreateAccessKey',
      resource: iam('user/developer'),
      send: (sdk) => sdk.send(new CreateAccessKeyCommand({ UserName: 'developer' })),
    },
    {
      what: 'delete a user',
      action: 'iam:DeleteUser',
      resource: iam('user/developer'),
      send: (sdk) => sdk.send(new DeleteUserCommand({ UserName: 'developer' })),
    },
    {
      what: 'put a user into a group',
      action: 'iam:AddUserToGroup',
      resource: iam('group/developers'),
      send: (sdk) => sdk.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'developer' })),
    },
    {
      what: 'create a group',
      action: 'iam:CreateGroup',
      resource: iam('group/free'),
      send: (sdk) => sdk.send(new CreateGroupCommand({ GroupName: 'free' })),
    },
    { what: 'pass a role to a service', action: 'iam:PassRole', resource: within },
    { what: 'create a password', action: 'iam:CreateLoginProfile', resource: iam('user/developer') },
    { what: 'trust another identity provider', action: 'iam:CreateSAMLProvider', resource: iam('saml-provider/free') },
    { what: 'assume an access role', action: 'sts:AssumeRole', resource: within },
    { what: 'assume another role', action: 'sts:AssumeRole', resource: iam('role/application') },
    { what: 'connect', action: 'rds-db:connect', resource: `arn:${partition}:rds-db:us-east-2:${account}:dbuser:cluster-X/admin` },
    { what: 'change a database', action: 'rds:ModifyDBCluster', resource: `arn:${partition}:rds:us-east-2:${account}:cluster:orders` },
    { what: 'delete a database', action: 'rds:DeleteDBInstance', resource: `arn:${partition}:rds:us-east-2:${account}:db:orders` },
    { what: 'tag a database', action: 'rds:AddTagsToResource', resource: `arn:${partition}:rds:us-east-2:${account}:cluster:orders` },
    { what: 'assign a permission set', action: 'sso:CreateAccountAssignment', resource: `arn:${partition}:sso:::instance/ssoins-1` },
    {
      what: 'attach AdministratorAccess to a permission set',
      action: 'sso:AttachManagedPolicyToPermissionSet',
      resource: `arn:${partition}:sso:::permissionSet/ssoins-1/ps-1`,
    },
    { what: 'leave the organisation', action: 'organizations:LeaveOrganization', resource: '*' },
    { what: 'read a secret', action: 'secretsmanager:GetSecretValue', resource: '*' },
  ]
}
