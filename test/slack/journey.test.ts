import { expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { fakeSlack, seen } from '../support/fake-slack.ts'
import { withRule } from '../support/rules.ts'
import { asked, filledIn, workspace } from './workspace.ts'

const slack = fakeSlack(() => api.url)
const api = testApi({ worker: true, slack: () => slack.settings, rules: workspace() })
const { DEVELOPER, DBA, DBA2, CHANNEL } = asked

/** Types the command, fills the form in and sends it; answers the request that came of it. */
async function ask(changes: object = {}): Promise<string> {
  expect(await slack.type(DEVELOPER)).toEqual({ status: 200, text: '' })
  const sent = await slack.submit(DEVELOPER, filledIn(await databaseId(), changes))
  const [id = ''] = /req_\w+/.exec(sent.text) ?? []
  expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('"response_action":"update"') })
  return id
}

async function databaseId(name = 'orders'): Promise<string> {
  const { text } = await slack.search(DEVELOPER, name)
  const { options } = JSON.parse(text) as { options: { text: { text: string }; value: string }[] }
  return options.find((option) => option.text.text.startsWith(`${name} `))?.value ?? ''
}

/** The message about a request in the channel, once it shows this. */
const inChannel = (id: string, words: string) =>
  eventually(() => {
    const message = slack.in(CHANNEL).find(({ blocks }) => seen(blocks).includes(id))
    expect(seen(message?.blocks ?? [])).toContain(words)
    return message
  })

const told = (user: string, id: string, words: string) =>
  eventually(() => {
    const message = slack.in(user).findLast(({ blocks }) => seen(blocks).includes(id))
    expect(seen(message?.blocks ?? [])).toContain(words)
    return message
  })

test('a request goes from the command to the end of its access without leaving Slack', async () => {
  const id = await ask()
  const pending = await inChannel(id, 'Access asked for: orders')
  const words = seen(pending?.blocks ?? [])
  for (const part of [
    'Developer (developer)',
    'db_user',
    'environment: production',
    'arn:aws:iam::123456789012:role/app-reader',
    'Investigate slow invoices',
    '1 h',
    '1 of group dba',
    'Database administrator (dba), Second database administrator (dba-2)',
    'OPS-17',
    'can connect as db_user on orders (cluster-ABCDEFGHIJKL01234) in us-east-2 of account 123456789012.',
  ])
    expect(words.toLowerCase()).toContain(part.toLowerCase())

  expect(await slack.click(DBA, 'approve', id)).toEqual({ status: 200, text: '' })
  const approved = await inChannel(id, 'Approved by Database administrator (dba) through slack')
  expect(approved?.blocks.some(({ type }) => type === 'actions')).toBe(false)
  const request = await api.as('developer').request(id)
  expect(request).toMatchObject({ status: 'approved', via: 'slack', decisions: [{ approver: 'dba', via: 'slack', verdict: 'approve' }] })

  const active = await told(DEVELOPER, id, 'You can connect: orders')
  expect(seen(active?.blocks ?? [])).toContain('aws rds generate-db-auth-token')
  await inChannel(id, 'In force until')

  const grant = request.grants[0]?.id ?? ''
  const list = await slack.type(DEVELOPER, 'list')
  expect(list.text).toContain(grant)
  await slack.click(DEVELOPER, 'return', grant)
  await told(DEVELOPER, id, 'Access has ended: orders')
  await inChannel(id, 'The access has ended.')
  expect((await api.as('developer').grant(grant)).endReason).toBe('returned')
  expect(slack.in(CHANNEL).filter(({ blocks }) => seen(blocks).includes(id))).toHaveLength(1)
})

test('a denial asks why, and who asked is told', async () => {
  const id = await ask()
  await inChannel(id, 'Access asked for')
  await slack.click(DBA2, 'deny', id)
  const form = slack.views.at(-1)
  expect(form?.view.callback_id).toBe('deny')
  expect((await slack.submit(DBA2, { comment: { value: '  ' } }, form)).text).toContain('"errors"')
  expect(await slack.submit(DBA2, { comment: { value: 'Ask for the replica' } }, form)).toEqual({ status: 200, text: '' })
  await inChannel(id, 'Denied by Second database administrator (dba-2)')
  expect(seen((await told(DEVELOPER, id, 'Access denied: orders'))?.blocks ?? [])).toContain('Ask for the replica')
  expect((await api.as('developer').request(id)).decisions).toMatchObject([{ verdict: 'deny', comment: 'Ask for the replica' }])
})

test('a decision over the API changes the message in Slack', async () => {
  const { id } = await api.as('developer').ask()
  await inChannel(id, 'asked through dev')
  await api.as('dba').approve(id)
  await inChannel(id, 'Approved by Database administrator (dba) through dev')
})

test('a withdrawal takes the buttons away', async () => {
  const { id } = await api.as('developer').ask()
  const pending = await inChannel(id, 'Access asked for')
  expect(pending?.blocks.some(({ type }) => type === 'actions')).toBe(true)
  await api.as('developer').withdraw(id)
  const message = await inChannel(id, 'Request withdrawn')
  expect(message?.blocks.some(({ type }) => type === 'actions')).toBe(false)
})

test('clicks and forms that come twice do a thing once', async () => {
  await slack.type(DEVELOPER)
  const form = slack.views.at(-1)
  const values = filledIn(await databaseId())
  const sent = await Promise.all([slack.submit(DEVELOPER, values, form), slack.submit(DEVELOPER, values, form)])
  const ids = new Set(sent.map(({ text }) => /req_\w+/.exec(text)?.[0]))
  expect(ids.size).toBe(1)
  const [id = ''] = ids
  await inChannel(id, 'Access asked for')
  await Promise.all([slack.click(DBA, 'approve', id), slack.click(DBA, 'approve', id), slack.click(DBA, 'approve', id)])
  await inChannel(id, 'Approved by')
  await slack.click(DBA, 'approve', id)
  await told(DEVELOPER, id, 'You can connect')
  expect((await api.as('developer').request(id)).decisions).toHaveLength(1)
  expect(slack.in(CHANNEL).filter(({ blocks }) => seen(blocks).includes(id))).toHaveLength(1)
})

test('a command that Slack delivers twice opens one form', async () => {
  const before = slack.views.length
  expect(await slack.type(DEVELOPER, '', 'trigger-twice')).toEqual({ status: 200, text: '' })
  expect(await slack.type(DEVELOPER, '', 'trigger-twice')).toEqual({ status: 200, text: '' })
  expect(slack.views).toHaveLength(before + 1)
  expect((await slack.type(DEVELOPER, '', 'old-trigger')).text).toContain('could not be opened in time')
})

test('nobody approves their own request in Slack, and the attempt is recorded', async () => {
  const { id } = await api.as('dba').ask()
  await inChannel(id, 'Access asked for')
  await slack.click(DBA, 'approve', id)
  await eventually(() => expect(slack.in(DBA).at(-1)?.text).toMatch(/^Nothing was done\./))
  const { items } = await api.as('auditor').events({ type: 'authority.refused' })
  expect(items).toContainEqual(
    expect.objectContaining({
      actor: { kind: 'person', person: 'dba', credential: 'slack:T0TEAM:U0DBA', via: 'slack' },
      payload: expect.objectContaining({ action: 'slack approve', code: 'self_approval' }),
    }),
  )
  expect((await api.as('dba').request(id)).status).toBe('pending')
})

test('the form shows refusals beside the fields that they are about, in the words of the API', async () => {
  await slack.type(DEVELOPER)
  const wrong = async (changes: object) => {
    const { text } = await slack.submit(DEVELOPER, filledIn(await databaseId(), changes))
    return (JSON.parse(text) as { errors?: Record<string, string> }).errors
  }
  expect(await wrong({ dbUser: { value: 'postgres' } })).toEqual({ database: expect.stringContaining('nobody-as-owner') })
  expect(await wrong({ dbUser: { value: 'a*b' } })).toEqual({ dbUser: expect.any(String) })
  expect(await wrong({ arn: { value: 'app-reader' } })).toEqual({ arn: expect.stringContaining('app-reader') })
  expect(await wrong({ arn: { value: 'arn:aws:iam::123456789012:role/app-nobody' } })).toEqual({
    arn: expect.stringContaining('app-nobody'),
  })
  expect(await wrong({ duration: { selected_option: { value: 'P30D' } } })).toEqual({ duration: expect.stringContaining('PT8H') })
  expect(await wrong({ ticket: { value: 'OPS-17' } })).toEqual({ ticket: expect.stringContaining('Name the system') })
  expect(await wrong({ reason: { value: ' ' } })).toHaveProperty('reason')
})

test('databases are searched by name, and those without IAM authentication are not offered', async () => {
  const offered = async (text: string) =>
    (JSON.parse((await slack.search(DEVELOPER, text)).text) as { options: { text: { text: string } }[] }).options.map(
      (option) => option.text.text,
    )
  expect(await offered('ORDERS')).toEqual([
    'orders · us-east-2 · demo',
    'orders-staging · us-east-2 · demo',
    'prx-ABCDEFGHIJKL01234 · us-east-2 · demo',
  ])
  expect(await offered('archive')).toEqual([])
  expect(await offered('')).toHaveLength(5)
})

test('a database that needs no approval is told to who asked alone', async () => {
  await slack.type(DEVELOPER)
  const { text } = await slack.submit(DEVELOPER, filledIn(await databaseId('orders-staging'), { dbUser: { value: 'reader' } }))
  const [id = ''] = /req_\w+/.exec(text) ?? []
  expect(text).toContain('Approved at once')
  await told(DEVELOPER, id, 'You can connect: orders-staging')
  expect(slack.in(CHANNEL).filter(({ blocks }) => seen(blocks).includes(id))).toHaveLength(0)
})

test('help tells what there is, and what is not known is said to be so', async () => {
  expect((await slack.type(DEVELOPER, 'help')).text).toContain('/db-access list')
  expect((await slack.type(DEVELOPER, '<!here> now')).text).toContain('There is no `&lt;!here&gt;`')
  expect((await slack.type(DEVELOPER, 'return grt_1')).text).toContain('Name a grant by its id')
})

test('whoever has access asks for more time in Slack before it ends, and hears of the new end', async () => {
  const extensions = { count: 1, total: 'PT8H' }
  await api.useRules(workspace(), withRule('production-with-a-dba', { extensions }))
  const id = await ask()
  await slack.click(DBA, 'approve', id)
  await told(DEVELOPER, id, 'You can connect')
  const [grant] = (await api.as('developer').request(id)).grants
  if (grant === undefined) throw new Error('it was granted')
  await api.letPass(grant.id, '46 minutes')
  await told(DEVELOPER, id, 'More time…')
  await slack.click(DEVELOPER, 'extend', grant.id)
  const form = slack.views.at(-1)
  const tooLong = await slack.submit(DEVELOPER, { duration: { selected_option: { value: 'P1D' } }, reason: { value: 'Still at it' } }, form)
  expect(JSON.parse(tooLong.text)).toMatchObject({ response_action: 'errors', errors: { duration: expect.any(String) } })
  const values = { duration: { selected_option: { value: 'PT2H' } }, reason: { value: 'Still at it' } }
  const sent = await slack.submit(DEVELOPER, values, form)
  const [extension = ''] = /req_\w+/.exec(sent.text) ?? []
  expect(await slack.submit(DEVELOPER, values, form)).toEqual(sent)
  await inChannel(extension, 'Still at it')
  await slack.click(DBA, 'approve', extension)
  await told(DEVELOPER, id, 'You can connect')
  expect(Date.parse((await api.as('developer').grant(grant.id)).endsAt) - Date.now()).toBeGreaterThan(2 * 3_600_000)
  await api.useRules(workspace())
})

test('more time that cannot be had is refused beside the form, whoever asks', async () => {
  const id = await ask()
  await slack.click(DBA, 'approve', id)
  const message = await told(DEVELOPER, id, 'You can connect')
  expect(seen(message?.blocks ?? [])).not.toContain('More time')
  const [grant] = (await api.as('developer').request(id)).grants
  const reason = { value: 'Still at it' }
  for (const member of [DEVELOPER, DBA]) {
    expect(await slack.type(member, `extend ${grant?.id}`)).toEqual({ status: 200, text: '' })
    const { text } = await slack.submit(member, { reason })
    expect(JSON.parse(text)).toMatchObject({ response_action: 'errors', errors: { reason: expect.any(String) } })
  }
  expect((await slack.type(DEVELOPER, 'extend orders')).text).toContain('Name a grant by its id')
})
