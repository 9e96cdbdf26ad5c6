import { describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'

const api = testApi()
const developer = api.as('developer')
const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }

describe('asking', () => {
  it('answers the whole request, which reads the same afterwards', async () => {
    const ticket = { system: 'jira', key: 'OPS-17', url: 'https://tickets.example.com/OPS-17' }
    const asked = await developer.ask({ ticket })
    expect(asked).toMatchObject({
      status: 'pending',
      requester: 'developer',
      beneficiary: 'developer',
      via: 'dev',
      principal: { arn: firstExample.principal, kind: 'role', account: '123456789012', uniqueId: expect.stringMatching(/^AROA/) },
      entitlements: [
        {
          database: { resourceId: 'cluster-ABCDEFGHIJKL01234', identifier: 'orders', region: 'us-east-2' },
          dbUser: 'db_user',
          resource: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user',
          rule: 'production-with-a-dba',
        },
      ],
      duration: 'PT1H',
      startsAt: null,
      reason: 'Investigate slow invoices',
      ticket,
      limits: { longestDuration: 'PT8H' },
      approvals: { needed: [{ from: { groups: ['dba'], people: [] }, count: 1 }], counted: [], approvers: ['dba', 'dba-2'], refused: null },
      decisions: [],
      grants: [],
      decidedAt: null,
    })
    expect(Date.parse(asked.expiresAt) - Date.parse(asked.createdAt)).toBe(86_400_000)
    expect(await developer.request(asked.id)).toEqual(asked)
    expect(await api.eventsOf(asked.id)).toEqual(['request.created'])
  })

  it('may name a database by its ARN or Sallyport’s id', async () => {
    const { entitlements } = await developer.ask()
    const { id } = entitlements[0]?.database ?? {}
    for (const database of [id, 'arn:aws:rds:us-east-2:123456789012:cluster:orders']) {
      expect((await developer.ask({ entitlements: [{ database, dbUser: 'db_user' }] })).entitlements).toEqual(entitlements)
    }
  })

  it('takes the duration of the rule where none is given', async () => {
    expect((await developer.ask({ duration: undefined })).duration).toBe('PT1H')
  })

  it('for somebody else leaves neither of both an approver', async () => {
    const asked = await api.as('dba').ask({ beneficiary: 'developer' })
    expect(asked).toMatchObject({ requester: 'dba', beneficiary: 'developer', approvals: { approvers: ['dba-2'] } })
    expect((await api.as('developer').ask({ beneficiary: 'dba' })).approvals.approvers).toEqual(['dba-2'])
  })

  it('through one’s own user goes by the name of who will use it', async () => {
    const user = { principal: 'arn:aws:iam::123456789012:user/developer' }
    expect((await developer.ask(user)).principal).toMatchObject({ kind: 'user', uniqueId: expect.stringMatching(/^AIDA/) })
    expect(await api.as('developer-2').ask({ ...user, beneficiary: 'developer' })).toMatchObject({ beneficiary: 'developer' })
    await expect(api.as('developer-2').ask(user)).rejects.toMatchObject({ code: 'refused_by_rules' })
    await expect(developer.ask({ ...user, beneficiary: 'developer-2' })).rejects.toMatchObject({ code: 'refused_by_rules' })
  })

  it('where no approval is needed is enough: the grant is there at once', async () => {
    const asked = await developer.ask(staging)
    expect(asked).toMatchObject({
      status: 'approved',
      approvals: { needed: [], approvers: [] },
      grants: [{ status: 'applying', dbUser: 'reader', principalUniqueId: asked.principal.uniqueId }],
    })
    expect(await developer.request(asked.id)).toEqual(asked)
    expect(await api.eventsOf(asked.id)).toEqual(['request.created', 'request.approved', 'grant.opened'])
  })

  it('for databases of several rules needs the approvals of each and keeps to the least of their limits', async () => {
    const entitlements = [
      { database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' },
      { database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' },
    ]
    const asked = await developer.ask({ entitlements, duration: undefined })
    expect(asked.entitlements.map(({ rule }) => rule)).toEqual(['salaries-need-two', 'production-with-a-dba'])
    expect(asked.approvals.needed.map(({ from }) => from.groups)).toEqual([['dba'], ['security']])
    expect([asked.duration, asked.limits.longestDuration]).toEqual(['PT30M', 'PT1H'])
    expect(Date.parse(asked.expiresAt) - Date.parse(asked.createdAt)).toBe(4 * 3_600_000)
  })
})

describe('the rules', () => {
  it.each([
    [
      'an explicit deny',
      { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'postgres' }] },
      'Rule nobody-as-owner denies postgres',
    ],
    [
      'a user that no rule has',
      { entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'other' }] },
      'The nearest is staging-at-once: its `databases.tags` need environment: staging',
    ],
    [
      'a principal that no rule has',
      { principal: 'arn:aws:iam::123456789012:role/sallyport' },
      'The nearest is production-with-a-dba: its `principals`',
    ],
  ])('refuse by %s, and name the rule', async (_, changes, detail) => {
    await expect(developer.ask(changes)).rejects.toMatchObject({
      status: 403,
      code: 'refused_by_rules',
      detail: expect.stringContaining(detail),
      pointers: ['/entitlements/0'],
    })
  })

  it('refuse somebody they do not list, and record that it was tried', async () => {
    await expect(api.as('auditor').ask()).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining('`who` does not include auditor'),
    })
    const { items } = await api.as('auditor').events({ type: 'authority.refused', person: 'auditor' })
    expect(items[0]).toMatchObject({ actor: { person: 'auditor' }, payload: { action: 'POST /v1/requests', code: 'refused_by_rules' } })
  })

  it('are asked before AWS: nobody learns by asking which principals there are', async () => {
    api.standIn.calls.reset()
    await expect(api.as('security').ask({ principal: 'arn:aws:iam::123456789012:role/no-such-role' })).rejects.toMatchObject({
      code: 'refused_by_rules',
    })
    expect(api.standIn.calls.list()).toEqual([])
  })
})
