import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBProxyCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxiesCommand,
  ListTagsForResourceCommand,
  type RDSClient,
} from '@aws-sdk/client-rds'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, startInMemory } from './support.ts'

let standIn: AwsStandIn
let rds: RDSClient
let account = ''
let accounts = 300_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  rds = clientsFor(standIn, keysOf(account)).rds
})

const createCluster = (
  identifier: string,
  more: { EnableIAMDatabaseAuthentication?: boolean; Tags?: { Key: string; Value: string }[]; Port?: number } = {},
) => rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: identifier, Engine: 'aurora-postgresql', ...more }))

describe('a cluster', () => {
  it('is described as RDS does, with the resource id that a tag chose', async () => {
    const { DBCluster: created } = await createCluster('Orders', {
      EnableIAMDatabaseAuthentication: true,
      Tags: [
        { Key: 'environment', Value: 'production' },
        { Key: 'standin:resource-id', Value: 'cluster-ABCDEFGHIJKL01234' },
      ],
    })
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'orders' }))
    expect(DBClusters).toEqual([created])
    expect(created).toMatchObject({
      DBClusterIdentifier: 'orders',
      DBClusterArn: `arn:aws:rds:us-east-2:${account}:cluster:orders`,
      DbClusterResourceId: 'cluster-ABCDEFGHIJKL01234',
      Engine: 'aurora-postgresql',
      Status: 'available',
      Port: 5432,
      IAMDatabaseAuthenticationEnabled: true,
      Endpoint: expect.stringMatching(/^orders\.cluster-[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/),
      ReaderEndpoint: expect.stringMatching(/^orders\.cluster-ro-[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/),
      TagList: [{ Key: 'environment', Value: 'production' }],
      DBClusterMembers: [],
    })
  })

  it('has a resource id of its own otherwise, and IAM authentication off', async () => {
    const { DBCluster } = await createCluster('orders')
    expect(DBCluster?.DbClusterResourceId).toMatch(/^cluster-[A-Z0-9]{26}$/)
    expect(DBCluster?.IAMDatabaseAuthenticationEnabled).toBe(false)
  })

  it('is in one region only', async () => {
    await createCluster('orders')
    const elsewhere = clientsFor(standIn, keysOf(account), 'eu-west-1').rds
    expect((await elsewhere.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual([])
    const chinese = clientsFor(standIn, keysOf(account), 'cn-north-1').rds
    const { DBCluster } = await chinese.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'orders', Engine: 'aurora-mysql' }))
    expect(DBCluster?.DBClusterArn).toBe(`arn:aws-cn:rds:cn-north-1:${account}:cluster:orders`)
    expect(DBCluster?.Port).toBe(3306)
  })

  it('is found by the filters that RDS has', async () => {
    const { DBCluster } = await createCluster('orders')
    await createCluster('billing')
    const find = async (name: string, ...values: string[]) => {
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ Filters: [{ Name: name, Values: values }] }))
      return DBClusters?.map(({ DBClusterIdentifier }) => DBClusterIdentifier)
    }
    expect(await find('db-cluster-resource-id', DBCluster?.DbClusterResourceId ?? '')).toEqual(['orders'])
    expect(await find('db-cluster-resource-id', 'cluster-NOBODY')).toEqual([])
    expect(await find('db-cluster-id', 'billing', DBCluster?.DBClusterArn ?? '')).toEqual(['billing', 'orders'])
    expect(await find('engine', 'aurora-mysql')).toEqual([])
    await expect(find('constructor', 'x')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  it('is refused when it is impossible', async () => {
    await createCluster('orders', { Tags: [{ Key: 'standin:resource-id', Value: 'cluster-TAKEN' }] })
    await expect(createCluster('ORDERS')).rejects.toMatchObject({ name: 'DBClusterAlreadyExistsFault', $metadata: { httpStatusCode: 400 } })
    const wrong = { name: 'InvalidParameterValue', $metadata: { httpStatusCode: 400 } }
    for (const identifier of ['1st', 'a--b', 'a-', 'a_b', 'a'.repeat(64)])
      await expect(createCluster(identifier), identifier).rejects.toMatchObject(wrong)
    await expect(createCluster('x', { Port: 1149 })).rejects.toMatchObject(wrong)
    await expect(createCluster('x', { Tags: [{ Key: 'standin:resource-id', Value: 'cluster-TAKEN' }] })).rejects.toMatchObject(wrong)
    await expect(createCluster('x', { Tags: [{ Key: 'standin:resource-id', Value: 'db-WRONG' }] })).rejects.toMatchObject(wrong)
    await expect(rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'x', Engine: 'oracle' }))).rejects.toMatchObject(wrong)
    const missing = new CreateDBClusterCommand({ DBClusterIdentifier: 'x', Engine: undefined })
    await expect(rds.send(missing)).rejects.toMatchObject({ name: 'MissingParameter' })
    await expect(rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'none' }))).rejects.toMatchObject({
      name: 'DBClusterNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    })
  })

  it('is listed by pages of 20 to 100', async () => {
    const names = Array.from({ length: 45 }, (_, place) => `c${100 + place}`)
    for (const name of names) await createCluster(name)
    const seen: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await rds.send(new DescribeDBClustersCommand({ MaxRecords: 20, ...(Marker ? { Marker } : {}) }))
      seen.push(...(page.DBClusters ?? []).map(({ DBClusterIdentifier }) => DBClusterIdentifier))
      Marker = page.Marker
    } while (Marker)
    expect(seen).toEqual(names)
    for (const MaxRecords of [19, 101]) {
      await expect(rds.send(new DescribeDBClustersCommand({ MaxRecords }))).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    }
    await expect(rds.send(new DescribeDBClustersCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})

describe('an instance', () => {
  const create = (identifier: string, more: { Engine: string; DBClusterIdentifier?: string; EnableIAMDatabaseAuthentication?: boolean }) =>
    rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: identifier, DBInstanceClass: 'db.t4g.medium', ...more }))

  it('stands alone', async () => {
    const { DBInstance: created } = await create('legacy', { Engine: 'mariadb', EnableIAMDatabaseAuthentication: true })
    const { DBInstances } = await rds.send(
      new DescribeDBInstancesCommand({ Filters: [{ Name: 'dbi-resource-id', Values: [created?.DbiResourceId ?? ''] }] }),
    )
    expect(DBInstances).toEqual([created])
    expect(created).toMatchObject({
      DBInstanceArn: `arn:aws:rds:us-east-2:${account}:db:legacy`,
      DbiResourceId: expect.stringMatching(/^db-[A-Z0-9]{26}$/),
      Endpoint: { Address: expect.stringMatching(/^legacy\.[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/), Port: 3306 },
      IAMDatabaseAuthenticationEnabled: true,
      DBInstanceStatus: 'available',
    })
    expect(created?.DBClusterIdentifier).toBeUndefined()
  })

  it('or belongs to a cluster, and shares its port and IAM authentication', async () => {
    await createCluster('orders', { EnableIAMDatabaseAuthentication: true, Port: 6000 })
    const { DBInstance } = await create('orders-1', { Engine: 'aurora-postgresql', DBClusterIdentifier: 'orders' })
    expect(DBInstance).toMatchObject({ DBClusterIdentifier: 'orders', IAMDatabaseAuthenticationEnabled: true, Endpoint: { Port: 6000 } })
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}))
    expect(DBClusters?.[0]?.DBClusterMembers).toEqual([{ DBInstanceIdentifier: 'orders-1', IsClusterWriter: true }])
  })

  it('is refused when it is impossible', async () => {
    await create('legacy', { Engine: 'postgres' })
    await expect(create('legacy', { Engine: 'postgres' })).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' })
    await expect(create('a', { Engine: 'aurora-mysql', DBClusterIdentifier: 'none' })).rejects.toMatchObject({
      name: 'DBClusterNotFoundFault',
    })
    await expect(create('a', { Engine: 'aurora-mysql' })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' }))).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    })
  })
})

describe('a proxy', () => {
  const create = (name: string) =>
    rds.send(
      new CreateDBProxyCommand({
        DBProxyName: name,
        EngineFamily: 'POSTGRESQL',
        RoleArn: `arn:aws:iam::${account}:role/proxy`,
        VpcSubnetIds: ['subnet-1'],
        Auth: [{ AuthScheme: 'SECRETS', SecretArn: 'arn:aws:secretsmanager:us-east-2:123456789012:secret:s', IAMAuth: 'REQUIRED' }],
      }),
    )

  it('shows its resource id at the end of its ARN', async () => {
    const { DBProxy: created } = await create('front')
    const { DBProxies } = await rds.send(new DescribeDBProxiesCommand({ DBProxyName: 'front' }))
    expect(DBProxies).toEqual([created])
    expect(created).toMatchObject({
      DBProxyArn: expect.stringMatching(new RegExp(`^arn:aws:rds:us-east-2:${account}:db-proxy:prx-[a-z0-9]{17}$`)),
      EngineFamily: 'POSTGRESQL',
      Endpoint: expect.stringMatching(/^front\.proxy-[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/),
      DefaultAuthScheme: 'NONE',
      Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'REQUIRED' }],
    })
  })

  it('is refused when it is impossible, and takes no filters', async () => {
    await create('front')
    await expect(create('front')).rejects.toMatchObject({ name: 'DBProxyAlreadyExistsFault' })
    await expect(rds.send(new DescribeDBProxiesCommand({ DBProxyName: 'none' }))).rejects.toMatchObject({
      name: 'DBProxyNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    })
    const filtered = new DescribeDBProxiesCommand({ Filters: [{ Name: 'engine', Values: ['x'] }] })
    await expect(rds.send(filtered)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})

it('tags whatever an ARN names', async () => {
  const { DBCluster } = await createCluster('orders', { Tags: [{ Key: 'a', Value: '1' }] })
  const ResourceName = DBCluster?.DBClusterArn
  await rds.send(
    new AddTagsToResourceCommand({
      ResourceName,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '' },
      ],
    }),
  )
  const { TagList } = await rds.send(new ListTagsForResourceCommand({ ResourceName }))
  expect(TagList).toEqual([
    { Key: 'a', Value: '2' },
    { Key: 'b', Value: '' },
  ])
  for (const [arn, name] of [
    [`${ResourceName}x`, 'DBClusterNotFoundFault'],
    [`arn:aws:rds:us-east-2:${account}:db:none`, 'DBInstanceNotFoundFault'],
    ['orders', 'InvalidParameterValue'],
  ]) {
    await expect(rds.send(new ListTagsForResourceCommand({ ResourceName: arn })), arn).rejects.toMatchObject({ name })
  }
})
