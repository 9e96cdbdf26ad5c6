import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LoadedFile, readYaml } from '../../src/config/index.ts'
import { adoptRuleSet, callerNow, createAuthenticator, createRuleSets } from '../../src/identity/index.ts'
import { testDatabase } from '../support/database.ts'
import { testIssuer } from '../support/issuer.ts'
import { declareNothing, operator } from './world.ts'

const issuer = testIssuer()
const { db } = testDatabase()
let ruleSets = createRuleSets(db)
let authenticate = createAuthenticator({ db, ruleSets, devMode: true })
const notLinked = { code: 'identity_not_linked', status: 403 }

const groups = { claim: 'groups', names: { 'Database Admins': 'dba', Sallyport: 'admins' } }
const people = [
  { id: 'developer', groups: ['developers'] },
  { id: 'dba', username: 'DBA.One' },
]
const fileOf = (authoritative: object | undefined, listed: readonly object[] = people): LoadedFile =>
  readYaml(
    JSON.stringify({
      issuers: [issuer.listed({ authoritative })],
      people: listed,
      ...(authoritative !== undefined && 'groups' in authoritative ? { admins: { groups: ['admins'] } } : {}),
    }),
    'sallyport.yaml',
  )

/** Brings a file into force, and lets the five seconds pass for which this process may go by the one before. */
async function adopt(loaded: LoadedFile): Promise<void> {
  await adoptRuleSet(db, declareNothing)({ loaded, force: true }, operator)
  vi.advanceTimersByTime(5_000)
}

const as = async (claims: object) => authenticate(`Bearer ${await issuer.token({ ...claims })}`, undefined)
const personOf = async (claims: object) => {
  const { actor } = await as(claims)
  return actor.kind === 'person' ? actor.person : null
}
const events = async (type: string) =>
  (await db.prisma.auditEvent.findMany({ where: { type }, orderBy: { seq: 'asc' } })).map(({ payload }) => payload)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  ruleSets = createRuleSets(db) // what a process has looked up belongs to its own clock
  authenticate = createAuthenticator({ db, ruleSets, devMode: true })
})
afterEach(() => void vi.useRealTimers())

describe('a login', () => {
  it('that is listed nowhere is nobody, whatever it claims, and the refusal says what to list', async () => {
    await adopt(fileOf(undefined))
    await expect(as({ sub: 'u1', preferred_username: 'developer', groups: ['Database Admins'] })).rejects.toMatchObject({
      ...notLinked,
      message: `The login "u1" of ${issuer.url} belongs to nobody of the directory.`,
      by: { kind: 'person', person: null, credential: `identity:${issuer.url} u1`, via: 'portal' },
    })
    expect(await db.prisma.identity.count()).toBe(0)
  })

  it('becomes that of the person whose user name an authoritative issuer claims, for good', async () => {
    await adopt(fileOf({ person: 'preferred_username' }))
    expect(await personOf({ sub: 'u1', preferred_username: 'DBA.One' })).toMatchObject({ id: 'dba' })
    expect(await personOf({ sub: 'u1', preferred_username: 'developer' })).toMatchObject({ id: 'dba' })
    expect(await events('identity.linked')).toMatchObject([{ issuer: issuer.url, subject: 'u1', person: 'dba', by: 'claim' }])
  })

  it('is not that of somebody who has another one there: it may be another with the same name', async () => {
    await expect(as({ sub: 'u2', preferred_username: 'DBA.One' })).rejects.toMatchObject(notLinked)
  })

  it.each([
    ['no user name', {}],
    ['one in other letters', { preferred_username: 'Developer' }],
    ['one that is no text', { preferred_username: ['developer'] }],
    ['the name of a person’s group', { preferred_username: 'developers' }],
    ['an endless one', { preferred_username: 'developer'.repeat(100) }],
  ])('is nobody with %s', async (_, claims) => {
    await expect(as({ sub: 'u3', ...claims })).rejects.toMatchObject(notLinked)
  })

  it('becomes one person’s, however many calls come at once', async () => {
    const found = await Promise.all([1, 2, 3].map(() => personOf({ sub: 'u4', preferred_username: 'developer' }).catch(() => null)))
    expect(found.filter((person) => person !== null).every(({ id }) => id === 'developer')).toBe(true)
    expect(await db.prisma.identity.count({ where: { personId: 'developer' } })).toBe(1)
  })

  it('is whose the file says, before any claim', async () => {
    const identities = [{ issuer: issuer.url, subject: 'u5' }]
    await adopt(fileOf({ person: 'preferred_username' }, [people[0] ?? {}, { ...people[1], identities }]))
    expect(await personOf({ sub: 'u5', preferred_username: 'developer' })).toMatchObject({ id: 'dba' })
    await expect(as({ sub: 'u1', preferred_username: 'DBA.One' })).rejects.toMatchObject(notLinked)
    expect(await events('identity.unlinked')).toMatchObject([{ subject: 'u1', person: 'dba' }])
  })

  it('that another rule set gives to somebody else ends what was under way', async () => {
    const before = await as({ sub: 'u5' })
    await adopt(
      fileOf({ person: 'preferred_username' }, [{ ...people[0], identities: [{ issuer: issuer.url, subject: 'u5' }] }, people[1] ?? {}]),
    )
    await expect(db.inTransaction((tx) => callerNow(tx, ruleSets, before))).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await personOf({ sub: 'u5' })).toMatchObject({ id: 'developer' })
  })

  it('is by an address of mail only if that was verified', async () => {
    await adopt(fileOf({ person: 'email' }, [{ id: 'dba', username: 'dba@example.com' }]))
    const claims = { sub: 'u6', email: 'dba@example.com' }
    await expect(as(claims)).rejects.toMatchObject(notLinked)
    await expect(as({ ...claims, email_verified: 'true' })).rejects.toMatchObject(notLinked)
    expect(await personOf({ ...claims, email_verified: true })).toMatchObject({ id: 'dba' })
  })

  it('is nobody’s any more once its issuer is not believed, or its person has left', async () => {
    await adopt(fileOf(undefined, [{ id: 'dba', username: 'dba@example.com' }]))
    await expect(as({ sub: 'u6' })).rejects.toMatchObject(notLinked)
    await adopt(fileOf({ person: 'preferred_username' }))
    const before = await as({ sub: 'u7', preferred_username: 'DBA.One' })
    await adopt(fileOf({ person: 'preferred_username' }, [people[0] ?? {}]))
    await expect(as({ sub: 'u7', preferred_username: 'developer' })).rejects.toMatchObject({
      ...notLinked,
      message: /belongs to dba, who is not/,
    })
    await expect(db.inTransaction((tx) => callerNow(tx, ruleSets, before))).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('ends within the transaction that acts when its token does', async () => {
    await adopt(fileOf({ person: 'preferred_username' }))
    const caller = await as({ sub: 'u7', exp: Math.floor(Date.now() / 1_000) + 60 })
    const ended = { ...caller, credential: { ...caller.credential, expiresAt: new Date(Date.now() - 1) } }
    await expect(db.inTransaction((tx) => callerNow(tx, ruleSets, ended))).rejects.toMatchObject({ message: 'The token has expired.' })
  })
})

describe('the groups of a token', () => {
  const at = (ago: number) => ({ sub: 'u7', iat: Math.floor(Date.now() / 1_000) - ago })

  it('are those that the file has a name for, besides its own', async () => {
    await adopt(fileOf({ person: 'preferred_username', groups }))
    expect(await as({ ...at(60), groups: ['Database Admins', 'dba', 'admins', 7, '__proto__', 'constructor'] })).toMatchObject({
      actor: { person: { groups: ['dba'] } },
      isAdmin: false,
    })
    expect(await as({ ...at(50), groups: ['Database Admins', 'Sallyport'] })).toMatchObject({ isAdmin: true })
    expect(await events('identity.groups_changed')).toMatchObject([
      { before: [], after: ['Database Admins'] },
      { before: ['Database Admins'], after: ['Database Admins', 'Sallyport'] },
    ])
  })

  it('are those of now where something is decided, in every process', async () => {
    const elsewhere = createRuleSets(db)
    const before = await as({ ...at(50), groups: ['Database Admins', 'Sallyport'] })
    expect(before.isAdmin).toBe(true)
    await as({ ...at(40), groups: ['Database Admins'] })
    expect(await db.inTransaction((tx) => callerNow(tx, elsewhere, before))).toMatchObject({
      isAdmin: false,
      actor: { person: { groups: ['dba'] } },
    })
  })

  it('do not come back with an older token', async () => {
    expect(await as({ ...at(50), groups: ['Sallyport'] })).toMatchObject({ isAdmin: false })
  })

  it.each([
    ['missing', undefined],
    ['no list', 'Sallyport'],
    ['a list of lists', [['Sallyport']]],
  ])('are none where the claim is %s', async (_, said) => {
    await db.prisma.identity.updateMany({ data: { groupsAt: new Date(0) } })
    expect(await personOf({ ...at(30), groups: said })).toMatchObject({ groups: [] })
  })

  it('count for a day', async () => {
    await as({ ...at(20), groups: ['Sallyport'] })
    await db.prisma.identity.updateMany({ data: { groupsAt: new Date(Date.now() - 25 * 3_600_000) } })
    expect((await createRuleSets(db).current()).file.people.find(({ id }) => id === 'dba')?.groups).toEqual([])
  })

  it('are forgotten when the issuer is not asked for them any more', async () => {
    await as({ ...at(10), groups: ['Sallyport'] })
    await adopt(fileOf({ person: 'preferred_username' }))
    await adopt(fileOf({ person: 'preferred_username', groups }))
    expect((await ruleSets.current()).file.people.find(({ id }) => id === 'dba')?.groups).toEqual([])
  })
})
