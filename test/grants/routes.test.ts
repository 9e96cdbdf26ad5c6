import { beforeAll, describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import type { Grant } from '../support/client.ts'

const api = testApi()
const orders = (dbUser: string) => [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser }]

/** A grant that the developer asked for and the dba approved; somebody else may use it. */
async function grantOf(changes: object = {}): Promise<Grant> {
  const { id } = await api.as('developer').ask(changes)
  const [grant] = (await api.as('dba').approve(id)).grants
  if (grant === undefined) throw new Error('the approval made a grant')
  return grant
}

describe('the list of grants', () => {
  const made: Record<'own' | 'forOther' | 'later', Grant> = Object.create(null)

  beforeAll(async () => {
    made.own = await grantOf({ entitlements: orders('db_user') })
    made.forOther = await grantOf({
      beneficiary: 'developer-2',
      entitlements: orders('jane_doe'),
      principal: 'arn:aws:iam::123456789012:role/app-writer',
    })
    made.later = await grantOf({ entitlements: orders('mary_roe'), startsAt: new Date(Date.now() + 86_400_000).toISOString() })
  })
  const seenBy = async (person: string, query: Readonly<Record<string, string>> = {}) => {
    const { items } = await api.as(person).grants(query)
    return items.flatMap(({ id }) => Object.entries(made).flatMap(([name, grant]) => (grant.id === id ? [name] : [])))
  }

  it.each([
    ['developer', ['later', 'forOther', 'own']],
    ['developer-2', ['forOther']],
    ['dba', ['later', 'forOther', 'own']],
    ['dba-2', ['later', 'forOther', 'own']],
    ['security', []],
    ['admin', ['later', 'forOther', 'own']],
    ['auditor', ['later', 'forOther', 'own']],
  ])('shows %s what concerns them, newest first: %j', async (person, names) => {
    expect(await seenBy(person)).toEqual(names)
  })

  it('shows one grant to the same people', async () => {
    expect(await api.as('developer-2').grant(made.forOther.id)).toEqual(made.forOther)
    await expect(api.as('developer-2').grant(made.own.id)).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    await expect(api.as('developer-2').connect(made.own.id)).rejects.toMatchObject({ code: 'not_permitted' })
  })

  it('is narrowed by each filter', async () => {
    const cases: [Record<string, string>, string[]][] = [
      [{ status: 'scheduled' }, ['later']],
      [{ status: 'applying' }, ['forOther', 'own']],
      [{ beneficiary: 'developer-2' }, ['forOther']],
      [{ database: 'cluster-ABCDEFGHIJKL01234' }, ['later', 'forOther', 'own']],
      [{ database: made.own.database?.id ?? '', dbUser: 'db_user' }, ['own']],
      [{ database: 'arn:aws:rds:us-east-2:123456789012:cluster:orders', dbUser: 'jane_doe' }, ['forOther']],
      [{ database: 'cluster-STAGINGSTAGING01234567890' }, []],
      [{ principal: 'arn:aws:iam::123456789012:role/app-writer' }, ['forOther']],
      [{ request: made.later.request }, ['later']],
    ]
    for (const [query, names] of cases) expect([query, await seenBy('admin', query)]).toEqual([query, names])
  })

  it('is read page by page', async () => {
    const first = await api.as('admin').grants({ limit: '2' })
    const second = await api.as('admin').grants({ limit: '2', cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([made.later.id, made.forOther.id, made.own.id])
    expect(second.nextCursor).toBeNull()
  })
})

describe('connecting', () => {
  it('gives its holder the commands, while the grant is not ending', async () => {
    const grant = await grantOf()
    const { steps, user, host, tls } = await api.as('developer').connect(grant.id)
    expect([user, host, tls.required]).toEqual(['db_user', 'orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com', true])
    expect(steps.map(({ command }) => command).join(' ')).toMatch(
      /generate-db-auth-token .*--username=db_user.*psql '.*sslmode=verify-full/,
    )
    await api.as('developer').giveBack(grant.id)
    await expect(api.as('developer').connect(grant.id)).rejects.toMatchObject({ status: 409, code: 'grant_ended' })
  })
})

describe('revoking', () => {
  it.each(['dba', 'dba-2', 'admin'])('is for approvers and admins: %s', async (person) => {
    const grant = await grantOf()
    expect(await api.as(person).revoke(grant.id, { comment: 'Left open' })).toMatchObject({ status: 'revoking', endReason: 'revoked' })
    const { items } = await api.as('auditor').events({ grant: grant.id })
    expect(items[0]).toMatchObject({
      type: 'grant.ending',
      actor: { person },
      payload: { before: 'applying', reason: 'revoked', comment: 'Left open' },
    })
  })

  it.each(['developer', 'developer-2', 'security', 'auditor'])('is not for %s, and the attempt is recorded', async (person) => {
    const grant = await grantOf({ beneficiary: 'developer-2' })
    await expect(api.as(person).revoke(grant.id)).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    expect(await api.as('admin').grant(grant.id)).toEqual(grant)
    const { items } = await api.as('auditor').events({ type: 'authority.refused', person })
    expect(items[0]?.payload).toMatchObject({ action: `POST /v1/grants/${grant.id}/revoke`, code: 'not_permitted' })
  })

  it('is for programs that may revoke and act for nobody, not for those that may not', async () => {
    const { token } = await api.key({ name: 'revoker', scopes: ['read', 'revoke'] })
    const reader = await api.key({ name: 'only-reader', scopes: ['read'] })
    const grant = await grantOf()
    await expect(api.withKey(reader.token).revoke(grant.id)).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
    expect(await api.withKey(token).revoke(grant.id)).toMatchObject({ status: 'revoking' })
  })

  it('ends what is yet to start', async () => {
    const grant = await grantOf({ startsAt: new Date(Date.now() + 86_400_000).toISOString() })
    expect(await api.as('dba').revoke(grant.id)).toMatchObject({ status: 'revoking', endReason: 'revoked' })
  })
})

describe('returning', () => {
  it.each(['developer', 'developer-2'])('is for requester and beneficiary: %s', async (person) => {
    const grant = await grantOf({ beneficiary: 'developer-2' })
    expect(await api.as(person).giveBack(grant.id)).toMatchObject({
      status: 'revoking',
      endReason: 'returned',
      revokingAt: expect.any(String),
    })
  })

  it.each(['dba', 'admin', 'security'])('is not for %s', async (person) => {
    const grant = await grantOf()
    await expect(api.as(person).giveBack(grant.id)).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
  })

  it('twice is once', async () => {
    const grant = await grantOf()
    await api.as('developer').giveBack(grant.id)
    const before = await api.snapshot()
    await expect(api.as('developer').giveBack(grant.id)).rejects.toMatchObject({ status: 409, code: 'grant_ended' })
    await expect(api.as('admin').revoke(grant.id)).rejects.toMatchObject({ status: 409, code: 'grant_ended' })
    expect(await api.snapshot()).toEqual(before)
  })
})
