import { beforeAll, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { demoRules } from '../support/rules.ts'
import { provider, userSchema, withScim } from './world.ts'

const api = testApi({ rules: withScim('dba') })
let scim: Awaited<ReturnType<typeof provider>>
beforeAll(async () => {
  scim = await provider(api)
})

const person = async (id: string, as = 'admin') => JSON.parse((await api.as(as).get(`/v1/people/${encodeURIComponent(id)}`)).text)

test('the sequence of Okta: looks for a user, creates, reads, updates, deactivates and reactivates them', async () => {
  const none = await scim.send('GET', `/Users?filter=${encodeURIComponent('userName eq "jane@example.com"')}&startIndex=1&count=100`)
  expect(none).toMatchObject({
    status: 200,
    type: expect.stringMatching(/^application\/scim\+json/),
    body: { totalResults: 0, Resources: [] },
  })
  const created = await scim.send('POST', '/Users', {
    schemas: [userSchema],
    userName: 'jane@example.com',
    name: { givenName: 'Jane', familyName: 'Doe' },
    emails: [{ primary: true, value: 'jane@example.com', type: 'work' }],
    displayName: 'Jane Doe',
    locale: 'en-US',
    externalId: '00ujl29u0le5T6Aj10h7',
    groups: [],
    password: '1mz050nq',
    active: true,
  })
  expect(created).toMatchObject({ status: 201, body: { userName: 'jane@example.com', active: true, name: { givenName: 'Jane' } } })
  expect(created.body).not.toHaveProperty('password')
  const path = `/Users/${created.body['id']}`
  expect(created.body).toMatchObject({ meta: { resourceType: 'User', location: `/scim/v2${path}` } })
  expect((await scim.send('PUT', path, { ...created.body, name: { givenName: 'Jane', familyName: 'Roe' } })).body).toMatchObject({
    name: { familyName: 'Roe' },
  })
  expect(await person('jane@example.com')).toMatchObject({
    active: true,
    sources: ['scim'],
    username: 'jane@example.com',
    name: 'Jane Doe',
  })
  const replace = (value: object) => scim.patch(path, { op: 'replace', value })
  expect((await replace({ active: false })).body).toMatchObject({ active: false })
  expect(await person('jane@example.com')).toMatchObject({ active: false, groups: [] })
  expect((await replace({ active: true })).body).toMatchObject({ active: true })
  expect(await person('jane@example.com')).toMatchObject({ active: true })
})

test('the sequence of Entra ID: capital operations, texts for booleans, paths with filters', async () => {
  const id = await scim.user('mary@example.com', { externalId: 'mary', active: true, emails: [] })
  const path = `/Users/${id}`
  const answer = await scim.patch(
    path,
    { op: 'Add', path: 'emails[type eq "work"].value', value: 'mary@example.com' },
    { op: 'Replace', path: 'name.givenName', value: 'Mary' },
    { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'Sales' },
    { op: 'Add', value: { displayName: 'Mary', 'name.familyName': 'Roe' } },
    { op: 'Replace', path: 'active', value: 'False' },
  )
  expect(answer).toMatchObject({
    status: 200,
    body: {
      active: false,
      displayName: 'Mary',
      name: { givenName: 'Mary', familyName: 'Roe' },
      emails: [{ type: 'work', value: 'mary@example.com' }],
    },
  })
  expect((await scim.patch(path, { op: 'Replace', path: 'emails[type eq "work"].value', value: 'm@example.com' })).body).toMatchObject({
    emails: [{ type: 'work', value: 'm@example.com' }],
  })
  expect((await scim.patch(path, { op: 'Replace', path: 'active', value: 'True' })).body).toMatchObject({ active: true })

  const group = await scim.group('dba')
  const members = `/Groups/${group}`
  expect((await scim.patch(members, { op: 'Add', path: 'members', value: [{ value: id }] })).status).toBe(204)
  expect(await person('mary@example.com')).toMatchObject({ groups: ['dba'] })
  const found = await scim.send('GET', `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "DBA"')}`)
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: group, displayName: 'dba' }] })
  expect(JSON.stringify(found.body)).not.toContain('members')
  expect((await scim.send('GET', members)).body).toMatchObject({ members: [{ value: id, display: 'mary@example.com' }] })
  expect((await scim.patch(members, { op: 'Remove', path: `members[value eq "${id}"]` })).status).toBe(204)
  expect(await person('mary@example.com')).toMatchObject({ groups: [] })
  await scim.patch(members, { op: 'add', path: 'members', value: [{ value: id }] })
  await scim.patch(members, { op: 'Remove', path: 'members', value: [{ value: id }] })
  expect((await scim.send('GET', members)).body).toMatchObject({ members: [] })
  expect((await scim.send('DELETE', members)).status).toBe(204)
  expect((await scim.send('GET', members)).status).toBe(404)
})

test('the sequence of Okta for groups: looks for one, creates, renames, changes and replaces its members, deletes it', async () => {
  const [jane, mary] = [await scim.user('jane@okta.example.com'), await scim.user('mary@okta.example.com')]
  const shown = (value: string) => ({ value, display: 'somebody' })
  const query = `filter=${encodeURIComponent('displayName eq "Analysts"')}&startIndex=1&count=100`
  expect((await scim.send('GET', `/Groups?${query}`)).body).toMatchObject({ totalResults: 0, startIndex: 1, Resources: [] })
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
  const created = await scim.send('POST', '/Groups', { schemas, displayName: 'Analysts', members: [shown(jane)] })
  expect(created).toMatchObject({ status: 201, body: { displayName: 'Analysts', members: [{ value: jane }] } })
  const { id } = created.body
  const path = `/Groups/${id}`
  const members = async () => {
    const { body } = await scim.send('GET', path)
    return (body['members'] as { value: string }[]).map(({ value }) => value) // as SCIM has them
  }

  expect((await scim.patch(path, { op: 'replace', value: { id, displayName: 'Data analysts' } })).status).toBe(204)
  expect((await scim.send('GET', path)).body).toMatchObject({ displayName: 'Data analysts', members: [{ value: jane }] })
  await scim.patch(path, { op: 'remove', path: `members[value eq "${jane}"]` }, { op: 'add', path: 'members', value: [shown(mary)] })
  expect(await members()).toEqual([mary])
  await scim.patch(path, { op: 'replace', path: 'members', value: [shown(jane), shown(mary)] })
  expect(await members()).toEqual([jane, mary])
  const put = { schemas, id, displayName: 'Data analysts', members: [shown(mary)], meta: created.body['meta'] }
  expect(await scim.send('PUT', path, put)).toMatchObject({ status: 200, body: { id, members: [{ value: mary }] } })
  expect((await scim.send('PUT', path, { schemas, id, displayName: 'Data analysts' })).body).toMatchObject({ members: [] })
  expect((await scim.send('DELETE', path)).status).toBe(204)
})

test('the sequence of Okta for an app that deactivates by PUT', async () => {
  const id = await scim.user('put@okta.example.com', { active: true })
  const { body } = await scim.send('GET', `/Users/${id}`)
  expect((await scim.send('PUT', `/Users/${id}`, { ...body, active: false })).body).toMatchObject({ active: false })
  expect(await person('put@okta.example.com')).toMatchObject({ active: false })
})

test('Entra ID finds users by the address of a type, and is told that there is none', async () => {
  const work = { type: 'work', value: 'mary@entra.example.com' }
  const id = await scim.user('mary.entra', { externalId: 'mary-entra', emails: [work, { type: 'home', value: 'mary@home.example.com' }] })
  const found = async (filter: string) => (await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body
  expect(await found('emails[type eq "work"].value eq "Mary@entra.example.com"')).toMatchObject({ totalResults: 1, Resources: [{ id }] })
  expect(await found('emails[type eq "work"].value eq "mary@home.example.com"')).toMatchObject({ totalResults: 0, Resources: [] })
  expect(await found('externalId eq "mary-entra"')).toMatchObject({ totalResults: 1 })
  expect(await found('userName eq "5a9dcc59-3f0f-4b32-9bc8-9ce5e5a0ab35"')).toMatchObject({ totalResults: 0 })
})

test('Entra ID creates groups with a schema of its own, and names members with $ref in its operations', async () => {
  const user = await scim.user('diego.entra')
  const own = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'
  const sent = { schemas: [own], externalId: '8aa1a0c0', displayName: 'Entra group', meta: { resourceType: 'Group' } }
  const created = await scim.send('POST', '/Groups', sent)
  expect(created).toMatchObject({ status: 201, body: { externalId: '8aa1a0c0', members: [] } })
  const path = `/Groups/${created.body['id']}`
  const value = [{ $ref: null, value: user }]
  await scim.patch(path, { op: 'Add', path: 'members', value })
  const within = `id eq "${created.body['id']}" and members eq "${user}"`
  expect((await scim.send('GET', `/Groups?filter=${encodeURIComponent(within)}`)).body).toMatchObject({ totalResults: 1 })
  expect((await scim.send('GET', `${path}?excludedAttributes=members`)).body).not.toHaveProperty('members')
  await scim.patch(path, { op: 'Remove', path: 'members', value })
  await scim.patch(path, { op: 'Replace', path: 'displayName', value: 'Entra group 1' })
  expect((await scim.send('GET', path)).body).toMatchObject({ displayName: 'Entra group 1', members: [] })
})

test('users and groups come in parts, in one order, counted from 1', async () => {
  const all = (await scim.send('GET', '/Users?count=200')).body
  const total = all['totalResults']
  const ids: unknown[] = []
  for (let startIndex = 1; startIndex <= Number(total); startIndex += 2) {
    const { body } = await scim.send('GET', `/Users?startIndex=${startIndex}&count=2`)
    expect(body).toMatchObject({ totalResults: total, startIndex })
    const some = body['Resources'] as { id: string }[] // as SCIM has them
    expect(body['itemsPerPage']).toBe(some.length)
    ids.push(...some.map(({ id }) => id))
  }
  expect(ids).toEqual((all['Resources'] as { id: string }[]).map(({ id }) => id))
  expect((await scim.send('GET', '/Users?count=0')).body).toMatchObject({ totalResults: total, itemsPerPage: 0, Resources: [] })
  expect((await scim.send('GET', '/Users?startIndex=0&count=1')).body).toMatchObject({ startIndex: 1, itemsPerPage: 1 })
  expect((await scim.send('GET', '/Users?startIndex=1000')).body).toMatchObject({ totalResults: total, Resources: [] })
})

test('the configuration says what there is: PATCH and filters, no ETags, no sorting, nothing in bulk', async () => {
  const { body } = await scim.send('GET', '/ServiceProviderConfig')
  expect(body).toMatchObject({
    patch: { supported: true },
    filter: { supported: true, maxResults: 200 },
    etag: { supported: false },
    sort: { supported: false },
    bulk: { supported: false },
    changePassword: { supported: false },
  })
  const id = await scim.user('without-etag')
  const response = await fetch(`${api.url}/scim/v2/Users/${id}`, { headers: { authorization: `Bearer ${scim.token}` } })
  expect([response.headers.get('etag'), JSON.stringify(await response.json())]).toEqual([null, expect.not.stringContaining('"version"')])
})

test('only the groups that sallyport.yaml takes mean something, so nobody is made an admin by the name of a group', async () => {
  const id = await scim.user('eve@example.com')
  await scim.group('admins', id)
  await scim.group('dba', id)
  expect(await person('eve@example.com')).toMatchObject({ groups: ['dba'] })
  expect((await api.withKey(scim.token).get('/v1/keys')).status).toBe(403)
})

test('somebody whom sallyport.yaml lists is one person with their user, and has left when either says so', async () => {
  const id = await scim.user('developer', { displayName: 'Somebody Else' })
  expect(await person('developer')).toMatchObject({ sources: ['file', 'scim'], active: true })
  expect((await person('developer')).name).not.toBe('Somebody Else')
  await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: false } })
  expect(await person('developer')).toMatchObject({ active: false })
  await expect(api.as('developer').ask()).rejects.toMatchObject({ status: 401 })
  await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: true } })
  await expect(api.as('developer').ask()).resolves.toMatchObject({ status: 'pending' })
})

test('a user name is one user’s at a time, and one pushed again after a deletion is another person', async () => {
  const first = await scim.user('bob')
  expect(await scim.send('POST', '/Users', { userName: 'BOB' })).toMatchObject({
    status: 409,
    body: { scimType: 'uniqueness', status: '409' },
  })
  expect((await scim.send('DELETE', `/Users/${first}`)).status).toBe(204)
  expect((await scim.send('GET', `/Users/${first}`)).status).toBe(404)
  await scim.user('bob')
  expect(await person('bob')).toMatchObject({ active: false, sources: [] })
  const named = JSON.parse((await api.as('auditor').get('/v1/people?q=bob')).text).items
  expect(named).toMatchObject([
    { id: 'bob', active: false, identities: null },
    { id: expect.stringMatching(/^prs_/), username: 'bob', active: true },
  ])
})

test('without scim in sallyport.yaml nobody comes from there, and what was pushed counts no more', async () => {
  await api.useRules()
  api.parts.ruleSets.forget()
  expect(await scim.send('GET', '/Users')).toMatchObject({ status: 403, body: { detail: expect.stringContaining('scim') } })
  expect(await person('mary@example.com')).toMatchObject({ active: false })
  await api.useRules(withScim('dba'))
  expect(await person('mary@example.com')).toMatchObject({ active: true })
})

test('a stage may wait for people whom only SCIM provides, and not for a group that nothing provides', () => {
  const waitsFor = (group: string) => () =>
    demoRules(withScim('from-scim'), (file) => {
      const rule = file.rules.find((each) => each['approvals'] !== undefined)
      Object.assign(rule ?? {}, { approvals: [{ from: { groups: [group] }, count: 2 }] })
    })
  expect(waitsFor('from-scim')).not.toThrow()
  expect(waitsFor('from-nowhere')).toThrow(/from-nowhere/)
})
