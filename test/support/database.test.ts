import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { emptyDatabase, testDatabase } from './database.ts'
import { administer, dropDatabase, urlOf } from './postgres-server.ts'

const first = testDatabase()
const second = testDatabase()
const empty = emptyDatabase()

test('each clone is migrated and its own', async () => {
  await first.db.prisma.person.create({ data: { id: 'jane', username: 'jane', displayName: 'Jane' } })
  expect(await first.db.prisma.person.count()).toBe(1)
  expect(await second.db.prisma.person.count()).toBe(0)
  expect(await second.db.prisma.deployment.count()).toBe(1)
})

test('an empty database has no tables', async () => {
  const client = await empty.client()
  const tables = await client.query(`select from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)
  expect(tables.rowCount).toBe(0)
})

test('the application connects as a login that owns nothing, in the run-time role', async () => {
  const [who] = await first.db.query({ name: 'who', text: 'select current_user as role, session_user as login' }, [])
  expect(who).toEqual({ role: 'sallyport_runtime', login: inject('postgres').login.user })
})

test('a connection left open is named when its database is dropped', async () => {
  const server = inject('postgres')
  const name = `${server.template}_leak`
  await administer(server.ownerUrl, `create database ${name}`)
  const forgotten = new pg.Client({ connectionString: urlOf(server, name), application_name: 'forgotten' })
  const cutOff = new Promise((resolve) => forgotten.on('error', resolve))
  await forgotten.connect()
  await expect(dropDatabase(server, name)).rejects.toThrow(/left connections open:\nforgotten \(idle\)/)
  await cutOff
})
