const allow = (Action: unknown, Resource: unknown, rest: object = {}) => ({ Effect: 'Allow', Action, Resource, ...rest })
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

/** Policies that AWS shows as examples, or manages. All are as they should be. */
export const awsExamples: Readonly<Record<string, unknown>> = {
  // "Creating and using an IAM policy for IAM database access", with account numbers of twelve digits
  'one database user of a cluster': policy(
    allow(['rds-db:connect'], ['arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user']),
  ),
  'two database users of a cluster': policy(
    allow(
      ['rds-db:connect'],
      [
        'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe',
        'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/mary_roe',
      ],
    ),
  ),
  'all databases and users of an account and region': policy(
    allow(['rds-db:connect'], ['arn:aws:rds-db:us-east-2:123456789012:dbuser:*/*']),
  ),
  'one user of all databases': policy(allow(['rds-db:connect'], ['arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jane_doe'])),
  // The same page of the RDS User Guide, and "Connecting to a database through RDS Proxy"
  'one database user of an instance': policy(
    allow(['rds-db:connect'], ['arn:aws:rds-db:us-east-2:111122223333:dbuser:db-ABCDEFGHIJKL01234/db_user']),
  ),
  'one database user of a proxy': policy(
    allow('rds-db:connect', 'arn:aws:rds-db:us-east-2:111122223333:dbuser:prx-ABCDEFGHIJKL01234/db_user'),
  ),
  // Managed policies
  AdministratorAccess: policy(allow('*', '*')),
  AmazonRDSDataFullAccess: policy(
    {
      Sid: 'SecretsManagerDbCredentialsAccess',
      ...allow(['secretsmanager:GetSecretValue'], 'arn:aws:secretsmanager:*:*:secret:rds-db-credentials/*'),
    },
    {
      Sid: 'RDSDataServiceAccess',
      ...allow(['rds-data:BatchExecuteStatement', 'rds-data:BeginTransaction', 'rds-data:ExecuteStatement', 'tag:GetResources'], '*'),
    },
  ),
  AmazonRDSReadOnlyAccess: policy(allow(['rds:Describe*', 'rds:ListTagsForResource', 'ec2:DescribeVpcs'], '*')),
  // "Identity-based policy examples for Amazon Aurora"
  'describe all': policy({ Sid: 'AllowRDSDescribe', ...allow('rds:Describe*', '*') }),
  'create with a certain name': policy({
    Sid: 'AllowCreateDBInstanceOnly',
    ...allow('rds:CreateDBInstance', ['arn:aws:rds:*:123456789012:db:test*', 'arn:aws:rds:*:123456789012:pg:cluster-pg:default*']),
  }),
  'never delete one': policy({
    Sid: 'DenyDelete1',
    Effect: 'Deny',
    Action: 'rds:DeleteDBInstance',
    Resource: 'arn:aws:rds:us-west-2:123456789012:db:my-mysql-instance',
  }),
  'only what has a tag': policy({
    Sid: 'AllowDevTestToCreate',
    ...allow(['rds:ModifyDBInstance', 'rds:CreateDBSnapshot'], '*', {
      Condition: { StringEquals: { 'rds:db-tag/stage': ['development', 'test'] } },
    }),
  }),
  // IAM User Guide, "Example IAM identity-based policies"
  'all of RDS within a region': policy(allow('rds:*', ['arn:aws:rds:us-east-1:123456789012:*:*']), allow(['rds:Describe*'], ['*'])),
  'deny by the source address': policy({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] }, Bool: { 'aws:ViaAWSService': 'false' } },
  }),
  'deny by the requested region': policy({
    Sid: 'DenyAllOutsideRequestedRegions',
    Effect: 'Deny',
    NotAction: ['cloudfront:*', 'iam:*', 'route53:*', 'support:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
  }),
  'deny without a second factor': policy({
    Sid: 'DenyAllExceptListedIfNoMFA',
    Effect: 'Deny',
    NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'sts:GetSessionToken'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  }),
  'a folder of one’s own': policy(allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::amzn-s3-demo-bucket/${aws:username}/*'])),
  'NotAction where no database user is': policy({ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' }),
  'NotResource in a Deny': policy({
    Effect: 'Deny',
    Action: 's3:*',
    NotResource: ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'],
  }),
}
