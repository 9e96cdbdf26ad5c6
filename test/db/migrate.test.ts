import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { schemaDiff } from '../../scripts/schema-diff.ts'
import { applyMigrations } from '../../src/db/apply-migrations.ts'
import { migrate } from '../../src/db/index.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'
import { administer } from '../support/postgres-server.ts'

describe('migrating', () => {
  const database = emptyDatabase()

  test('applies every migration, and repeated, none', async () => {
    const first = await migrate(database.ownerUrl)
    expect(first.applied).not.toEqual([])
    expect(await migrate(database.ownerUrl)).toEqual({ applied: [], deploymentId: first.deploymentId })
  })

  test('marks the database as production unless told otherwise, and never marks it again', async () => {
    await migrate(database.ownerUrl, 'development')
    const client = await database.client()
    expect((await client.query('select kind from deployment')).rows).toEqual([{ kind: 'production' }])
  })
})

describe('two migrations at the same time', () => {
  const database = emptyDatabase()

  test('both succeed, and one of them does the work', async () => {
    const [one, other] = await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)])
    expect(one.deploymentId).toBe(other.deploymentId)
    expect([one.applied.length, other.applied.length].sort()).toEqual([0, one.applied.length + other.applied.length])
  })
})

describe('an owner who is no superuser', () => {
  const database = emptyDatabase()
  const owner = `${inject('postgres').template}_owner`
  const url = () => Object.assign(new URL(database.ownerUrl), { username: owner, password: 'owner' }).href
  const name = new URL(database.ownerUrl).pathname.slice(1)

  beforeAll(() =>
    administer(database.ownerUrl, `create role ${owner} login createrole password 'owner'`, `alter database ${name} owner to ${owner}`),
  )
  afterAll(() =>
    administer(database.ownerUrl, `reassign owned by ${owner} to current_user`, `drop owned by ${owner}`, `drop role ${owner}`),
  )

  test('migrates all the same', async () => {
    expect((await migrate(url())).applied).not.toEqual([])
  })
})

describe('a migration that fails', () => {
  const database = emptyDatabase()
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-migrations-'))
    await cp('prisma', folder, { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true }))

  const write = async (sql: string) => {
    const migration = join(folder, 'migrations', '99990101000000_notes')
    await mkdir(migration, { recursive: true })
    await writeFile(join(migration, 'migration.sql'), sql)
  }
  const tables = async () => {
    const client = await database.client()
    return (await client.query(`select tablename from pg_tables where tablename in ('notes', 'person')`)).rows
  }

  test('says what Postgres says, and leaves nothing half done', async () => {
    await write('create table notes (text text); create table notes (text text);')
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow(
      'The migration 99990101000000_notes failed and was rolled back: relation "notes" already exists',
    )
    expect(await tables()).toEqual([{ tablename: 'person' }])
  })

  test('is applied once it is mended', async () => {
    await write('create table notes (text text);')
    expect(await applyMigrations(database.ownerUrl, folder)).toEqual(['99990101000000_notes'])
    expect(await tables()).toHaveLength(2)
    expect(await applyMigrations(database.ownerUrl, folder)).toEqual([])
  })

  test('is not changed afterwards', async () => {
    await write('create table notes (text varchar);')
    await expect(applyMigrations(database.ownerUrl, folder)).rejects.toThrow(/Changed after .*: 99990101000000_notes/)
  })
})

describe('a migrated database', () => {
  const database = testDatabase()

  test('is exactly what prisma/schema.prisma says', async () => {
    expect(await schemaDiff(database.ownerUrl)).toBe('')
  })
})

test('a server that is not there is reported as it is', async () => {
  await expect(migrate('postgres://127.0.0.1:1/nothing')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
