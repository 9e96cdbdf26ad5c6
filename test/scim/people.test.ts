import { beforeAll, describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { testIssuer } from '../support/issuer.ts'
import { provider, withScim } from './world.ts'

const issuer = testIssuer()
const api = testApi({
  rules: (file) => {
    withScim('dba', 'developers')(file)
    Object.assign(file, { issuers: [issuer.listed({ authoritative: { person: 'preferred_username' } })] })
  },
})
let scim: Awaited<ReturnType<typeof provider>>
const users: Record<string, string> = Object.create(null)
beforeAll(async () => {
  scim = await provider(api)
  for (const name of ['jane', 'mary', 'bob', 'diego']) users[name] = await scim.user(name, { displayName: `${name} of SCIM` })
  await scim.group('dba', ...Object.values(users))
})

const deactivate = (name: string, active = false) => scim.patch(`/Users/${users[name]}`, { op: 'replace', value: { active } })

describe('the list of people', () => {
  const people = async (query: Readonly<Record<string, string>>) => {
    const answer = await api.as('developer').get(`/v1/people?${new URLSearchParams(query)}`)
    expect(answer.status).toBe(200)
    return JSON.parse(answer.text) as { items: { id: string; groups: string[] }[]; nextCursor: string | null } // as its schema has it
  }
  const pages = async (query: Readonly<Record<string, string>>) => {
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await people(cursor === '' ? query : { ...query, cursor })
      expect(page.items.length).toBeLessThanOrEqual(Number(query['limit']))
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    return ids
  }

  test('has everybody once, page by page, in the order of their ids', async () => {
    const ids = await pages({ limit: '3' })
    expect(ids).toEqual((await people({ limit: '100' })).items.map(({ id }) => id))
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(ids).toEqual(expect.arrayContaining(['developer', 'bob', 'jane']))
  })

  test('has those of a group, from the file and from SCIM alike, page by page, and not who has left', async () => {
    expect(await pages({ group: 'dba', limit: '2' })).toEqual(['bob', 'dba', 'dba-2', 'diego', 'jane', 'mary'])
    await deactivate('bob')
    expect(await pages({ group: 'dba', limit: '2' })).toEqual(['dba', 'dba-2', 'diego', 'jane', 'mary'])
    expect(await pages({ group: 'dba', q: 'OF SCIM', limit: '1' })).toEqual(['diego', 'jane', 'mary'])
    expect(await pages({ group: 'no-such-group', limit: '2' })).toEqual([])
    await deactivate('bob', true)
  })

  test('refuses a cursor that is none of its own', async () => {
    expect((await api.as('developer').get('/v1/people?cursor=bm9wZQ-')).status).toBe(400)
    expect((await api.as('developer').get('/v1/people?limit=0')).status).toBe(400)
  })
})

describe('a login at an issuer that is believed about people', () => {
  const as = async (sub: string, username: string) => api.withKey(await issuer.token({ sub, preferred_username: username }))

  test('becomes that of whom SCIM pushed by the user name that it claims, with the groups of SCIM', async () => {
    const jane = await as('jane-at-issuer', 'jane')
    expect(JSON.parse((await jane.get('/v1/me')).text)).toMatchObject({ person: { id: 'jane', groups: ['dba'] } })
    const { id } = await api.as('developer').ask()
    expect(await jane.approve(id)).toMatchObject({ status: 'approved', decisions: [{ approver: 'jane' }] })
    const told = JSON.parse((await api.as('admin').get('/v1/people/jane')).text)
    expect(told.identities).toEqual([{ issuer: issuer.url, subject: 'jane-at-issuer' }])
  })

  test('stays theirs when SCIM renames them, and a login with the name of before is nobody', async () => {
    const mary = await as('mary-at-issuer', 'mary')
    await mary.get('/v1/me')
    await scim.patch(`/Users/${users['mary']}`, { op: 'replace', value: { userName: 'mary.roe' } })
    expect(JSON.parse((await (await as('mary-at-issuer', 'mary.roe')).get('/v1/me')).text)).toMatchObject({ person: { id: 'mary' } })
    expect((await (await as('another', 'mary')).get('/v1/me')).status).toBe(403)
  })

  test('is nobody’s while they are deactivated, and does not become that of whoever gets their name after a deletion', async () => {
    const diego = await as('diego-at-issuer', 'diego')
    await diego.get('/v1/me')
    await deactivate('diego')
    expect((await diego.get('/v1/me')).status).toBeGreaterThanOrEqual(400)
    await scim.send('DELETE', `/Users/${users['diego']}`)
    await scim.user('diego')
    expect((await diego.get('/v1/me')).status).toBeGreaterThanOrEqual(400)
    expect(JSON.parse((await (await as('new-diego-at-issuer', 'diego')).get('/v1/me')).text)).toMatchObject({
      person: { id: expect.stringMatching(/^prs_/) },
    })
  })
})
