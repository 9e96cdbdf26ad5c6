import { expect, test } from 'vitest'
import { slackSignature } from '../../src/slack/signature.ts'
import { eventually, testApi } from '../support/api.ts'
import { fakeSlack } from '../support/fake-slack.ts'
import { asked, workspace } from './workspace.ts'

const slack = fakeSlack(() => api.url)
const api = testApi({ slack: () => slack.settings, rules: workspace() })
const { DEVELOPER } = asked

const paths = ['commands', 'interactions', 'options']
const form = 'command=%2Fdb-access&text=help&team_id=T0TEAM&user_id=U0DEVELOPER&trigger_id=1'
const signedAt = (seconds: number, body = form) => {
  const timestamp = String(Math.floor(Date.now() / 1_000) + seconds)
  return {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': slackSignature(slack.settings.signingSecret, timestamp, Buffer.from(body)),
  }
}
const inJson = (payload: unknown) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString()

const refused: readonly [string, string, () => Readonly<Record<string, string>>, number, string][] = [
  ['forged', form, () => ({ 'x-slack-signature': `v0=${'0'.repeat(64)}` }), 401, 'unauthenticated'],
  ['unsigned', form, () => ({ 'x-slack-signature': '' }), 401, 'unauthenticated'],
  ['stale', form, () => signedAt(-310), 401, 'unauthenticated'],
  ['from the future', form, () => signedAt(310), 401, 'unauthenticated'],
  ['signed for another body', form, () => signedAt(0, `${form}&text=list`), 401, 'unauthenticated'],
  ['oversized', `${form}&text=${'x'.repeat(300_000)}`, () => ({}), 413, 'body_too_large'],
  ['JSON', '{}', () => ({ 'content-type': 'application/json' }), 415, 'unsupported_media_type'],
  ['plain text', form, () => ({ 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
  ['empty', '', () => ({}), 400, 'invalid_request'],
  ['binary', '\u0000\u0001\ufffd=%ff', () => ({}), 400, 'invalid_request'],
]

test.each(refused.flatMap((row) => paths.map((path) => [path, ...row] as const)))(
  'at %s what is %s is refused and changes nothing',
  async (path, _, body, headers, status, code) => {
    const before = await api.snapshot()
    const answer = await slack.send(path, body, headers())
    expect(answer).toMatchObject({ status, text: expect.stringContaining(`"${code}"`) })
    expect(await api.snapshot()).toEqual(before)
  },
)

const team = { id: 'T0TEAM' }
const user = { id: DEVELOPER }
const view = { id: 'V1', callback_id: 'ask', state: { values: {} } }
test.each([
  ['null', null],
  ['a list', []],
  ['an unknown type', { type: 'shortcut', team, user }],
  ['nobody', { type: 'block_actions', team, trigger_id: '1', actions: [{ action_id: 'approve', value: 'req_1' }] }],
  ['no action', { type: 'block_actions', team, user, trigger_id: '1', actions: [] }],
  ['a member with a quote', { type: 'block_actions', team, user: { id: "U' or 1=1" }, trigger_id: '1', actions: [{ action_id: 'x' }] }],
  [
    'a form with numbers',
    { type: 'view_submission', team, user, view: { ...view, state: { values: { reason: { reason: { value: 7 } } } } } },
  ],
  ['U+0000', { type: 'view_submission', team, user, view: { ...view, state: { values: { reason: { reason: { value: '\u0000' } } } } } }],
  ['half a surrogate pair', { type: 'block_suggestion', team, user, value: '\ud800' }],
])('an interaction that is %s is refused, and is no failure of ours', async (_, payload) => {
  expect(await slack.send('interactions', inJson(payload))).toMatchObject({ status: 400 })
})

test.each([
  ['an unknown button', { type: 'block_actions', team, user, trigger_id: '1', actions: [{ action_id: 'explode', value: 'req_1' }] }],
  [
    'a button for no request',
    { type: 'block_actions', team, user, trigger_id: '1', actions: [{ action_id: 'approve', value: "req_'; drop" }] },
  ],
  ['a button without a value', { type: 'block_actions', team, user, trigger_id: '1', actions: [{ action_id: 'deny' }] }],
  ['an unknown form', { type: 'view_submission', team, user, view: { ...view, callback_id: 'other' } }],
  ['a form that was closed', { type: 'view_closed', team, user }],
  ['an empty form', { type: 'view_submission', team, user, view }],
  [
    'names of prototypes',
    { type: 'view_submission', team, user, view: { ...view, state: { values: { ['__proto__']: { constructor: { value: 'x' } } } } } },
  ],
])('%s does nothing', async (_, payload) => {
  const before = await api.snapshot()
  expect(await slack.send('interactions', inJson(payload))).toMatchObject({ status: 200 })
  expect(await api.snapshot()).toEqual(before)
})

test('an answer from before is not taken for a new one: a replayed form asks once', async () => {
  await slack.type(DEVELOPER)
  const opened = slack.views.at(-1)
  const values = {
    database: { selected_option: { value: (await api.as('developer').database('cluster-ABCDEFGHIJKL01234')).id } },
    dbUser: { value: 'db_user' },
    arn: { value: 'arn:aws:iam::123456789012:role/app-reader' },
    reason: { value: 'Investigate slow invoices' },
  }
  const first = await slack.submit(DEVELOPER, values, opened)
  const replayed = await slack.submit(DEVELOPER, { ...values, reason: { value: 'Another' } }, opened)
  expect(replayed).toEqual(first)
  expect((await api.as('developer').requests()).items).toHaveLength(1)
})

test('somebody unlinked is told how to be linked, may do nothing, and is recorded', async () => {
  const answer = await slack.type('U0STRANGER')
  expect(answer.text).toContain('slack:T0TEAM')
  expect(answer.text).toContain('U0STRANGER')
  expect((await slack.type('U0STRANGER', 'list')).text).toContain('does not know you')
  expect((await slack.search('U0STRANGER', '')).status).toBe(403)
  expect((await slack.submit('U0STRANGER', {}, slack.views.at(-1))).text).toContain('errors')
  const { items } = await api.as('auditor').events({ type: 'authority.refused' })
  const strangers = items.filter(({ actor }) => actor.credential === 'slack:T0TEAM:U0STRANGER')
  expect(strangers.map(({ payload }) => payload['action'])).toEqual(
    expect.arrayContaining(['slack /db-access', 'slack /db-access list', 'slack ask', 'POST /integrations/slack/options']),
  )
})

test('a person who leaves the directory can do nothing in Slack from then on', async () => {
  await api.useRules(workspace(), (file) => {
    file.people = file.people.filter(({ id }) => id !== 'developer')
  })
  await eventually(async () => expect((await slack.type(DEVELOPER, 'list')).text).toContain('does not know you'))
  await api.useRules(workspace())
})

test('a member who has become another person does not act as the one before', async () => {
  await api.useRules(workspace(), (file) => {
    file.people = file.people.map((person) =>
      person.id === 'developer'
        ? { ...person, identities: [] }
        : person.id === 'developer-2'
          ? { ...person, identities: [{ issuer: 'slack:T0TEAM', subject: DEVELOPER }] }
          : person,
    )
  })
  await eventually(async () => expect((await slack.type(DEVELOPER, 'list')).text).toContain('no access'))
  await api.useRules(workspace())
})

test('without a workspace in the rules nothing is there', async () => {
  await api.useRules()
  await eventually(async () =>
    expect(await slack.type(DEVELOPER, 'help')).toMatchObject({ status: 404, text: expect.stringContaining('route_not_found') }),
  )
})
