import { describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()
const developer = api.as('developer')
const dba = api.as('dba')

const salaries = { entitlements: [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }], duration: 'PT1H' }
const orders = (...dbUsers: readonly string[]) => dbUsers.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))

describe('an approval', () => {
  it('makes grants of what was asked, pinned to the principal, in the transaction of its events', async () => {
    const asked = await developer.ask({ entitlements: orders('db_user', 'jane_doe'), duration: 'PT2H' })
    const approved = await dba.approve(asked.id, { comment: 'For OPS-17' })
    expect(approved).toMatchObject({
      status: 'approved',
      approvals: { counted: ['dba'], approvers: [] },
      decisions: [{ approver: 'dba', verdict: 'approve', comment: 'For OPS-17', duration: null, via: 'dev' }],
      grants: [{ dbUser: 'db_user' }, { dbUser: 'jane_doe' }],
    })
    for (const grant of approved.grants) {
      expect(grant).toMatchObject({ status: 'applying', duration: 'PT2H', principalUniqueId: asked.principal.uniqueId, attention: null })
      expect(grant.startsAt).toBe(approved.decidedAt)
    }
    expect(await api.eventsOf(asked.id)).toEqual([
      'request.created',
      'decision.recorded',
      'request.approved',
      'grant.opened',
      'grant.opened',
    ])
  })

  it('may shorten the time and leave entitlements out, and the smallest of all is granted', async () => {
    const entitlements = [...orders('db_user', 'mary_roe'), ...salaries.entitlements]
    const asked = await developer.ask({ entitlements, duration: 'PT1H' })
    const first = await dba.approve(asked.id, { duration: 'PT30M', entitlements: entitlements.slice(1) })
    expect(first).toMatchObject({
      status: 'pending',
      decisions: [{ duration: 'PT30M', entitlements: [{ dbUser: 'mary_roe' }, { dbUser: 'payroll_reader' }] }],
    })
    const second = await api.as('security').approve(asked.id, { duration: 'PT45M' })
    expect(second.grants.map(({ dbUser, duration }) => [dbUser, duration])).toEqual([
      ['mary_roe', 'PT30M'],
      ['payroll_reader', 'PT30M'],
    ])
  })

  it('that leaves out what needed more approvals is enough for the rest', async () => {
    const asked = await developer.ask({ entitlements: [...orders('db_user'), ...salaries.entitlements], duration: 'PT1H' })
    const approved = await dba.approve(asked.id, { entitlements: orders('db_user') })
    expect(approved).toMatchObject({ status: 'approved', grants: [{ dbUser: 'db_user' }] })
  })

  it('for later opens a grant that waits for its start', async () => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString()
    const approved = await dba.approve((await developer.ask({ startsAt })).id)
    expect(approved.grants).toMatchObject([
      { status: 'scheduled', startsAt, endsAt: new Date(Date.parse(startsAt) + 3_600_000).toISOString() },
    ])
  })
})

describe('two stages', () => {
  it('need somebody of each, and list who is still needed', async () => {
    const asked = await developer.ask(salaries)
    expect(asked.approvals.approvers).toEqual(['dba', 'dba-2', 'security'])
    const first = await dba.approve(asked.id)
    expect(first).toMatchObject({ status: 'pending', approvals: { counted: ['dba'], approvers: ['security'] }, grants: [] })
    expect(await api.eventsOf(asked.id)).toEqual(['request.created', 'decision.recorded'])
    expect(await api.as('security').approve(asked.id)).toMatchObject({ status: 'approved', approvals: { counted: ['dba', 'security'] } })
  })

  it('are not passed by two of the same', async () => {
    const asked = await developer.ask(salaries)
    await dba.approve(asked.id)
    expect(await api.as('dba-2').approve(asked.id)).toMatchObject({ status: 'pending', grants: [] })
  })

  it('leave a word to each, once', async () => {
    const asked = await developer.ask(salaries)
    await dba.approve(asked.id)
    await expect(dba.approve(asked.id)).rejects.toMatchObject({ status: 409, code: 'already_decided_by_you' })
    await expect(dba.deny(asked.id)).rejects.toMatchObject({ code: 'already_decided_by_you' })
  })

  it('end with one denial', async () => {
    const asked = await developer.ask(salaries)
    await dba.approve(asked.id)
    expect(await api.as('security').deny(asked.id, { comment: 'Not during the audit' })).toMatchObject({
      status: 'denied',
      grants: [],
      decisions: [{ verdict: 'approve' }, { verdict: 'deny', comment: 'Not during the audit', entitlements: [] }],
    })
    expect((await api.eventsOf(asked.id)).slice(-2)).toEqual(['decision.recorded', 'request.denied'])
  })
})

describe('nobody', () => {
  it('approves what they asked for or will use, and the attempt is recorded', async () => {
    const own = await dba.ask()
    await expect(dba.approve(own.id)).rejects.toMatchObject({
      status: 403,
      code: 'self_approval',
      detail: expect.stringContaining('requester'),
    })
    const forThem = await developer.ask({ beneficiary: 'dba' })
    await expect(dba.approve(forThem.id)).rejects.toMatchObject({ code: 'self_approval', detail: expect.stringContaining('beneficiary') })
    const { items } = await api.as('auditor').events({ type: 'authority.refused', person: 'dba' })
    expect(items.map(({ payload }) => payload['code'])).toEqual(['self_approval', 'self_approval'])
  })

  it('approves whom the rules do not ask', async () => {
    const { id } = await developer.ask()
    for (const person of ['admin', 'auditor']) {
      await expect(api.as(person).approve(id)).rejects.toMatchObject({
        code: 'not_an_approver',
        detail: expect.stringContaining('group dba'),
      })
    }
  })

  it('is told anything of a request that does not concern them', async () => {
    const { id } = await developer.ask()
    for (const person of ['developer-2', 'security']) {
      await expect(api.as(person).approve(id)).rejects.toMatchObject({
        code: 'not_an_approver',
        detail: `The rules do not ask ${person} for ${id}.`,
      })
    }
  })
})

describe('withdrawing', () => {
  it('is for the requester while the request is pending', async () => {
    const asked = await dba.ask({ beneficiary: 'developer' })
    await expect(developer.withdraw(asked.id)).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    expect(await dba.withdraw(asked.id)).toMatchObject({ status: 'withdrawn', approvals: { approvers: [] }, grants: [] })
    expect(await api.eventsOf(asked.id)).toEqual(['request.created', 'request.withdrawn'])
  })
})
