import {
  CreateDBClusterCommand,
  CreateDBClusterEndpointCommand,
  CreateDBInstanceCommand,
  CreateDBProxyCommand,
  CreateDBProxyEndpointCommand,
  DeleteDBClusterEndpointCommand,
  DeleteDBProxyCommand,
  DeregisterDBProxyTargetsCommand,
  DescribeDBClusterEndpointsCommand,
  type DescribeDBClusterEndpointsCommandInput,
  DescribeDBClustersCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyEndpointsCommand,
  DescribeDBProxyTargetGroupsCommand,
  DescribeDBProxyTargetsCommand,
  ModifyDBProxyCommand,
  type RDSClient,
  RegisterDBProxyTargetsCommand,
} from '@aws-sdk/client-rds'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, startInMemory } from './support.ts'

let standIn: AwsStandIn
let rds: RDSClient
let accounts = 320_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(async () => {
  accounts += 1
  rds = clientsFor(standIn, keysOf(String(accounts))).rds
  await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'orders', Engine: 'aurora-mysql' }))
  for (const DBInstanceIdentifier of ['orders-1', 'orders-2']) {
    const of = { DBClusterIdentifier: 'orders', DBInstanceClass: 'db.t4g.medium', Engine: 'aurora-mysql' }
    await rds.send(new CreateDBInstanceCommand({ ...of, DBInstanceIdentifier }))
  }
})

describe('the endpoints of a cluster', () => {
  const create = (DBClusterEndpointIdentifier: string, more: { StaticMembers?: string[]; ExcludedMembers?: string[] } = {}) =>
    rds.send(
      new CreateDBClusterEndpointCommand({ DBClusterIdentifier: 'orders', DBClusterEndpointIdentifier, EndpointType: 'READER', ...more }),
    )
  const list = async (input: DescribeDBClusterEndpointsCommandInput = {}) =>
    (await rds.send(new DescribeDBClusterEndpointsCommand(input))).DBClusterEndpoints ?? []

  it('are its writer, its readers, and those that somebody made', async () => {
    await create('reports', { StaticMembers: ['orders-2'] })
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}))
    const listed = await list({ DBClusterIdentifier: 'orders' })
    expect(listed).toHaveLength(3)
    expect(listed).toContainEqual(expect.objectContaining({ EndpointType: 'WRITER', Endpoint: DBClusters?.[0]?.Endpoint }))
    expect(listed).toContainEqual(expect.objectContaining({ EndpointType: 'READER', Endpoint: DBClusters?.[0]?.ReaderEndpoint }))
    const [custom] = await list({ Filters: [{ Name: 'db-cluster-endpoint-type', Values: ['custom'] }] })
    expect(custom).toMatchObject({
      DBClusterEndpointIdentifier: 'reports',
      DBClusterEndpointResourceIdentifier: expect.stringMatching(/^cluster-endpoint-[A-Z0-9]{26}$/),
      Endpoint: expect.stringMatching(/^reports\.cluster-custom-[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/),
      CustomEndpointType: 'READER',
      StaticMembers: ['orders-2'],
      Status: 'available',
    })
    expect(DBClusters?.[0]?.CustomEndpoints).toEqual([custom?.Endpoint])
  })

  it('are refused when impossible: taken, unknown members, both lists, a sixth', async () => {
    await create('e1')
    await expect(create('e1')).rejects.toMatchObject({ name: 'DBClusterEndpointAlreadyExistsFault' })
    await expect(create('x', { StaticMembers: ['none'] })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(create('x', { StaticMembers: ['orders-1'], ExcludedMembers: ['orders-2'] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    })
    for (const name of ['e2', 'e3', 'e4', 'e5']) await create(name)
    await expect(create('e6')).rejects.toMatchObject({
      name: 'DBClusterEndpointQuotaExceededFault',
      $metadata: { httpStatusCode: 403 },
    })
    await rds.send(new DeleteDBClusterEndpointCommand({ DBClusterEndpointIdentifier: 'e5' }))
    await create('e6')
    await expect(list({ DBClusterEndpointIdentifier: 'e5' })).rejects.toMatchObject({ name: 'DBClusterEndpointNotFoundFault' })
  })
})

describe('a proxy', () => {
  const of = { DBProxyName: 'front' }
  beforeEach(() =>
    rds.send(new CreateDBProxyCommand({ ...of, EngineFamily: 'MYSQL', RoleArn: 'arn:aws:iam::1:role/p', VpcSubnetIds: ['subnet-1'] })),
  )

  it('changes its auth settings and its name, and keeps its resource id', async () => {
    const { DBProxies: before } = await rds.send(new DescribeDBProxiesCommand({}))
    await rds.send(new ModifyDBProxyCommand({ ...of, NewDBProxyName: 'entry', DefaultAuthScheme: 'IAM_AUTH' }))
    await rds.send(new ModifyDBProxyCommand({ DBProxyName: 'entry', Auth: [{ IAMAuth: 'REQUIRED' }] }))
    const { DBProxies: after } = await rds.send(new DescribeDBProxiesCommand({}))
    expect(after).toEqual([
      {
        ...before?.[0],
        DBProxyName: 'entry',
        DefaultAuthScheme: 'IAM_AUTH',
        Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'REQUIRED' }],
        Endpoint: before?.[0]?.Endpoint?.replace('front.', 'entry.'),
      },
    ])
    expect(after?.[0]?.VpcId).toMatch(/^vpc-[a-z0-9]{17}$/)
  })

  it('that was deleted comes back as another', async () => {
    const { DBProxy } = await rds.send(new DeleteDBProxyCommand(of))
    await expect(rds.send(new DescribeDBProxiesCommand(of))).rejects.toMatchObject({ name: 'DBProxyNotFoundFault' })
    const create = new CreateDBProxyCommand({ ...of, EngineFamily: 'MYSQL', RoleArn: 'arn:aws:iam::1:role/p', VpcSubnetIds: ['subnet-1'] })
    expect((await rds.send(create)).DBProxy?.DBProxyArn).not.toBe(DBProxy?.DBProxyArn)
  })

  it('has its own endpoint and those that somebody made', async () => {
    const endpoint = { ...of, DBProxyEndpointName: 'readers', VpcSubnetIds: ['subnet-1'], TargetRole: 'READ_ONLY' as const }
    await rds.send(new CreateDBProxyEndpointCommand(endpoint))
    const { DBProxyEndpoints } = await rds.send(new DescribeDBProxyEndpointsCommand(of))
    expect(DBProxyEndpoints).toMatchObject([
      { IsDefault: true, TargetRole: 'READ_WRITE', Endpoint: expect.stringMatching(/^front\.proxy-/) },
      {
        DBProxyEndpointName: 'readers',
        DBProxyName: 'front',
        TargetRole: 'READ_ONLY',
        IsDefault: false,
        Endpoint: expect.stringMatching(/^readers\.endpoint\.proxy-[a-z0-9]{12}\.us-east-2\.rds\.amazonaws\.com$/),
      },
    ])
    await expect(rds.send(new CreateDBProxyEndpointCommand(endpoint))).rejects.toMatchObject({ name: 'DBProxyEndpointAlreadyExistsFault' })
    await expect(rds.send(new DescribeDBProxyEndpointsCommand({ DBProxyEndpointName: 'none' }))).rejects.toMatchObject({
      name: 'DBProxyEndpointNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    })
  })

  it('leads to one database, which a rename does not lose', async () => {
    const register = new RegisterDBProxyTargetsCommand({ ...of, DBClusterIdentifiers: ['orders'] })
    await rds.send(register)
    expect((await rds.send(new DescribeDBProxyTargetsCommand(of))).Targets).toMatchObject([
      { Type: 'TRACKED_CLUSTER', RdsResourceId: 'orders' },
      { Type: 'RDS_INSTANCE', TrackedClusterId: 'orders' },
      { Type: 'RDS_INSTANCE', TrackedClusterId: 'orders' },
    ])
    await expect(rds.send(register)).rejects.toMatchObject({ name: 'DBProxyTargetAlreadyRegisteredFault' })
    await rds.send(new DeregisterDBProxyTargetsCommand(of))
    expect((await rds.send(new DescribeDBProxyTargetsCommand(of))).Targets).toEqual([])
    await rds.send(new RegisterDBProxyTargetsCommand({ ...of, DBInstanceIdentifiers: ['orders-1'] }))
    expect((await rds.send(new DescribeDBProxyTargetsCommand(of))).Targets).toMatchObject([{ RdsResourceId: 'orders-1', Port: 3306 }])
  })

  it('has the one target group that RDS gives it', async () => {
    const { TargetGroups } = await rds.send(new DescribeDBProxyTargetGroupsCommand(of))
    expect(TargetGroups).toMatchObject([{ TargetGroupName: 'default', IsDefault: true, Status: 'available' }])
    await expect(rds.send(new DescribeDBProxyTargetsCommand({ ...of, TargetGroupName: 'other' }))).rejects.toMatchObject({
      name: 'DBProxyTargetGroupNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    })
  })
})
