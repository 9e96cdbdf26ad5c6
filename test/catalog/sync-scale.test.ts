import pino from 'pino'
import { beforeAll, describe, expect, test } from 'vitest'
import { countedPool } from '../../bench/counted-pool.ts'
import { databasePage, listDatabases } from '../../src/catalog/database-view.ts'
import { declareCatalog, syncAccount } from '../../src/catalog/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import { atMost } from '../../src/kernel/at-most.ts'
import { testDatabase } from '../support/database.ts'
import { awsWith, cluster, instance, roleIn } from './aws-world.ts'
import { declared } from './declared.ts'

const { db, client } = testDatabase()
const actor: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const regions = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1']
/** A tenth of the hundred of bench/sync.ts: the calls grow with accounts and regions, and nothing else is to be seen by more of them. */
const accounts = Array.from({ length: 10 }, (_, index) => String(200_000_000_000 + index))

/** 20 of each account and region: half of them clusters, half instances. */
const databases = accounts.flatMap((account) =>
  regions.flatMap((region) =>
    Array.from({ length: 20 }, (_, index) => {
      const tags = { environment: index % 4 === 0 ? 'production' : 'staging', index: String(index) }
      const facts = {
        account,
        region,
        tags,
        resourceId: `${index < 10 ? 'cluster' : 'db'}-${region.replaceAll('-', '').toUpperCase()}${index}`,
      }
      return index < 10 ? cluster(`c${index}`, facts) : instance(`i${index}`, null, facts)
    }),
  ),
)

/** What reading a page comes to in Postgres: the rows that it took out of tables, and whether it went through one from end to end. */
async function costOf(filter: Parameters<typeof databasePage>[0], after: string | null) {
  const owner = await client()
  const { text, values } = databasePage(filter, after, 51)
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`, [...values])
  const nodes = rows.flatMap((row) => flat(row['QUERY PLAN'][0].Plan)).filter((node) => node['Relation Name'] === 'database')
  return {
    sequential: nodes.some((node) => node['Node Type'] === 'Seq Scan'),
    rows: nodes.reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0),
  }
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

test('databases of many accounts and regions are found with the fewest calls there can be', async () => {
  const file = accounts.map((id) => ({ id, name: `account-${id}`, regions, role: `arn:aws:iam::${id}:role/sallyport` }))
  await db.inTransaction((tx) => declareCatalog(tx, declared([], file)))
  const { aws, standIn } = await awsWith([...databases, ...accounts.flatMap(roleIn)])
  const sync = syncAccount({ database: db, aws, log: pino({ enabled: false }) })
  const outcomes = (await atMost(8, accounts, (accountId) => sync({ accountId, asked: true, actor }))).flat()
  expect(outcomes.filter(({ trouble }) => trouble !== null)).toEqual([])
  expect(await db.prisma.database.count({ where: { goneAt: null } })).toBe(1_000)
  expect(await db.prisma.auditEvent.count({ where: { type: 'database.found' } })).toBe(1_000)
  const calls = standIn.calls
    .list()
    .reduce((count, { action }) => count.set(action, (count.get(action) ?? 0) + 1), new Map<string, number>())
  // One role for each account; in each region a page of each list, but of endpoints of proxies, where there are none.
  expect(Object.fromEntries(calls)).toEqual({
    AssumeRole: 10,
    DescribeDBClusters: 50,
    DescribeDBClusterEndpoints: 50,
    DescribeDBInstances: 50,
    DescribeDBProxies: 50,
  })
}, 60_000)

describe('of 10,000 databases', () => {
  const page = { sequential: false, rows: 51 }
  let middle: string

  beforeAll(async () => {
    const owner = await client()
    await owner.query('truncate database, account cascade')
    await owner.query(`
      insert into account (id, name, partition, regions)
      select (300000000000 + n)::text, 'account-' || n, 'aws', '{}' from generate_series(0, 99) n`)
    await owner.query(`
      insert into database (id, account_id, partition, region, kind, resource_id, identifier, arn, engine, host, port, iam_auth, tags)
      select 'dbs_' || lpad(n::text, 26, '0'), (300000000000 + n % 100)::text, 'aws', 'region-' || n / 100 % 5, 'cluster', 'cluster-' || n,
        'c' || n, 'arn:' || n, 'aurora-mysql', n || '.example', 3306, true,
        jsonb_build_object('environment', case when n % 4 = 0 then 'production' else 'staging' end, 'index', n)
      from generate_series(0, 9999) n`)
    await owner.query('analyze database')
    middle = `dbs_${'7000'.padStart(26, '0')}`
  })

  test('a page takes out of the table what is in the page, and no more, wherever it stands', async () => {
    expect(await costOf({}, null)).toEqual(page)
    expect(await costOf({}, middle)).toEqual(page)
    expect(await costOf({ account: '300000000042' }, null)).toEqual(page)
  })

  test('all pages are one statement each, and the last costs what the first does', async () => {
    const counted = countedPool(db.pool)
    const cursors: (string | undefined)[] = []
    let cursor: string | undefined
    do {
      cursors.push(cursor)
      cursor = (await listDatabases(db, {}, { limit: 500, ...(cursor === undefined ? {} : { cursor }) })).nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(cursors).toHaveLength(20)
    expect(counted.take()).toHaveLength(20)
    const lastButOne = `dbs_${'9899'.padStart(26, '0')}`
    expect(await costOf({}, lastButOne)).toEqual(page)
  })

  test.each([
    ['a region', { region: 'region-4' }, 500],
    ['account and region', { account: '300000000099', region: 'region-1' }, 100],
    ['a tag that one has', { tag: 'index:7' }, 1],
    ['a tag that every fourth has', { tag: 'environment:production' }, 2_500],
  ])('a page by %s never goes through the table', async (_, filter, most) => {
    const cost = await costOf(filter, null)
    expect(cost.sequential).toBe(false)
    expect(cost.rows).toBeLessThanOrEqual(most)
  })
})
