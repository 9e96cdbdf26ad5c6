import type pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { type Reader, readDeployment, type Statement } from '../../src/db/index.ts'
import { testDatabase } from '../support/database.ts'
import { insertAll } from './rows.ts'

const database = testDatabase()
const denied = { code: '42501' } // insufficient_privilege

beforeAll(async () => {
  await insertAll(await database.client())
})

test.each([
  `update audit_event set type = type`,
  `delete from audit_event`,
  `truncate audit_event`,
  `alter table audit_event disable trigger all`,
  `drop table audit_event`,
  `update rule_set set content = content`,
  `update decision set comment = 'changed'`,
  `update request_comment set text = 'changed'`,
  `update request_entitlement set db_user = 'admin'`,
  `delete from request`,
  `delete from later_match`,
  `delete from "grant"`,
  `delete from iam_write`,
  `delete from api_key`,
  `update deployment set kind = 'development'`,
  `create table notes (text text)`,
  `update _prisma_migrations set checksum = ''`,
  `alter function request_guard() rename to harmless`,
])('the run-time role may not %s', async (statement) => {
  await expect(database.db.pool.query(statement)).rejects.toMatchObject(denied)
})

test('the run-time login cannot become anybody else', async () => {
  await expect(database.db.pool.query('set role postgres')).rejects.toMatchObject(denied)
})

test('the run-time role records events, and Postgres gives them their order', async () => {
  const event = { type: 'request.created', version: 1, actor: {}, payload: {} }
  for (const id of ['evt_a', 'evt_b']) await database.db.prisma.auditEvent.create({ data: { ...event, id } })
  const events = await database.db.prisma.auditEvent.findMany({ where: { id: { in: ['evt_a', 'evt_b'] } }, orderBy: { seq: 'asc' } })
  expect(events.map(({ id }) => id)).toEqual(['evt_a', 'evt_b'])
})

test('the run-time role adds jobs, in the transaction of what they are for', async () => {
  const jobs = () => database.db.pool.query(`select from graphile_worker.jobs where task_identifier = 'test'`)
  const addJob = database.db.inTransaction(async (tx) => {
    await tx.prisma.$queryRaw`select id from graphile_worker.add_job('test', payload := '{}'::json)`
    throw new Error('the transaction fails')
  })
  await expect(addJob).rejects.toThrow('the transaction fails')
  expect(await jobs()).toMatchObject({ rowCount: 0 })
  await database.db.inTransaction((tx) => tx.prisma.$queryRaw`select id from graphile_worker.add_job('test', payload := '{}'::json)`)
  expect(await jobs()).toMatchObject({ rowCount: 1 })
})

test('a connection that something in between keeps from taking on the run-time role is refused, with what to do', async () => {
  const client = await database.client() // the owner's: it has not taken on any role
  const asOwner: Reader = {
    query: async <Row extends pg.QueryResultRow>({ text }: Statement, values: readonly unknown[]) =>
      (await client.query<Row>(text, [...values])).rows,
  }
  await expect(readDeployment(asOwner)).rejects.toThrow(/^DATABASE_URL: connections act as \w+ and not as sallyport_runtime: .*ALTER ROLE/)
  await expect(readDeployment(database.db)).resolves.toEqual({ id: expect.any(String), kind: 'development' })
})
