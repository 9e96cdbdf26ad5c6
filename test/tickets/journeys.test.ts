import { beforeEach, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'
import { testReceiver } from '../webhooks/receiver.ts'
import { changed, deliver, github, jira, variables, withSources } from './sources.ts'

const site = testReceiver()
const api = testApi({ worker: true, tickets: variables })
const developer = api.as('developer')
const dba = api.as('dba')
const rule = 'production-with-a-dba'

let number = 100
let key = ''

beforeEach(async () => {
  key = `OPS-${++number}`
  await use(jira)
})

/** Brings the demo's rules into force with these sources of tickets. */
async function use(ofJira: Readonly<Record<string, unknown>>, parts: object = { decisionsFrom: ['jira', 'github'] }): Promise<void> {
  const sources = [
    { ...ofJira, name: 'jira', comments: { url: site.url(''), user: 'bot@example.com' } },
    { ...github, comments: { url: site.url('') } },
  ]
  await api.useRules(withSources(...sources), withRule(rule, parts))
  api.parts.ruleSets.forget()
}

/** What Jira sends of the ticket at hand, as of now or so many seconds from now. */
const ofTicket = (name: string, changes: object = {}, seconds = 0) =>
  deliver(api, 'jira', changed(name, { '/issue/key': key, '/timestamp': Date.now() + seconds * 1_000, ...changes }))

const waiting = async (ticket = key) => (await developer.requests({ ticket })).items
const requestOf = (ticket = key) =>
  eventually(async () => {
    const [request] = await waiting(ticket)
    if (request === undefined) throw new Error(`${ticket} has made no request`)
    return request
  })
const become = (id: string, status: string) => eventually(async () => expect((await developer.request(id)).status).toBe(status))
const active = (id: string) =>
  eventually(async () => {
    const [grant] = (await developer.request(id)).grants
    expect(grant?.status).toBe('active')
    return grant?.id ?? ''
  })

/** What was written back to the ticket, without its mark. */
const comments = (ticket = key) =>
  site.at(`/rest/api/3/issue/${ticket}/comment`).map(({ body }) => /"text":"(.*) \(Sallyport, evt_/.exec(body)?.[1] ?? body)
const hears = (...wanted: readonly RegExp[]) =>
  eventually(() => expect(comments()).toEqual(wanted.map((each) => expect.stringMatching(each))))
const refusals = async () =>
  (await api.as('auditor').events({ type: 'ticket.refused' })).items
    .map(({ payload }) => payload)
    .filter((each) => Reflect.get(Object(each), 'ticket') === key)

describe('a ticket', () => {
  it('asks, is approved over the API, gives access, and takes it away when it closes', async () => {
    expect(await ofTicket('jira-issue-created')).toEqual({
      status: 200,
      body: { ticket: key, outcome: 'accepted', does: ['ask'], detail: expect.stringContaining('Open') },
    })
    const request = await requestOf()
    expect(request).toMatchObject({ requester: 'developer', via: 'ticket:jira', duration: 'PT2H', ticket: { system: 'jira', key } })
    await dba.approve(request.id)
    const grant = await active(request.id)
    expect(await api.document('role', 'app-reader')).toContain('/db_user')
    await api.letPass(grant, '106 minutes')

    expect(
      await ofTicket('jira-issue-created', { '/webhookEvent': 'jira:issue_updated', '/issue/fields/status/name': 'Done' }),
    ).toMatchObject({
      body: { does: ['end', 'ask'] },
    })
    await eventually(async () => expect(await developer.grant(grant)).toMatchObject({ status: 'ended', endReason: 'ticket_closed' }))
    expect(await api.document('role', 'app-reader')).toBeNull()
    await hears(
      /^Requested: db_user on orders for developer/,
      /^Approved by dba: db_user on orders/,
      /^Active: /,
      /^Ends soon: db_user on orders for developer, at /,
      /^Ended: .*ticket closed/,
    )
    expect(await waiting()).toHaveLength(1)
    const [first] = site.at(`/rest/api/3/issue/${key}/comment`)
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('bot@example.com:jira-token').toString('base64')}`)
  })

  it('that closes ends what was extended on its account', async () => {
    await use(jira, { extensions: { count: 1, total: 'PT4H' } })
    await ofTicket('jira-issue-created')
    const asked = await developer.ask({ entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'mary_roe' }] })
    await dba.approve(asked.id)
    const grant = await active(asked.id)
    await dba.approve((await developer.extend(grant, { ticket: { system: 'jira', key } })).id)
    await ofTicket('jira-issue-created', { '/webhookEvent': 'jira:issue_updated', '/issue/fields/status/name': 'Done' })
    await eventually(async () => expect(await developer.grant(grant)).toMatchObject({ status: 'ended', endReason: 'ticket_closed' }))
  })

  it('that closes withdraws what waits', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await ofTicket('jira-issue-created', { '/webhookEvent': 'jira:issue_deleted' })
    await become(id, 'withdrawn')
    await hears(/^Requested/, /^Ended: withdrawn/)
  })

  it('asks once, however often it is told of', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await dba.deny(id)
    await ofTicket('jira-issue-created', { '/webhookEvent': 'jira:issue_updated' })
    await ofTicket('jira-comment-created', { '/comment/body': '/deny' })
    await hears(/^Requested/, /^Refused: denied by dba/)
    await eventually(async () => expect(await api.database.db.prisma.ticketDelivery.count({ where: { key, doneAt: null } })).toBe(0))
    expect(await waiting()).toHaveLength(1)
  })

  it.each([
    ['of somebody who is not linked', { '/issue/fields/reporter/accountId': 'jira-stranger' }, /jira-stranger.*belongs to nobody/],
    ['without a database user', { '/issue/fields/customfield_10042': null }, /dbUser is missing/],
    ['for a database that is not there', { '/issue/fields/customfield_10041/value': 'nowhere' }, /No database is called .*nowhere/],
    ['that no rule allows', { '/issue/fields/customfield_10042': 'postgres' }, /nobody-as-owner denies/],
    ['for too long', { '/issue/fields/customfield_10043': 'PT9H' }, /longer than the rules allow/],
  ])('%s is refused, is told so once, and may ask better', async (_what, changes, why) => {
    await ofTicket('jira-issue-created', changes)
    await hears(why)
    await ofTicket('jira-issue-created', { ...changes, '/webhookEvent': 'jira:issue_updated' })
    await ofTicket('jira-issue-created', { '/webhookEvent': 'jira:issue_updated' })
    await requestOf()
    await hears(why, /^Requested/)
    expect(await refusals()).toHaveLength(1)
  })

  it('is believed by its own time: what comes late ends nothing', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await ofTicket('jira-issue-created', { '/issue/fields/status/name': 'Done' }, -60)
    expect((await developer.request(id)).status).toBe('pending')
    await ofTicket('jira-issue-created', { '/issue/fields/status/name': 'Done' })
    await become(id, 'withdrawn')
  })
})

describe('an approval in a ticket', () => {
  const approved = (by: string, seconds = 1) => ofTicket('jira-issue-approved', { '/user/accountId': by }, seconds)

  it('is that of the linked person, under a rule that takes it from there', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await approved('jira-dba')
    await become(id, 'approved')
    const { decisions } = await developer.request(id)
    expect(decisions).toEqual([expect.objectContaining({ approver: 'dba', via: 'ticket:jira', verdict: 'approve', comment: `In ${key}` })])
    await active(id)
    await ofTicket('jira-issue-created', { '/issue/fields/status/name': 'Done' }, 2)
  })

  it.each([
    ['who asked', 'jira-developer', /developer is the requester/],
    ['who may not approve', 'jira-developer-2', /The rules/],
    ['whom nobody knows', 'jira-stranger', /belongs to nobody/],
  ])('is not that of one %s', async (_who, by, why) => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await approved(by)
    await hears(/^Requested/, why)
    expect(await developer.request(id)).toMatchObject({ status: 'pending', decisions: [] })
  })

  it('does not count under a rule that does not take it', async () => {
    await use(jira, {})
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await approved('jira-dba')
    await hears(/^Requested/, /take no decisions on req_\w+ from ticket:jira/)
    expect((await developer.request(id)).decisions).toEqual([])
  })

  it('does not count if it was said before the request was made', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await requestOf()
    await approved('jira-dba', -60)
    await hears(/^Requested/, /said before req_/)
    expect((await developer.request(id)).decisions).toEqual([])
  })

  it('is about no request that somebody else hangs on the ticket', async () => {
    await use({ ...jira, creates: undefined })
    await ofTicket('jira-issue-created')
    const { id } = await api.as('developer-2').ask({ ticket: { system: 'jira', key } })
    await approved('jira-dba')
    await hears(/^Requested: .* for developer-2/, /is not the ticket of developer-2/)
    const own = await developer.ask({ ticket: { system: 'jira', key } })
    await approved('jira-dba', 2)
    await hears(/^Requested/, /is not the ticket of/, /^Requested/, /2 requests wait/)
    for (const each of [id, own.id]) expect((await dba.request(each)).decisions).toEqual([])
  })

  it('works in GitHub too, from the form of an issue to the comment', async () => {
    const at = (name: string, changes: object, seconds: number) =>
      deliver(
        api,
        'github',
        changed(name, { '/issue/number': number, '/issue/updated_at': new Date(Date.now() + seconds * 1_000).toISOString(), ...changes }),
      )
    const ticket = `octo-org/access#${number}`
    await at('github-issue-opened', {}, 0)
    const { id } = await requestOf(ticket)
    await at('github-issue-labeled', {}, 1)
    await become(id, 'approved')
    const path = `/repos/octo-org/access/issues/${number}/comments`
    await eventually(() => expect(site.at(path).length).toBeGreaterThanOrEqual(2))
    expect(site.at(path)[0]?.headers).toMatchObject({ authorization: 'Bearer github-token', accept: 'application/vnd.github+json' })
    await at('github-issue-labeled', { '/action': 'closed', '/issue/state': 'closed' }, 2)
    await eventually(async () => expect((await developer.request(id)).grants[0]?.endReason).toBe('ticket_closed'))
  })
})

describe('a rule that wants a known ticket', () => {
  const asking = () => developer.ask({ ticket: { system: 'jira', key } })
  beforeEach(async () => {
    const ticket = { source: 'jira', types: ['Database access'], message: 'Name your open ticket.' }
    await use({ ...jira, creates: undefined }, { ticket })
  })

  it('lets somebody ask whose it is, while it is open', async () => {
    await expect(asking()).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining(`${key} is not known from jira`),
    })
    await ofTicket('jira-issue-created')
    const { id } = await asking()
    expect((await dba.approve(id)).status).toBe('approved')
    await expect(api.as('developer-2').ask({ ticket: { system: 'jira', key } })).rejects.toMatchObject({
      detail: expect.stringContaining('neither of'),
    })
    await ofTicket('jira-issue-created', { '/issue/fields/assignee': { accountId: 'jira-developer-2' } })
    await api.as('developer-2').ask({ ticket: { system: 'jira', key } })
    await ofTicket('jira-issue-created', { '/issue/fields/issuetype/name': 'Bug' }, 1)
    await expect(asking()).rejects.toMatchObject({ detail: expect.stringContaining('is of type Bug') })
    await ofTicket('jira-issue-created', { '/issue/fields/status/name': 'Done' }, 2)
    await expect(asking()).rejects.toMatchObject({ detail: expect.stringContaining('closed') })
  })

  it('is looked at again when somebody decides', async () => {
    await ofTicket('jira-issue-created')
    const { id } = await asking()
    await ofTicket('jira-issue-created', { '/issue/fields/reporter/accountId': 'jira-developer-2' }, 1)
    await expect(dba.approve(id)).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining('neither of developer'),
    })
  })
})
