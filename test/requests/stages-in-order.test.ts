import { describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

const api = testApi({ rules: withRule('salaries-need-two', { inOrder: true }) })
const developer = api.as('developer')
const salaries = { entitlements: [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }], duration: 'PT1H' }

describe('approvals in order', () => {
  it('show whose turn it is, and become grants when the last has come', async () => {
    const asked = await developer.ask(salaries)
    expect(asked.approvals.approvers).toEqual(['dba', 'dba-2'])
    expect(asked.approvals.stages).toMatchObject([
      { turn: 1, state: 'open', filledBy: [], approvers: ['dba', 'dba-2'] },
      { turn: 2, state: 'later', filledBy: [], approvers: ['security'] },
    ])
    const first = await api.as('dba').approve(asked.id)
    expect(first.approvals.stages).toMatchObject([
      { state: 'complete', filledBy: ['dba'], approvers: [] },
      { state: 'open', approvers: ['security'] },
    ])
    expect(await api.as('security').approve(asked.id)).toMatchObject({
      status: 'approved',
      approvals: { stages: [{ filledBy: ['dba'] }, { filledBy: ['security'] }] },
    })
  })

  it('refuse one that comes too early, saying who comes first, and change nothing by it', async () => {
    const asked = await developer.ask(salaries)
    await expect(api.as('security').approve(asked.id)).rejects.toMatchObject({
      status: 409,
      code: 'not_your_turn',
      message: expect.stringContaining('1 of group dba (dba, dba-2)'),
    })
    expect(await api.eventsOf(asked.id)).toEqual(['request.created'])
    await api.as('dba').approve(asked.id)
    expect(await api.as('security').approve(asked.id)).toMatchObject({ status: 'approved' })
  })

  it('let anybody of them deny at once', async () => {
    const asked = await developer.ask(salaries)
    expect(await api.as('security').deny(asked.id)).toMatchObject({ status: 'denied' })
  })
})
