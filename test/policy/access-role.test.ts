import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accessRoleKey,
  accessRoleOf,
  applyWrite,
  compilePlaced,
  countedCharacters,
  type DesiredRole,
  diffRole,
  effective,
  type HeldPolicies,
  type HeldRole,
  namesOn,
  parseTrustedArn,
  permissionSetPattern,
  place,
  stateOfRole,
  type TrustedPrincipal,
  trustPolicy,
} from '../../src/policy/index.ts'
import { diffAlone } from './held.ts'
import { refusal } from './refusal.ts'

const deployment = 'abcdefghij'
const role: TrustedPrincipal = { arn: 'arn:aws:iam::111122223333:role/app-reader', uniqueId: 'AROAEXAMPLE1234567890' }
const user: TrustedPrincipal = { arn: 'arn:aws:iam::111122223333:user/jane', uniqueId: 'AIDAEXAMPLE1234567890' }
const unmanaged: TrustedPrincipal = { arn: 'arn:aws:iam::444455556666:role/app-reader', uniqueId: null }
const reserved = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Readers_0123456789abcdef'
const permissionSet: TrustedPrincipal = { arn: reserved, uniqueId: 'AROAEXAMPLE0000000000' }
const roleOf = (principal: TrustedPrincipal, account = { id: '123456789012', partition: 'aws' }) =>
  accessRoleOf(account, deployment, accessRoleKey(principal))
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 18) + seconds * 1_000)

describe('the name of an access role', () => {
  test('holds the deployment and what stands for its principal, and is the role’s in every account', () => {
    expect(roleOf(role).name).toBe('sallyport-abcdefghij-VIAAROAEXAMPLE1234567890')
    expect(roleOf(role, { id: '123456789012', partition: 'aws-cn' }).arn).toBe(
      'arn:aws-cn:iam::123456789012:role/sallyport/abcdefghij/sallyport-abcdefghij-VIAAROAEXAMPLE1234567890',
    )
  })

  test('is made of the ARN where the unique id is not known', () => {
    expect(roleOf(unmanaged).name).toMatch(/^sallyport-abcdefghij-VIA[0-9A-F]{20}$/)
    expect(roleOf(unmanaged).name).not.toBe(roleOf({ ...unmanaged, arn: `${unmanaged.arn}-2` }).name)
  })
})

describe('the trust policy', () => {
  const conditionsOf = (principal: TrustedPrincipal) => JSON.parse(trustPolicy(principal, at(0.9))).Statement[0]

  test('names a role or user, its unique id and the end, in whole seconds', () => {
    expect(conditionsOf(role)).toEqual({
      Effect: 'Allow',
      Principal: { AWS: role.arn },
      Action: 'sts:AssumeRole',
      Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-24T18:00:00Z' }, StringLike: { 'aws:userid': 'AROAEXAMPLE1234567890:*' } },
    })
    expect(conditionsOf(user).Condition.StringLike).toEqual({ 'aws:userid': 'AIDAEXAMPLE1234567890' })
    expect(conditionsOf(unmanaged).Condition).toEqual({ DateLessThan: { 'aws:CurrentTime': '2026-11-24T18:00:00Z' } })
  })

  test('trusts a permission set through its account, whatever the suffix of its role', () => {
    expect(conditionsOf(permissionSet)).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: { ArnLike: { 'aws:PrincipalArn': reserved.replace('0123456789abcdef', '????????????????') } },
    })
  })

  test('fits IAM’s quota with the longest principal that there can be', () => {
    const arn = `arn:aws-us-gov:iam::111122223333:role/${'p'.repeat(510)}/${'n'.repeat(64)}`
    expect(countedCharacters(trustPolicy({ arn, uniqueId: `AROA${'X'.repeat(124)}` }, at(0)))).toBeLessThanOrEqual(2_048)
  })
})

describe('who can be trusted', () => {
  test.each([role.arn, user.arn, unmanaged.arn, reserved, reserved.replace('eu-west-1/', '')])('%s can', (arn) => {
    expect(parseTrustedArn(arn)).toMatchObject({ account: arn.slice(13, 25) })
  })

  test.each([
    ['arn:aws:iam::111122223333:group/readers', 'unsupported_principal'],
    ['arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS', 'unsupported_principal'],
    ['arn:aws:iam::111122223333:role/AWSReservedSSO_Readers_0123456789abcdef', 'unsupported_principal'],
    ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Readers_0123456789abcdef/jane', 'unsupported_principal'],
    ['arn:aws:iam::111122223333:root', 'unsupported_principal'],
    ['arn:aws:iam::111122223333:role/', 'invalid_arn'],
  ])('%s cannot: %s', (arn, code) => {
    expect(refusal(() => parseTrustedArn(arn))?.code).toBe(code)
  })

  test('the pattern of a permission set does not reach one whose name only begins alike', () => {
    const pattern = permissionSetPattern(reserved) ?? ''
    const form = new RegExp(`^${pattern.replaceAll('?', '.')}$`)
    expect(form.test(reserved.replace('0123456789abcdef', 'fedcba9876543210'))).toBe(true)
    expect(form.test(reserved.replace('Readers_', 'Readers_Admin_'))).toBe(false)
  })
})

describe('the plan of a role', () => {
  const held = (seconds: number, facts: Partial<HeldRole> = {}): HeldRole => ({
    trust: trustPolicy(role, at(seconds)),
    principalGone: false,
    sessionSeconds: 3_600,
    boundary: null,
    ...facts,
  })
  const wanted = (seconds: number, boundary: string | null = null): DesiredRole => ({ until: at(seconds), boundary })
  const boundary = 'arn:aws:iam::123456789012:policy/boundary'

  test.each<[string, DesiredRole | null, HeldRole | null, string[]]>([
    ['none that is not to be', null, null, []],
    ['one to be made', wanted(60, boundary), null, ['2 create_role']],
    ['one as it should be', wanted(60), held(60), []],
    ['a later end', wanted(120), held(60), ['2 put_trust']],
    ['an earlier end', wanted(30), held(60), ['1 put_trust']],
    ['a trust policy of somebody else’s', wanted(60), held(60, { trust: '{}' }), ['1 put_trust']],
    ['a trust policy with another’s later end', wanted(120), held(0, { trust: trustPolicy(user, at(60)) }), ['1 put_trust']],
    ['a boundary taken away', wanted(60, boundary), held(60), ['1 put_boundary']],
    ['a boundary that nobody asked for', wanted(60), held(60, { boundary }), []],
    ['longer sessions', wanted(60), held(60, { sessionSeconds: 43_200 }), ['1 limit_sessions']],
    ['one that is not to be', null, held(60), ['1 put_trust', '3 delete_role']],
    ['one that is shut already', null, held(-at(0).getTime() / 1_000), ['3 delete_role']],
    ['one whose principal is gone', wanted(120), held(60, { principalGone: true }), []],
    ['one whose principal is gone and that is not to be', null, held(60, { principalGone: true }), ['3 delete_role']],
  ])('%s', (_, desired, found, calls) => {
    expect(diffRole(desired, found, role).map(({ phase, operation }) => `${phase} ${operation}`)).toEqual(calls)
  })

  test('leads to what is desired, from whatever is found, and never lengthens access before phase 2', () => {
    const someTrust = fc.oneof(
      fc.integer({ min: 0, max: 500 }).map((seconds) => trustPolicy(role, at(seconds))),
      fc.constantFrom('{}', trustPolicy(user, at(900))),
    )
    const someHeld = fc.option(
      fc.record({
        trust: someTrust,
        principalGone: fc.constant(false),
        sessionSeconds: fc.constantFrom(3_600, 43_200),
        boundary: fc.constantFrom(null, boundary, `${boundary}-2`),
      }),
    )
    const someDesired = fc.option(fc.record({ until: fc.integer({ min: 0, max: 500 }).map(at), boundary: fc.constantFrom(null, boundary) }))
    fc.assert(
      fc.property(someHeld, someDesired, (found, desired) => {
        const plan = diffRole(desired, found, role)
        let state = stateOfRole(found)
        for (const write of plan) {
          expect(write.before).toBe(state)
          state = write.after
          const before = found === null ? null : /Time":"([^"]*)"/.exec(found.trust)?.[1]
          if (
            write.phase === 1 &&
            write.operation === 'put_trust' &&
            desired !== null &&
            before !== undefined &&
            found?.trust.includes(role.arn)
          ) {
            expect(desired.until.getTime()).toBeLessThan(new Date(before ?? '').getTime())
          }
        }
        const end: HeldRole | null =
          desired === null
            ? null
            : {
                trust: trustPolicy(role, desired.until),
                principalGone: false,
                sessionSeconds: 3_600,
                boundary: desired.boundary ?? found?.boundary ?? null,
              }
        expect(state).toBe(stateOfRole(end))
        expect(plan.map(({ phase }) => phase)).toEqual([...plan.map(({ phase }) => phase)].sort())
        expect(diffRole(desired, end, role)).toEqual([])
      }),
    )
  })
})

describe('assuming roles beside connecting', () => {
  const connect = ['db_user', 'jane_doe', 'mary_roe'].map((user) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC/${user}`)
  const roles = ['444455556666', '777788889999'].map((id) => roleOf(role, { id, partition: 'aws' }).arn)
  const nameOf = namesOn(deployment, 'AROAEXAMPLE')
  const someGranted = fc.subarray([...connect, ...roles])
  const documentOf = (arns: readonly string[], placement = 0) =>
    compilePlaced(
      arns.map((arn) => ({ arn, placement })),
      nameOf,
    )

  test('is a statement of its own, in the same document', () => {
    expect(JSON.parse([...documentOf([...roles, ...connect]).values()][0] ?? '').Statement).toEqual([
      { Effect: 'Allow', Action: ['rds-db:connect'], Resource: connect },
      { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: roles },
    ])
  })

  test('changes by the same plans: exactly what is granted at the end, and at no moment more than before or now', () => {
    fc.assert(
      fc.property(someGranted, someGranted, (before, now) => {
        let held: HeldPolicies = new Map([...documentOf(before)].map(([name, document]) => [name, { document, managed: null }]))
        for (const write of diffAlone(documentOf(now), held)) {
          held = applyWrite(held, write)
          const text = [...held.values()].map(({ document }) => document).join()
          const allowed = [...connect, ...roles].filter((arn) => text.includes(`"${arn}"`))
          if (write.phase === 1) expect(now).toEqual(expect.arrayContaining(allowed))
          expect([...before, ...now]).toEqual(expect.arrayContaining(allowed))
          expect(allowed).toEqual(expect.arrayContaining(before.filter((arn) => now.includes(arn))))
        }
        expect(effective(held)).toEqual(documentOf(now))
      }),
    )
  })

  test('is counted in full: whatever is placed fits', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...connect, ...roles), { maxLength: 5 }), fc.integer({ min: 0, max: 1_500 }), (arns, inline) => {
        const placed = place(
          [],
          [...new Set(arns)].map((arn) => ({ arn })),
          { inline, managed: 0, guarded: false },
        )
        if (placed === null) return
        for (const document of compilePlaced(placed, nameOf).values()) expect(countedCharacters(document)).toBeLessThanOrEqual(inline)
      }),
    )
  })

  test('that somebody has widened is put right before anything is added', () => {
    const [name, document] = [...documentOf(roles)][0] ?? ['', '']
    const wide = document.replace(JSON.stringify(roles), '"*"')
    const held = new Map([[name, { document: wide, managed: null }]])
    const [first] = diffAlone(documentOf([...roles, ...connect]), held)
    expect(first).toMatchObject({ phase: 1, operation: 'put_inline', document: expect.not.stringContaining('"*"') })
  })
})
