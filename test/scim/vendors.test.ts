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
