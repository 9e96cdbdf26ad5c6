import { expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'
import { withoutPerson, withPerson } from '../support/rules.ts'

const lines: string[] = []
const api = testApi({ log: { write: (line) => void lines.push(line) } })
const admin = api.as('admin')

interface Told {
  readonly id: string
  readonly name: string
  readonly token: string | null
  readonly state: string
  readonly previousUntil: string | null
  readonly lastUsedAt: string | null
  readonly [field: string]: unknown
}

/** An answer that succeeded, as JSON; what is refused is thrown. */
async function told(answer: Promise<{ status: number; text: string; headers: Headers }>): Promise<Told> {
  const got = await answer
  if (got.status >= 400) throw new Refused(got)
  return JSON.parse(got.text)
}

const make = (changes: object = {}, headers?: Readonly<Record<string, string>>) =>
  told(admin.post('/v1/keys', { name: 'portal', scopes: ['read', 'ask'], ...changes }, headers))
const readsWith = async (token: string | null) => (await api.withKey(token ?? '', 'developer').get('/v1/requests')).status

test('an admin makes a key, which is good at once, with its token told once', async () => {
  const made = await make({ owner: 'dba', lifetime: 'P90D' })
  expect(made).toMatchObject({ name: 'portal', scopes: ['read', 'ask'], owner: 'dba', state: 'valid', revokedAt: null, lastUsedAt: null })
  expect(made.token).toMatch(/^sp_/)
  expect(await readsWith(made.token)).toBe(200)
  const { token: _, ...withoutToken } = made
  expect(await told(admin.get('/v1/keys/portal'))).toEqual({ ...withoutToken, lastUsedAt: expect.any(String) })
  expect(await told(admin.get(`/v1/keys/${made.id}`))).toMatchObject({ id: made.id })
})

test('a repeat under the same Idempotency-Key makes no other key, and is not told the token', async () => {
  const key = { 'idempotency-key': 'make-once' }
  const made = await make({ name: 'once' }, key)
  const repeat = await make({ name: 'once' }, key)
  expect([repeat.id, repeat.token]).toEqual([made.id, null])
})

test('a secret that is replaced stays good for the overlap, and one that leaked not at all', async () => {
  const made = await make({ name: 'rotated' })
  const second = await told(admin.post('/v1/keys/rotated/rotate', { overlap: 'PT1H' }))
  expect([await readsWith(made.token), await readsWith(second.token)]).toEqual([200, 200])
  expect(second.previousUntil).not.toBeNull()
  const third = await told(admin.post('/v1/keys/rotated/rotate', {}))
  expect(third.previousUntil).toBeNull()
  for (const old of [made.token, second.token]) {
    const ask = api.withKey(old ?? '', 'developer').ask()
    await expect(ask).rejects.toMatchObject({ status: 401 })
  }
  expect(await readsWith(third.token)).toBe(200)
  await expect(told(admin.post('/v1/keys/rotated/rotate', { overlap: 'P31D' }))).rejects.toMatchObject({ pointers: ['/overlap'] })
})

test('a revoked key changes nothing from that moment, and is not made good again', async () => {
  const made = await make({ name: 'ended' })
  expect(await told(admin.post('/v1/keys/ended/revoke'))).toMatchObject({ state: 'revoked', revokedAt: expect.any(String) })
  await expect(api.withKey(made.token ?? '', 'developer').ask()).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(told(admin.post('/v1/keys/ended/rotate', {}))).rejects.toMatchObject({ code: 'key_not_valid' })
  expect(await told(admin.post('/v1/keys/ended/revoke'))).toMatchObject({ state: 'revoked' })
})

test('keys are listed newest first, page by page, those that are good no more too', async () => {
  const names: string[] = []
  for (let path: string | null = '/v1/keys?limit=2'; path !== null; ) {
    const page: { items: Told[]; nextCursor: string | null } = JSON.parse((await admin.get(path)).text)
    names.push(...page.items.map(({ name }) => name))
    path = page.nextCursor === null ? null : `/v1/keys?limit=2&cursor=${page.nextCursor}`
  }
  expect(names).toEqual(['ended', 'rotated', 'once', 'portal'])
})

test.each([
  ['without a scope', { scopes: [] }, ['/scopes']],
  ['with a scope that there is not', { scopes: ['everything'] }, ['/scopes/0']],
  ['that may decide for nobody in particular', { scopes: ['decide'] }, ['/decideGroups']],
  ['for a group that nobody is in', { scopes: ['decide'], decideGroups: ['dbas'] }, ['/decideGroups/0']],
  ['of somebody who is not there', { owner: 'bob' }, ['/owner']],
  ['that lives for nonsense', { lifetime: '90 days' }, ['/lifetime']],
  ['with a field that there is not', { admin: true }, ['/admin']],
])('a key %s is refused with the place', async (_, changes, pointers) => {
  await expect(make({ name: 'other', ...changes })).rejects.toMatchObject({ code: 'invalid_request', pointers })
})

test('a name is given once', async () => {
  await expect(make()).rejects.toMatchObject({ code: 'key_name_taken' })
})

test('nobody but an admin with a credential of their own has to do with keys', async () => {
  const { token } = await api.key({ name: 'acts-for-admin', scopes: ['read', 'ask', 'webhooks'] })
  const before = await api.snapshot()
  for (const stranger of [api.as('developer'), api.as('auditor'), api.withKey(token, 'admin'), api.withKey(token)])
    for (const call of [
      () => stranger.get('/v1/keys'),
      () => stranger.get('/v1/keys/portal'),
      () => stranger.post('/v1/keys', { name: 'mine', scopes: ['decide'], decideGroups: ['dba'] }),
      () => stranger.post('/v1/keys/portal/rotate', {}),
      () => stranger.post('/v1/keys/portal/revoke'),
    ])
      await expect(told(call())).rejects.toMatchObject({ code: 'not_permitted' })
  expect(await api.snapshot()).toEqual(before)
})

test('what is not there cannot be changed', async () => {
  for (const action of ['rotate', 'revoke'])
    await expect(told(admin.post(`/v1/keys/nothing/${action}`, action === 'rotate' ? {} : undefined))).rejects.toMatchObject({
      code: 'key_not_found',
    })
  await expect(told(admin.get('/v1/keys/nothing'))).rejects.toMatchObject({ code: 'key_not_found' })
})

test('no token is in the log, an event or a kept answer', async () => {
  const { token } = await make({ name: 'secret' }, { 'idempotency-key': 'a secret one' })
  const { token: rotated } = await told(admin.post('/v1/keys/secret/rotate', {}, { 'idempotency-key': 'and another' }))
  const owner = await api.database.client()
  const { rows } = await owner.query(
    `select (select string_agg(t::text, '') from audit_event t) || (select string_agg(t::text, '') from idempotent_answer t) || (select string_agg(t::text, '') from api_key t) as all`,
  )
  for (const secret of [token, rotated].map((text) => text?.slice('sp_01kazv5vb4pex5vsknk084sn02_'.length) ?? '')) {
    expect(secret).toHaveLength(43)
    expect(rows[0].all).not.toContain(secret)
    expect(lines.join('')).not.toContain(secret)
  }
})

test('each change of a key is recorded once, with the admin who made it, and when it was last used can be seen', async () => {
  const made = await make({ name: 'watched' })
  await told(admin.post('/v1/keys/watched/rotate', { overlap: 'PT1H' }))
  await told(admin.post('/v1/keys/watched/revoke'))
  await told(admin.post('/v1/keys/watched/revoke'))
  const { items } = await api.as('auditor').events({ limit: '200' })
  const events = items.filter(({ payload }) => payload['key'] === made.id).reverse()
  expect(events.map(({ type, actor }) => [type, actor.person])).toEqual([
    ['key.created', 'admin'],
    ['key.rotated', 'admin'],
    ['key.revoked', 'admin'],
  ])
  const used = await make({ name: 'used' })
  await readsWith(used.token)
  await expect.poll(async () => (await told(admin.get('/v1/keys/used'))).lastUsedAt, { timeout: 10_000 }).toEqual(expect.any(String))
})

test.each(['expired', 'ownerless'])('a key that is %s is refused, says so, and gets no other secret', async (state) => {
  await api.useRules(withPerson('leaver'))
  const { id, token } = await make({ name: state, owner: 'leaver', lifetime: 'P1D' })
  if (state === 'expired') await api.parts.db.prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(0) } })
  else await api.useRules(withoutPerson('leaver'))
  await expect(api.withKey(token ?? '', 'developer').ask()).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
  expect(await told(admin.get(`/v1/keys/${id}`))).toMatchObject({ state })
  await expect(told(admin.post(`/v1/keys/${id}/rotate`, {}))).rejects.toMatchObject({ code: 'key_not_valid' })
  await api.useRules()
})
