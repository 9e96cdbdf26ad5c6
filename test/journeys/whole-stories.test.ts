import { describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'

const api = testApi({ worker: true })
const developer = api.as('developer')
const dba = api.as('dba')
const account = 'arn:aws:iam::123456789012'
const orders = (...dbUsers: readonly string[]) => dbUsers.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))

/** The document of AWS's page for these database users of its cluster. */
const pageDocument = (...dbUsers: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['rds-db:connect'],
        Resource: dbUsers.map((dbUser) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/${dbUser}`),
      },
    ],
  })

const become = (grantId: string, status: string) => eventually(async () => expect((await developer.grant(grantId)).status).toBe(status))

/** Asks and has it approved; answers the id of its only grant. */
async function grantOf(changes: object): Promise<string> {
  const { id } = await developer.ask(changes)
  return (await dba.approve(id)).grants[0]?.id ?? ''
}

describe('a whole story', () => {
  it('first example: asked, approved, active as on the page, expired, gone', async () => {
    const { id } = await developer.ask({ duration: 'PT1H' })
    expect(await api.document('role', 'app-reader')).toBeNull()
    const [grant] = (await dba.approve(id, { duration: 'PT3S' })).grants
    const grantId = grant?.id ?? ''
    await become(grantId, 'active')
    expect(await api.document('role', 'app-reader')).toBe(pageDocument('db_user'))
    await become(grantId, 'ended')
    expect(await api.document('role', 'app-reader')).toBeNull()
    const ended = await developer.grant(grantId)
    expect(ended).toMatchObject({ endReason: 'expired', attention: null })
    expect(Date.parse(ended.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(ended.endsAt))
    expect(await api.eventsOf(id)).toEqual([
      'request.created',
      'decision.recorded',
      'request.approved',
      'grant.opened',
      'grant.activated',
      'grant.ending',
      'grant.ended',
    ])
  })

  it('two database users are one policy, and what is returned early leaves the other', async () => {
    const { id } = await developer.ask({ entitlements: orders('jane_doe', 'mary_roe') })
    const grants = (await dba.approve(id)).grants.map((grant) => grant.id)
    for (const grant of grants) await become(grant, 'active')
    expect(await api.document('role', 'app-reader')).toBe(pageDocument('jane_doe', 'mary_roe'))
    await developer.giveBack(grants[0] ?? '')
    await become(grants[0] ?? '', 'ended')
    expect(await api.document('role', 'app-reader')).toBe(pageDocument('mary_roe'))
    await dba.revoke(grants[1] ?? '')
    await become(grants[1] ?? '', 'ended')
    expect(await api.document('role', 'app-reader')).toBeNull()
    expect((await Promise.all(grants.map((grant) => developer.grant(grant)))).map(({ endReason }) => endReason)).toEqual([
      'returned',
      'revoked',
    ])
  })

  it('three principals may be the same database user, each until its own end', async () => {
    const principals = [`${account}:user/developer`, `${account}:role/app-reader`, `${account}:role/app-writer`]
    const grants = await Promise.all(principals.map((principal) => grantOf({ principal, entitlements: orders('jane_doe') })))
    for (const grant of grants) await become(grant, 'active')
    const documents = () =>
      Promise.all([api.document('user', 'developer'), api.document('role', 'app-reader'), api.document('role', 'app-writer')])
    expect(await documents()).toEqual([pageDocument('jane_doe'), pageDocument('jane_doe'), pageDocument('jane_doe')])
    await developer.giveBack(grants[1] ?? '')
    await become(grants[1] ?? '', 'ended')
    expect(await documents()).toEqual([pageDocument('jane_doe'), null, pageDocument('jane_doe')])
    for (const grant of [grants[0], grants[2]]) await dba.revoke(grant ?? '')
    for (const grant of grants) await become(grant, 'ended')
    expect(await documents()).toEqual([null, null, null])
  })

  it('a grant that ends does not take along one that overlaps it', async () => {
    const first = await grantOf({ principal: `${account}:role/app-writer`, duration: 'PT2S' })
    const second = await grantOf({ principal: `${account}:role/app-writer`, duration: 'PT1H' })
    await become(second, 'active')
    await become(first, 'ended')
    expect(await api.document('role', 'app-writer')).toBe(pageDocument('db_user'))
    await developer.giveBack(second)
    await become(second, 'ended')
  })

  it('approved for later it is not in IAM before its start', async () => {
    const { id } = await developer.ask({ startsAt: new Date(Date.now() + 2_000).toISOString(), entitlements: orders('mary_roe') })
    const [grant] = (await dba.approve(id)).grants
    expect(grant?.status).toBe('scheduled')
    await become(grant?.id ?? '', 'active')
    const { activeAt, startsAt } = await developer.grant(grant?.id ?? '')
    expect(Date.parse(activeAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startsAt))
    expect(await api.document('role', 'app-reader')).toBe(pageDocument('mary_roe'))
    await dba.revoke(grant?.id ?? '')
    await become(grant?.id ?? '', 'ended')
  })

  it('with AWS refusing the write the grant says what is wrong, and heals', async () => {
    api.standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', code: 'AccessDenied', status: 403 })
    const grant = await grantOf({})
    await eventually(async () => expect((await developer.grant(grant)).attention).toMatchObject({ attempts: expect.any(Number) }))
    expect(await developer.grant(grant)).toMatchObject({ status: 'applying' })
    await dba.revoke(grant)
    api.standIn.faults.clear()
    await become(grant, 'ended')
    expect(await developer.grant(grant)).toMatchObject({ attention: null, endReason: 'revoked' })
    expect(await api.document('role', 'app-reader')).toBeNull()
  })
})
