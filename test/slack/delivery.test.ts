import { beforeAll, expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { fakeSlack, seen } from '../support/fake-slack.ts'
import { withRule } from '../support/rules.ts'
import { asked, workspace } from './workspace.ts'

const slack = fakeSlack(() => api.url)
const api = testApi({ worker: true, slack: () => slack.settings, rules: workspace() })
const { CHANNEL, DEVELOPER, DBA, DBA2 } = asked
let owner: Awaited<ReturnType<typeof api.database.client>>
beforeAll(async () => {
  owner = await api.database.client()
})

const about = (channel: string, id: string) => slack.in(channel).filter(({ blocks }) => seen(blocks).includes(id))
const shows = (channel: string, id: string, words: string) =>
  eventually(() =>
    expect(
      about(channel, id)
        .map(({ blocks }) => seen(blocks))
        .join('\n'),
    ).toContain(words),
  )

const attempts = async (id: string): Promise<number> =>
  (await owner.query<{ attempts: number }>('select attempts from slack_request where request_id = $1', [id])).rows[0]?.attempts ?? 0

/** As if the time of what waits had come. */
const pass = (id: string) =>
  owner.query(`select graphile_worker.add_job('slackShow', json_build_object('requestId', $1::text), queue_name := 'slack')`, [id])

test('what Slack does not take for a while is shown later, as it is then and once', async () => {
  slack.setDown(true)
  const { id } = await api.as('developer').ask()
  await eventually(async () => expect(await attempts(id)).toBeGreaterThan(0))
  await api.as('dba').approve(id)
  slack.setDown(false)
  await pass(id)
  await shows(DEVELOPER, id, 'You can connect')
  // Nobody has to decide it any more, so that approvers are not asked.
  expect(about(CHANNEL, id)).toHaveLength(0)
})

test('a rate limit is waited out', async () => {
  slack.fail('chat.postMessage', 429)
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Access asked for')
  slack.fail('chat.update', 429)
  await api.as('dba').deny(id, { comment: 'No' })
  await shows(CHANNEL, id, 'Denied by')
  expect(about(CHANNEL, id)).toHaveLength(1)
})

test('a message that Slack refuses holds up no other', async () => {
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Access asked for')
  slack.fail('chat.update', 'is_archived', 'is_archived')
  await api.as('dba').deny(id, { comment: 'No' })
  await shows(DEVELOPER, id, 'Access denied')
})

test('a message that somebody deleted is not posted again', async () => {
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Access asked for')
  slack.messages.splice(
    slack.messages.findIndex(({ blocks }) => seen(blocks).includes(id)),
    1,
  )
  await api.as('dba').approve(id)
  await shows(DEVELOPER, id, 'You can connect')
  expect(about(CHANNEL, id)).toHaveLength(0)
})

test('what people write stays what they wrote', async () => {
  const reason = '<!channel> <@U0DBA> *bold* `code` <https://evil.example|Approved> & @here'
  const { id } = await api.as('developer').ask({ reason, ticket: { system: 'jira', key: '<!here>', url: 'https://evil.example/' } })
  await shows(CHANNEL, id, reason)
  const [message] = about(CHANNEL, id)
  const parsed = JSON.stringify(message?.blocks.filter((block) => JSON.stringify(block).includes('"mrkdwn"')))
  expect(parsed).toBe('[]')
  expect(JSON.stringify(message?.blocks)).not.toMatch(/"type":"(link|user|broadcast|channel|usergroup)"/)
  expect(message?.text).not.toMatch(/[<>]/)
  await api.as('dba').deny(id, { comment: '<!channel> no' })
  await shows(DEVELOPER, id, '<!channel> no')
})

test('the longest request fits into a message', async () => {
  const { id } = await api.as('developer').ask({ reason: '&'.repeat(2_000), ticket: { system: '<'.repeat(50), key: '>'.repeat(100) } })
  await shows(CHANNEL, id, 'Access asked for')
})

test('a rule’s own channel is asked, and without any channel each approver directly', async () => {
  await api.useRules(workspace(), (file) => {
    for (const rule of file.rules) if (rule.name === 'production-with-a-dba') rule['channel'] = 'C0PRODUCTION'
  })
  const first = await api.as('developer').ask()
  await shows('C0PRODUCTION', first.id, 'Access asked for')
  expect(about(CHANNEL, first.id)).toHaveLength(0)

  await api.useRules(workspace({}))
  const second = await api.as('developer').ask()
  await shows(DBA, second.id, 'Access asked for')
  await shows(DBA2, second.id, 'Access asked for')
  await slack.click(DBA, 'approve', second.id)
  await shows(DBA2, second.id, 'Approved by Database administrator (dba)')
  await api.useRules(workspace())
})

test('a member is linked once by a confirmed e-mail address, and stays who they are', async () => {
  await api.useRules(workspace({ linkByEmail: true }), (file) => {
    file.people.push({ id: 'newcomer', groups: ['developers'], ...{ username: 'newcomer@example.com' } })
    file.people.push({ id: 'guest', groups: ['dba'], ...{ username: 'guest@example.com' } })
  })
  await eventually(async () => expect((await slack.type('U0NEW')).text).toContain('looking you up'))
  slack.members.set('U0NEW', { email: 'newcomer@example.com' })
  await slack.type('U0NEW')
  await eventually(() =>
    expect(slack.in('U0NEW').map(({ text }) => text)).toContainEqual(expect.stringContaining('You are newcomer for Sallyport')),
  )
  slack.members.set('U0NEW', { email: 'guest@example.com' })
  expect(await slack.type('U0NEW', 'list')).toMatchObject({ text: expect.stringContaining('no access') })

  for (const [member, parts] of [
    ['U0GUEST', { email: 'guest@example.com', is_restricted: true }],
    ['U0FOREIGN', { email: 'guest@example.com', team_id: 'T0OTHER' }],
    ['U0UNCONFIRMED', { email: 'guest@example.com', is_email_confirmed: false }],
    ['U0SECOND', { email: 'newcomer@example.com' }],
  ] as const) {
    slack.members.set(member, parts)
    await slack.type(member)
    await eventually(() => expect(slack.in(member).at(-1)?.text).toContain('cannot tell who you are'))
  }
  const { items } = await api.as('auditor').events({ type: 'identity.linked' })
  expect(items).toContainEqual(
    expect.objectContaining({
      actor: { kind: 'person', person: 'newcomer', credential: 'slack:T0TEAM:U0NEW', via: 'slack' },
      payload: expect.objectContaining({ issuer: 'slack:T0TEAM', subject: 'U0NEW', person: 'newcomer', by: 'claim' }),
    }),
  )
  await api.useRules(workspace())
})

test('who leaves between the click and its doing decides nothing', async () => {
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Access asked for')
  await api.useRules(workspace(), (file) => {
    file.people = file.people.filter((person) => person.id !== 'dba')
  })
  await slack.click(DBA, 'approve', id)
  await eventually(() => expect(slack.in(DBA).at(-1)?.text).toContain('Nothing was done.'))
  expect((await api.as('developer').request(id)).status).toBe('pending')
  await api.useRules(workspace())
})

test('a click that could not be carried out for a long time is dropped', async () => {
  const { id } = await api.as('developer').ask()
  const payload = {
    team: 'T0TEAM',
    user: DBA2,
    at: new Date(Date.now() - 3_600_000).toISOString(),
    errand: { kind: 'approve', request: id },
  }
  await owner.query(`select graphile_worker.add_job('slackErrand', $1::json)`, [JSON.stringify(payload)])
  await eventually(() => expect(slack.in(DBA2).at(-1)?.text).toContain('send it again'))
  expect((await api.as('developer').request(id)).status).toBe('pending')
})

test('what ends soon is told in time with a way to extend it, and what fails while it does', async () => {
  await api.useRules(workspace(), withRule('production-with-a-dba', { extensions: { count: 1, total: 'PT8H' } }))
  const { id } = await api.as('developer').ask()
  await shows(CHANNEL, id, 'Access asked for') // once it is decided, nobody is asked any more
  await api.as('dba').approve(id)
  await shows(DEVELOPER, id, 'You can connect')
  const grant = (await api.as('developer').request(id)).grants[0]?.id ?? ''
  await api.letPass(grant, '46 minutes')
  await shows(DEVELOPER, id, 'Access ends soon')
  await shows(DEVELOPER, id, 'More time…')
  expect(about(DEVELOPER, id).filter(({ blocks }) => seen(blocks).includes('ends soon'))).toHaveLength(1)
  await owner.query(
    `update target set attention_code = 'aws_denied', attention_message = 'AWS refuses it', attention_since = now(), attempts = 1
     where id = (select target_id from "grant" where id = $1)`,
    [grant],
  )
  await pass(id)
  await shows(DEVELOPER, id, 'AWS refuses it')
  await shows(CHANNEL, id, 'Needs attention: AWS refuses it')
})
