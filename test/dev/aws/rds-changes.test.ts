import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  type RDSClient,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, startInMemory } from './support.ts'

let standIn: AwsStandIn
let rds: RDSClient
let account = ''
let accounts = 310_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  rds = clientsFor(standIn, keysOf(account)).rds
})

const cluster = async (identifier: string) =>
  (await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: identifier, Engine: 'aurora-postgresql' }))).DBCluster
const instance = async (identifier: string, of?: string, engine = of ? 'aurora-postgresql' : 'postgres') =>
  (
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: identifier,
        DBInstanceClass: 'db.t4g.medium',
        Engine: engine,
        DBClusterIdentifier: of,
      }),
    )
  ).DBInstance
const oneCluster = async (identifier: string) =>
  (await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }))).DBClusters?.[0]
const instances = async () => (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances ?? []

describe('renaming', () => {
  it('a cluster keeps its resource id, its tags and its instances, and changes its hosts', async () => {
    const before = await cluster('orders')
    await instance('orders-1', 'orders')
    await rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: 'orders', NewDBClusterIdentifier: 'Orders-Old', ApplyImmediately: true }),
    )
    expect(await oneCluster('orders-old')).toMatchObject({
      DbClusterResourceId: before?.DbClusterResourceId,
      DBClusterArn: `arn:aws:rds:us-east-2:${account}:cluster:orders-old`,
      Endpoint: before?.Endpoint?.replace('orders.', 'orders-old.'),
      ReaderEndpoint: before?.ReaderEndpoint?.replace('orders.', 'orders-old.'),
      DBClusterMembers: [{ DBInstanceIdentifier: 'orders-1', IsClusterWriter: true }],
    })
    expect(await instances()).toMatchObject([{ DBClusterIdentifier: 'orders-old' }])
    await expect(oneCluster('orders')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' })
    expect((await cluster('orders'))?.DbClusterResourceId).not.toBe(before?.DbClusterResourceId)
  })

  it('an instance keeps its resource id', async () => {
    const before = await instance('legacy')
    const rename = new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'legacy',
      NewDBInstanceIdentifier: 'older',
      ApplyImmediately: true,
    })
    expect((await rds.send(rename)).DBInstance).toMatchObject({
      DBInstanceIdentifier: 'older',
      DbiResourceId: before?.DbiResourceId,
      Endpoint: { Address: before?.Endpoint?.Address?.replace('legacy.', 'older.') },
    })
  })

  it('to a name that is taken or impossible is refused', async () => {
    await cluster('orders')
    await cluster('billing')
    const rename = (NewDBClusterIdentifier: string) =>
      rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: 'orders', NewDBClusterIdentifier, ApplyImmediately: true }))
    await expect(rename('billing')).rejects.toMatchObject({ name: 'DBClusterAlreadyExistsFault', $metadata: { httpStatusCode: 400 } })
    await expect(rename('-')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})

describe('IAM authentication', () => {
  it('is switched on for a cluster and its instances', async () => {
    await cluster('orders')
    await instance('orders-1', 'orders')
    await instance('other')
    await rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: 'orders', EnableIAMDatabaseAuthentication: true, ApplyImmediately: true }),
    )
    expect((await oneCluster('orders'))?.IAMDatabaseAuthenticationEnabled).toBe(true)
    expect((await instances()).map((each) => each.IAMDatabaseAuthenticationEnabled)).toEqual([true, false])
  })

  it('is pending without ApplyImmediately, until a change that is immediate', async () => {
    await instance('legacy')
    const modify = (EnableIAMDatabaseAuthentication: boolean, ApplyImmediately?: boolean) =>
      rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'legacy', EnableIAMDatabaseAuthentication, ApplyImmediately }))
    await modify(true)
    expect(await instances()).toMatchObject([
      { IAMDatabaseAuthenticationEnabled: false, PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true } },
    ])
    await modify(true, true)
    expect(await instances()).toMatchObject([{ IAMDatabaseAuthenticationEnabled: true, PendingModifiedValues: {} }])
  })

  it('is refused on an instance of a cluster, and by engines that have none', async () => {
    await cluster('orders')
    await instance('orders-1', 'orders')
    await instance('ledger', undefined, 'oracle-ee')
    for (const DBInstanceIdentifier of ['orders-1', 'ledger']) {
      const modify = new ModifyDBInstanceCommand({ DBInstanceIdentifier, EnableIAMDatabaseAuthentication: true, ApplyImmediately: true })
      await expect(rds.send(modify), DBInstanceIdentifier).rejects.toMatchObject({
        name: 'InvalidParameterCombination',
        $metadata: { httpStatusCode: 400 },
      })
    }
  })
})

describe('deleting', () => {
  const remove = (DBClusterIdentifier: string, more: { SkipFinalSnapshot?: boolean; FinalDBSnapshotIdentifier?: string }) =>
    rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, ...more }))

  it('makes room for another of the same name, with another resource id', async () => {
    const before = await cluster('orders')
    await remove('orders', { FinalDBSnapshotIdentifier: 'last' })
    await expect(oneCluster('orders')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' })
    expect((await cluster('orders'))?.DbClusterResourceId).not.toBe(before?.DbClusterResourceId)
  })

  it('a cluster wants its instances gone', async () => {
    await cluster('orders')
    await instance('orders-1', 'orders')
    await expect(remove('orders', { SkipFinalSnapshot: true })).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      $metadata: { httpStatusCode: 400 },
    })
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders-1' }))
    await remove('orders', { SkipFinalSnapshot: true })
    expect(await instances()).toEqual([])
  })

  it('wants to know about the last snapshot', async () => {
    await cluster('orders')
    await instance('legacy')
    const unsettled = { name: 'InvalidParameterCombination', $metadata: { httpStatusCode: 400 } }
    await expect(remove('orders', {})).rejects.toMatchObject(unsettled)
    await expect(remove('orders', { SkipFinalSnapshot: true, FinalDBSnapshotIdentifier: 'last' })).rejects.toMatchObject(unsettled)
    await expect(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'legacy' }))).rejects.toMatchObject(unsettled)
  })
})

it('an instance has the engine of its cluster', async () => {
  await cluster('orders')
  await expect(instance('orders-1', 'orders', 'aurora-mysql')).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
})

it('clusters of Neptune and DocumentDB are in the same list', async () => {
  for (const Engine of ['neptune', 'docdb']) await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: Engine, Engine }))
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}))
  expect(DBClusters?.map(({ Engine, Port }) => [Engine, Port])).toEqual([
    ['docdb', 27017],
    ['neptune', 8182],
  ])
})

it('tags are taken off by key', async () => {
  const ResourceName = (await cluster('orders'))?.DBClusterArn
  const Tags = ['a', 'b'].map((Key) => ({ Key, Value: '1' }))
  await rds.send(new AddTagsToResourceCommand({ ResourceName, Tags }))
  await rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['a', 'none'] }))
  expect((await rds.send(new ListTagsForResourceCommand({ ResourceName }))).TagList).toEqual([{ Key: 'b', Value: '1' }])
})
