import type { DatabaseFacts } from '../../../src/policy/database-facts.ts'
import type { FindingCode } from '../../../src/policy/lint/finding.ts'

const here = { partition: 'aws', region: 'us-east-2', account: '123456789012' } as const

/** What the catalog knows in the table below. */
export const catalog: readonly DatabaseFacts[] = [
  {
    ...here,
    kind: 'cluster',
    resourceId: 'cluster-ABCDEFGHIJKL01234',
    identifier: 'orders',
    engine: 'aurora-postgresql',
    dbUsers: ['jane_doe', 'mary_roe'],
    members: [{ resourceId: 'db-MEMBEROFORDERS0123', identifier: 'orders-1' }],
  },
  { ...here, kind: 'instance', resourceId: 'db-ABCDEFGHIJKL01234', identifier: 'ledger', engine: 'mysql', dbUsers: null, members: [] },
]

export interface Planted {
  readonly code: FindingCode
  readonly what: string
  /** The whole policy, or the statement that is different from a good one. */
  readonly policy?: unknown
  readonly statement?: object
  /** In place of a good resource. */
  readonly resource?: unknown
  readonly at: string
  /** A part of what is said. */
  readonly says: string
  readonly corrected?: string
  /** The account in which the policy is to stand. */
  readonly account?: string
}

const place = 'arn:aws:rds-db:us-east-2:123456789012:dbuser'
export const good = `${place}:cluster-ABCDEFGHIJKL01234/jane_doe`
const resource = '/Statement/0/Resource'

/** One mistake a line: each must give this one finding and no other. */
export const plantedMistakes: readonly Planted[] = [
  // The document
  {
    code: 'not_json',
    what: 'a comma too many',
    policy: '{\n  "Version": "2012-10-17",\n  "Statement": [],\n}',
    at: '',
    says: 'line 3, column 18: a "," stands before "}"',
  },
  { code: 'not_json', what: 'a comma too few', policy: '{"Version": "2012-10-17" "Statement": []}', at: '', says: 'column 26' },
  { code: 'not_json', what: 'an end too early', policy: '{"Statement": [', at: '', says: 'it ends where a value or "]" should come' },
  { code: 'not_json', what: 'single quotes', policy: "{'Version': '2012-10-17'}", at: '', says: "'…'" },
  { code: 'not_json', what: 'a comment', policy: '{ // who may connect\n}', at: '', says: 'a comment' },
  { code: 'not_json', what: 'a text over two lines', policy: '{"Version": "2012\n-10-17"}', at: '', says: 'does not end on its line' },
  { code: 'not_json', what: 'a byte order mark', policy: '\ufeff{}', at: '', says: 'a byte order mark (U+FEFF)' },
  { code: 'not_json', what: 'no policy at all', policy: '', at: '', says: 'line 1, column 1: it ends where a value should come' },
  {
    code: 'not_a_policy',
    what: 'an effect in small letters',
    statement: { Effect: 'allow' },
    at: '/Statement/0/Effect',
    says: 'must be "Allow" or "Deny"',
  },
  { code: 'not_a_policy', what: 'a name given twice', policy: '{"Statement": [], "Statement": []}', at: '/Statement', says: 'given twice' },
  {
    code: 'not_a_policy',
    what: 'a principal where the policy belongs to one',
    statement: { Principal: '*' },
    at: '/Statement/0/Principal',
    says: 'is not possible in an identity policy',
  },
  {
    code: 'too_long',
    what: 'more than any role takes',
    resource: Array.from({ length: 200 }, (_, index) => `${place}:db-ABCDEFGHIJKL01234/reader_${index}`),
    at: '',
    says: 'takes more than 10240',
  },
  {
    code: 'version_missing',
    what: 'no version',
    policy: { Statement: { Effect: 'Allow', Action: 'rds-db:connect', Resource: good } },
    at: '/Version',
    says: 'read in the language of 2008-10-17',
    corrected: '2012-10-17',
  },
  {
    code: 'variable_in_old_version',
    what: 'a variable in the older language',
    policy: {
      Version: '2008-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource: good,
        Condition: { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } },
      },
    },
    at: '/Statement/Condition/StringEquals/aws:ResourceTag~1owner',
    says: '"${aws:username}" holds a policy variable',
  },
  // Actions
  {
    code: 'rds_action',
    what: 'rds: for rds-db:',
    statement: { Action: ['rds:connect'] },
    at: '/Statement/0/Action/0',
    says: 'the prefix is "rds-db:"',
    corrected: 'rds-db:connect',
  },
  {
    code: 'rds_action',
    what: 'all of rds: on a database user',
    statement: { Action: 'rds:*' },
    at: '/Statement/0/Action',
    says: 'lets nobody connect',
    corrected: 'rds-db:connect',
  },
  {
    code: 'action_misspelt',
    what: 'a letter too few',
    statement: { Action: 'rds-db:conect' },
    at: '/Statement/0/Action',
    says: '"rds-db:conect"',
    corrected: 'rds-db:connect',
  },
  {
    code: 'action_misspelt',
    what: 'no hyphen',
    statement: { Action: 'rdsdb:connect' },
    at: '/Statement/0/Action',
    says: 'no action of IAM',
    corrected: 'rds-db:connect',
  },
  {
    code: 'action_misspelt',
    what: 'another word',
    statement: { Action: ['rds-db:login'] },
    at: '/Statement/0/Action/0',
    says: 'no action of IAM',
    corrected: 'rds-db:connect',
  },
  {
    code: 'other_actions',
    what: 'managing in the same statement',
    statement: { Action: ['rds-db:connect', 'rds:DescribeDBInstances'] },
    at: '/Statement/0/Action/1',
    says: '"rds:DescribeDBInstances" stands in one statement with connecting',
  },
  // The form of the resource
  {
    code: 'rds_resource',
    what: 'rds: for rds-db:',
    resource: good.replace('rds-db', 'rds'),
    at: resource,
    says: 'service is "rds-db"',
    corrected: good,
  },
  {
    code: 'rds_resource',
    what: 'the ARN of a cluster',
    resource: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
    at: resource,
    says: 'Write arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db-user with',
  },
  {
    code: 'rds_resource',
    what: 'the ARN of an instance of a cluster',
    resource: 'arn:aws:rds:us-east-2:123456789012:db:orders-1',
    at: resource,
    says: 'Write arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db-user with',
  },
  {
    code: 'resource_form',
    what: 'a slash for a colon',
    resource: 'arn:aws:rds-db:us-east-2:123456789012:dbuser/cluster-ABCDEFGHIJKL01234/jane_doe',
    at: resource,
    says: 'matches none',
    corrected: good,
  },
  {
    code: 'resource_form',
    what: 'no database user',
    resource: `${place}:cluster-ABCDEFGHIJKL01234/`,
    at: resource,
    says: 'after the slash',
  },
  {
    code: 'resource_form',
    what: 'no resource id',
    resource: `${place}:/jane_doe`,
    at: resource,
    says: 'the resource id after "dbuser:" is missing',
  },
  { code: 'resource_form', what: 'a resource of another service', resource: 'arn:aws:s3:::orders/*', at: resource, says: 'matches none' },
  { code: 'resource_form', what: 'no ARN', resource: 'cluster-ABCDEFGHIJKL01234/jane_doe', at: resource, says: 'matches none' },
  {
    code: 'resource_form',
    what: 'another service',
    resource: good.replace('rds-db', 'neptune-db'),
    at: resource,
    says: 'the service "neptune-db" has no database users',
    corrected: good,
  },
  // Where the database is
  {
    code: 'partition_impossible',
    what: 'a partition that AWS has not',
    resource: good.replace('arn:aws:', 'arn:amazon:'),
    at: resource,
    says: 'there is no partition "amazon"',
    corrected: good,
  },
  {
    code: 'region_impossible',
    what: 'a region of another partition',
    resource: good.replace('us-east-2', 'cn-north-1'),
    at: resource,
    says: 'is in the partition "aws-cn"',
    corrected: good,
  },
  {
    code: 'region_impossible',
    what: 'an availability zone',
    resource: `arn:aws:rds-db:us-east-2b:123456789012:dbuser:*/jane_doe`,
    at: resource,
    says: 'is an availability zone',
    corrected: `${place}:*/jane_doe`,
  },
  {
    code: 'region_impossible',
    what: 'a place to fill in',
    resource: good.replace('us-east-2', 'REGION'),
    at: resource,
    says: '"REGION"',
    corrected: good,
  },
  {
    code: 'account_impossible',
    what: 'ten digits, as on AWS’s page',
    resource: 'arn:aws:rds-db:us-east-2:1234567890:dbuser:*/*',
    at: resource,
    says: 'has 10 digits',
  },
  {
    code: 'account_impossible',
    what: 'hyphens',
    resource: 'arn:aws:rds-db:us-east-2:1234-5678-9012:dbuser:*/*',
    at: resource,
    says: 'written with hyphens',
    corrected: `${place}:*/*`,
  },
  {
    code: 'partition_not_of_database',
    what: 'a partition where the database is not',
    resource: good.replace('aws:', 'aws-us-gov:').replace('us-east-2', '*'),
    statement: { Effect: 'Deny' },
    at: resource,
    says: 'is not the partition of orders',
    corrected: good.replace('us-east-2', '*'),
  },
  {
    code: 'region_not_of_database',
    what: 'a region where the database is not',
    resource: good.replace('us-east-2', 'us-east-1'),
    at: resource,
    says: '"us-east-1" is not the region of orders',
    corrected: good,
  },
  {
    code: 'account_not_of_database',
    what: 'an account where the database is not',
    resource: good.replace('123456789012', '210987654321'),
    at: resource,
    says: '"210987654321" is not the account of orders',
    corrected: good,
  },
  {
    code: 'account_not_of_policy',
    what: 'a policy in another account',
    account: '210987654321',
    at: resource,
    says: 'a policy in account 210987654321 lets nobody connect there',
  },
  // Which database
  {
    code: 'identifier_for_resource_id',
    what: 'the name of a cluster',
    resource: `${place}:orders/jane_doe`,
    at: resource,
    says: '"orders" is not a resource id',
    corrected: good,
  },
  {
    code: 'identifier_for_resource_id',
    what: 'a resource id in small letters',
    resource: good.replace('ABCDEFGHIJKL', 'abcdefghijkl'),
    at: resource,
    says: 'Write "cluster-ABCDEFGHIJKL01234" (orders in',
    corrected: good,
  },
  {
    code: 'identifier_for_resource_id',
    what: 'a name that nobody knows',
    resource: `${place}:payments/jane_doe`,
    at: resource,
    says: 'Write the resource id: DbClusterResourceId',
  },
  {
    code: 'aurora_member',
    what: 'the id of an instance of a cluster',
    resource: `${place}:db-MEMBEROFORDERS0123/jane_doe`,
    at: resource,
    says: '"db-MEMBEROFORDERS0123" is an instance of the cluster orders; policies name the cluster',
    corrected: good,
  },
  {
    code: 'aurora_member',
    what: 'the name of an instance of a cluster',
    resource: `${place}:Orders-1/jane_doe`,
    at: resource,
    says: 'Write "cluster-ABCDEFGHIJKL01234" (orders in us-east-2 of account 123456789012), which is for all its instances.',
    corrected: good,
  },
  {
    code: 'unknown_database',
    what: 'an id that the catalog does not have',
    resource: `${place}:cluster-ZYXWVUTSRQP098765/jane_doe`,
    at: resource,
    says: 'the catalog has no database "cluster-ZYXWVUTSRQP098765"',
  },
  // Which database user
  { code: 'db_user_impossible', what: 'a second slash', resource: `${good}/x`, at: resource, says: 'contains "/"' },
  {
    code: 'db_user_impossible',
    what: 'a name too long',
    resource: `${place}:db-ABCDEFGHIJKL01234/${'j'.repeat(64)}`,
    at: resource,
    says: '64',
  },
  {
    code: 'db_user_case',
    what: 'a capital',
    resource: good.replace('jane_doe', 'Jane_doe'),
    at: resource,
    says: 'capitals count',
    corrected: good,
  },
  {
    code: 'db_user_not_declared',
    what: 'another name than those declared',
    resource: good.replace('jane_doe', 'admin'),
    at: resource,
    says: 'declared are "jane_doe", "mary_roe"',
  },
  {
    code: 'db_user_not_declared',
    what: 'a user that has to be made',
    resource: good.replace('jane_doe', 'admin'),
    at: resource,
    says: 'make it in the database (CREATE USER admin; GRANT rds_iam TO admin;) and declare it under databaseUsers',
  },
  // Wider than it looks
  { code: 'wildcard_everything', what: 'a star', resource: '*', at: resource, says: 'matches every database user of every database' },
  { code: 'wildcard_everything', what: 'a star after the service', resource: 'arn:aws:rds-db:*', at: resource, says: 'in every region' },
  {
    code: 'wildcard_everything',
    what: 'a star across the parts, and a name',
    resource: 'arn:aws:rds-db:*/jane_doe',
    at: resource,
    says: 'matches the database user "jane_doe" of every database',
  },
  { code: 'wildcard_everything', what: 'a star after dbuser:', resource: `${place}:*`, at: resource, says: `write ${place}:*/*` },
  {
    code: 'wildcard_place',
    what: 'any region and account',
    resource: 'arn:aws:rds-db:*:*:dbuser:*/jane_doe',
    at: resource,
    says: 'the region "*" and the account "*"',
  },
  { code: 'wildcard_resource_id', what: 'every cluster', resource: `${place}:cluster-*/jane_doe`, at: resource, says: '"cluster-*"' },
  {
    code: 'wildcard_db_user',
    what: 'a prefix',
    resource: `${place}:cluster-ABCDEFGHIJKL01234/ja*`,
    at: resource,
    says: 'declared today it is "jane_doe"',
    corrected: good,
  },
  {
    code: 'wildcard_db_user',
    what: 'a question mark that catches two',
    resource: `${place}:cluster-ABCDEFGHIJKL01234/?a??_?oe`,
    at: resource,
    says: 'declared today it is "jane_doe", "mary_roe"',
  },
  {
    code: 'policy_variable',
    what: 'the name of whoever connects',
    resource: `${place}:*/\${aws:username}`,
    at: resource,
    says: 'only IAM users have',
  },
  {
    code: 'policy_variable',
    what: 'a tag that names the database',
    resource: `${place}:\${aws:PrincipalTag/database}/jane_doe`,
    at: resource,
    says: 'who may set that value chooses the database',
  },
  // Conditions, and statements against each other
  {
    code: 'condition_key_unsupported',
    what: 'the address',
    statement: { Condition: { IpAddress: { 'AWS:SourceIp': '10.0.0.0/8' } } },
    at: '/Statement/0/Condition/IpAddress/AWS:SourceIp',
    says: 'the statement allows nothing',
  },
  {
    code: 'condition_key_unsupported',
    what: 'not the address',
    statement: { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    at: '/Statement/0/Condition/NotIpAddress/aws:SourceIp',
    says: 'the statement denies from everywhere',
  },
  {
    code: 'allow_not_action',
    what: 'all but IAM',
    policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
    at: '/Statement/0/NotAction',
    says: 'lets connect to databases too',
  },
  {
    code: 'allow_not_resource',
    what: 'all but one',
    policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', NotResource: good }] },
    at: '/Statement/0/NotResource',
    says: 'every database user that it does not list',
  },
  { code: 'duplicate_resource', what: 'one listed twice', resource: [good, good], at: '/Statement/0/Resource/1', says: 'is listed twice' },
  {
    code: 'duplicate_statement',
    what: 'the same in another order',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'One', Effect: 'Allow', Action: 'rds-db:connect', Resource: [good, `${place}:*/mary_roe`] },
        { Sid: 'Two', Effect: 'Allow', Action: ['RDS-DB:connect'], Resource: [`${place}:*/mary_roe`, good] },
      ],
    },
    at: '/Statement/1',
    says: 'the same as the statement at /Statement/0',
  },
]

/** The policy of a line. */
export const policyOf = ({ policy, statement, resource = good }: Planted): unknown =>
  policy ?? { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource: resource, ...statement }] }
