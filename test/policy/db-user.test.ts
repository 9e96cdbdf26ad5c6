import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDbUser } from '../../src/policy/index.ts'
import { refusal } from './refusal.ts'

const engines = ['aurora-postgresql', 'postgres', 'aurora-mysql', 'mysql', 'mariadb']

describe('a database user', () => {
  test.each([
    'db_user',
    'Jane.Doe',
    'jane@example.com',
    'svc-reports',
    'a b',
    'o$1',
    '{x}',
    '100%',
    'müller',
    'ÿ',
    '<b>',
    'a,b;c',
    '[a]',
    '1',
  ])('may be %j, whatever the engine', (name) => {
    for (const engine of engines) expect(refusal(() => checkDbUser(name, engine))).toBeNull()
  })

  test.each([
    ['', 'is missing'],
    ['*', 'contains "*", a wildcard in IAM'],
    ['jane_?', 'contains "?", a wildcard in IAM'],
    ['${aws:username}', 'contains "${", which begins a policy variable'],
    ["jane'", 'contains "\'", a quotation mark'],
    ['jane"', 'a quotation mark'],
    ['`jane`', 'a quotation mark'],
    ['team/jane', 'contains "/", which separates the parts of an ARN'],
    ['team:jane', 'contains ":"'],
    ['team\\jane', 'contains "\\\\"'],
    [' jane', 'blank space before or after'],
    ['jane ', 'blank space before or after'],
    ['jane\u00a0', 'blank space before or after'],
    ['   ', 'blank space before or after'],
    ['jane\u00a0doe', 'contains "\\u{a0}", a character that cannot be seen'],
    ['jane\u00addoe', 'contains "\\u{ad}", a character that cannot be seen'],
    ['jane\u0000doe', 'contains "\\u0000", a character that cannot be seen'],
    ['jane\tdoe', 'contains "\\t", a character that cannot be seen'],
    ['jane\u007fdoe', 'a character that cannot be seen'],
    ['jane\u0085doe', 'a character that cannot be seen'],
    ['jane\u200bdoe', 'a character that cannot be seen'],
    ['jane\ud800', 'a character that cannot be seen'],
    ['Łukasz', 'contains "Ł", which an IAM policy cannot hold: its characters end at U+00FF'],
    ['日本', 'which an IAM policy cannot hold'],
    ['jane😀', 'contains "😀", which an IAM policy cannot hold'],
  ])('cannot be %j, whatever the engine', (name, why) => {
    for (const engine of engines) {
      const refused = refusal(() => checkDbUser(name, engine))
      expect(refused?.code).toBe('invalid_db_user')
      expect(refused?.detail).toContain(why)
    }
  })

  test.each([
    ['aurora-postgresql', 'a', 63, '64 bytes long; the limit of PostgreSQL is 63'],
    ['postgres', 'a', 63, '64 bytes long; the limit of PostgreSQL is 63'],
    ['postgres', 'é', 31, '64 bytes long; the limit of PostgreSQL is 63'],
    ['aurora-mysql', 'a', 32, '33 characters long; the limit of MySQL and MariaDB is 32'],
    ['mysql', 'é', 32, '33 characters long; the limit of MySQL and MariaDB is 32'],
    ['mariadb', 'a', 32, '33 characters long; the limit of MySQL and MariaDB is 32'],
  ])('of %s may be %j repeated %i times, and not once more', (engine, character, most, why) => {
    expect(refusal(() => checkDbUser(character.repeat(most), engine))).toBeNull()
    expect(refusal(() => checkDbUser(character.repeat(most + 1), engine))?.detail).toContain(why)
  })

  test('of an engine without IAM database authentication is refused', () => {
    expect(refusal(() => checkDbUser('jane', 'oracle-ee'))).toEqual({
      code: 'invalid_db_user',
      detail:
        'The engine "oracle-ee" has no IAM database authentication; those with it are aurora-postgresql, postgres, aurora-mysql, mysql, mariadb.',
    })
  })

  test('that is accepted needs no escaping in JSON and changes no meaning in a policy', () => {
    const character = fc
      .oneof(fc.integer({ min: 0, max: 0x110 }), fc.integer({ min: 0x20, max: 0x7e }))
      .map((code) => String.fromCharCode(code))
    const accepted = fc.string({ unit: character, maxLength: 12 }).filter((name) => refusal(() => checkDbUser(name, 'mysql')) === null)
    fc.assert(
      fc.property(accepted, (name) => {
        expect(JSON.stringify(name)).toBe(`"${name}"`)
        expect(name).toMatch(/^[\u0020-\u00ff]+$/)
        expect(name).not.toMatch(/[*?]|\$\{/)
      }),
    )
  })
})
