import { beforeAll, expect, test } from 'vitest'
import { createKeyCommand, listKeysCommand, revokeKeyCommand, rotateKeyCommand } from '../../src/app/manage-keys.ts'
import { adoptRuleSet, createAuthenticator, createRuleSets } from '../../src/identity/index.ts'
import { declareNothing, fileOf, operator } from '../identity/world.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = testDatabase()
beforeAll(() => adoptRuleSet(db, declareNothing)({ loaded: fileOf([{ id: 'developer' }]), force: true }, operator))

/** Whether a token is good, as a process that has just started sees it. */
const isGood = (token: string) =>
  createAuthenticator({ db, ruleSets: createRuleSets(db), devMode: false })(`Bearer ${token}`, undefined).then(
    () => true,
    () => false,
  )
const tokenIn = (printed: string) => printed.split('\n')[0] ?? ''
const goodness = (...tokens: readonly string[]) => Promise.all(tokens.map(isGood))

test('keys create, rotate with and without an overlap, list and revoke do what they print', async () => {
  const first = tokenIn(await createKeyCommand(url, { name: 'portal', scope: ['read'], decideGroup: [], expires: 'P90D' }))
  const rotated = await rotateKeyCommand(url, 'portal', 'PT1H')
  expect(rotated).toMatch(/new secret of portal \(key_\w+\); the one before is good until 20/)
  const second = tokenIn(rotated)
  expect(await goodness(first, second)).toEqual([true, true])
  const again = await rotateKeyCommand(url, 'portal', undefined)
  expect(again).toContain('the one before is no longer good')
  const third = tokenIn(again)
  expect(await goodness(first, second, third)).toEqual([false, false, true])
  const listed = await listKeysCommand(url)
  expect(listed).toMatch(/portal.*read.*valid/)
  for (const token of [first, second, third]) expect(listed).not.toContain(token.slice(-43))
  expect(await revokeKeyCommand(url, 'portal')).toMatch(/is revoked/)
  expect(await isGood(third)).toBe(false)
  await expect(rotateKeyCommand(url, 'portal', undefined)).rejects.toMatchObject({ code: 'key_not_valid' })
})

test.each([
  ['nothing', undefined, 'key_not_found'],
  ['portal', 'an hour', 'invalid_duration'],
  ['portal', 'P31D', 'invalid_duration'],
])('keys rotate %s with the overlap %s is refused as %s', async (ref, overlap, code) => {
  await expect(rotateKeyCommand(url, ref, overlap)).rejects.toMatchObject({ code })
})
