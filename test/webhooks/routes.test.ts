import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { ConfigError } from '../../src/config/index.ts'
import { openWebhooks } from '../../src/webhooks/index.ts'
import { testApi } from '../support/api.ts'
import { administrator } from './administrator.ts'

const lines: string[] = []
const log = new Writable({
  write: (chunk, _encoding, done) => {
    lines.push(String(chunk))
    done()
  },
})
const api = testApi({ log })
const admin = administrator(api)
const url = 'https://portal.example.com/hooks?token=receivers-own'
const missing = 'whk_01kazv5vb4pex5vsknk084sn02'
let id: string
beforeAll(async () => {
  id = (await admin.create({ url, description: 'Portal' })).id
})

test('a webhook can be made, read, changed and deleted, each recorded without the path of its URL', async () => {
  const made = await admin.create({ url, types: ['grant.ended'], accounts: ['123456789012'] })
  expect(made).toMatchObject({ url, types: ['grant.ended'], accounts: ['123456789012'], databases: [], paused: null, attention: null })
  const { secret: _, ...rest } = made
  expect(await admin.get(made.id)).toEqual(rest)
  const changed = await admin.change(made.id, { url: 'https://portal.example.com:8443/new', types: ['grant.ended', 'grant.ending'] })
  expect(changed).toEqual({ ...rest, url: 'https://portal.example.com:8443/new', types: ['grant.ended', 'grant.ending'] })
  await admin.remove(made.id)
  await expect(admin.get(made.id)).rejects.toMatchObject({ code: 'webhook_not_found' })
  const { items } = await api.as('auditor').events()
  const events = items.filter(({ payload }) => payload['webhook'] === made.id).reverse()
  expect(events.map(({ type }) => type)).toEqual(['webhook.created', 'webhook.changed', 'webhook.deleted'])
  expect(events[1]?.payload).toEqual({
    webhook: made.id,
    before: { origin: 'https://portal.example.com', types: ['grant.ended'] },
    after: { origin: 'https://portal.example.com:8443', types: ['grant.ended', 'grant.ending'] },
  })
  expect(JSON.stringify(items)).not.toContain('receivers-own')
})

test('the list has pages', async () => {
  const other = await admin.create({ url })
  const first = await admin.list('?limit=1')
  expect(first.items.map((each) => each.id)).toEqual([id])
  const second = await admin.list(`?limit=1&cursor=${first.nextCursor}`)
  expect(second.items.map((each) => each.id)).toEqual([other.id])
  expect(second.nextCursor).toBeNull()
  await admin.remove(other.id)
})

test('pausing stops it, says so once, and resuming undoes it', async () => {
  expect((await admin.pause(id)).paused).toMatchObject({ because: 'asked' })
  expect((await admin.pause(id)).paused).toMatchObject({ because: 'asked' })
  expect((await admin.resume(id)).paused).toBeNull()
  expect((await admin.resume(id)).paused).toBeNull()
  const { items } = await api.as('auditor').events({ limit: '200' })
  const types = items.filter(({ payload }) => payload['webhook'] === id).map(({ type }) => type)
  expect(types.reverse()).toEqual(['webhook.created', 'webhook.paused', 'webhook.resumed'])
})

describe('webhooks are for admins and programs with the scope', () => {
  test.each(['developer', 'dba', 'auditor'])('a %s is refused', async (person) => {
    const as = administrator(api, { authorization: `Bearer dev-${person}` })
    const refusal = { status: 403, code: 'not_permitted' }
    const calls = [as.get, as.remove, as.rotate, as.ping, as.pause, as.resume, as.deliveries]
    for (const call of [as.list, ...calls.map((each) => () => each(id))]) await expect(call()).rejects.toMatchObject(refusal)
    await expect(as.create({ url })).rejects.toMatchObject(refusal)
    await expect(as.change(id, { url })).rejects.toMatchObject(refusal)
    await expect(as.redeliverFailed(id, '2026-01-01T00:00:00Z')).rejects.toMatchObject(refusal)
  })

  test('a program needs the scope, even if it acts for an admin', async () => {
    const { token } = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
    const as = administrator(api, { authorization: `Bearer ${token}`, 'sallyport-on-behalf-of': 'admin' })
    await expect(as.create({ url })).rejects.toMatchObject({ code: 'missing_scope' })
    const { token: other } = await api.key({ name: 'provisioning', scopes: ['webhooks'] })
    const made = await administrator(api, { authorization: `Bearer ${other}` }).create({ url })
    await admin.remove(made.id)
  })
})

test.each<[object, string, readonly string[]]>([
  [{}, 'invalid_request', ['/url']],
  [{ url, types: [] }, 'invalid_request', ['/types']],
  [{ url, types: ['iam.write.done'] }, 'invalid_request', ['/types/0']],
  [{ url, types: ['grant.ended', 'grant.ended'] }, 'invalid_request', ['/types']],
  [{ url, accounts: ['999999999999'] }, 'invalid_request', ['/accounts/0']],
  [{ url, databases: ['dbs_01kazv5vb4pex5vsknk084sn02'] }, 'invalid_request', ['/databases/0']],
  [{ url, secret: 'whsec_mine' }, 'invalid_request', ['/secret']],
  [{ url: 'https://10.0.0.1/' }, 'invalid_webhook_url', ['/url']],
  [{ url: 'https://[::ffff:169.254.169.254]/' }, 'invalid_webhook_url', ['/url']],
  [{ url: 'https://a:b@portal.example.com/' }, 'invalid_webhook_url', ['/url']],
  [{ url: 'https://portal.example.com/\u0000' }, 'invalid_request', ['/url']],
])('%j is refused as %s', async (body, code, pointers) => {
  await expect(admin.create(body)).rejects.toMatchObject({ code, pointers })
})

test('what is not there cannot be used, and nonsense is told apart from it', async () => {
  for (const call of [admin.get, admin.remove, admin.rotate, admin.ping, admin.pause, admin.resume, admin.deliveries])
    await expect(call(missing)).rejects.toMatchObject({ status: 404, code: 'webhook_not_found' })
  await expect(admin.change(missing, { url })).rejects.toMatchObject({ status: 404, code: 'webhook_not_found' })
  await expect(admin.redeliver(id, 'evt_01kazv5vb4pex5vsknk084sn02')).rejects.toMatchObject({ code: 'delivery_not_found' })
  await expect(admin.get('whk_1')).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(admin.change(id, {})).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(admin.rotate(id, { overlap: 'P8D' })).rejects.toMatchObject({ code: 'invalid_request', pointers: ['/overlap'] })
  await expect(admin.redeliverFailed(id, 'yesterday')).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a secret is told once: not to a repeat, in no log, event, error or row of any table', async () => {
  const headers = { 'idempotency-key': 'same' }
  const made = await admin.create({ url }, headers)
  const again = await admin.create({ url }, headers)
  expect(made.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(again).toEqual({ ...made, secret: null })
  const rotated = await admin.rotate(made.id, {}, headers)
  expect(await admin.rotate(made.id, {}, headers)).toEqual({ ...rotated, secret: null })
  expect(rotated.secret).not.toBe(made.secret)
  const { rows } = await api.parts.db.pool.query<{ text: string }>(`
    select t::text as text from audit_event t union all select t::text from idempotent_answer t union all select t::text from webhook t
    union all select t::text from webhook_message t union all select t::text from graphile_worker._private_jobs t`)
  const written = [...lines, ...rows.map(({ text }) => text), JSON.stringify(await admin.list())].join('\n')
  for (const secret of [made.secret, rotated.secret]) expect(written).not.toContain(secret?.slice(6, 30) ?? '')
  await admin.remove(made.id)
})

describe('at the start of a process', () => {
  const [next, stray] = [randomBytes(32), randomBytes(32)]
  const before = Buffer.alloc(32, 'dev')
  const open = (...secretKeys: Buffer[]) => openWebhooks(api.parts.db, api.parts.ruleSets, { secretKeys, addresses: [] })

  test.each([[[]], [[stray]]])('secrets that cannot be opened stop it', async (keys) => {
    await expect(open(...keys)).rejects.toThrow(ConfigError)
    await expect(open(...keys)).rejects.toThrow(/^SALLYPORT_SECRET_KEY: the signing secret of webhook whk_/)
  })

  test('secrets are sealed anew with the first key, and the one before can then be left out', async () => {
    await open(next, before)
    await expect(open(before)).rejects.toThrow(ConfigError)
    await open(next)
    await open(before, next)
  })
})
