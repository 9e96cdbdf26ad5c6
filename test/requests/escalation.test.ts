import { beforeEach, describe, expect, it } from 'vitest'
import { escalateRequests } from '../../src/requests/index.ts'
import { step, stepping } from '../model/clock.ts'
import { testApi } from '../support/api.ts'
import { type RuleChange, withRule } from '../support/rules.ts'

let databaseUrl = ''
const api = testApi({
  databaseUrl: async (url) => {
    databaseUrl = await stepping(url)
    return databaseUrl
  },
})
const developer = api.as('developer')
const dba = api.as('dba')
const security = api.as('security')

const toSecurity = (after: string) => ({ after, to: { groups: ['security'] } })
/** The rule of the demo's production, with stages of its own. */
const approvals = (...stages: object[]): RuleChange => withRule('production-with-a-dba', { approvals: stages })
const escalating = (after = 'PT1H', count = 1) => approvals({ from: { groups: ['dba'] }, count, escalate: toSecurity(after) })

/** What a worker does once a minute. */
const sweep = () => api.parts.db.inTransaction(escalateRequests(api.parts))
const pass = (minutes: number) => step(databaseUrl, minutes * 60)
const escalated = async (id: string) => (await api.eventsOf(id)).filter((type) => type === 'request.escalated').length
const waitsForSecurity = async () =>
  (JSON.parse((await security.get('/v1/requests?approver=me')).text).items as { id: string }[]).map(({ id }) => id)

beforeEach(() => api.useRules(escalating()))

describe('a request that waits', () => {
  it('says from the start whom it will ask too, and when', async () => {
    const asked = await developer.ask()
    const at = new Date(Date.parse(asked.createdAt) + 3_600_000).toISOString()
    expect(asked.approvals.stages).toMatchObject([
      {
        from: { groups: ['dba'] },
        approvers: ['dba', 'dba-2'],
        escalation: { to: { groups: ['security'], people: [] }, after: 'PT1H', at, asked: false },
      },
    ])
    expect((await developer.preview()).stages).toMatchObject([{ escalation: { after: 'PT1H', at: expect.any(String), asked: false } }])
  })

  it('is nothing to others until they are asked, and tells them when that is', async () => {
    const { id, createdAt } = await developer.ask()
    await pass(59)
    await sweep()
    await expect(security.request(id)).rejects.toMatchObject({ code: 'not_permitted' })
    expect(await waitsForSecurity()).not.toContain(id)
    const at = new Date(Date.parse(createdAt) + 3_600_000).toISOString()
    for (const decided of [security.approve(id), security.deny(id)])
      await expect(decided).rejects.toMatchObject({
        status: 409,
        code: 'not_your_turn',
        detail: expect.stringContaining(`security is asked from ${at} on`),
      })
    expect(await api.eventsOf(id)).toEqual(['request.created'])
  })

  it('asks them once it has waited for so long, and takes their approval', async () => {
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    expect(await waitsForSecurity()).toContain(id)
    expect((await security.request(id)).approvals).toMatchObject({
      needed: [{ from: { groups: ['dba', 'security'] }, count: 1 }],
      approvers: ['dba', 'dba-2', 'security'],
      stages: [{ escalation: { asked: true } }],
    })
    const { status, grants, approvals } = await security.approve(id)
    expect([status, approvals.stages]).toMatchObject(['approved', [{ filledBy: ['security'] }]])
    expect(await security.grant(grants[0]?.id ?? '')).toMatchObject({ status: 'applying' })
    const { items } = await api.as('auditor').events({ request: id, type: 'request.escalated' })
    expect(items).toMatchObject([
      {
        actor: { kind: 'system', via: 'worker' },
        payload: { stages: [{ turn: 1, from: { groups: ['dba'] }, to: { groups: ['security'] }, after: 'PT1H' }] },
      },
    ])
  })

  it('still takes the approval of those who were asked first', async () => {
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    expect(await dba.approve(id)).toMatchObject({ status: 'approved', approvals: { counted: ['dba'] } })
  })

  it('asks once, though two workers look at the same moment and again later', async () => {
    const { id } = await developer.ask()
    await pass(60)
    await Promise.all([sweep(), sweep()])
    await sweep()
    await pass(60)
    await sweep()
    expect(await escalated(id)).toBe(1)
  })

  it('asks nobody while no worker runs, and those whom it should have asked once one does', async () => {
    const { id } = await developer.ask()
    await sweep()
    await pass(300)
    await expect(security.approve(id)).rejects.toMatchObject({ code: 'not_your_turn' })
    await sweep()
    expect(await security.approve(id)).toMatchObject({ status: 'approved' })
  })

  it('asks nobody once it is decided, or nobody decided in time', async () => {
    const [denied, expired] = [await developer.ask(), await developer.ask()]
    await dba.deny(denied.id)
    await pass(24 * 60)
    await sweep()
    expect([await escalated(denied.id), await escalated(expired.id)]).toEqual([0, 0])
    await expect(security.approve(denied.id)).rejects.toMatchObject({ code: 'not_an_approver' })
  })

  it('never takes the approval of those who asked or will use it', async () => {
    await api.useRules(approvals({ from: { groups: ['dba'] }, escalate: { after: 'PT1H', to: { groups: ['developers'] } } }))
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    expect((await developer.request(id)).approvals.approvers).toEqual(['dba', 'dba-2', 'developer-2'])
    await expect(developer.approve(id)).rejects.toMatchObject({ code: 'self_approval' })
    expect(await api.as('developer-2').approve(id)).toMatchObject({ status: 'approved' })
  })

  it('lets one of them fill one place, and no more', async () => {
    await api.useRules(escalating('PT1H', 2))
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    expect(await security.approve(id)).toMatchObject({
      status: 'pending',
      approvals: { counted: ['security'], approvers: ['dba', 'dba-2'] },
    })
    expect(await dba.approve(id)).toMatchObject({ status: 'approved', approvals: { counted: ['dba', 'security'] } })
  })

  it('does not say that nobody is left where somebody will be asked', async () => {
    const onlyDba = { from: { people: ['dba'] } }
    await api.useRules(approvals({ ...onlyDba, escalate: toSecurity('PT1H') }))
    const { id, attention, approvals: asked } = await dba.ask()
    expect([attention, asked.approvers, asked.stages]).toMatchObject([null, [], [{ escalation: { to: { groups: ['security'] } } }]])
    await api.useRules(approvals(onlyDba))
    expect((await dba.request(id)).attention).toMatchObject({ code: 'no_approver_left' })
  })
})

describe('rules that change while a request waits', () => {
  it('have it ask others that nobody spoke of when it was asked', async () => {
    await api.useRules()
    const { id } = await developer.ask()
    await sweep()
    await pass(60)
    await api.useRules(escalating())
    await sweep()
    expect(await security.approve(id)).toMatchObject({ status: 'approved' })
  })

  it('have it ask sooner', async () => {
    const { id } = await developer.ask()
    await sweep()
    await pass(30)
    await sweep()
    await expect(security.approve(id)).rejects.toMatchObject({ code: 'not_your_turn' })
    await api.useRules(escalating('PT30M'))
    await sweep()
    expect(await security.approve(id)).toMatchObject({ status: 'approved' })
  })

  it('have others asked no more, who still see it and may deny', async () => {
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    await api.useRules()
    expect((await security.request(id)).approvals.approvers).toEqual(['dba', 'dba-2'])
    await expect(security.approve(id)).rejects.toMatchObject({ code: 'not_an_approver' })
    expect(await security.deny(id)).toMatchObject({ status: 'denied' })
  })

  it('have others asked again after a longer wait', async () => {
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    await api.useRules(escalating('PT2H'))
    await sweep()
    await expect(security.approve(id)).rejects.toMatchObject({ code: 'not_your_turn' })
    await pass(60)
    await sweep()
    expect(await escalated(id)).toBe(2)
    expect(await security.approve(id)).toMatchObject({ status: 'approved' })
  })

  it('take an approval away that was given by one of them, and give it back', async () => {
    await api.useRules(escalating('PT1H', 2))
    const { id } = await developer.ask()
    await pass(60)
    await sweep()
    await security.approve(id)
    await api.useRules(approvals({ from: { groups: ['dba'] }, count: 2 }))
    expect((await developer.request(id)).approvals.counted).toEqual([])
    await api.useRules(escalating('PT1H', 2))
    expect((await developer.request(id)).approvals.counted).toEqual(['security'])
  })
})

describe('stages in order', () => {
  const inOrder: RuleChange = withRule('production-with-a-dba', {
    inOrder: true,
    approvals: [{ from: { groups: ['dba'] } }, { from: { groups: ['admins'] }, escalate: toSecurity('PT1H') }],
  })

  it('wait from when their turn came', async () => {
    await api.useRules(inOrder)
    const { id, approvals: asked } = await developer.ask()
    expect(asked.stages[1]).toMatchObject({ state: 'later', escalation: { at: null, asked: false } })
    await pass(90)
    await sweep()
    await expect(security.approve(id)).rejects.toMatchObject({ detail: expect.stringContaining('once it has waited PT1H for them') })
    await dba.approve(id)
    await sweep()
    expect(await escalated(id)).toBe(0)
    await pass(60)
    await sweep()
    expect(await security.approve(id)).toMatchObject({ status: 'approved', approvals: { counted: ['dba', 'security'] } })
  })
})
