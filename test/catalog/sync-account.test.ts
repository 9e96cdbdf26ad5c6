import pino from 'pino'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Aws, FoundDatabase } from '../../src/aws/index.ts'
import { declareCatalog, resolveDatabases, syncAccount } from '../../src/catalog/index.ts'
import type { RegionOutcome } from '../../src/catalog/sync-account.ts'
import type { SeedCall } from '../../src/dev/aws/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import { testDatabase } from '../support/database.ts'
import { type AwsWorld, awsWith, cluster, instance, proxy } from './aws-world.ts'
import { declared } from './declared.ts'

const { db, client } = testDatabase()
const actor: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const accountId = '123456789012'
const oneRegion = { id: accountId, name: 'demo', regions: ['us-east-2'] }
const twoRegions = { ...oneRegion, regions: ['us-east-2', 'eu-west-1'] }

let owner: Awaited<ReturnType<typeof client>>
beforeAll(async () => {
  owner = await client()
})
beforeEach(async () => {
  await owner.query('truncate database, region_sync, account cascade')
  await owner.query('alter table audit_event disable trigger user; truncate audit_event; alter table audit_event enable trigger user')
})

const declare = (databases: readonly object[], account: object = oneRegion): Promise<void> =>
  db.inTransaction((tx) => declareCatalog(tx, declared(databases, [account])))

const syncIn = ({ aws }: Pick<AwsWorld, 'aws'>, id = accountId): Promise<RegionOutcome[]> =>
  syncAccount({ database: db, aws, log: pino({ enabled: false }) })({ accountId: id, asked: true, actor })

const sync = async (...databases: readonly SeedCall[]): Promise<RegionOutcome[]> => syncIn(await awsWith(databases))

const resolve = async (ref: string) => (await resolveDatabases(db, [ref], () => ''))[0]
const known = async () =>
  (await db.prisma.database.findMany({ orderBy: { resourceId: 'asc' } })).map(
    ({ resourceId, goneAt }) => `${resourceId}${goneAt === null ? '' : ' gone'}`,
  )
const events = async () =>
  (await db.prisma.auditEvent.findMany({ where: { type: { startsWith: 'database.' } }, orderBy: { seq: 'asc' } })).map(
    ({ type, payload }) => ({ type, payload }),
  )
const eventTypes = async () => (await events()).map(({ type }) => type)

describe('looking for databases', () => {
  test('finds clusters, instances and proxies, with what policies and rules need to know of them', async () => {
    await declare([])
    const tags = { environment: 'production' }
    const [outcome] = await sync(
      cluster('orders', { tags }),
      instance('orders-1', 'orders'),
      instance('reports', null, { iam: false }),
      proxy('pool', { tags }),
    )
    expect(outcome).toMatchObject({
      region: 'us-east-2',
      trouble: null,
      counts: { clusters: 1, instances: 1, proxies: 1, found: 3, gone: 0 },
    })
    expect(await resolve('cluster-ORDERS')).toMatchObject({
      kind: 'cluster',
      identifier: 'orders',
      arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
      engine: 'aurora-postgresql',
      host: expect.stringMatching(/^orders\.cluster-\w+\.us-east-2\.rds\.amazonaws\.com$/),
      port: 5432,
      iamAuth: true,
      tags,
      declared: false,
      found: true,
    })
    expect(await resolve('db-REPORTS')).toMatchObject({ kind: 'instance', engine: 'mysql', port: 3306, iamAuth: false })
    expect(await resolve('prx-POOL')).toMatchObject({ kind: 'proxy', identifier: 'prx-POOL', engine: 'postgres', iamAuth: true, tags })
    expect(await eventTypes()).toEqual(['database.found', 'database.found', 'database.found'])
  })

  test('writes nothing where the world is as it was', async () => {
    await declare([declaration('billing')])
    const world = await awsWith([cluster('orders'), instance('orders-1', 'orders'), proxy('pool'), cluster('billing')])
    await syncIn(world)
    const before = await db.prisma.database.findMany({ orderBy: { id: 'asc' } })
    const [outcome] = await syncIn(world)
    expect(outcome?.counts).toMatchObject({ found: 0, changed: 0, gone: 0, returned: 0 })
    expect(await db.prisma.database.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
    expect(await eventTypes()).toEqual(['database.changed', 'database.found', 'database.found'])
  })

  test('tells what changed, and nothing else', async () => {
    await declare([])
    await sync(cluster('orders', { tags: { team: 'shop' } }))
    await sync(cluster('orders', { iam: false, tags: { team: 'ops' } }))
    expect((await events()).at(-1)).toEqual({
      type: 'database.changed',
      payload: {
        database: expect.stringMatching(/^dbs_/),
        resourceId: 'cluster-ORDERS',
        before: { iamAuth: true, tags: { team: 'shop' } },
        after: { iamAuth: false, tags: { team: 'ops' } },
      },
    })
    expect(await resolve('cluster-ORDERS')).toMatchObject({ iamAuth: false, tags: { team: 'ops' } })
  })

  test('points from an instance of a cluster to its cluster', async () => {
    await declare([])
    await sync(cluster('orders'), instance('orders-1', 'orders'))
    for (const ref of ['db-ORDERS1', 'arn:aws:rds:us-east-2:123456789012:db:orders-1'])
      await expect(resolve(ref)).rejects.toMatchObject({
        code: 'aurora_member',
        message: expect.stringContaining('ask for cluster-ORDERS instead'),
      })
  })

  test('waits with a database until RDS has given it an address, and keeps the address of one that has none for now', async () => {
    await declare([])
    const found = (host: string | null): Pick<Aws, 'findDatabases'> => ({
      findDatabases: async () => ({ databases: [{ ...pending, host }], unread: [] }),
    })
    const world = await awsWith([])
    const look = (host: string | null) => syncIn({ aws: { ...world.aws, ...found(host) } })
    await look(null)
    expect(await known()).toEqual([])
    await look('new.example')
    await look(null)
    expect(await resolve('db-NEW')).toMatchObject({ host: 'new.example', goneAt: null })
  })
})

describe('a database that disappears', () => {
  test('is gone after a complete walk, and the same again when it returns', async () => {
    await declare([])
    await sync(cluster('orders'), cluster('billing'))
    const before = await resolve('cluster-ORDERS')
    await sync(cluster('billing'))
    await expect(resolve('cluster-ORDERS')).rejects.toMatchObject({ code: 'unknown_database' })
    await sync(cluster('orders'), cluster('billing'))
    expect(await resolve('cluster-ORDERS')).toEqual(before)
    expect(await eventTypes()).toEqual(['database.found', 'database.found', 'database.gone', 'database.returned'])
  })

  test.each([
    ['AccessDenied', 403, 'DescribeDBInstances', 'aws_denied'],
    ['Throttling', 400, 'DescribeDBInstances', 'aws_throttled'],
    ['InternalFailure', 500, 'DescribeDBClusters', 'aws_unavailable'],
    ['InvalidClientTokenId', 403, 'DescribeDBClusters', 'region_disabled'],
    ['OptInRequired', 403, 'DescribeDBClusters', 'region_disabled'],
    ['Mystery', 400, 'DescribeDBInstances', 'aws_failed'],
  ])('is not taken for gone because AWS answers %s (%i) to %s', async (code, status, action, expected) => {
    await declare([])
    await sync(cluster('orders'), instance('reports'), proxy('pool'))
    const empty = await awsWith([])
    empty.standIn.faults.add({ kind: 'error', action, code, status, times: null })
    const [outcome] = await syncIn(empty)
    expect(outcome).toMatchObject({ counts: null, trouble: { code: expected, message: expect.stringMatching(/\.$/) } })
    expect(await known()).toEqual(['cluster-ORDERS', 'db-REPORTS', 'prx-POOL'])
    expect(await db.prisma.regionSync.findFirst()).toMatchObject({
      errorCode: expected,
      counts: { clusters: 1 },
      completeAt: expect.any(Date),
    })
  })

  test.each([
    ['AccessDenied', 403, 'aws_denied'],
    ['InvalidAction', 400, 'aws_failed'],
    ['InternalFailure', 500, 'aws_unavailable'],
  ])(
    'is told from one that AWS would not show, by answering %s (%i) to lesser calls: the rest is up to date',
    async (code, status, expected) => {
      await declare([])
      await sync(cluster('orders'), cluster('billing'), proxy('pool'))
      const customEndpoint = { kind: 'custom', host: 'reports.example' }
      await owner.query(`update database set found = jsonb_set(found, '{endpoints,0}', $1) where identifier = 'orders'`, [customEndpoint])
      const before = await db.prisma.database.findFirst({ where: { kind: 'proxy' } })
      const world = await awsWith([cluster('orders'), instance('reports')])
      for (const action of ['DescribeDBProxies', 'DescribeDBClusterEndpoints'])
        world.standIn.faults.add({ kind: 'error', action, code, status, times: null })
      const [outcome] = await syncIn(world)
      expect(outcome).toMatchObject({
        counts: { clusters: 1, instances: 1, proxies: 1, found: 1, gone: 1 },
        trouble: { code: expected, message: expect.stringContaining('The cluster endpoints and proxies could not be read, and are kept') },
      })
      expect(await known()).toEqual(['cluster-BILLING gone', 'cluster-ORDERS', 'db-REPORTS', 'prx-POOL'])
      expect(await db.prisma.database.findFirst({ where: { kind: 'proxy' } })).toEqual(before)
      const { found } = await db.prisma.database.findFirstOrThrow({ where: { identifier: 'orders' } })
      expect(found).toMatchObject({ endpoints: [{ kind: 'writer' }, { kind: 'reader' }, customEndpoint] })
      const { completeAt, endedAt, errorCode } = await db.prisma.regionSync.findFirstOrThrow()
      expect([errorCode, Number(completeAt) < Number(endedAt)]).toEqual([expected, true])
    },
  )

  test('is not a proxy whose tags are not told, nor is there a new one by whose tags no rule could go', async () => {
    await declare([])
    await sync(proxy('pool'))
    const world = await awsWith([proxy('pool'), proxy('new')])
    world.standIn.faults.add({ kind: 'error', action: 'ListTagsForResource', code: 'AccessDenied', status: 403, times: null })
    expect((await syncIn(world))[0]).toMatchObject({ counts: { proxies: 1, found: 0 }, trouble: { code: 'aws_denied' } })
    expect(await known()).toEqual(['prx-POOL'])
  })

  test('is not taken for gone because a page in the middle of the walk fails', async () => {
    await declare([])
    const many = Array.from({ length: 150 }, (_, index) => instance(`i${String(index).padStart(3, '0')}`))
    await sync(...many)
    const world = await awsWith(many.slice(0, 120))
    world.standIn.faults.add({ kind: 'error', action: 'DescribeDBInstances', code: 'AccessDenied', status: 403, times: 1 })
    await syncIn(world)
    expect(await known()).toHaveLength(150)
    expect(await eventTypes()).not.toContain('database.gone')
    await syncIn(world)
    expect((await known()).filter((id) => id.endsWith('gone'))).toHaveLength(30)
  })

  test('in one region is gone though another region fails', async () => {
    await declare([], twoRegions)
    const there = cluster('there', { region: 'eu-west-1' })
    await sync(cluster('here'), there)
    const world = await awsWith([])
    world.standIn.faults.add({ kind: 'error', action: 'DescribeDBInstances', code: 'AccessDenied', status: 403, times: 1 })
    const outcomes = await syncIn(world)
    const failed = outcomes.find(({ trouble }) => trouble !== null)?.region
    expect(outcomes.filter(({ trouble }) => trouble === null)).toHaveLength(1)
    expect(await known()).toEqual(failed === 'eu-west-1' ? ['cluster-HERE gone', 'cluster-THERE'] : ['cluster-HERE', 'cluster-THERE gone'])
  })

  test('stays as it is when a walk that began earlier is stored after a later one', async () => {
    await declare([])
    const late = await awsWith([cluster('orders')])
    const slow = syncIn({
      aws: {
        ...late.aws,
        findDatabases: async (...asked) => {
          const found = await late.aws.findDatabases(...asked)
          await sync() // somebody else looks meanwhile, and finds nothing
          return found
        },
      },
    })
    expect((await slow)[0]).toMatchObject({ counts: null, trouble: null })
    expect(await known()).toEqual([])
  })
})

test('databases of another account than the one looked at are not taken for its own', async () => {
  await declare([])
  const [outcome] = await sync(cluster('orders', { account: '210987654321' }))
  expect(outcome).toMatchObject({ trouble: null, counts: { found: 0 } })
  const elsewhere = await awsWith([cluster('orders')])
  await db.inTransaction((tx) => declareCatalog(tx, declared([], [{ ...oneRegion, id: '210987654321' }])))
  const [mixed] = await syncIn(elsewhere, '210987654321')
  expect(mixed).toMatchObject({ counts: null, trouble: { code: 'wrong_account', message: expect.stringContaining('123456789012') } })
  expect(await known()).toEqual([])
})

describe('a name that passes on', () => {
  test('to a cluster made again names another database', async () => {
    await declare([])
    await sync(cluster('orders'))
    const before = await resolve('cluster-ORDERS')
    await sync(cluster('orders', { resourceId: 'cluster-AGAIN' }))
    expect(await resolve(before?.arn ?? '')).toMatchObject({ resourceId: 'cluster-AGAIN' })
    expect((await resolve(before?.arn ?? ''))?.id).not.toBe(before?.id)
    expect(await eventTypes()).toEqual(['database.found', 'database.gone', 'database.found'])
  })

  test('in a blue/green switch leaves both databases, each under its new name', async () => {
    await declare([])
    const green = { resourceId: 'cluster-GREEN' }
    await sync(cluster('orders'), cluster('orders-green', green))
    await sync(cluster('orders-old1', { resourceId: 'cluster-ORDERS' }), cluster('orders', green))
    expect(await resolve('cluster-ORDERS')).toMatchObject({ identifier: 'orders-old1' })
    expect(await resolve('cluster-GREEN')).toMatchObject({ identifier: 'orders' })
    expect(await db.prisma.database.findFirst({ where: { resourceId: 'cluster-ORDERS' } })).toMatchObject({
      formerNames: [{ identifier: 'orders', arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders', until: expect.any(String) }],
    })
  })

  test('between two clusters at once is no trouble', async () => {
    await declare([])
    await sync(cluster('blue'), cluster('green'))
    await sync(cluster('green', { resourceId: 'cluster-BLUE' }), cluster('blue', { resourceId: 'cluster-GREEN' }))
    expect(await resolve('cluster-BLUE')).toMatchObject({ identifier: 'green' })
    expect(await resolve('cluster-GREEN')).toMatchObject({ identifier: 'blue' })
  })
})

describe('a declared database that is found', () => {
  test('is one row: host, port and tags of the file win, the rest is as AWS has it', async () => {
    await declare([{ ...declaration('orders'), port: 6432, tags: { environment: 'production' } }])
    const before = await resolve('cluster-ORDERS')
    await sync(cluster('orders', { iam: false, tags: { environment: 'staging', team: 'shop' } }))
    expect(await resolve('cluster-ORDERS')).toEqual({
      ...before,
      engineVersion: expect.any(String),
      host: 'way-in.example',
      port: 6432,
      iamAuth: false,
      tags: { environment: 'production', team: 'shop' },
      found: true,
    })
  })

  test('is not gone when AWS has it no longer, nor when the file has it no longer', async () => {
    await declare([declaration('orders')])
    await sync(cluster('orders'))
    await sync()
    expect(await resolve('cluster-ORDERS')).toMatchObject({ declared: true, found: false })
    await sync(cluster('orders'))
    await declare([])
    expect(await resolve('cluster-ORDERS')).toMatchObject({
      declared: false,
      found: true,
      host: expect.stringMatching(/^orders\.cluster-\w+\.us-east-2\.rds\.amazonaws\.com$/),
    })
    await sync()
    expect(await known()).toEqual(['cluster-ORDERS gone'])
  })

  test('leaves its ARN to what has it in AWS, where the file is out of date', async () => {
    await declare([declaration('orders')])
    await sync(cluster('orders', { resourceId: 'cluster-AGAIN' }))
    expect(await resolve('arn:aws:rds:us-east-2:123456789012:cluster:orders')).toMatchObject({ resourceId: 'cluster-AGAIN' })
    expect(await resolve('cluster-ORDERS')).toMatchObject({ declared: true, found: false })
  })
})

describe('what is not looked at any more', () => {
  test.each([
    ['sync is switched off', { ...twoRegions, sync: false }],
    ['the account is taken out of the file', { ...twoRegions, id: '210987654321' }],
    ['the region is taken out of the file', { ...twoRegions, regions: ['eu-west-1'] }],
  ])('is gone when %s, and only what is declared remains', async (_, account) => {
    await declare([], twoRegions)
    await sync(cluster('orders'))
    await declare([], account)
    expect(await known()).toEqual(['cluster-ORDERS gone'])
    await sync(cluster('orders'))
    expect(await known()).toEqual(['cluster-ORDERS gone'])
  })
})

const declaration = (identifier: string) => ({
  arn: `arn:aws:rds:us-east-2:123456789012:cluster:${identifier}`,
  resourceId: `cluster-${identifier.toUpperCase()}`,
  engine: 'aurora-postgresql',
  host: 'way-in.example',
})

const pending: FoundDatabase = {
  kind: 'instance',
  resourceId: 'db-NEW',
  identifier: 'new',
  arn: 'arn:aws:rds:us-east-2:123456789012:db:new',
  engine: 'postgres',
  engineVersion: '16.4',
  host: null,
  port: 5432,
  iamAuth: true,
  tags: {},
  endpoints: [],
  members: [],
}
