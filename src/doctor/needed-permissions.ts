import { managedPath, policyName } from '../policy/index.ts'

/** Where a role of Sallyport's acts. */
export interface Place {
  readonly partition: string
  readonly account: string
  readonly deploymentId: string
}

/** One call as policies see it: an action, an ARN that it could be about, and what is known of the request. */
export interface Permission {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, readonly string[]>>
  /** IAM says within which permissions boundary the role or user is (`iam:PermissionsBoundary`), and policies may ask. */
  readonly bounded: boolean
}

const permission = (action: string, resource: string, more: Partial<Permission> = {}): Permission => ({
  action,
  resource,
  context: {},
  bounded: false,
  ...more,
})

const all = (service: string, names: readonly string[], resource: string, more?: Partial<Permission>): Permission[] =>
  names.map((name) => permission(`${service}:${name}`, resource, more))

const arnIn = ({ partition, account }: Place, what: string): string => `arn:${partition}:iam::${account}:${what}`

/** What Sallyport reads in every account, whatever the tier. GetCallerIdentity needs no permission. */
export const reading = (place: Place): readonly Permission[] => [
  ...(['Role', 'User', 'Group'] as const).flatMap((kind) =>
    all('iam', [`Get${kind}`, `Get${kind}Policy`, `List${kind}Policies`, `ListAttached${kind}Policies`], entity(place, kind)),
  ),
  ...all('iam', ['GetPolicyVersion', 'ListPolicyVersions'], ownPolicy(place)),
  ...all('iam', ['GetAccountAuthorizationDetails', 'GetAccountSummary', 'ListRoles'], '*'),
  ...all(
    'rds',
    ['Clusters', 'Instances', 'Proxies', 'ClusterEndpoints', 'ProxyEndpoints', 'ProxyTargets'].map((what) => `DescribeDB${what}`),
    '*',
  ),
  permission('rds:ListTagsForResource', '*'),
]

/** What it changes in every tier: access roles, and managed policies under its own path. A role is made with tags. */
export const ownEntities = (place: Place): readonly Permission[] => [
  ...all('iam', ['CreateRole', 'PutRolePermissionsBoundary', 'PutRolePolicy', 'DeleteRolePolicy'], accessRole(place), { bounded: true }),
  ...attaching(place, 'Role', accessRole(place)),
  ...all('iam', ['UpdateAssumeRolePolicy', 'UpdateRole', 'DeleteRole'], accessRole(place)),
  permission('iam:TagRole', accessRole(place), { context: { 'aws:TagKeys': ['sallyport:deployment'] } }),
  ...all('iam', ['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'DeletePolicy'], ownPolicy(place)),
]

/** What it changes on a principal that is given access directly. IAM knows no boundary of groups. */
export const onPrincipal = (place: Place, kind: PrincipalKind, arn: string): readonly Permission[] => [
  ...all('iam', [`Put${kind}Policy`, `Delete${kind}Policy`], arn, { bounded: kind !== 'Group' }),
  ...attaching(place, kind, arn),
]

/** What it changes on a principal to guard it. */
export const onGuarded = (place: Place, kind: PrincipalKind, arn: string): readonly Permission[] => attaching(place, kind, arn)

/** What it does with permission sets, in the account that administers IAM Identity Center. */
export const permissionSets = ({ partition }: Place, arn: string): readonly Permission[] => [
  ...all(
    'sso',
    [
      'DescribePermissionSet',
      'DescribePermissionSetProvisioningStatus',
      'GetInlinePolicyForPermissionSet',
      'GetPermissionsBoundaryForPermissionSet',
      'ListAccountAssignments',
      'ListAccountsForProvisionedPermissionSet',
      'ListCustomerManagedPolicyReferencesInPermissionSet',
      'ListInstances',
      'ListManagedPoliciesInPermissionSet',
      'ListPermissionSetProvisioningStatus',
      'ListPermissionSets',
      'ListPermissionSetsProvisionedToAccount',
      'ListTagsForResource',
    ],
    '*',
  ),
  ...all('identitystore', ['DescribeGroup', 'DescribeUser', 'ListGroupMemberships'], '*'),
  // These are about several resources at once, and must be allowed on each.
  ...[arn, `arn:${partition}:sso:::instance/ssoins-0000000000000000`].flatMap((resource) =>
    all(
      'sso',
      [
        'AttachCustomerManagedPolicyReferenceToPermissionSet',
        'DeleteInlinePolicyFromPermissionSet',
        'DetachCustomerManagedPolicyReferenceFromPermissionSet',
        'ProvisionPermissionSet',
        'PutInlinePolicyToPermissionSet',
      ],
      resource,
    ),
  ),
]

export type PrincipalKind = 'Role' | 'User' | 'Group'

/** The ARN of a role, user or group that nobody has: it stands for any. */
export const entity = (place: Place, kind: PrincipalKind): string => arnIn(place, `${kind.toLowerCase()}/any`)

/** The ARN of an access role. */
export const accessRole = (place: Place): string => arnIn(place, `role${managedPath(place.deploymentId)}any`)

const ownPolicy = (place: Place): string => arnIn(place, `policy${managedPath(place.deploymentId)}${policyName(place.deploymentId)}-any`)

const attaching = (place: Place, kind: PrincipalKind, arn: string): Permission[] =>
  all('iam', [`Attach${kind}Policy`, `Detach${kind}Policy`], arn, {
    context: { 'iam:PolicyARN': [ownPolicy(place)] },
    bounded: kind !== 'Group',
  })
