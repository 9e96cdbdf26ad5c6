import { beforeAll, describe, expect, it } from 'vitest'
import { adoptRuleSet, by, type CreateKey, createKey, createRuleSets, listKeys, revokeKey } from '../../src/identity/index.ts'
import { matchingHash, newKeySecret, parseToken } from '../../src/identity/key-secret.ts'
import { testDatabase } from '../support/database.ts'
import { declareNothing, fileOf, operator } from './world.ts'

describe('the secret of a key', () => {
  it('has 256 bits, and only its hash is to be kept', () => {
    const { id, token, secretHash } = newKeySecret()
    expect(token).toMatch(/^sp_[0-9a-z]{26}_[\w-]{43}$/)
    expect(parseToken(token)?.id).toBe(id)
    expect(secretHash).toMatch(/^[0-9a-f]{64}$/)
    expect(newKeySecret().token).not.toBe(token)
  })

  it('matches its own hash and no other', () => {
    const { token, secretHash } = newKeySecret()
    const secret = parseToken(token)?.secret ?? ''
    expect(matchingHash(secret, [secretHash])).toBe(secretHash)
    expect(matchingHash(secret, [newKeySecret().secretHash, secretHash])).toBe(secretHash)
    expect(matchingHash(secret, [newKeySecret().secretHash, null])).toBeNull()
    expect(matchingHash('', [secretHash])).toBeNull()
  })

  it.each([
    '',
    'sp_',
    'sp_x_y',
    'dev-admin',
    newKeySecret().token.slice(0, -1),
    `${newKeySecret().token}x`,
    newKeySecret().token.toUpperCase(),
    ` ${newKeySecret().token}`,
  ])('is not found in %j', (token) => {
    expect(parseToken(token)).toBeNull()
  })
})

describe('an API key', () => {
  const { db } = testDatabase()
  const create = (command: Partial<CreateKey>) =>
    createKey(db, createRuleSets(db))(
      { name: 'portal', scopes: ['read'], ownerId: null, decideGroups: [], lifetimeSeconds: null, ...command },
      by(operator),
    )
  const adopt = (people: Parameters<typeof fileOf>[0]) =>
    adoptRuleSet(db, declareNothing)({ loaded: fileOf(people), force: true }, operator)
  const events = async (type: string) =>
    (await db.prisma.auditEvent.findMany({ where: { type }, orderBy: { seq: 'asc' } })).map(({ payload }) => payload)

  beforeAll(() => adopt([{ id: 'jane', groups: ['dba'] }]))

  it('is made with its token told once, and an event', async () => {
    const { key, token } = await create({ scopes: ['read', 'ask', 'ask'], ownerId: 'jane' })
    expect(key).toMatchObject({
      name: 'portal',
      scopes: ['read', 'ask'],
      ownerId: 'jane',
      expiresAt: null,
      revokedAt: null,
      state: 'valid',
    })
    expect(await listKeys(db, { limit: 50 })).toEqual({ items: [key], nextCursor: null })
    expect(await events('key.created')).toEqual([{ key: key.id, name: 'portal', scopes: ['read', 'ask'], owner: 'jane' }])
    const rows =
      JSON.stringify(await db.prisma.apiKey.findMany()) + JSON.stringify(await db.prisma.auditEvent.findMany({ select: { payload: true } }))
    expect(rows).not.toContain(parseToken(token)?.secret)
  })

  it('needs a name of its own', async () => {
    await expect(create({})).rejects.toMatchObject({ code: 'key_name_taken' })
    expect(await events('key.created')).toHaveLength(1)
  })

  it('ends after its lifetime by the clock of the database', async () => {
    const { key } = await create({ name: 'short', lifetimeSeconds: 60 })
    expect((key.expiresAt?.getTime() ?? 0) - key.createdAt.getTime()).toBe(60_000)
  })

  const refused: readonly (readonly [string, Partial<CreateKey>, string])[] = [
    ['without a scope', { scopes: [] }, '/scopes'],
    ['with the name of an id', { name: 'key_01h455vb4pex5vsknk084sn02q' }, '/name'],
    ['with a name that could break a log line', { name: 'a\nb' }, '/name'],
    ['that may decide for everybody', { scopes: ['decide'] }, '/decideGroups'],
    ['with groups it may not decide for', { decideGroups: ['dba'] }, '/decideGroups'],
    ['for a group that nobody is in', { scopes: ['decide'], decideGroups: ['dba', 'dbas'] }, '/decideGroups/1'],
    ['for an owner who is not listed', { ownerId: 'bob' }, '/owner'],
    ['that ends before it begins', { lifetimeSeconds: 0 }, '/lifetime'],
  ]
  it.each(refused)('is refused %s', async (_, command, pointer) => {
    await expect(create({ name: 'other', ...command })).rejects.toMatchObject({ code: 'invalid_request', fields: [{ pointer }] })
  })

  it('is revoked by its name or id, once, with one event', async () => {
    const revoke = revokeKey(db)
    const revoked = await revoke('portal', by(operator))
    expect(revoked).toMatchObject({ state: 'revoked' })
    expect(await revoke(revoked.id, by(operator))).toEqual(revoked)
    expect(await events('key.revoked')).toEqual([{ key: revoked.id, name: 'portal' }])
  })

  it('keeps its name when it is revoked', async () => {
    await expect(create({ name: 'portal' })).rejects.toMatchObject({ code: 'key_name_taken' })
  })

  it('cannot be revoked if there is none', async () => {
    await expect(revokeKey(db)('nothing', by(operator))).rejects.toMatchObject({ code: 'key_not_found' })
  })

  it('is ownerless once its owner has left', async () => {
    await create({ name: 'janes', ownerId: 'jane' })
    await adopt([])
    expect((await listKeys(db, { limit: 50 })).items.find(({ name }) => name === 'janes')).toMatchObject({ state: 'ownerless' })
  })
})
