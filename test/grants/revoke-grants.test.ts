import { describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()
const ORDERS = 'cluster-ABCDEFGHIJKL01234'
const WRITER = 'arn:aws:iam::123456789012:role/app-writer'
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()

async function grantOf(changes: object = {}): Promise<string> {
  const { id } = await api.as('developer').ask(changes)
  const [grant] = (await api.as('dba').approve(id)).grants
  if (grant === undefined) throw new Error('the approval made a grant')
  return grant.id
}

const statusOf = async (id: string) => (await api.as('admin').grant(id)).status
const started = (dbUser: string) => ({ entitlements: [{ database: ORDERS, dbUser }] })

describe('revoking many grants at once', () => {
  it('takes away all that match, those yet to start included, and leaves the others', async () => {
    const [now, later, others] = [
      await grantOf({ beneficiary: 'developer-2', ...started('db_user') }),
      await grantOf({ beneficiary: 'developer-2', ...started('jane_doe'), startsAt: tomorrow() }),
      await grantOf(started('mary_roe')),
    ]
    expect(await api.as('admin').revokeMany({ beneficiary: 'developer-2' }, 'Their laptop was stolen')).toEqual({
      revoked: 2,
      grants: [now, later],
    })
    expect([await statusOf(now), await statusOf(later), await statusOf(others)]).toEqual(['revoking', 'revoking', 'applying'])
    const { items } = await api.as('auditor').events({ grant: later })
    expect(items[0]).toMatchObject({
      type: 'grant.ending',
      actor: { person: 'admin' },
      payload: { before: 'scheduled', after: 'revoking', reason: 'revoked', comment: 'Their laptop was stolen' },
    })
    expect(await api.as('admin').revokeMany({ beneficiary: 'developer-2' })).toEqual({ revoked: 0, grants: [] })
    await api.as('admin').revokeMany({ account: '123456789012' })
  })

  it.each([
    ['an account', { account: '123456789012' }],
    ['a database', { database: ORDERS }],
    ['a database user of a database', { database: 'arn:aws:rds:us-east-2:123456789012:cluster:orders', dbUser: 'db_user' }],
    ['a principal', { principal: WRITER }],
  ])('goes by %s', async (_what, filter) => {
    const id = await grantOf({ principal: WRITER, ...started('db_user') })
    expect((await api.as('admin').grants({ ...filter, status: 'applying' })).items.map((grant) => grant.id)).toEqual([id])
    expect(await api.as('admin').revokeMany({ ...filter, account: '999999999999' })).toEqual({ revoked: 0, grants: [] })
    expect(await api.as('admin').revokeMany(filter)).toEqual({ revoked: 1, grants: [id] })
  })

  it('is for admins and for programs that may revoke; approvers are told to go one by one, and nothing is changed', async () => {
    const id = await grantOf()
    for (const person of ['developer', 'dba', 'auditor']) {
      await expect(api.as(person).revokeMany({ account: '123456789012' })).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    }
    expect(await statusOf(id)).toBe('applying')
    const { token } = await api.key({ name: 'red-button', scopes: ['revoke'] })
    expect(await api.withKey(token).revokeMany({ request: (await api.as('admin').grant(id)).request })).toEqual({
      revoked: 1,
      grants: [id],
    })
  })

  it('by an empty filter, or without saying why, revokes nothing', async () => {
    const id = await grantOf()
    await expect(api.as('admin').revokeMany({})).rejects.toMatchObject({ status: 400, code: 'invalid_request' })
    await expect(api.as('admin').revokeMany({ person: 'developer' })).rejects.toMatchObject({ status: 400, code: 'invalid_request' })
    await expect(api.as('admin').revokeMany({ account: '123456789012' }, ' ')).rejects.toMatchObject({ status: 400 })
    expect(await statusOf(id)).toBe('applying')
    await api.as('admin').revokeMany({ account: '123456789012' })
  })

  it('twice with one Idempotency-Key is once, and two at the same moment revoke each grant once', async () => {
    const key = { 'Idempotency-Key': 'red-button' }
    const ids = [await grantOf(started('db_user')), await grantOf(started('jane_doe'))]
    const filter = { account: '123456789012' }
    const first = await api.as('admin').revokeMany(filter, 'All of it', key)
    expect(first).toEqual({ revoked: 2, grants: ids })
    expect(await api.as('admin').revokeMany(filter, 'All of it', key)).toEqual(first)

    await Promise.all(['db_user', 'jane_doe', 'mary_roe'].map((dbUser) => grantOf(started(dbUser))))
    const both = await Promise.all([api.as('admin').revokeMany(filter), api.as('admin').revokeMany(filter)])
    expect(both.reduce((sum, { revoked }) => sum + revoked, 0)).toBe(3)
  })
})
