import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declareCatalog } from '../../src/catalog/index.ts'
import { catalogRoutes } from '../../src/catalog/routes.ts'
import { createServer } from '../../src/http/index.ts'
import { type Caller, createRuleSets, type Scope } from '../../src/identity/index.ts'
import { testDatabase } from '../support/database.ts'
import { declared, invoices, orders, ordersAbroad } from './declared.ts'

const { db } = testDatabase()
let app: FastifyInstance

const proxy = {
  arn: 'arn:aws:rds:us-east-2:123456789012:db-proxy:prx-ABCDEFGHIJKL01234',
  resourceId: 'prx-ABCDEFGHIJKL01234',
  engine: 'postgres',
  host: 'p.example',
}
const gone = { ...orders, arn: `${orders.arn}-gone`, resourceId: 'cluster-GONE' }

beforeAll(async () => {
  await db.inTransaction((tx) => declareCatalog(tx, declared([orders, invoices, ordersAbroad, proxy, gone])))
  await db.inTransaction((tx) => declareCatalog(tx, declared([orders, invoices, ordersAbroad, proxy])))
  app = await createServer({
    log: pino({ enabled: false }),
    version: '0',
    authenticate: async (authorization) => callerWith(authorization),
  })
  await app.register(catalogRoutes, { db, ruleSets: createRuleSets(db) })
})
afterAll(() => app.close())

/** The scope stands in the header, so that each test says whom it asks as. */
function callerWith(authorization: string | undefined): Caller {
  const scopes = new Set<Scope>(authorization === 'read' ? ['read'] : ['revoke'])
  const credential = {
    id: 'key:test',
    via: 'test',
    scopes,
    mayActFor: 'nobody',
    decideGroups: [],
    ownerId: null,
    secretHash: null,
    expiresAt: null,
  } as const
  return { actor: { kind: 'service', credential: credential.id, via: 'test' }, credential, isAdmin: false, isAuditor: false }
}

async function get(path: string, authorization = 'read') {
  const response = await app.inject({ url: path, headers: { authorization } })
  return {
    status: response.statusCode,
    body: response.json<{ items: { id: string; arn: string }[]; nextCursor: string | null; code: string }>(),
  }
}

const arns = async (query: string): Promise<string[]> =>
  (await get(`/v1/databases?${query}`)).body.items.map((database) => database.arn).sort()

describe('GET /v1/databases', () => {
  test('lists what can be asked for, without what is gone', async () => {
    expect(await arns('')).toEqual([orders.arn, invoices.arn, ordersAbroad.arn, proxy.arn].sort())
  })

  test.each([
    ['account=123456789012&region=eu-west-1', [ordersAbroad.arn]],
    ['account=210987654321', []],
    ['tag=environment:production', [orders.arn]],
    ['tag=environment:prod', []],
    ['tag=team:owner:billing', [orders.arn]],
    ['q=INVO', [invoices.arn]],
    ['q=prx-abc', [proxy.arn]],
    ['q=%25', []],
    ['q=_', []],
    ['region=us-east-2&q=orders&tag=environment:production', [orders.arn]],
  ])('filters by %s', async (query, expected) => {
    expect(await arns(query)).toEqual(expected)
  })

  test('gives page after page, each database once, in the order of ids', async () => {
    const ids: string[] = []
    let query = 'limit=3'
    for (const length of [3, 1]) {
      const { body } = await get(`/v1/databases?${query}`)
      expect(body.items).toHaveLength(length)
      ids.push(...body.items.map((database) => database.id))
      query = `limit=3&cursor=${body.nextCursor}`
    }
    expect(query).toBe('limit=3&cursor=null')
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(ids).toHaveLength(4)
  })

  test.each([
    ['limit=0', 'invalid_request'],
    ['limit=201', 'invalid_request'],
    ['limit=ten', 'invalid_request'],
    ['account=123', 'invalid_request'],
    ['tag=environment', 'invalid_request'],
    ['q=', 'invalid_request'],
    ['q=a&q=b', 'invalid_request'],
    ['colour=blue', 'invalid_request'],
    ['cursor=null', 'invalid_cursor'],
    [`cursor=${Buffer.from('grt_01h455vb4pex5vsknk084sn02q').toString('base64url')}`, 'invalid_cursor'],
    [`cursor=${Buffer.from('dbs_01h455vb4pex5vsknk084sn02q').toString('base64url')}!`, 'invalid_cursor'],
  ])('refuses %s', async (query, code) => {
    expect(await get(`/v1/databases?${query}`)).toMatchObject({ status: 400, body: { code } })
  })

  test('needs the scope `read`', async () => {
    expect(await get('/v1/databases', 'revoke')).toMatchObject({ status: 403, body: { code: 'missing_scope' } })
  })
})

describe('GET /v1/databases/{ref}', () => {
  test('finds a database by resource id, ARN and id', async () => {
    const { body } = await get(`/v1/databases/${invoices.resourceId}`)
    expect(body).toEqual({
      id: expect.stringMatching(/^dbs_/),
      account: '123456789012',
      partition: 'aws',
      region: 'us-east-2',
      kind: 'instance',
      resourceId: invoices.resourceId,
      identifier: 'invoices',
      arn: invoices.arn,
      engine: 'mysql',
      host: invoices.host,
      port: 3306,
      iamAuthentication: false,
      engineVersion: null,
      tags: {},
      endpoints: [],
      members: [],
      declared: true,
      found: false,
      goneAt: null,
      links: { self: expect.stringMatching(/^\/v1\/databases\/dbs_/) },
    })
    expect((await get(`/v1/databases/${invoices.arn}`)).body).toEqual(body)
    expect((await get(`/v1/databases/${encodeURIComponent(invoices.arn)}`)).body).toEqual(body)
    expect((await get(`/v1/databases/${'id' in body ? body.id : ''}`)).body).toEqual(body)
  })

  test('shows one that is gone, and since when', async () => {
    expect(await get(`/v1/databases/${gone.resourceId}`)).toMatchObject({ status: 200, body: { goneAt: expect.stringMatching(/Z$/) } })
  })

  test('does not choose between two regions', async () => {
    expect(await get(`/v1/databases/${orders.resourceId}`)).toMatchObject({ status: 422, body: { code: 'ambiguous_database' } })
    expect(await get(`/v1/databases/${ordersAbroad.arn}`)).toMatchObject({ status: 200, body: { region: 'eu-west-1' } })
  })

  test('says when there is none, and when it cannot be a name of one', async () => {
    expect(await get('/v1/databases/cluster-NOWHERE')).toMatchObject({ status: 404, body: { code: 'database_not_found' } })
    expect(await get('/v1/databases/a%20b')).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  test('needs the scope `read`', async () => {
    expect(await get(`/v1/databases/${orders.arn}`, 'revoke')).toMatchObject({ status: 403, body: { code: 'missing_scope' } })
  })
})
