import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyWrite,
  compilePlaced,
  diffSet,
  effective,
  evaluateAction,
  type HeldPolicy,
  type HeldSet,
  isRoleOfSet,
  namesOn,
  nothingGranted,
  type PlannedWrite,
  type PolicyDocuments,
  parseDirectArn,
  permissionSetKey,
  readPolicy,
  requestContext,
} from '../../src/policy/index.ts'
import { refusal } from './refusal.ts'

const ARN = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef'
const nameOf = namesOn('abcdefghij', permissionSetKey(ARN))
const [INLINE, FIRST, SECOND] = [nameOf(0), nameOf(1), nameOf(2)]
const nothing = nothingGranted('aws')
const HERE = '123456789012'
const arnOf = (user: string): string => `arn:aws:rds-db:us-east-2:${HERE}:dbuser:cluster-ABCDEFGHIJKL01234/${user}`
const documents = (...placed: readonly [user: string, placement: number][]): PolicyDocuments =>
  compilePlaced(
    placed.map(([user, placement]) => ({ arn: arnOf(user), placement })),
    nameOf,
  )
const room = { inline: 10_000 }

const nobody: HeldSet = { policies: new Map(), references: new Set(), elsewhere: new Map(), role: { inline: null, attached: new Set() } }
const held = (changes: Partial<HeldSet>): HeldSet => ({ ...nobody, ...changes })
const managed = (document: string) => ({ document, managed: { attached: true, version: 'v1', spares: [] } })
const operations = (plan: readonly PlannedWrite[]) => plan.map(({ operation, phase }) => `${operation} ${phase}`)

describe('the ARN of a permission set', () => {
  test('is read, and names its instance', () => {
    const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef'
    expect(parseDirectArn(ARN)).toEqual({
      kind: 'permission-set',
      arn: ARN,
      partition: 'aws',
      account: null,
      uniqueId: 'ps-0123456789abcdef',
      instanceArn,
    })
  })

  test.each([
    ['arn:aws:sso:::instance/ssoins-0123456789abcdef', 'no permission set'],
    ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef', 'no permission set'],
    ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-short', 'no permission set'],
    ['arn:aws:sso:us-east-1:123456789012:permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef', 'neither region nor account'],
    ['arn:aws-moon:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef', 'no partition'],
  ])('%s is refused: %s', (text, why) => {
    expect(refusal(() => parseDirectArn(text))).toMatchObject({ code: 'invalid_arn', detail: expect.stringContaining(why) })
  })

  test('stands in the names of its policies as one word', () => {
    expect(FIRST).toMatch(/^sallyport-abcdefghij-SET[0-9A-F]{20}-1$/)
    expect(permissionSetKey(ARN.replace(/f$/, 'e'))).not.toBe(permissionSetKey(ARN))
  })
})

test('a role of a permission set is known by its name and the sixteen digits behind it', () => {
  const isOf = isRoleOfSet('reader')
  expect(isOf('AWSReservedSSO_reader_0123456789abcdef')).toBe(true)
  expect(isOf('AWSReservedSSO_reader_of_all_0123456789abcdef')).toBe(false)
  expect(isOf('AWSReservedSSO_reader')).toBe(false)
})

test.each(['aws', 'aws-cn', 'aws-us-gov'])('what says nothing in %s denies no database that can be', (partition) => {
  const { policy } = readPolicy(nothingGranted(partition))
  const everything = readPolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }).policy
  if (policy === null || everything === null) throw new Error('no policy')
  for (const id of ['cluster-ABC', 'db-ABC', 'prx-abc']) {
    const resource = `arn:${partition}:rds-db:us-east-2:123456789012:dbuser:${id}/none`
    const judged = evaluateAction({
      policies: [everything, policy],
      boundary: null,
      action: 'rds-db:connect',
      resource,
      context: requestContext({}),
    })
    expect(judged.result).toBe('allowed')
  }
})

describe('by reference', () => {
  const desired = documents(['jane_doe', 1])
  const elsewhere = new Map([
    ['210987654321', new Set<string>()],
    ['111122223333', new Set([FIRST])],
  ])

  test('the first grant makes the policy, prepares the other accounts, refers to it, and provisions once', () => {
    const plan = diffSet(desired, held({ elsewhere }), room, nothing)
    expect(operations(plan)).toEqual(['create_policy 2', 'prepare_account 2', 'attach_reference 2', 'provision 2'])
    expect(plan[1]).toMatchObject({ account: '210987654321', policy: FIRST })
  })

  test('from then on a grant is one version of the policy, and the end of all one that says nothing', () => {
    const referred = held({
      policies: new Map([[FIRST, managed(desired.get(FIRST) ?? '')]]),
      references: new Set([FIRST]),
      role: { inline: null, attached: new Set([FIRST]) },
    })
    expect(diffSet(desired, referred, room, nothing)).toEqual([])
    expect(operations(diffSet(documents(['jane_doe', 1], ['mary_roe', 1]), referred, room, nothing))).toEqual(['create_version 2'])
    expect(diffSet(new Map(), referred, room, nothing)).toMatchObject([{ operation: 'create_version', phase: 1, document: nothing }])
    expect(diffSet(new Map(), { ...referred, policies: new Map([[FIRST, managed(nothing)]]) }, room, nothing)).toEqual([])
  })

  test('what has ended is taken out of a policy that the set does not refer to yet', () => {
    const prepared = held({ policies: new Map([[FIRST, managed(desired.get(FIRST) ?? '')]]) })
    expect(diffSet(new Map(), prepared, room, nothing)).toMatchObject([{ operation: 'create_version', phase: 1, document: nothing }])
  })

  test('a second policy needs a reference of its own', () => {
    const both = documents(['jane_doe', 1], ['mary_roe', 2])
    const plan = diffSet(both, held({ references: new Set([FIRST]) }), room, nothing)
    expect(plan.filter(({ operation }) => operation === 'attach_reference')).toMatchObject([{ policy: SECOND }])
    expect(plan.at(-1)).toMatchObject({ operation: 'provision' })
  })

  test('a reference that somebody took off is made again, and one that is only not provisioned is provisioned', () => {
    const policies = new Map([[FIRST, managed(desired.get(FIRST) ?? '')]])
    expect(operations(diffSet(desired, held({ policies }), room, nothing))).toEqual(['attach_reference 2', 'provision 2'])
    expect(operations(diffSet(desired, held({ policies, references: new Set([FIRST]) }), room, nothing))).toEqual(['provision 2'])
  })

  test('where the set is not provisioned the policy is kept right, and nothing is provisioned', () => {
    expect(operations(diffSet(desired, held({ role: null, references: new Set([FIRST]) }), room, nothing))).toEqual(['create_policy 2'])
  })
})

describe('inline', () => {
  const jane = documents(['jane_doe', 0])
  const both = documents(['jane_doe', 0], ['mary_roe', 0])
  const asInline = (desired: PolicyDocuments) => new Map([[INLINE, { document: desired.get(INLINE) ?? '', managed: null }]])
  const having = (set: PolicyDocuments, role: PolicyDocuments) =>
    held({ policies: asInline(set), role: { inline: role.get(INLINE) ?? null, attached: new Set() } })

  test('a grant changes the set’s policy and provisions it', () => {
    expect(operations(diffSet(jane, nobody, room, nothing))).toEqual(['put_inline 2', 'provision 2'])
    expect(operations(diffSet(both, having(jane, jane), room, nothing))).toEqual(['put_inline 2', 'provision 2'])
    expect(diffSet(both, having(both, both), room, nothing)).toEqual([])
  })

  test('what ends is provisioned away before anything is added', () => {
    const plan = diffSet(documents(['bob', 0]), having(jane, jane), room, nothing)
    expect(operations(plan)).toEqual(['delete_inline 1', 'provision 1'])
    expect(operations(diffSet(jane, having(both, both), room, nothing))).toEqual(['put_inline 1', 'provision 1'])
  })

  test('what is taken off the set is not gone until its role has not got it any more', () => {
    expect(operations(diffSet(jane, having(jane, both), room, nothing))).toEqual(['provision 1'])
    expect(operations(diffSet(new Map(), held({ role: { inline: jane.get(INLINE) ?? '', attached: new Set() } }), room, nothing))).toEqual([
      'provision 1',
    ])
  })

  test('what is on the set and not provisioned anywhere is taken off all the same', () => {
    expect(operations(diffSet(new Map(), held({ policies: asInline(jane), role: null }), room, nothing))).toEqual(['delete_inline 1'])
  })
})

describe('plans followed to their end', () => {
  const users = ['jane_doe', 'mary_roe', 'bob', 'diego']
  const placedSet = fc.uniqueArray(fc.tuple(fc.constantFrom(...users), fc.integer({ min: 0, max: 2 })), { selector: ([user]) => user })
  const anyDocument = fc.oneof(
    placedSet.map((placed) => documents(...placed.map(([user]): [string, number] => [user, 0])).get(INLINE) ?? nothing),
    fc.constantFrom(nothing, '{"Statement":{"Effect":"Allow","Action":"rds-db:*","Resource":"*"}}'),
  )
  const names = [FIRST, SECOND]
  const some = fc.subarray(names).map((chosen) => new Set(chosen))
  const anySet: fc.Arbitrary<HeldSet> = fc.record({
    policies: fc
      .tuple(fc.option(anyDocument), fc.option(anyDocument), fc.option(anyDocument))
      .map(
        ([inline, first, second]) =>
          new Map<string, HeldPolicy>([
            ...(inline === null ? [] : ([[INLINE, { document: inline, managed: null }]] as const)),
            ...(first === null ? [] : ([[FIRST, managed(first)]] as const)),
            ...(second === null ? [] : ([[SECOND, managed(second)]] as const)),
          ]),
      ),
    references: some,
    elsewhere: some.map((chosen) => new Map([['210987654321', chosen]])),
    role: fc.option(fc.record({ inline: fc.option(anyDocument), attached: some })),
  })

  /** The set as it is after a write. */
  function after(set: HeldSet, write: PlannedWrite): HeldSet {
    switch (write.operation) {
      case 'prepare_account':
        return { ...set, elsewhere: new Map([[write.account, new Set([...(set.elsewhere.get(write.account) ?? []), write.policy])]]) }
      case 'attach_reference':
        for (const accounts of set.elsewhere.values()) expect(accounts).toContain(write.policy)
        expect(set.policies.has(write.policy)).toBe(true)
        return { ...set, references: new Set([...set.references, write.policy]) }
      case 'provision': {
        const inline = effective(set.policies).get(INLINE) ?? null
        return { ...set, role: { inline, attached: new Set([...(set.role?.attached ?? []), ...set.references]) } }
      }
      case 'put_inline':
      case 'delete_inline':
      case 'create_version':
      case 'delete_version':
        return { ...set, policies: applyWrite(set.policies, write) }
      case 'create_policy':
        return { ...set, policies: new Map([...set.policies, [write.policyName, managed(write.document)]]) }
      default:
        throw new Error(`${write.operation} on a permission set`)
    }
  }

  test('lead within a few rounds to exactly what is granted, whatever was before, and then there is nothing to do', () => {
    fc.assert(
      fc.property(placedSet, anySet, (placed, start) => {
        const desired = documents(...placed)
        let set = start
        for (let round = 0; round < 4; round++) set = diffSet(desired, set, room, nothing).reduce(after, set)
        expect(diffSet(desired, set, room, nothing)).toEqual([])
        for (const [name, document] of effective(set.policies)) expect(document).toBe(desired.get(name) ?? nothing)
        for (const name of desired.keys()) if (name !== INLINE) expect(set.references).toContain(name)
        if (set.role !== null) {
          expect(set.role.inline).toBe(desired.get(INLINE) ?? null)
          for (const name of desired.keys()) if (name !== INLINE) expect(set.role.attached).toContain(name)
        }
      }),
    )
  })
})
