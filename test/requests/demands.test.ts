import { expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

const DAY = 86_400_000
/** The demo's rule for production wants to be told more, and warns. */
const demanding: RuleChange = (file) => {
  const rule = file.rules.find(({ name }) => name === 'production-with-a-dba')
  Object.assign(rule ?? {}, {
    reason: { pattern: 'INC-[0-9]+', message: 'Say which incident it is, such as INC-17.' },
    ticket: { system: 'jira', message: 'Name the ticket of the change.' },
    warning: 'These are orders of real customers.',
    startsWithin: 'P2D',
  })
}
const api = testApi({ rules: demanding })
const developer = api.as('developer')
const told = { reason: 'INC-17', ticket: { system: 'jira', key: 'OPS-17' } }
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString()

it.each([
  ['a reason', { reason: 'slow' }, '/reason', 'Say which incident it is, such as INC-17.'],
  ['a ticket', { ticket: null }, '/ticket', 'Name the ticket of the change.'],
  ['a ticket of another system', { ticket: { system: 'github', key: '17' } }, '/ticket', 'Name the ticket of the change.'],
])('without %s that the rule asks for it is refused in the words of the rule', async (_what, changes, pointer, detail) => {
  const before = await api.snapshot()
  await expect(developer.ask({ ...told, ...changes })).rejects.toMatchObject({
    status: 403,
    code: 'refused_by_rules',
    detail,
    pointers: [pointer],
  })
  const { allowed, refusals } = await developer.preview({ ...told, ...changes })
  expect({ allowed, refusals }).toEqual({ allowed: false, refusals: [{ entitlement: 0, rule: 'production-with-a-dba', detail }] })
  expect(await api.snapshot()).toEqual(before)
})

it('tells requester and approver what the rule warns of', async () => {
  const warning = { code: 'rule_warning', rule: 'production-with-a-dba', detail: 'These are orders of real customers.' }
  expect((await developer.preview(told)).warnings).toEqual([warning])
  const { id } = await developer.ask(told)
  expect((await api.as('dba').request(id)).warnings).toEqual([warning])
})

it('a start lies no further ahead than an approval may go unused', async () => {
  await expect(developer.ask({ ...told, startsAt: inDays(3) })).rejects.toMatchObject({
    status: 422,
    code: 'invalid_start',
    detail: expect.stringContaining('further ahead than the rules allow: PT48H'),
    pointers: ['/startsAt'],
  })
  const { id } = await developer.ask({ ...told, startsAt: inDays(1) })
  expect((await api.as('dba').approve(id)).grants[0]?.status).toBe('scheduled')
})
