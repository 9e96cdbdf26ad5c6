import { expect, test } from 'vitest'
import { escalateRequests } from '../../src/requests/index.ts'
import { eventually, testApi } from '../support/api.ts'
import { fakeSlack, seen } from '../support/fake-slack.ts'
import { type RuleChange, withRule } from '../support/rules.ts'
import { asked, workspace } from './workspace.ts'

const escalate = { after: 'PT1H', to: { groups: ['security'] } }
const escalating: RuleChange = withRule('production-with-a-dba', { approvals: [{ from: { groups: ['dba'] }, escalate }] })

const slack = fakeSlack(() => api.url)
const api = testApi({
  worker: true,
  slack: () => slack.settings,
  rules: (file) => {
    workspace()(file)
    escalating(file)
  },
})
const { CHANNEL, DBA, SECURITY } = asked

const shown = (channel: string, id: string) =>
  slack
    .in(channel)
    .map(({ blocks }) => seen(blocks))
    .filter((words) => words.includes(id))
const shows = (channel: string, id: string, ...words: string[]) =>
  eventually(() => {
    const [message = ''] = shown(channel, id)
    for (const part of words) expect(message).toContain(part)
  })

/** As if it had waited for an hour, and a worker looked. */
async function wait(id: string): Promise<void> {
  await api.change('request', `created_at = created_at - interval '1 hour', escalates_at = escalates_at - interval '1 hour'`, id)
  await api.parts.db.inTransaction(escalateRequests(api.parts))
}

test('those whom a request comes to ask hear of it directly, though others were asked in a channel, and decide there', async () => {
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Asked too from', ': group security')
  expect(shown(SECURITY, id)).toEqual([])
  await wait(id)
  await shows(SECURITY, id, 'Access asked for', 'Asked too since', 'Can approve: ', 'Security officer (security)')
  await shows(CHANNEL, id, 'Asked too since')
  expect(await slack.click(SECURITY, 'approve', id)).toEqual({ status: 200, text: '' })
  await shows(CHANNEL, id, 'Approved by Security officer (security) through slack')
  expect([shown(CHANNEL, id).length, shown(SECURITY, id).length, shown(DBA, id).length]).toEqual([1, 1, 0])
})

test('a request that nobody can approve yet says so, and not that nobody is left', async () => {
  await api.useRules(workspace(), withRule('production-with-a-dba', { approvals: [{ from: { people: ['dba'] }, escalate }] }))
  const { id } = await api.as('dba').ask()
  await shows(CHANNEL, id, 'Can approve: nobody yet', 'Asked too from')
})
