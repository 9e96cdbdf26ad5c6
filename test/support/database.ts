import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { connect, type Database } from '../../src/db/index.ts'
import { administer, dropDatabase, type TestServer, urlOf } from './postgres-server.ts'

export interface TestDatabase extends EmptyDatabase {
  /** As `serve` and `worker` have it: every connection in the run-time role. Closed after the tests. */
  readonly db: Database
  /** For the run-time login; what a test opens with it, the test closes. */
  readonly url: string
}

export interface EmptyDatabase {
  /** For the owner; what a test opens with it, the test closes. */
  readonly ownerUrl: string
  /** A new connection of the owner's, for looking and for arranging. Closed after the tests. */
  client(): Promise<pg.Client>
}

/**
 * A migrated database for the calling file (or `describe`) alone, there when its first hook or test runs and dropped
 * after its last. A connection left open by then fails the file.
 */
export function testDatabase(): TestDatabase {
  const server = inject('postgres')
  const { name, ...rest } = temporaryDatabase(server, server.template)
  const url = urlOf(server, name, server.login)
  const db = connect({ connectionString: url, applicationName: 'testDatabase().db', poolSize: 10, onIdleError: () => {} })
  afterAll(() => db.close())
  return { ...rest, db, url }
}

/** The same without a schema, for tests of migrating. */
export function emptyDatabase(): EmptyDatabase {
  return temporaryDatabase(inject('postgres'), 'template0')
}

function temporaryDatabase(server: TestServer, template: string): EmptyDatabase & { readonly name: string } {
  const name = `${server.template}_${randomBytes(4).toString('hex')}`
  const ownerUrl = urlOf(server, name)
  const clients: pg.Client[] = []
  beforeAll(() => administer(server.ownerUrl, `create database ${name} template ${template}`))
  afterAll(() => dropDatabase(server, name)) // hooks run last in, first out: after all closing
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end()))
  })
  return {
    name,
    ownerUrl,
    client: async () => {
      const client = new pg.Client({ connectionString: ownerUrl, application_name: 'testDatabase().client()' })
      await client.connect()
      clients.push(client)
      return client
    },
  }
}
