import { afterEach } from 'vitest'
import { type Aws, createAws } from '../../src/aws/index.ts'
import { type AwsStandIn, type SeedCall, startAwsStandIn } from '../../src/dev/aws/index.ts'

const credentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }

interface Facts {
  readonly region: string
  readonly account: string
  readonly resourceId: string
  readonly iam: boolean
  readonly tags: Readonly<Record<string, string>>
}

/** The call that makes a database; `prefix` is that of its resource id, which follows its name unless it is given. */
function made(
  action: string,
  identifier: string,
  prefix: string,
  facts: Partial<Facts>,
  parameters: Readonly<Record<string, string>>,
): SeedCall {
  const resourceId = facts.resourceId ?? `${prefix}-${identifier.replaceAll('-', '').toUpperCase()}`
  const tags = Object.entries({ ...facts.tags, 'standin:resource-id': resourceId }).flatMap(([key, value], index) => [
    [`Tags.Tag.${index + 1}.Key`, key],
    [`Tags.Tag.${index + 1}.Value`, value],
  ])
  return {
    account: facts.account ?? '123456789012',
    region: facts.region ?? 'us-east-2',
    service: 'rds',
    action,
    parameters: { ...parameters, ...Object.fromEntries(tags) },
  }
}

const iamOf = ({ iam }: Partial<Facts>) => String(iam ?? true)

/** An Aurora cluster. */
export const cluster = (identifier: string, facts: Partial<Facts> = {}): SeedCall =>
  made('CreateDBCluster', identifier, 'cluster', facts, {
    DBClusterIdentifier: identifier,
    Engine: 'aurora-postgresql',
    EnableIAMDatabaseAuthentication: iamOf(facts),
  })

/** An instance of MySQL, or of a cluster that has been made before it. */
export const instance = (identifier: string, of: string | null = null, facts: Partial<Facts> = {}): SeedCall =>
  made('CreateDBInstance', identifier, 'db', facts, {
    DBInstanceIdentifier: identifier,
    DBInstanceClass: 'db.t4g.micro',
    ...(of === null
      ? { Engine: 'mysql', EnableIAMDatabaseAuthentication: iamOf(facts) }
      : { Engine: 'aurora-postgresql', DBClusterIdentifier: of }),
  })

export const proxy = (identifier: string, facts: Partial<Facts> = {}): SeedCall =>
  made('CreateDBProxy', identifier, 'prx', facts, {
    DBProxyName: identifier,
    EngineFamily: 'POSTGRESQL',
    DefaultAuthScheme: facts.iam === false ? 'NONE' : 'IAM_AUTH',
  })

/** The role `sallyport` of an account, which may look for databases. */
export const roleIn = (account: string): SeedCall[] => {
  const iam = { account, region: 'us-east-1', service: 'iam' } as const
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const trust = policy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' })
  const looks = policy({ Action: ['rds:Describe*', 'rds:ListTagsForResource'], Resource: '*' })
  return [
    { ...iam, action: 'CreateRole', parameters: { RoleName: 'sallyport', AssumeRolePolicyDocument: trust } },
    { ...iam, action: 'PutRolePolicy', parameters: { RoleName: 'sallyport', PolicyName: 'looks', PolicyDocument: looks } },
  ]
}

export interface AwsWorld {
  readonly aws: Aws
  readonly standIn: AwsStandIn
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** A stand-in for AWS that has exactly what these calls make, for the test that opens it. */
export async function awsWith(calls: readonly SeedCall[]): Promise<AwsWorld> {
  const standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
  opened.push(() => standIn.close())
  standIn.seed(calls)
  const aws = createAws({ endpoint: standIn.url, region: 'us-east-2', credentials })
  opened.push(async () => aws.close())
  return { aws, standIn }
}
