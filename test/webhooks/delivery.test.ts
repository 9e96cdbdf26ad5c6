import { beforeAll, describe, expect, test } from 'vitest'
import { escalateRequests } from '../../src/requests/index.ts'
import { messageSchema } from '../../src/webhooks/message-schemas.ts'
import { eventually, testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'
import { administrator } from './administrator.ts'
import { type Answer, testReceiver, verified } from './receiver.ts'

const receiver = testReceiver()
const names: Record<string, readonly string[]> = {
  'portal.test': ['127.0.0.1'],
  'inside.test': ['10.0.0.7'],
  'mixed.test': ['127.0.0.1', '169.254.169.254'],
}
const api = testApi({
  worker: true,
  webhookNetwork: {
    timeout: 300,
    resolve: async (name) => names[name] ?? Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' })),
  },
})
const admin = administrator(api)
const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
let owner: Awaited<ReturnType<typeof api.database.client>>
beforeAll(async () => {
  owner = await api.database.client()
})

test('a receiver hears that another rule set came into force, and what of it can be asked for', async () => {
  const { secret } = await made('/rules', { types: ['rules.activated'] })
  await api.useRules(withRule('production-with-a-dba', { waits: 'PT3H' }))
  await eventually(() => expect(receiver.at('/rules')).toHaveLength(1))
  const [told] = receiver.at('/rules').map((message) => verified(message, secret ?? ''))
  messageSchema('rules.activated').parse(told)
  const { hash } = await api.parts.db.prisma.activeRuleSet.findFirstOrThrow()
  expect(told?.data).toMatchObject({ rules: { hash } })
  await api.useRules()
})

const made = (path: string, settings: object = {}) => admin.create({ url: receiver.url(path), types: ['request.created'], ...settings })

/** The delivery of a ping, once it has been tried so often. */
const tried = (id: string, event: string, times = 1) =>
  eventually(async () => {
    const delivery = await admin.delivery(id, event)
    expect(delivery.tries.length).toBeGreaterThanOrEqual(times)
    return delivery
  })

/** As if the time of whatever waits for this webhook had come. */
async function pass(id: string): Promise<void> {
  await owner.query(`update webhook_delivery set next_at = now() where webhook_id = $1 and status = 'pending'`, [id])
  await owner.query(`select graphile_worker.add_job('deliver', json_build_object('webhookId', $1::text), queue_name := $1)`, [id])
}

test('a receiver hears of a request and its grant, signed, once each, and can put them in order', async () => {
  const types = ['request.created', 'request.approved', 'grant.opened', 'grant.activated', 'grant.ending', 'grant.ended']
  const { id, secret } = await made('/story', { types })
  const asked = await api.as('developer').ask(staging)
  await eventually(async () => expect((await api.as('developer').request(asked.id)).grants[0]?.status).toBe('active'))
  await api.as('developer').giveBack(asked.grants[0]?.id ?? '')
  await eventually(() => expect(receiver.at('/story')).toHaveLength(6))
  const messages = receiver.at('/story').map((message) => verified(message, secret ?? ''))
  const inOrder = messages.sort((one, other) => Number(one.data['seq']) - Number(other.data['seq']))
  expect(inOrder.map(({ type }) => type)).toEqual(types)
  expect(inOrder[0]?.data['request']).toMatchObject({ id: asked.id, status: 'pending', requester: 'developer' })
  expect(inOrder[5]?.data['grant']).toMatchObject({ id: asked.grants[0]?.id, status: 'ended', endReason: 'returned' })
  expect(new Set(receiver.at('/story').map((each) => each.id)).size).toBe(6)
  // The receiver has the message before Sallyport has its answer on record.
  await eventually(async () => expect((await admin.deliveries(id, '?status=succeeded&type=grant.ended')).items).toHaveLength(1))
  expect(
    receiver
      .at('/story')
      .map(({ body }) => body)
      .join(),
  ).not.toContain(asked.reason)
})

test('a receiver hears that there is a comment, as the request stood then, and not what it says', async () => {
  const { id, secret } = await made('/comments', { types: ['request.commented'] })
  const asked = await api.as('developer').ask(staging)
  const said = await api.as('developer').post(`/v1/requests/${asked.id}/comments`, { text: 'Only for the receiver of nothing' })
  const [comment] = JSON.parse(said.text).comments
  const [message] = await eventually(() => {
    expect(receiver.at('/comments')).toHaveLength(1)
    return receiver.at('/comments')
  })
  if (message === undefined) throw new Error('it came')
  expect(messageSchema('request.commented').parse(verified(message, secret ?? ''))).toMatchObject({
    data: { request: { id: asked.id, status: 'approved' }, comment: { id: comment.id }, actor: { person: 'developer' } },
  })
  expect(message.body.toString()).not.toContain('receiver of nothing')
  await admin.remove(id)
})

test('a receiver hears whom a request asks too, once it has waited', async () => {
  const { id, secret } = await made('/escalated', { types: ['request.escalated'] })
  const escalate = { after: 'PT1H', to: { groups: ['security'] } }
  await api.useRules(withRule('production-with-a-dba', { approvals: [{ from: { groups: ['dba'] }, escalate }] }))
  const asked = await api.as('developer').ask()
  await api.change('request', `created_at = created_at - interval '1 hour'`, asked.id)
  await api.parts.db.inTransaction(escalateRequests(api.parts))
  const [message] = await eventually(() => {
    expect(receiver.at('/escalated')).toHaveLength(1)
    return receiver.at('/escalated')
  })
  if (message === undefined) throw new Error('it came')
  const to = { groups: ['security'], people: [] }
  expect(messageSchema('request.escalated').parse(verified(message, secret ?? ''))).toMatchObject({
    data: {
      request: { id: asked.id, status: 'pending' },
      escalation: { stages: [{ turn: 1, to, after: 'PT1H' }] },
      actor: { via: 'worker' },
    },
  })
  await api.as('developer').withdraw(asked.id)
  await api.useRules()
  await admin.remove(id)
})

test('a receiver hears once that access ends soon, in time', async () => {
  const { id, secret } = await made('/ends-soon', { types: ['grant.ends_soon'] })
  const { grants } = await api.as('developer').ask(staging)
  const grant = grants[0]?.id ?? ''
  await eventually(async () => expect((await api.as('developer').grant(grant)).status).toBe('active'))
  await api.letPass(grant, '46 minutes')
  const { endsAt } = await api.as('developer').grant(grant)
  const [message] = await eventually(() => {
    expect(receiver.at('/ends-soon')).toHaveLength(1)
    return receiver.at('/ends-soon')
  })
  if (message === undefined) throw new Error('it came')
  expect(messageSchema('grant.ends_soon').parse(verified(message, secret ?? ''))).toMatchObject({
    data: { grant: { id: grant, status: 'active', endsAt, endReason: null }, actor: { via: 'worker' } },
  })
  await admin.remove(id)
})

test('a receiver hears that access was extended, and until when', async () => {
  const { id, secret } = await made('/extended', { types: ['grant.extended'] })
  await api.useRules(withRule('staging-at-once', { extensions: { count: 1, total: 'PT8H', approvals: 'auto' } }))
  const { grants } = await api.as('developer').ask(staging)
  const grant = grants[0]?.id ?? ''
  await eventually(async () => expect((await api.as('developer').grant(grant)).status).toBe('active'))
  await api.as('developer').post(`/v1/grants/${grant}/extend`, { reason: 'Still at it', duration: 'PT1H' })
  const { endsAt } = await api.as('developer').grant(grant)
  const [message] = await eventually(() => {
    expect(receiver.at('/extended')).toHaveLength(1)
    return receiver.at('/extended')
  })
  if (message === undefined) throw new Error('it came')
  expect(messageSchema('grant.extended').parse(verified(message, secret ?? ''))).toMatchObject({
    data: { grant: { id: grant, status: 'active', endsAt }, actor: { person: 'developer' } },
  })
  await admin.remove(id)
  await api.useRules()
})

test('a message that fails comes again under the same id with a fresh timestamp, and clears what was wrong', async () => {
  const { id, secret } = await made('/mended')
  receiver.answer('/mended', 500)
  const ping = await admin.ping(id)
  expect(await tried(id, ping.id)).toMatchObject({ status: 'pending', tries: [{ status: 500, trouble: 'refused' }] })
  expect((await admin.get(id)).attention).toMatchObject({ code: 'refused', message: 'It answered 500.', attempts: 1 })
  receiver.answer('/mended', 204)
  await pass(id)
  await eventually(async () => expect(await admin.delivery(id, ping.id)).toMatchObject({ status: 'succeeded', nextAt: null }))
  const [first, second] = receiver.at('/mended')
  expect(second?.id).toBe(first?.id)
  expect(second?.body).toBe(first?.body)
  if (second !== undefined)
    expect(verified(second, secret ?? '')).toMatchObject({ type: 'ping', data: { event: ping.id, webhook: { id } } })
  expect((await admin.get(id)).attention).toBeNull()
})

describe('an endpoint', () => {
  const silent: Answer = () => {}
  const endless: Answer = (response) => {
    response.writeHead(200)
    const more = () => response.write('x'.repeat(65_536), (error) => (error ? undefined : more()))
    response.on('error', () => {})
    more()
  }
  const trickling: Answer = (response) => void response.writeHead(200).write('and then')
  const redirecting: Answer = (response) => void response.writeHead(302, { location: '/elsewhere' }).end()
  test.each<[string, Answer | number, object]>([
    ['that does not answer', silent, { status: 'pending', tries: [{ status: null, trouble: 'timed_out' }] }],
    ['that redirects', redirecting, { status: 'pending', tries: [{ status: 302, trouble: 'redirected' }] }],
    ['that answers 404', 404, { status: 'pending', tries: [{ status: 404, trouble: 'refused' }] }],
    ['whose answer never ends', endless, { status: 'succeeded', tries: [{ status: 200, trouble: null }] }],
    ['whose answer comes slowly', trickling, { status: 'succeeded', tries: [{ status: 200, trouble: null }] }],
  ])('%s', async (name, answer, outcome) => {
    const path = `/${name.replaceAll(' ', '-')}`
    receiver.answer(path, answer)
    const { id } = await made(path)
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject(outcome)
    expect(receiver.at('/elsewhere')).toEqual([])
  })

  test('that cannot be reached', async () => {
    const { id } = await admin.create({ url: 'http://127.0.0.1:1024/' })
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject({ tries: [{ trouble: 'not_reached' }] })
  })

  test('that speaks no TLS where TLS is asked for', async () => {
    const { id } = await admin.create({ url: receiver.url('/').replace('http:', 'https:') })
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject({ tries: [{ trouble: 'not_reached' }] })
  })
})

describe('a name is resolved when something is sent, and what it stands for is checked then', () => {
  test.each([
    ['inside.test', 'address_refused'],
    ['mixed.test', 'address_refused'],
    ['nowhere.test', 'name_not_found'],
  ])('%s: %s', async (host, trouble) => {
    const { id } = await admin.create({ url: receiver.url(`/${host}`, host) })
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject({ tries: [{ status: null, trouble }] })
    expect(receiver.at(`/${host}`)).toEqual([])
  })

  test('a name that stands for another address the next time gains nothing', async () => {
    const { id } = await admin.create({ url: receiver.url('/rebound', 'portal.test') })
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject({ status: 'succeeded' })
    names['portal.test'] = ['169.254.169.254']
    expect(await tried(id, (await admin.ping(id)).id)).toMatchObject({ tries: [{ trouble: 'address_refused' }] })
    expect(receiver.at('/rebound')).toHaveLength(1)
    expect(receiver.at('/rebound')[0]?.headers.host).toMatch(/^portal\.test:\d+$/)
  })
})

describe('pausing', () => {
  test('410 pauses a webhook; what happens then waits, and is sent when somebody resumes it', async () => {
    const { id } = await made('/gone')
    receiver.answer('/gone', 410)
    const ping = await admin.ping(id)
    await eventually(async () => expect((await admin.get(id)).paused).toMatchObject({ because: 'gone' }))
    expect(await admin.delivery(id, ping.id)).toMatchObject({ status: 'failed', tries: [{ status: 410, trouble: 'gone' }] })
    await expect(admin.ping(id)).rejects.toMatchObject({ code: 'webhook_paused' })
    await expect(admin.redeliver(id, ping.id)).rejects.toMatchObject({ code: 'webhook_paused' })
    await api.as('developer').ask()
    await eventually(async () =>
      expect((await admin.deliveries(id, '?type=request.created')).items).toMatchObject([{ status: 'pending', tries: [] }]),
    )
    receiver.answer('/gone', 204)
    expect((await admin.resume(id)).paused).toBeNull()
    await eventually(() => expect(receiver.at('/gone')).toHaveLength(2))
    expect(await admin.redeliverFailed(id, '2026-01-01T00:00:00Z')).toEqual({ count: 1 })
    await eventually(async () => expect(await admin.delivery(id, ping.id)).toMatchObject({ status: 'succeeded' }))
    expect(receiver.at('/gone')[2]?.id).toBe(ping.id)
  })

  test('three days without a success pause a webhook, others are told, and nothing is lost', async () => {
    const watcher = await made('/watcher', { types: ['webhook.paused'] })
    const { id } = await made('/failing')
    receiver.answer('/failing', 503)
    const ping = await admin.ping(id)
    await tried(id, ping.id)
    await owner.query(`update webhook set attention_since = attention_since - interval '3 days' where id = $1`, [id])
    await pass(id)
    await eventually(async () => expect((await admin.get(id)).paused).toMatchObject({ because: 'failing' }))
    expect(await admin.get(id)).toMatchObject({ attention: { code: 'refused', attempts: 2 } })
    await eventually(() =>
      expect(receiver.at('/watcher').map((each) => verified(each, watcher.secret ?? '').data['webhook'])).toContainEqual({
        id,
        because: 'failing',
      }),
    )
    const { items } = await api.as('auditor').events({ type: 'webhook.paused' })
    expect(items[0]).toMatchObject({ actor: { via: 'worker' }, payload: { webhook: id, because: 'failing' } })
    receiver.answer('/failing', 204)
    expect(await admin.resume(id)).toMatchObject({ paused: null, attention: null })
    await eventually(async () => expect(await admin.delivery(id, ping.id)).toMatchObject({ status: 'succeeded' }))
  })

  test('after ten attempts a delivery is given up', async () => {
    const { id } = await made('/given-up')
    receiver.answer('/given-up', 503)
    const ping = await admin.ping(id)
    await tried(id, ping.id)
    await owner.query(`update webhook_delivery set attempts = 9 where webhook_id = $1`, [id])
    await pass(id)
    await eventually(async () => expect(await admin.delivery(id, ping.id)).toMatchObject({ status: 'failed', nextAt: null }))
  })
})

test('while a secret is replaced a receiver may verify with either, and after that with the new one alone', async () => {
  const { id, secret: before } = await made('/rotated')
  const { secret: after, previousSecretUntil } = await admin.rotate(id)
  expect(previousSecretUntil).not.toBeNull()
  await tried(id, (await admin.ping(id)).id)
  const [first] = receiver.at('/rotated')
  if (first === undefined) throw new Error('it was received')
  for (const secret of [before, after]) expect(verified(first, secret ?? '')).toMatchObject({ type: 'ping' })
  const { secret: last } = await admin.rotate(id, { overlap: null })
  await tried(id, (await admin.ping(id)).id)
  const second = receiver.at('/rotated')[1]
  if (second === undefined) throw new Error('it was received')
  expect(verified(second, last ?? '')).toMatchObject({ type: 'ping' })
  for (const secret of [before, after]) expect(() => verified(second, secret ?? '')).toThrow('No matching signature')
})

test('what was received can be sent once more, under the same id', async () => {
  const { id } = await made('/again')
  const ping = await admin.ping(id)
  await tried(id, ping.id)
  await admin.redeliver(id, ping.id)
  expect(await tried(id, ping.id, 2)).toMatchObject({ status: 'succeeded', tries: [{ status: 204 }, { status: 204 }] })
  expect(receiver.at('/again').map((each) => each.id)).toEqual([ping.id, ping.id])
})

test('one event goes to all who want it, each by its filters, and one that does not answer holds up nobody', async () => {
  receiver.answer('/slow', () => {})
  const slow = await made('/slow')
  for (let index = 0; index < 8; index++) await admin.ping(slow.id)
  const production = (await api.as('admin').database('cluster-ABCDEFGHIJKL01234')).id
  const other = (await api.as('admin').database('cluster-STAGINGSTAGING01234567890')).id
  const wanting = [{}, { accounts: ['123456789012'] }, { databases: [production] }, { databases: [production], accounts: ['123456789012'] }]
  const not = [{ databases: [other] }, { types: ['request.denied'] }]
  for (const [index, settings] of wanting.entries()) await made(`/wants-${index}`, settings)
  for (const [index, settings] of not.entries()) await made(`/wants-not-${index}`, settings)
  const { id } = await api.as('developer').ask()
  const about = (path: string) => receiver.at(path).filter(({ body }) => body.includes(id))
  await eventually(() => expect(wanting.map((_, index) => about(`/wants-${index}`).length)).toEqual([1, 1, 1, 1]))
  expect(not.map((_, index) => about(`/wants-not-${index}`).length)).toEqual([0, 0])
})
