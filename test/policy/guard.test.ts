import { describe, expect, test } from 'vitest'
import {
  compileTarget,
  countedCharacters,
  fitsGuard,
  guardName,
  type HeldPolicy,
  isGuard,
  isManaged,
  isOurs,
  managedPolicyArn,
  ownerOf,
  type Plan,
  place,
  policyName,
  printDocument,
  printGuard,
  readGuard,
  roomOn,
  withGuard,
} from '../../src/policy/index.ts'
import { writeOf } from '../../src/policy/plan.ts'

const uniqueId = 'AIDAEXAMPLE0123456789'
const name = guardName('abcdefghij', uniqueId)
const inline = policyName('abcdefghij')
const account = { id: '123456789012', partition: 'aws' }
const arnOf = (dbUser: string, database = 'cluster-ABCDEFGHIJKL01234') =>
  `arn:aws:rds-db:us-east-2:123456789012:dbuser:${database}/${dbUser}`
const guardOf = (...dbUsers: readonly string[]) => printGuard(dbUsers.map((dbUser) => arnOf(dbUser)))
const held = (document: string, attached = true): HeldPolicy => ({ document, managed: { attached, version: 'v1', spares: [] } })

describe('the document of a guard', () => {
  test('denies everything while nothing is granted', () => {
    expect(printGuard([])).toBe('{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["rds-db:connect"],"Resource":["*"]}]}')
  })

  test('denies everything but what is granted, in the same bytes for the same grants', () => {
    const document =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["rds-db:connect"],"NotResource":' +
      '["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user",' +
      '"arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe"]}]}'
    expect(guardOf('jane_doe', 'db_user', 'jane_doe')).toBe(document)
    expect(readGuard(document)).toEqual([arnOf('db_user'), arnOf('jane_doe')])
  })

  test('leaves out what a wider grant covers, in whatever policy that stands, and the roles that may be assumed', () => {
    const documents = compileTarget('abcdefghij', { uniqueId, guarded: true }, [
      { arn: arnOf('*'), placement: 0 },
      { arn: arnOf('db_user'), placement: 1 },
      { arn: arnOf('db_user', 'cluster-Z'), placement: 0 },
      { arn: 'arn:aws:iam::210987654321:role/x', placement: 0 },
    ])
    expect(readGuard(documents.get(name) ?? '')).toEqual([arnOf('*'), arnOf('db_user', 'cluster-Z')])
  })

  test.each([
    '',
    '{',
    'null',
    ` ${guardOf('db_user')}`,
    guardOf('db_user').replace('Deny', 'Allow'),
    printDocument([arnOf('db_user')]) ?? '',
  ])('is not taken for one if it is %j', (document) => {
    expect(readGuard(document)).toBeNull()
  })
})

describe('the name of a guard', () => {
  test('is that of a managed policy of its entity, and of no other', () => {
    expect(name).toBe(`sallyport-abcdefghij-${uniqueId}-guard`)
    expect([isManaged(name), isGuard(name), isGuard(`${inline}-${uniqueId}-1`), isOurs('abcdefghij', uniqueId)(name)]).toEqual([
      true,
      true,
      false,
      true,
    ])
    expect(ownerOf(account, 'abcdefghij', managedPolicyArn(account, 'abcdefghij', name))).toBe(uniqueId)
    expect(ownerOf(account, 'abcdefghij', managedPolicyArn(account, 'abcdefghij', `${name}2`))).toBeNull()
  })
})

describe('room on a guarded target', () => {
  const many = (count: number, length = 16) =>
    Array.from({ length: count }, (_, index) => ({ arn: arnOf(`${index}`.padStart(length, 'u')) }))

  test('is what fits one managed policy, to the last character', () => {
    const most = many(100).findLastIndex((_, index) => fitsGuard(many(index + 1))) + 1
    const room = (guarded: boolean) => roomOn('role', { characters: 0, attached: 0 }, guarded)
    expect([most, place([], many(most), room(true))?.length]).toEqual([67, 67])
    expect([place([], many(most + 1), room(true)), place([], many(most + 1), room(false))?.length]).toEqual([null, 68])
    const left = 6_144 - countedCharacters(printGuard(many(most).map(({ arn }) => arn)))
    const ending = (length: number) => [...many(most - 1), { arn: arnOf('v'.repeat(length)) }]
    expect([fitsGuard(ending(16 + left)), fitsGuard(ending(17 + left))]).toEqual([true, false])
  })

  test('has one attachment less', () => {
    expect(roomOn('user', { characters: 0, attached: 3 }, true).managed).toBe(6)
    expect(place([], many(1), roomOn('role', { characters: 10_240, attached: 9 }, true))).toBeNull()
    expect(place([], many(1), roomOn('role', { characters: 10_240, attached: 9 }))).not.toBeNull()
  })
})

describe('a guard changes', () => {
  const inlineOf = (...dbUsers: readonly string[]): string => printDocument(dbUsers.map((dbUser) => arnOf(dbUser))) ?? ''
  const put = (phase: 1 | 2, ...dbUsers: readonly string[]) =>
    writeOf(phase, inline, { operation: 'put_inline', document: inlineOf(...dbUsers) }, undefined)
  const shown = (plan: Plan) =>
    plan.map(({ phase, policyName: on, operation }) => `${phase} ${on === name ? 'guard' : 'inline'} ${operation}`)
  const planned = (policies: Plan, desired: string | null, before: HeldPolicy | undefined) =>
    shown(withGuard(policies, { name, desired, held: before }))

  test('not at all while it is as it should be', () => {
    expect(planned([put(1, 'db_user')], guardOf('db_user'), held(guardOf('db_user')))).toEqual(['1 inline put_inline'])
    expect(planned([put(1, 'db_user')], null, undefined)).toEqual(['1 inline put_inline'])
  })

  test('before the policy from which something is taken out', () => {
    expect(planned([put(1, 'db_user')], guardOf('db_user'), held(guardOf('db_user', 'jane_doe')))).toEqual([
      '1 guard create_version',
      '1 inline put_inline',
    ])
  })

  test('after the policy to which something is added', () => {
    expect(planned([put(2, 'db_user', 'jane_doe')], guardOf('db_user', 'jane_doe'), held(guardOf('db_user')))).toEqual([
      '2 inline put_inline',
      '2 guard create_version',
    ])
    expect(planned([put(2, '*')], guardOf('*'), held(guardOf('db_user')))).toEqual(['2 inline put_inline', '2 guard create_version'])
  })

  test('once, and first, if one thing ends and another begins', () => {
    expect(
      planned([put(1, 'db_user'), put(2, 'db_user', 'admin')], guardOf('db_user', 'admin'), held(guardOf('db_user', 'jane_doe'))),
    ).toEqual(['1 guard create_version', '1 inline put_inline', '2 inline put_inline'])
  })

  test('between what ends and what is added, when it is made or was detached', () => {
    const policies = [put(1, 'db_user'), put(2, 'db_user', 'admin')]
    expect(planned(policies, guardOf('db_user', 'admin'), undefined)).toEqual([
      '1 inline put_inline',
      '1 guard create_policy',
      '1 guard attach_policy',
      '2 inline put_inline',
    ])
    expect(planned(policies, guardOf('db_user'), held(guardOf('db_user'), false))).toEqual([
      '1 inline put_inline',
      '1 guard attach_policy',
      '2 inline put_inline',
    ])
  })

  test('before all else if somebody has made it allow something, wanted or not', () => {
    expect(planned([put(1, 'db_user')], guardOf('db_user'), held(inlineOf('db_user')))[0]).toBe('1 guard create_version')
    expect(planned([put(1, 'db_user')], null, held(inlineOf('db_user')))).toEqual([
      '1 guard detach_policy',
      '1 guard delete_policy',
      '1 inline put_inline',
    ])
  })

  test('to nothing last of all', () => {
    expect(planned([put(1, 'db_user'), put(2, 'db_user', 'admin')], null, held(guardOf('db_user')))).toEqual([
      '1 inline put_inline',
      '2 inline put_inline',
      '3 guard detach_policy',
      '3 guard delete_policy',
    ])
  })
})
