import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesPattern, matchesPrincipal } from '../../src/rules/pattern.ts'
import { person } from './world.ts'

describe('a pattern', () => {
  it.each([
    ['db_user', 'db_user', true],
    ['db_user', 'DB_USER', false],
    ['jane_*', 'jane_', true],
    ['jane_*', 'jane_doe', true],
    ['jane_*', 'xjane_doe', false],
    ['*', '', true],
    ['?', '', false],
    ['?', 'é', true],
    ['?', '🐘', true],
    ['a*b*c', 'a__b__b__c', true],
    ['a*b*c', 'a__c__b', false],
    ['*_ro', 'app_ro_ro', true],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
    ['', '', true],
    ['', 'a', false],
    ['**', 'anything', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected)
  })

  it('matches as a regular expression with the same meaning does', () => {
    const letters = (of: string) => fc.array(fc.constantFrom(...of), { maxLength: 8 }).map((all) => all.join(''))
    fc.assert(
      fc.property(letters('ab*?.'), letters('ab.'), (pattern, text) => {
        const same = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll('*', '.*')}$`, 'su')
        expect(matchesPattern(pattern, text)).toBe(same.test(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes no more than a moment for a pattern made to take long', () => {
    expect(matchesPattern(`${'*a'.repeat(100)}b`, 'a'.repeat(2_000))).toBe(false)
  })
})

describe('a pattern of principals', () => {
  const own = 'arn:aws:iam::*:user/${person.username}'
  const jane = person('p1', { username: 'jane' })

  it.each([
    ['the person’s own user in any account', own, 'arn:aws:iam::123456789012:user/jane', true],
    ['the user of somebody else', own, 'arn:aws:iam::123456789012:user/jane2', false],
    ['a user under a path, which the pattern does not have', own, 'arn:aws:iam::123456789012:user/team/jane', false],
    ['a role of the same name', own, 'arn:aws:iam::123456789012:role/jane', false],
    ['a role whose path imitates the rest of the pattern', own, 'arn:aws:iam::123456789012:role/x:user/jane', false],
    ['a name that begins as the pattern says', 'arn:aws:iam::123456789012:role/app-*', 'arn:aws:iam::123456789012:role/app-reader', true],
    ['a path that begins so, as in IAM', 'arn:aws:iam::123456789012:role/app-*', 'arn:aws:iam::123456789012:role/app-x/reader', true],
    ['another account', 'arn:aws:iam::123456789012:role/app-*', 'arn:aws:iam::999999999999:role/app-reader', false],
    ['every principal of an account', 'arn:aws:iam::123456789012:*', 'arn:aws:iam::123456789012:role/a/b', true],
    ['the person’s id', 'arn:aws:iam::*:role/for-${person.id}-?', 'arn:aws:iam::123456789012:role/for-p1-a', true],
    ['a variable that does not exist', 'arn:aws:iam::*:user/${person.name}', 'arn:aws:iam::123456789012:user/jane', false],
  ])('%s', (_, pattern, arn, expected) => {
    expect(matchesPrincipal(pattern, arn, jane)).toBe(expected)
  })

  it.each(['*', '?', 'j*', 'team/jane', 'a:b', '', '${person.id}'])('takes the user name %j letter by letter', (username) => {
    const hostile = person('p1', { username })
    for (const arn of ['user/jane', 'user/j', 'user/team/jane', 'user/a:b', 'user/', 'user/p1']) {
      expect(matchesPrincipal(own, `arn:aws:iam::123456789012:${arn}`, hostile)).toBe(false)
    }
  })

  it('lets a person have their own user and no other, whatever they are called', () => {
    const names = fc.stringMatching(/^[\w+=,.@-]{1,12}$/)
    fc.assert(
      fc.property(names, names, (username, other) => {
        const somebody = person('p1', { username })
        expect(matchesPrincipal(own, `arn:aws:iam::123456789012:user/${other}`, somebody)).toBe(username === other)
        expect(matchesPrincipal(own, `arn:aws:iam::123456789012:user/${username}`, somebody)).toBe(true)
      }),
    )
  })
})
