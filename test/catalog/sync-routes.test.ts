import { CreateDBClusterCommand, DeleteDBClusterCommand, RDSClient } from '@aws-sdk/client-rds'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'

const api = testApi({
  worker: true,
  rules: (file) => {
    file.accounts.push({ id: '210987654321', name: 'declared-only', regions: ['us-east-2'], sync: false })
  },
})
const admin = api.as('admin')
const developer = api.as('developer')
const account = '123456789012'

let rds: RDSClient
beforeAll(() => {
  rds = new RDSClient({
    endpoint: api.standIn.url,
    region: 'us-east-2',
    credentials: { accessKeyId: account, secretAccessKey: 'emulated' },
  })
})
afterAll(() => rds.destroy())

const make = (resourceId: string) =>
  rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'carts',
      Engine: 'aurora-postgresql',
      EnableIAMDatabaseAuthentication: true,
      MasterUsername: 'owner',
      MasterUserPassword: 'not-a-secret',
      Tags: [
        { Key: 'environment', Value: 'production' },
        { Key: 'standin:resource-id', Value: resourceId },
      ],
    }),
  )
const remove = () => rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'carts', SkipFinalSnapshot: true }))
const looked = async (check: () => Promise<void>) => {
  await admin.sync({ accounts: [account] })
  await eventually(check)
}

describe('a worker', () => {
  test('looks by itself at accounts that are new, and finds what is declared there', async () => {
    await eventually(async () =>
      expect(await developer.database('cluster-ABCDEFGHIJKL01234')).toMatchObject({ declared: true, found: true }),
    )
    expect(await developer.account(account)).toMatchObject({
      name: 'demo',
      partition: 'aws',
      regions: ['us-east-2'],
      active: true,
      databases: { clusters: 3, instances: 2, proxies: 1 },
      sync: {
        enabled: true,
        regions: [{ region: 'us-east-2', complete: true, error: null, counts: { clusters: 3, instances: 2, proxies: 1 } }],
      },
    })
  })

  test('has a sync asked for done at once, and tells how it went', async () => {
    await make('cluster-CARTS1')
    expect(await admin.sync()).toEqual({ accounts: [account], links: { status: '/v1/databases/sync' } })
    await eventually(async () => expect(await developer.database('cluster-CARTS1')).toMatchObject({ declared: false, found: true }))
    const status = await developer.syncStatus()
    expect(status.items.map((item) => [item.account, item.sync.enabled])).toEqual([
      [account, true],
      ['210987654321', false],
    ])
    api.standIn.faults.add({ kind: 'error', action: 'DescribeDBProxies', code: 'AccessDenied', status: 403, times: null })
    await looked(async () =>
      expect((await developer.account(account)).sync.regions[0]).toMatchObject({
        complete: false,
        completeAt: expect.any(String),
        error: { code: 'aws_denied', message: expect.stringContaining('rds:DescribeDBProxies') },
      }),
    )
    expect(await developer.database('cluster-CARTS1')).toMatchObject({ found: true, goneAt: null })
    api.standIn.faults.clear()
    await looked(async () => expect((await developer.account(account)).sync.regions[0]).toMatchObject({ complete: true, error: null }))
  })

  test('shows on a grant that its cluster was made again, and how to ask for the new one', async () => {
    const asked = await developer.ask({ entitlements: [{ database: 'cluster-CARTS1', dbUser: 'db_user' }] })
    const [opened] = (await api.as('dba').approve(asked.id)).grants
    const id = opened?.id ?? ''
    await remove()
    await looked(async () =>
      expect(await developer.grant(id)).toMatchObject({ attention: { code: 'database_gone', attempts: 0 }, askAgain: null }),
    )
    await make('cluster-CARTS2')
    await looked(async () =>
      expect(await developer.grant(id)).toMatchObject({
        attention: { code: 'database_replaced', message: expect.stringContaining('carts is cluster-CARTS2') },
        askAgain: { href: '/v1/requests', body: { entitlements: [{ database: 'cluster-CARTS2', dbUser: 'db_user' }] } },
      }),
    )
    const { askAgain } = await developer.grant(id)
    expect((await developer.post('/v1/requests', askAgain?.body)).status).toBe(201)
    await developer.giveBack(id)
    expect((await developer.grant(id)).askAgain).toBeNull()
  })
})

describe('asking for a sync', () => {
  test('is for admins, and for programs with the scope', async () => {
    await expect(developer.sync()).rejects.toMatchObject({ code: 'not_permitted' })
    const { token } = await api.key({ name: 'inventory', scopes: ['sync'] })
    expect(await api.withKey(token).sync()).toMatchObject({ accounts: [account] })
    const { token: other } = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
    await expect(api.withKey(other).sync()).rejects.toMatchObject({ code: 'missing_scope' })
  })

  test.each([
    ['an account that is not managed', ['999999999999'], 'unknown_account'],
    ['one where databases are only declared', [account, '210987654321'], 'sync_off'],
    ['what is no account', ['12'], 'invalid_request'],
    ['no account', [], 'invalid_request'],
  ])('is refused for %s', async (_, accounts, code) => {
    await expect(admin.sync({ accounts })).rejects.toMatchObject({ code })
  })

  test('is recorded once, however often it is repeated with its Idempotency-Key', async () => {
    const before = (await admin.events({ type: 'catalog.sync_asked' })).items.length
    for (let time = 0; time < 3; time++) await admin.sync({}, { 'idempotency-key': 'look' })
    expect((await admin.events({ type: 'catalog.sync_asked' })).items).toHaveLength(before + 1)
  })
})

describe('accounts', () => {
  test('are listed in pages', async () => {
    const first = await developer.accounts({ limit: '1' })
    expect(first.items.map(({ id }) => id)).toEqual([account])
    const second = await developer.accounts({ limit: '1', cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ items: [{ id: '210987654321', sync: { enabled: false, nextAt: null } }], nextCursor: null })
  })

  test.each([
    ['/v1/accounts/999999999999', 'account_not_found'],
    ['/v1/accounts/orders', 'invalid_request'],
    ['/v1/accounts?cursor=null', 'invalid_cursor'],
    ['/v1/databases/sync?cursor=abc', 'invalid_cursor'],
  ])('%s is %s', async (path, code) => {
    expect(JSON.parse((await developer.get(path)).text)).toMatchObject({ code })
  })
})
