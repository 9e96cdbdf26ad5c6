import { beforeAll, describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import type { Request } from '../support/client.ts'
import { withPerson } from '../support/rules.ts'

const api = testApi({ rules: withPerson('loner') })
const salaries = { entitlements: [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }], duration: 'PT30M' }
const made: Record<'own' | 'forOther' | 'salaries' | 'byDba' | 'denied', Request> = Object.create(null)

beforeAll(async () => {
  made.own = await api.as('developer').ask({ ticket: { system: 'jira', key: 'OPS-1' } })
  made.forOther = await api.as('developer').ask({ beneficiary: 'developer-2', principal: 'arn:aws:iam::123456789012:role/app-writer' })
  made.salaries = await api.as('developer').ask(salaries)
  made.byDba = await api.as('dba').ask()
  made.denied = await api.as('developer-2').ask()
  await api.as('dba').deny(made.denied.id)
})

const seenBy = async (person: string, query: Readonly<Record<string, string>> = {}) => {
  const { items } = await api.as(person).requests(query)
  return items.map(({ id }) => Object.entries(made).find(([, request]) => request.id === id)?.[0])
}

describe('the list of requests', () => {
  it.each([
    ['developer', ['salaries', 'forOther', 'own']],
    ['developer-2', ['denied', 'forOther']],
    ['dba', ['denied', 'byDba', 'salaries', 'forOther', 'own']],
    ['security', ['salaries']],
    ['admin', ['denied', 'byDba', 'salaries', 'forOther', 'own']],
    ['auditor', ['denied', 'byDba', 'salaries', 'forOther', 'own']],
    ['loner', []],
  ])('shows %s what concerns them, newest first: %j', async (person, names) => {
    expect(await seenBy(person)).toEqual(names)
  })

  it('shows a program that acts for nobody everything, and one that acts for somebody what concerns them', async () => {
    const { token } = await api.key({ name: 'reader', scopes: ['read'] })
    expect((await api.withKey(token).requests()).items).toHaveLength(5)
    expect((await api.withKey(token).requests({ approver: 'me' })).items).toEqual([])
    const portal = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
    expect((await api.withKey(portal.token, 'developer-2').requests()).items).toHaveLength(2)
  })

  it('shows one request to the same people', async () => {
    for (const person of ['developer', 'dba', 'security', 'admin', 'auditor']) {
      expect((await api.as(person).request(made.salaries.id)).id).toBe(made.salaries.id)
    }
    for (const person of ['developer-2', 'loner']) {
      await expect(api.as(person).request(made.salaries.id)).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    }
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['admin', { status: 'denied' }, ['denied']],
    ['admin', { status: 'pending', requester: 'developer' }, ['salaries', 'forOther', 'own']],
    ['admin', { beneficiary: 'developer-2' }, ['denied', 'forOther']],
    ['admin', { principal: 'arn:aws:iam::123456789012:role/app-writer' }, ['forOther']],
    ['admin', { ticket: 'OPS-1' }, ['own']],
    ['admin', { ticket: "OPS-1' or true" }, []],
    ['developer', { requester: 'dba' }, []],
    ['dba', { approver: 'me' }, ['salaries', 'forOther', 'own']],
    ['dba-2', { approver: 'me' }, ['byDba', 'salaries', 'forOther', 'own']],
    ['security', { approver: 'me' }, ['salaries']],
    ['developer', { approver: 'me' }, []],
  ])('for %s is narrowed by %j', async (person, query, names) => {
    expect(await seenBy(person, query)).toEqual(names)
  })

  it('of what waits for somebody leaves out what they have decided', async () => {
    await api.as('security').approve(made.salaries.id)
    expect(await seenBy('security', { approver: 'me' })).toEqual([])
    expect(await seenBy('dba', { approver: 'me', requester: 'developer' })).toEqual(['salaries', 'forOther', 'own'])
  })

  it('is read page by page, and what is made meanwhile moves nothing', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string> = cursor === null ? { limit: '2' } : { limit: '2', cursor }
      const page = await api.as('admin').requests(query)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }) => id))
      await api.as('developer').ask()
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual([made.denied, made.byDba, made.salaries, made.forOther, made.own].map(({ id }) => id))
  })
})
