import { beforeEach, describe, expect, it } from 'vitest'
import { endExpired } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'
import { withDeny, withoutDatabase, withoutPerson, withPerson, withRule } from '../support/rules.ts'

const api = testApi()
const developer = api.as('developer')
const dba = api.as('dba')
const production = 'production-with-a-dba'
const salaries = { entitlements: [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }] }

beforeEach(async () => {
  await api.useRules()
  api.parts.ruleSets.forget() // or the API would know people for another five seconds as the test before had them
})

describe('rules that change between asking and approving', () => {
  it('decide: what is denied by now is refused, and the request says so', async () => {
    const { id } = await developer.ask()
    await api.useRules(withDeny('frozen', { databases: { tags: { environment: 'production' } } }))
    expect((await developer.request(id)).approvals).toMatchObject({ approvers: [], refused: 'Rule frozen denies db_user on orders.' })
    await expect(dba.approve(id)).rejects.toMatchObject({
      status: 403,
      code: 'refused_by_rules',
      detail: expect.stringContaining('frozen'),
    })
    expect(await dba.deny(id)).toMatchObject({ status: 'denied' })
  })

  it('move the decision to others, who then see the request and its grant', async () => {
    const { id } = await developer.ask()
    await expect(api.as('security').request(id)).rejects.toMatchObject({ code: 'not_permitted' })
    await api.useRules(withRule(production, { approvals: [{ from: { groups: ['security'] }, count: 1 }] }))
    expect((await api.as('security').request(id)).approvals.approvers).toEqual(['security'])
    await expect(dba.approve(id)).rejects.toMatchObject({ code: 'not_an_approver' })
    const { grants } = await api.as('security').approve(id)
    for (const person of ['security', 'dba']) expect(await api.as(person).grant(grants[0]?.id ?? '')).toMatchObject({ status: 'applying' })
  })

  it('ask for more approvals than then, or for fewer', async () => {
    const more = await developer.ask()
    await api.useRules(withRule(production, { approvals: [{ from: { groups: ['dba'] }, count: 2 }] }))
    expect(await dba.approve(more.id)).toMatchObject({ status: 'pending', approvals: { counted: ['dba'], approvers: ['dba-2'] } })
    await api.useRules()
    expect(await api.as('dba-2').approve(more.id)).toMatchObject({ status: 'approved' })
  })

  it('shorten what is granted to the smaller of then and now', async () => {
    const { id } = await developer.ask({ duration: 'PT4H' })
    await api.useRules(withRule(production, { duration: { default: 'PT10M', longest: 'PT20M' } }))
    expect((await dba.approve(id)).grants).toMatchObject([{ duration: 'PT20M' }])
  })

  it('do not lengthen it', async () => {
    await api.useRules(withRule(production, { duration: { default: 'PT10M', longest: 'PT20M' } }))
    const { id } = await developer.ask({ duration: 'PT20M' })
    await api.useRules()
    await expect(dba.approve(id, { duration: 'PT30M' })).rejects.toMatchObject({ code: 'approval_widens' })
    expect((await dba.approve(id)).grants).toMatchObject([{ duration: 'PT20M' }])
  })
})

describe('a database that is no longer declared', () => {
  it('is granted to nobody, until it is declared again', async () => {
    const { id } = await developer.ask()
    await api.useRules(withoutDatabase('cluster-ABCDEFGHIJKL01234'))
    const detail = 'arn:aws:rds:us-east-2:123456789012:cluster:orders is no longer declared, nor found in AWS.'
    expect((await developer.request(id)).approvals).toMatchObject({ approvers: [], refused: detail })
    await expect(dba.approve(id)).rejects.toMatchObject({ code: 'refused_by_rules', detail })
    await expect(developer.ask()).rejects.toMatchObject({ code: 'unknown_database' })
    await api.useRules()
    expect(await dba.approve(id)).toMatchObject({ status: 'approved' })
  })
})

describe('people who leave between asking and approving', () => {
  it('take their approval with them', async () => {
    const { id } = await developer.ask(salaries)
    await dba.approve(id)
    await api.useRules(withoutPerson('dba'))
    expect((await developer.request(id)).approvals).toMatchObject({ counted: [], approvers: ['dba-2', 'security'] })
    expect(await api.as('security').approve(id)).toMatchObject({ status: 'pending' })
    expect(await api.as('dba-2').approve(id)).toMatchObject({ status: 'approved', approvals: { counted: ['dba-2', 'security'] } })
  })

  it('get nothing', async () => {
    const { id } = await developer.ask()
    await api.useRules(withoutPerson('developer'))
    await expect(dba.approve(id)).rejects.toMatchObject({ code: 'refused_by_rules', detail: 'developer is no longer in the directory.' })
  })

  it('decide nothing more, even while the API still knows them as they were', async () => {
    const { id } = await developer.ask()
    await dba.requests() // so that the API has looked up who they are
    await api.useRules(withoutPerson('dba'), withPerson('dba', 'former'))
    await expect(dba.deny(id)).rejects.toMatchObject({ code: 'not_an_approver' })
    await expect(dba.approve(id)).rejects.toMatchObject({ code: 'not_an_approver' })
  })
})

describe('a request that nobody decides', () => {
  it('has expired from that moment on, and its event follows with the next sweep', async () => {
    const { id } = await developer.ask()
    const fresh = await developer.ask()
    await api.change('request', `created_at = created_at - interval '2 days', expires_at = now()`, id)
    const waiting = async (status: string) => {
      const { items } = JSON.parse((await developer.get(`/v1/requests?status=${status}`)).text)
      return items.some((item: { readonly id: string }) => item.id === id)
    }
    expect(await developer.request(id)).toMatchObject({ status: 'expired', decidedAt: null })
    expect([await waiting('pending'), await waiting('expired')]).toEqual([false, true])
    await api.parts.db.inTransaction(endExpired)
    expect(await developer.request(id)).toMatchObject({ status: 'expired', decidedAt: expect.any(String) })
    expect(await api.eventsOf(id)).toEqual(['request.created', 'request.expired'])
    expect(await developer.request(fresh.id)).toMatchObject({ status: 'pending' })
  })
})
