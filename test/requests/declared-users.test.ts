import { describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi({
  rules: (file) => {
    file.databaseUsers = [
      { databases: { identifiers: ['orders'] }, names: ['db_user'] },
      { databases: { tags: { team: 'shop', environment: 'production' } }, names: ['jane_doe'] },
      { databases: { tags: { environment: 'staging' } }, names: ['reader'], others: 'warn' },
    ]
  },
})
const developer = api.as('developer')
const on = (database: string, dbUser: string) => ({ entitlements: [{ database, dbUser }] })
const orders = 'cluster-ABCDEFGHIJKL01234'
const staging = 'cluster-STAGINGSTAGING01234567890'

describe('asking for a database user', () => {
  test('that any entry for the database names is as ever', async () => {
    for (const dbUser of ['db_user', 'jane_doe']) expect((await developer.ask(on(orders, dbUser))).warnings).toEqual([])
  })

  test('that none of them names is refused, with those they name and the SQL that makes it', async () => {
    const before = await api.snapshot()
    await expect(developer.ask(on(orders, 'mary_roe'))).rejects.toMatchObject({
      code: 'unknown_db_user',
      pointers: ['/entitlements/0/dbUser'],
      detail: expect.stringContaining(
        'declared are db_user, jane_doe. Case matters. To make it, for IAM authentication: CREATE USER mary_roe;',
      ),
    })
    await expect(developer.preview(on(orders, 'DB_USER'))).rejects.toMatchObject({ code: 'unknown_db_user' })
    expect(await api.snapshot()).toEqual(before)
  })

  test('that none of them names is only warned about where the file says so', async () => {
    const warning = { entitlement: 0, code: 'unknown_db_user', detail: expect.stringContaining('CREATE USER app; GRANT rds_iam TO app;') }
    expect((await developer.preview(on(staging, 'app'))).warnings).toEqual([warning])
    const asked = await developer.ask(on(staging, 'app'))
    expect(asked).toMatchObject({ status: 'approved', warnings: [warning] })
  })

  test('of a database that no entry is about is not looked at', async () => {
    expect((await developer.preview(on('db-REPORTSREPORTS0123456789AB', 'jane_doe'))).warnings).toEqual([])
  })
})
