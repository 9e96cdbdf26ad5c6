import { describe, expect, it, onTestFinished } from 'vitest'
import { connect, type Database } from '../../src/db/index.ts'
import { healthRoutes } from '../../src/http/index.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'
import { sampleApp } from './support/sample-app.ts'

const database = testDatabase()
const empty = emptyDatabase()

const ask = async (db: Database, url: string) => {
  const app = await sampleApp(undefined, async (scope) => {
    await scope.register(healthRoutes, { db })
  })
  onTestFinished(() => app.close())
  return app.inject({ url })
}

const connectTo = (connectionString: string): Database => {
  const db = connect({ connectionString, applicationName: 'health.test', poolSize: 1, onIdleError: () => {} })
  onTestFinished(() => db.close())
  return db
}

describe('GET /healthz', () => {
  it('tells that the process is alive, even without Postgres', async () => {
    const response = await ask(connectTo('postgres://nobody@127.0.0.1:1/none'), '/healthz')
    expect([response.statusCode, response.json()]).toEqual([200, { status: 'alive' }])
  })
})

describe('GET /readyz', () => {
  it('names Postgres when it cannot be reached', async () => {
    const response = await ask(connectTo('postgres://nobody@127.0.0.1:1/none'), '/readyz')
    expect(response.json()).toMatchObject({ status: 503, code: 'not_ready', detail: 'postgres: it does not answer.' })
    expect(response.headers['retry-after']).toBe('5')
  })

  it('names the schema where there is none', async () => {
    const response = await ask(connectTo(empty.ownerUrl), '/readyz')
    expect(response.json()).toMatchObject({ status: 503, detail: 'schema: it cannot be read; run `sallyport migrate`.' })
  })

  it('names the rules before there are any, a missing migration, and is ready otherwise', async () => {
    expect((await ask(database.db, '/readyz')).json()).toMatchObject({ status: 503, detail: 'rules: no rule set is active.' })

    const owner = await database.client()
    const hash = 'a'.repeat(64)
    await owner.query(`insert into rule_set (hash, content) values ($1, '{}')`, [hash])
    await owner.query(`insert into active_rule_set (hash, activated_by) values ($1, '{}')`, [hash])
    expect((await ask(database.db, '/readyz')).json()).toEqual({ status: 'ready' })

    await owner.query('update _prisma_migrations set finished_at = null')
    expect((await ask(database.db, '/readyz')).json().detail).toMatch(/^schema: the migration \d+_init is missing/)
  })
})
