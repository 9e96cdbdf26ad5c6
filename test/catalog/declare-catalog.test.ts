import type { Client } from 'pg'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { declareCatalog, findAccount, resolveDatabases } from '../../src/catalog/index.ts'
import { testDatabase } from '../support/database.ts'
import { declared, demoAccount, invoices, orders, ordersAbroad } from './declared.ts'

const { db, client } = testDatabase()

let owner: Client
beforeAll(async () => {
  owner = await client()
})
beforeEach(async () => {
  await owner.query('truncate database, account cascade')
})

const declare = (databases: readonly object[], accounts?: readonly object[]): Promise<void> =>
  db.inTransaction((tx) => declareCatalog(tx, declared(databases, accounts)))

const at = (position: number) => `/${position}`
const resolve = async (ref: string) => (await resolveDatabases(db, [ref], at))[0]

test('what is declared can be asked for by resource id, ARN and Sallyport’s own id', async () => {
  await declare([orders, invoices])
  const byResourceId = await resolve(orders.resourceId)
  expect(byResourceId).toEqual({
    id: expect.stringMatching(/^dbs_/),
    accountId: '123456789012',
    partition: 'aws',
    region: 'us-east-2',
    kind: 'cluster',
    resourceId: orders.resourceId,
    identifier: 'orders',
    arn: orders.arn,
    engine: 'aurora-postgresql',
    engineVersion: null,
    host: orders.host,
    port: 5432,
    iamAuth: true,
    tags: orders.tags,
    declared: true,
    found: false,
    goneAt: null,
  })
  expect(await resolve(orders.arn)).toEqual(byResourceId)
  expect(await resolve(byResourceId?.id ?? '')).toEqual(byResourceId)
})

test('references are answered in their order, repeated ones too', async () => {
  await declare([orders, invoices])
  const found = await resolveDatabases(db, [invoices.arn, orders.resourceId, invoices.resourceId], at)
  expect(found.map((database) => database.identifier)).toEqual(['invoices', 'orders', 'invoices'])
  expect(await resolveDatabases(db, [], at)).toEqual([])
})

test('declaring the same again changes nothing', async () => {
  await declare([orders])
  const before = await resolve(orders.arn)
  await declare([orders])
  expect(await resolve(orders.arn)).toEqual(before)
})

test('a database keeps its id when anything but its resource id changes', async () => {
  await declare([orders])
  const before = await resolve(orders.resourceId)
  const arn = orders.arn.replace('orders', 'orders-archive')
  await declare([{ ...orders, arn, port: 6000, iamAuthentication: false, tags: {} }])
  expect(await resolve(orders.resourceId)).toEqual({ ...before, arn, identifier: 'orders-archive', port: 6000, iamAuth: false, tags: {} })
})

test('what is no longer declared cannot be asked for, and comes back as the same when it is declared again', async () => {
  await declare([orders, invoices])
  const before = await resolve(orders.resourceId)
  await declare([invoices])
  await expect(resolve(orders.resourceId)).rejects.toMatchObject({
    code: 'unknown_database',
    message: expect.stringContaining('no longer declared'),
  })
  await declare([orders, invoices])
  expect(await resolve(orders.resourceId)).toEqual(before)
})

test('a cluster made again under its name is another database', async () => {
  await declare([orders])
  const before = await resolve(orders.arn)
  await declare([{ ...orders, resourceId: 'cluster-ZZZZZZZZZZZZ99999' }])
  const after = await resolve(orders.arn)
  expect(after?.resourceId).toBe('cluster-ZZZZZZZZZZZZ99999')
  expect(after?.id).not.toBe(before?.id)
  await expect(resolve(orders.resourceId)).rejects.toMatchObject({ code: 'unknown_database' })
})

test('two clusters can swap their names', async () => {
  const green = { ...orders, resourceId: 'cluster-GREENGREEN1234567', arn: `${orders.arn}-green` }
  await declare([orders, green])
  const before = await resolve(orders.resourceId)
  await declare([
    { ...orders, arn: green.arn },
    { ...green, arn: orders.arn },
  ])
  expect(await resolve(orders.resourceId)).toMatchObject({ id: before?.id, identifier: 'orders-green', goneAt: null })
  expect(await resolve(green.resourceId)).toMatchObject({ identifier: 'orders', goneAt: null })
})

test('a resource id in two regions is ambiguous until one of them is gone', async () => {
  await declare([orders, ordersAbroad])
  await expect(resolve(orders.resourceId)).rejects.toMatchObject({
    code: 'ambiguous_database',
    message: expect.stringContaining(ordersAbroad.arn),
  })
  expect(await resolve(ordersAbroad.arn)).toMatchObject({ region: 'eu-west-1' })
  await declare([orders])
  expect(await resolve(orders.resourceId)).toMatchObject({ region: 'us-east-2' })
})

test('what is named nowhere is unknown', async () => {
  await expect(resolve('cluster-NOWHERE')).rejects.toMatchObject({ code: 'unknown_database' })
})

test('an account has its role and external id, and is inactive once it is no longer declared', async () => {
  const role = 'arn:aws:iam::123456789012:role/sallyport'
  await declare([], [{ ...demoAccount, role, externalId: 'not-a-secret' }])
  const known = { id: '123456789012', partition: 'aws', regions: ['us-east-2', 'eu-west-1'], roleArn: role, externalId: 'not-a-secret' }
  expect(await findAccount(db, '123456789012')).toMatchObject({ ...known, active: true, sync: true })
  await declare([], [])
  expect(await findAccount(db, '123456789012')).toMatchObject({ ...known, active: false })
  await declare([], [{ ...demoAccount, sync: false }])
  expect(await findAccount(db, '123456789012')).toMatchObject({ ...known, roleArn: null, externalId: null, active: true, sync: false })
  expect(await findAccount(db, '999999999999')).toBeNull()
})
