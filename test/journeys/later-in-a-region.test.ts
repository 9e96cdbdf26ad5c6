import { describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { laterRules, laterWorld, withoutDeny } from './later-world.ts'

const api = testApi({ rules: withoutDeny, worker: true })
const world = laterWorld(api)
const developer = api.as('developer')
const dba = api.as('dba')
const { region } = world

/** Every database of the region for jane_doe, approved by the dba. */
async function wholeRegion() {
  const { id } = await world.ask({ region })
  const [grant] = (await dba.approve(id)).grants
  return { id, grant: grant?.id ?? '' }
}

const attention = async (grant: string) => (await developer.grant(grant)).attention

describe('a database that comes to a region which was granted as a whole', () => {
  it('is none of its business if the rules would have it on the approvals given', async () => {
    const { id, grant } = await wholeRegion()
    const resourceId = await world.cluster('parks-1', { class: 'stock' })
    await eventually(async () =>
      expect(await api.database.db.prisma.laterMatch.findMany({ where: { requestId: id } })).toMatchObject([
        { outcome: 'covered', rule: 'stock' },
      ]),
    )
    expect((await developer.request(id)).later).toEqual([])
    expect(await attention(grant)).toBeNull()
    await dba.revoke(grant)
    expect((await developer.database(resourceId)).resourceId).toBe(resourceId)
  })

  it('draws attention to the grant if they would ask for more, or deny it, until it is gone', async () => {
    const { id, grant } = await wholeRegion()
    const payroll = await world.cluster('wages-1', { class: 'payroll' })
    expect(await world.becomes(id, payroll, 'too_wide')).toMatchObject({
      rule: 'payroll',
      detail: 'Rule payroll applies to it and wants the approval of 1 of dba and 1 of security; the approvals given are not enough.',
    })
    expect(await attention(grant)).toMatchObject({
      code: 'wider_than_rules',
      message: expect.stringContaining(
        `wages-1 (${payroll}) came after this grant was approved, and AWS lets it in there. Rule payroll applies`,
      ),
      attempts: 0,
    })
    expect((await developer.request(id)).entitlements[0]?.covers).toMatch(/the grant say so\. So it is with wages-1\.$/)

    await api.useRules(laterRules)
    const vault = await world.cluster('wages-2', { class: 'vault' })
    expect(await world.becomes(id, vault, 'too_wide')).toMatchObject({ rule: 'vault', detail: 'Rule vault denies jane_doe on wages-2.' })
    expect((await attention(grant))?.message).toContain('The same is so of 1 more')

    await world.tag('wages-2', { class: 'none' })
    await eventually(async () => expect((await attention(grant))?.message).not.toContain('The same is so'))
    await world.remove('wages-1')
    await world.sync(async () => expect(await attention(grant)).toBeNull())
    const events = await api.database.db.prisma.auditEvent.findMany({
      where: { requestId: id, type: 'request.database_matched' },
      orderBy: { seq: 'asc' },
    })
    expect(events.map(({ payload }) => payload)).toMatchObject([
      { before: null, after: 'too_wide', rule: 'payroll' },
      { before: null, after: 'too_wide', rule: 'vault' },
      { before: 'too_wide', after: 'covered', rule: 'shop' },
    ])
    expect(await developer.grant(grant)).toMatchObject({ status: 'active' })
  })
})
