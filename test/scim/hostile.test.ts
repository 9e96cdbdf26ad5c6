import { beforeAll, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { roundTrips } from '../support/round-trips.ts'
import { provider, withScim } from './world.ts'

const api = testApi({ rules: withScim('dba') })
let scim: Awaited<ReturnType<typeof provider>>
let user: string
let group: string
beforeAll(async () => {
  scim = await provider(api)
  user = await scim.user('jane')
  group = await scim.group('dba', user)
})

const filtered = (filter: string) => ['GET', `/Users?filter=${encodeURIComponent(filter)}`] as const
const nested = `${'('.repeat(400)}userName eq "a"${')'.repeat(400)}`
const patched = (...Operations: unknown[]) => ({ Operations })

test.each<readonly [string, number, string | undefined, () => readonly [string, string, unknown?]]>([
  ['a user without a name', 400, 'invalidValue', () => ['POST', '/Users', { active: true }]],
  ['a user name that is a number', 400, 'invalidValue', () => ['POST', '/Users', { userName: 7 }]],
  ['a user name of 300 characters', 400, 'invalidValue', () => ['POST', '/Users', { userName: 'a'.repeat(300) }]],
  ['active that is no boolean', 400, 'invalidValue', () => ['POST', '/Users', { userName: 'b', active: 'perhaps' }]],
  ['emails that are a text', 400, 'invalidValue', () => ['POST', '/Users', { userName: 'b', emails: 'b@example.com' }]],
  ['a body that is a list', 400, 'invalidValue', () => ['POST', '/Users', []]],
  ['no body', 400, 'invalidValue', () => ['POST', '/Users']],
  ['a body that is no JSON', 400, 'invalidSyntax', () => ['POST', '/Users', '{']],
  ['a body of 9 MiB', 413, undefined, () => ['POST', '/Users', `"${'a'.repeat(9 * 1024 * 1024)}"`]],
  [
    'a member that is nobody',
    400,
    'invalidValue',
    () => ['POST', '/Groups', { displayName: 'x', members: [{ value: 'scu_01kazv5vb4pex5vsknk084sn02' }] }],
  ],
  ['a member that is a group', 400, 'invalidValue', () => ['POST', '/Groups', { displayName: 'x', members: [{ value: group }] }]],
  ['a group that there is', 409, 'uniqueness', () => ['POST', '/Groups', { displayName: 'DBA' }]],
  ['an operation that is unknown', 400, 'invalidValue', () => ['PATCH', `/Users/${user}`, patched({ op: 'move', path: 'active' })]],
  ['no operations', 400, 'invalidValue', () => ['PATCH', `/Users/${user}`, patched()]],
  [
    'a path that cannot be read',
    400,
    'invalidPath',
    () => ['PATCH', `/Users/${user}`, patched({ op: 'add', path: 'emails[type', value: 1 })],
  ],
  ['active that is removed', 400, 'invalidValue', () => ['PATCH', `/Users/${user}`, patched({ op: 'remove', path: 'active' })]],
  [
    'active that becomes null by an object',
    400,
    'invalidValue',
    () => ['PATCH', `/Users/${user}`, patched({ op: 'replace', value: { active: {} } })],
  ],
  ['a filter with SQL in it', 400, 'invalidFilter', () => filtered(`userName eq "a" or 1=1; drop table person`)],
  ['a filter without a value', 400, 'invalidFilter', () => filtered('userName eq')],
  ['a filter of an unknown attribute', 400, 'invalidFilter', () => filtered('password eq "a"')],
  ['a filter by another comparison', 400, 'invalidFilter', () => filtered('userName sw "a"')],
  ['a filter of members of a type', 400, 'invalidFilter', () => filtered('members[type eq "User"].value eq "a"')],
  ['a filter by another part than the type', 400, 'invalidFilter', () => filtered('emails[primary eq "true"].value eq "a"')],
  ['a filter with a bracket that stays open', 400, 'invalidFilter', () => filtered('emails[type eq "work".value eq "a"')],
  ['a filter that is nested deeply', 400, 'invalidFilter', () => filtered(nested)],
  ['a filter with U+0000', 400, 'invalidFilter', () => filtered('userName eq "\\u0000"')],
  ['a count that is no number', 400, 'invalidValue', () => ['GET', '/Users?count=many']],
  ['a user that there is not', 404, undefined, () => ['GET', '/Users/1']],
])('%s is refused in SCIM’s own form, and changes nothing', async (_what, status, scimType, call) => {
  const before = await api.snapshot()
  const [method, path, body] = call()
  const answer = await scim.send(method, path, body)
  expect(answer).toMatchObject({
    status,
    type: expect.stringMatching(/^application\/scim\+json/),
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) },
  })
  expect(answer.body['scimType']).toBe(scimType)
  expect(await api.snapshot()).toEqual(before)
})

test('what a filter compares is a value, whatever it holds', async () => {
  for (const value of [`' or '1'='1`, '%', `jane\\" or userName eq \\"jane`])
    expect((await scim.send(...filtered(`userName eq "${value}"`))).body).toMatchObject({ totalResults: 0 })
  expect((await scim.send(...filtered('(userName eq "JANE" and active eq true) or id eq "x"'))).body).toMatchObject({ totalResults: 1 })
})

test('it is for keys with the scope alone: no person pushes people, and such a key does nothing else', async () => {
  for (const authorization of ['Bearer dev-admin', `Bearer ${(await api.key({ name: 'reader', scopes: ['read'] })).token}`])
    expect((await fetch(`${api.url}/scim/v2/Users`, { headers: { authorization } })).status).toBe(403)
  expect((await fetch(`${api.url}/scim/v2/Users`)).status).toBe(401)
  await expect(api.key({ name: 'both', scopes: ['scim', 'ask'] })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a group of 10,000 members takes no query for each of them', async () => {
  const owner = await api.database.client()
  await owner.query(`
    insert into person (id, username, display_name, active) select 'p' || n, 'p' || n, 'p' || n, true from generate_series(1, 10000) n;
    insert into scim_user (id, user_name, person_id, active, profile)
      select 'scu_' || lpad(n::text, 26, '0'), 'p' || n, 'p' || n, true, '{"name": null, "displayName": null, "emails": []}' from generate_series(1, 10000) n`)
  const all = Array.from({ length: 10_000 }, (_, n) => ({ value: `scu_${String(n + 1).padStart(26, '0')}` }))
  const members = (value: object[]) =>
    roundTrips(api.parts.db.pool, () => scim.patch(`/Groups/${group}`, { op: 'replace', path: 'members', value }))
  const few = await members(all.slice(0, 2))
  // A few more where what is known of the caller has to be looked up again.
  expect((await members(all)) - few).toBeLessThan(10)
  const answer = await scim.send('GET', `/Groups/${group}`)
  expect(answer.body['members']).toHaveLength(10_000)
  expect((await scim.patch(`/Groups/${group}`, { op: 'remove', path: 'members' })).status).toBe(204)
})
