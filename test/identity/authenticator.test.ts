import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  adoptRuleSet,
  by,
  type Caller,
  type CreateKey,
  callerNow,
  createAuthenticator,
  createKey,
  createRuleSets,
  revokeKey,
} from '../../src/identity/index.ts'
import { testDatabase } from '../support/database.ts'
import { declareNothing, fileOf, operator } from './world.ts'

const people = [
  { id: 'developer', groups: ['developers'] },
  { id: 'dba', groups: ['dba'] },
  { id: 'admin', groups: ['admins'] },
  { id: 'auditor', groups: ['auditors'] },
]
const who = { admins: 'admins', auditors: 'auditors' }

describe('the authenticator', () => {
  const { db } = testDatabase()
  const authenticator = (devMode = false) => createAuthenticator({ db, ruleSets: createRuleSets(db), devMode })
  const now = (caller: Caller) => db.inTransaction((tx) => callerNow(tx, createRuleSets(db), caller))
  const authenticate = authenticator()
  const keyOf = (name: string, command: Partial<CreateKey>) =>
    createKey(db, createRuleSets(db))(
      { name, scopes: ['read'], ownerId: null, decideGroups: [], lifetimeSeconds: null, ...command },
      by(operator),
    )
  const tokens = { reader: '', portal: '', slack: '' }

  beforeAll(async () => {
    await adoptRuleSet(db, declareNothing)({ loaded: fileOf(people, who), force: false }, operator)
    tokens.reader = (await keyOf('reader', { scopes: ['read', 'revoke', 'audit'] })).token
    tokens.portal = (await keyOf('portal', { scopes: ['read', 'ask'], ownerId: 'dba' })).token
    tokens.slack = (await keyOf('slack', { scopes: ['read', 'ask', 'decide'], decideGroups: ['dba'] })).token
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('knows a key that acts for nobody as a service', async () => {
    const caller = await authenticate(`Bearer ${tokens.reader}`, undefined)
    expect(caller).toMatchObject({
      actor: { kind: 'service', credential: expect.stringMatching(/^key:key_/), via: 'reader' },
      credential: { via: 'reader', mayActFor: 'nobody', ownerId: null },
      isAdmin: false,
      isAuditor: false,
    })
    expect([...caller.credential.scopes]).toEqual(['read', 'revoke', 'audit'])
  })

  it('takes the scheme in any case, as RFC 9110 has it', async () => {
    expect((await authenticate(`bearer  ${tokens.reader}`, undefined)).actor.kind).toBe('service')
  })

  it('knows the person that a key acts for', async () => {
    expect(await authenticate(`Bearer ${tokens.portal}`, 'developer')).toMatchObject({
      actor: { kind: 'person', person: { id: 'developer', groups: ['developers'] }, via: 'portal' },
      credential: { mayActFor: 'anyone', ownerId: 'dba' },
      isAdmin: false,
    })
  })

  it('knows admins and auditors by the active rule set', async () => {
    expect(await authenticate(`Bearer ${tokens.portal}`, 'admin')).toMatchObject({ isAdmin: true, isAuditor: false })
    expect(await authenticate(`Bearer ${tokens.portal}`, 'auditor')).toMatchObject({ isAdmin: false, isAuditor: true })
  })

  it('lets a key decide only for people of the groups it was made for', async () => {
    expect((await authenticate(`Bearer ${tokens.slack}`, 'dba')).credential.scopes.has('decide')).toBe(true)
    expect((await authenticate(`Bearer ${tokens.slack}`, 'developer')).credential.scopes.has('decide')).toBe(false)
  })

  it('refuses a person for a key that may act for nobody', async () => {
    await expect(authenticate(`Bearer ${tokens.reader}`, 'developer')).rejects.toMatchObject({ code: 'missing_scope' })
  })

  it.each(['nobody', '', 'Developer', 'developer, dba'])('refuses the person %j, who is not listed', async (person) => {
    await expect(authenticate(`Bearer ${tokens.portal}`, person)).rejects.toMatchObject({ code: 'unknown_person' })
  })

  it.each([
    ['nothing', () => undefined],
    ['another scheme', () => `Basic ${tokens.reader}`],
    ['a token without its scheme', () => tokens.reader],
    ['a wrong secret', () => `Bearer ${tokens.reader.slice(0, -2)}AA`],
    ['the secret of another key', () => `Bearer ${tokens.reader.slice(0, 29)}${tokens.portal.slice(29)}`],
    ['an id that does not exist', () => `Bearer sp_00000000000000000000000000_${tokens.reader.slice(30)}`],
    ['two tokens', () => `Bearer ${tokens.reader} ${tokens.reader}`],
    ['a person of dev mode', () => 'Bearer dev-developer'],
  ])('refuses %s', async (_, header) => {
    await expect(authenticate(header(), undefined)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('refuses a key of which the time is over, and says so to whoever has its secret', async () => {
    const { key, token } = await keyOf('short', { lifetimeSeconds: 60 })
    await db.prisma.apiKey.update({ where: { id: key.id }, data: { expiresAt: key.createdAt } })
    await expect(authenticate(`Bearer ${token}`, undefined)).rejects.toMatchObject({
      code: 'unauthenticated',
      message: 'The API key short has expired.',
    })
    await expect(authenticate(`Bearer ${token.slice(0, -2)}AA`, undefined)).rejects.toThrow('The credential is not a known one.')
  })

  it('goes by what it looked up for five seconds at most, while a write sees a revocation at once', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const authenticate = authenticator()
    const { token } = await keyOf('brief', {})
    const caller = await authenticate(`Bearer ${token}`, undefined)
    await now(caller)
    await revokeKey(db)('brief', by(operator))
    await expect(now(caller)).rejects.toMatchObject({ code: 'unauthenticated' })
    vi.advanceTimersByTime(4_999)
    expect((await authenticate(`Bearer ${token}`, undefined)).actor.kind).toBe('service')
    vi.advanceTimersByTime(1)
    await expect(authenticate(`Bearer ${token}`, undefined)).rejects.toThrow('The API key brief has been revoked.')
  })

  it('asks Postgres nothing for a caller it has just seen', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const authenticate = authenticator()
    await authenticate(`Bearer ${tokens.portal}`, 'developer')
    const asked = vi.spyOn(db.pool, 'query')
    await authenticate(`Bearer ${tokens.portal}`, 'dba')
    expect(asked).not.toHaveBeenCalled()
    asked.mockRestore()
  })

  describe('in dev mode', () => {
    const inDev = authenticator(true)

    it('knows the people of the directory by name, each for themselves', async () => {
      const caller = await inDev('Bearer dev-admin', undefined)
      expect(caller).toMatchObject({
        actor: { kind: 'person', person: { id: 'admin' }, credential: 'dev:admin', via: 'dev' },
        credential: { mayActFor: 'itself', ownerId: 'admin' },
        isAdmin: true,
      })
      expect([...caller.credential.scopes]).toEqual(['read', 'ask', 'decide', 'revoke', 'audit', 'sync', 'webhooks', 'scim'])
      expect(await now(caller)).toEqual(caller)
    })

    it('lets none of them act for another', async () => {
      expect((await inDev('Bearer dev-dba', 'dba')).actor.kind).toBe('person')
      await expect(inDev('Bearer dev-dba', 'developer')).rejects.toMatchObject({ code: 'not_permitted' })
    })

    it('refuses somebody who is not listed, and still knows keys', async () => {
      await expect(inDev('Bearer dev-nobody', undefined)).rejects.toMatchObject({ code: 'unauthenticated' })
      expect((await inDev(`Bearer ${tokens.reader}`, undefined)).actor.kind).toBe('service')
    })
  })

  it('stops knowing people, and the keys of theirs, once they have left', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const authenticate = authenticator()
    await authenticate(`Bearer ${tokens.slack}`, 'dba')
    await authenticate(`Bearer ${tokens.portal}`, 'developer')
    await adoptRuleSet(db, declareNothing)({ loaded: fileOf(people.filter(({ id }) => id !== 'dba')), force: false }, operator)
    vi.advanceTimersByTime(5_000)
    await expect(authenticate(`Bearer ${tokens.slack}`, 'dba')).rejects.toMatchObject({ code: 'unknown_person' })
    await expect(authenticate(`Bearer ${tokens.portal}`, 'developer')).rejects.toThrow(
      'The API key portal belongs to dba, who has left the directory.',
    )
  })
})
