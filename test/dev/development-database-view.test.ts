import { describe, expect, it } from 'vitest'
import { migrate } from '../../src/db/index.ts'
import { refuseUnlessDevelopment } from '../../src/dev/development-database-view.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'

describe('the database that dev mode may use', () => {
  const empty = emptyDatabase()
  const development = testDatabase()
  const production = emptyDatabase()
  const foreign = emptyDatabase()
  const lookalike = emptyDatabase()

  it('may be empty, but for what extensions bring', async () => {
    await refuseUnlessDevelopment(empty.ownerUrl)
    const client = await empty.client()
    await client.query('create extension pgcrypto')
    await refuseUnlessDevelopment(empty.ownerUrl)
  })

  it('may be one that dev mode has made', async () => {
    await expect(refuseUnlessDevelopment(development.ownerUrl)).resolves.toBeUndefined()
  })

  it('is no production database of Sallyport, which stays as it is', async () => {
    const { deploymentId } = await migrate(production.ownerUrl, 'production')
    await expect(refuseUnlessDevelopment(production.ownerUrl)).rejects.toThrow(
      /^SALLYPORT_DEV_DATABASE_URL: this is a production database of Sallyport; /,
    )
    const client = await production.client()
    expect((await client.query('select id, kind from deployment')).rows).toEqual([{ id: deploymentId, kind: 'production' }])
  })

  it.each([
    ['a table', 'create table invoices as select 1 as total'],
    ['a sequence', 'create sequence numbers'],
    ['a function', 'create function one() returns int return 1'],
    ['a type', `create type colour as enum ('red')`],
    ['a table in a schema of its own', 'create schema shop create table orders (id int)'],
  ])('has nothing of anybody else’s in it: %s', async (_, statement) => {
    const client = await foreign.client()
    await client.query(statement)
    await expect(refuseUnlessDevelopment(foreign.ownerUrl)).rejects.toThrow(/holds something that is not Sallyport’s/)
    if (statement.startsWith('create table')) expect((await client.query('select total from invoices')).rows).toEqual([{ total: 1 }])
    await client.query('drop schema if exists shop cascade')
    await client.query('drop schema public cascade')
    await client.query('create schema public')
  })

  it('is not taken for one by the name of a table', async () => {
    const client = await lookalike.client()
    await client.query(`create table deployment as select 'development' as kind`)
    await expect(refuseUnlessDevelopment(lookalike.ownerUrl)).rejects.toThrow(/holds something that is not Sallyport’s/)
  })

  it('must let Sallyport in', async () => {
    const url = new URL(empty.ownerUrl)
    url.pathname = '/nowhere'
    await expect(refuseUnlessDevelopment(url.href)).rejects.toThrow(
      'SALLYPORT_DEV_DATABASE_URL: Postgres does not let Sallyport in (database "nowhere" does not exist); check the URL',
    )
  })
})
