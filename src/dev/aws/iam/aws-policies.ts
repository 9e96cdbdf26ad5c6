/** One of AWS's own managed policies. */
export interface AwsPolicy {
  readonly name: string
  readonly arn: string
  readonly uniqueId: string
  readonly version: string
  readonly created: string
  readonly document: string
}

type Statement = Readonly<Record<string, string | readonly string[]>>

const documentOf = (...statements: Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })

/**
 * A few that every account can attach (AWS Managed Policy Reference Guide). ReadOnlyAccess is far longer at AWS: what it
 * says of IAM, RDS, STS and Identity Center is here, and nothing in it is of rds-db.
 */
const policies: readonly Omit<AwsPolicy, 'arn'>[] = [
  {
    name: 'AdministratorAccess',
    uniqueId: 'ANPAIWMBCKSKIEE64ZLYK',
    version: 'v1',
    created: '2015-02-06T18:39:46.000Z',
    document: documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }),
  },
  {
    name: 'IAMFullAccess',
    uniqueId: 'ANPAI7XKCFMBPM3QQRRVQ',
    version: 'v2',
    created: '2015-02-06T18:40:38.000Z',
    document: documentOf({
      Effect: 'Allow',
      Action: ['iam:*', 'organizations:DescribeAccount', 'organizations:DescribeOrganization', 'organizations:ListPolicies'],
      Resource: '*',
    }),
  },
  {
    name: 'PowerUserAccess',
    uniqueId: 'ANPAJYRXTHIB4FOVS3ZXS',
    version: 'v12',
    created: '2015-02-06T18:39:47.000Z',
    document: documentOf(
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'],
        Resource: '*',
      },
    ),
  },
  {
    name: 'ReadOnlyAccess',
    uniqueId: 'ANPAILL3HVNFSB6DCOWYQ',
    version: 'v182',
    created: '2015-02-06T18:39:48.000Z',
    document: documentOf({
      Effect: 'Allow',
      Action: [
        'iam:Generate*',
        'iam:Get*',
        'iam:List*',
        'iam:Simulate*',
        'rds:Describe*',
        'rds:Download*',
        'rds:List*',
        'sso:Describe*',
        'sso:Get*',
        'sso:List*',
        'sts:GetCallerIdentity',
      ],
      Resource: '*',
    }),
  },
]

/** Those of a partition. */
export const awsPolicies = (partition: string): readonly AwsPolicy[] =>
  policies.map((policy) => ({ ...policy, arn: `arn:${partition}:iam::aws:policy/${policy.name}` }))

/** The one that an ARN names, if it is here. */
export const awsPolicyAt = (arn: string): AwsPolicy | undefined => awsPolicies(arn.split(':')[1] ?? '').find((policy) => policy.arn === arn)
