import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { syncCatalogCommand } from '../../src/app/sync-catalog.ts'
import { declareCatalog } from '../../src/catalog/index.ts'
import { loadEnvironment } from '../../src/config/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import { cluster, instance, roleIn } from '../catalog/aws-world.ts'
import { declared } from '../catalog/declared.ts'
import { testDatabase } from '../support/database.ts'

const { db, url, client } = testDatabase()
const shop = '123456789012'
const other = '210987654321'
let standIn: AwsStandIn

beforeAll(async () => {
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
  standIn.seed([cluster('orders'), instance('orders-1', 'orders'), cluster('elsewhere', { account: other }), ...roleIn(other)])
  vi.stubEnv('AWS_ACCESS_KEY_ID', shop)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await standIn.close()
})
beforeEach(async () => {
  standIn.faults.clear()
  await (await client()).query('truncate database, region_sync, account cascade')
  await declare(
    { id: shop, name: 'shop', regions: ['us-east-2', 'eu-west-1'] },
    { id: other, name: 'other', regions: ['us-east-2'], role: `arn:aws:iam::${other}:role/sallyport` },
  )
})

const declare = (...accounts: readonly object[]) => db.inTransaction((tx) => declareCatalog(tx, declared([], accounts)))

async function sync(account: readonly string[] = [], json = false) {
  const said: string[] = []
  const progress: string[] = []
  const environment = loadEnvironment('catalog', { DATABASE_URL: url, AWS_ENDPOINT_URL: standIn.url, AWS_REGION: 'us-east-2' })
  const exitCode = await syncCatalogCommand(
    environment,
    { account, json },
    pino({ enabled: false }),
    (text) => said.push(text),
    (text) => progress.push(text),
  )
  return { exitCode, text: said.join('\n'), progress: progress.sort() }
}
/** The cells of a table, without its lines. */
const rowsOf = (text: string) =>
  text.split('\n').flatMap((line) =>
    line.startsWith('│')
      ? [
          line
            .split('│')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : [],
  )

describe('catalog sync', () => {
  test('looks in every account, says each region as it is over, then a table, and ends with 0', async () => {
    const { exitCode, text, progress } = await sync()
    expect(exitCode).toBe(0)
    expect(progress).toEqual([
      `${shop} eu-west-1: complete: 0 clusters, 0 instances, 0 proxies`,
      `${shop} us-east-2: complete: 1 clusters, 0 instances, 0 proxies`,
      `${other} us-east-2: complete: 1 clusters, 0 instances, 0 proxies`,
    ])
    expect(rowsOf(text)).toEqual([
      ['account', 'region', 'result', 'clusters', 'instances', 'proxies', 'found', 'changed', 'gone', 'returned'],
      [shop, 'us-east-2', 'complete', '1', '0', '0', '1', '0', '0', '0'],
      [shop, 'eu-west-1', 'complete', '0', '0', '0', '0', '0', '0', '0'],
      [other, 'us-east-2', 'complete', '1', '0', '0', '1', '0', '0', '0'],
    ])
    expect(await db.prisma.auditEvent.findFirst({ where: { type: 'database.found' } })).toMatchObject({ actor: { via: 'cli' } })
  })

  test('looks only where it is told to, and prints what came of it as JSON', async () => {
    const { exitCode, text } = await sync([other, other], true)
    expect(exitCode).toBe(0)
    expect(JSON.parse(text)).toEqual([
      {
        account: other,
        region: 'us-east-2',
        counts: { clusters: 1, instances: 0, proxies: 0, found: 1, changed: 0, gone: 0, returned: 0 },
        trouble: null,
      },
    ])
  })

  test('says what mends a region that is refused, does the others, and ends with 1', async () => {
    standIn.faults.add({ kind: 'error', action: 'DescribeDBInstances', code: 'AccessDenied', status: 403, times: 1 })
    const { exitCode, text, progress } = await sync([shop])
    expect(exitCode).toBe(1)
    expect(
      progress.filter((line) => line.includes('aws_denied: AWS refuses Sallyport.') && line.includes('rds:DescribeDBInstances')),
    ).toHaveLength(1)
    const results = rowsOf(text).map(([, , result, clusters]) => [result, clusters !== ''])
    expect(results.slice(1).sort()).toEqual([
      ['aws_denied', false],
      ['complete', true],
    ])
  })

  test('says what was not read beside clusters and instances, counts those, and ends with 1', async () => {
    standIn.faults.add({ kind: 'error', action: 'DescribeDBProxies', code: 'AccessDenied', status: 403, times: null })
    const { exitCode, text, progress } = await sync([other])
    expect(exitCode).toBe(1)
    expect(progress).toEqual([expect.stringContaining('aws_denied: The proxies could not be read, and are kept as they were known')])
    expect(rowsOf(text)[1]).toEqual([other, 'us-east-2', 'aws_denied', '1', '0', '0', '1', '0', '0', '0'])
  })

  test.each([
    ['is not managed', '999999999999', 'unknown_account'],
    ['has only declared databases', other, 'sync_off'],
  ])('refuses an account that %s, and looks nowhere', async (_, account, code) => {
    await declare({ id: shop, name: 'shop', regions: ['us-east-2'] }, { id: other, name: 'other', regions: ['us-east-2'], sync: false })
    standIn.calls.reset()
    await expect(sync([shop, account])).rejects.toMatchObject({ code })
    expect(standIn.calls.list()).toEqual([])
  })

  test('says so where there is no account to look in', async () => {
    await declare()
    expect(await sync()).toEqual({ exitCode: 0, text: expect.stringContaining('There is no account'), progress: [] })
  })

  test('works from the command line, with its exit code', { timeout: 60_000 }, async () => {
    standIn.faults.add({ kind: 'error', action: 'DescribeDBClusters', code: 'OptInRequired', status: 403, times: null })
    const env = { ...process.env, DATABASE_URL: url, AWS_ENDPOINT_URL: standIn.url, AWS_REGION: 'us-east-2' }
    const running = promisify(execFile)('node', ['--import', 'tsx', 'src/main.ts', 'catalog', 'sync', '--account', other, '--json'], {
      env,
    })
    await expect(running).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('"code": "region_disabled"'),
      stderr: expect.stringContaining(`${other} us-east-2: region_disabled: `),
    })
  })
})
