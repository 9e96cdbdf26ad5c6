import { describe, expect, test } from 'vitest'
import { standingOf } from '../../src/doctor/tier.ts'
import { type Policy, readPolicy } from '../../src/policy/index.ts'
import { filled, fillingFor, policiesOf, type TierName } from '../deploy/documents.ts'

const filling = fillingFor('123456789012', 'abcdefghij')
const place = { partition: 'aws', account: filling.account, deploymentId: filling.deployment }
const own = `arn:aws:iam::${filling.account}:role/sallyport`

const read = (document: unknown): Policy => {
  const { policy } = readPolicy(document)
  if (policy === null) throw new Error('not a policy')
  return policy
}
const allow = (Action: string | string[], Resource: string, Condition?: object): Policy =>
  read({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) }] })
const ofTier = (tier: TierName): readonly Policy[] => policiesOf(tier, filling).map((name) => read(filled(name, filling)))
const standing = (policies: readonly Policy[], boundary: Policy | null = null, guarded: readonly string[] = []) =>
  standingOf({ policies, boundary }, place, own, guarded)

const within = (boundary: string) => ({ StringEquals: { 'iam:PermissionsBoundary': boundary } })

test.each(['contained', 'bounded', 'any'] as const)(
  'the policies of the template for tier %s are of that tier, and lack nothing',
  (tier) => {
    expect(standing(ofTier(tier))).toEqual({ tier, missing: [], excess: [], unguardable: [] })
  },
)

describe('the tier is the worst that policies can do', () => {
  const put = 'iam:PutRolePolicy'
  test.each<[string, string, readonly Policy[]]>([
    ['read-only', 'no policy', []],
    ['read-only', 'reading', [allow('iam:Get*', '*')]],
    ['any', 'writing to named roles, whatever they carry', [allow(put, 'arn:aws:iam::123456789012:role/app-*')]],
    ['any', 'the same in any account', [allow(put, 'arn:aws:iam::*:role/app-?')]],
    ['any', 'writing to users alone', [allow('iam:PutUserPolicy', 'arn:aws:iam::123456789012:user/*')]],
    ['any', 'everything', [allow('*', '*')]],
    ['any', 'writing within a boundary, or without any', [allow(put, '*', { StringEqualsIfExists: { 'iam:PermissionsBoundary': 'b' } })]],
    ['any', 'roles under its path without the boundary', [allow('iam:*', 'arn:aws:iam::123456789012:role/sallyport/abcdefghij/*')]],
    ['bounded', 'writing to named roles within any boundary', [allow(put, 'arn:aws:iam::123456789012:role/app-*', within('b'))]],
    ['bounded', 'and on what AWS says at the time', [allow(put, '*', { ...within('b'), Bool: { 'aws:MultiFactorAuthPresent': 'true' } })]],
    [
      'contained',
      'roles under its path within the boundary',
      [allow(['iam:CreateRole', put], 'arn:aws:iam::123456789012:role/sallyport/abcdefghij/*', within('b'))],
    ],
  ])('%s: %s', (tier, _, policies) => {
    expect(standing(policies).tier).toBe(tier)
  })

  test('and no more than the role’s own boundary lets through', () => {
    expect(standing([allow('*', '*')], allow('iam:Get*', '*')).tier).toBe('read-only')
  })
})

describe('what is missing', () => {
  test('is each thing that Sallyport does and a Deny or a gap keeps it from, with what it is about', () => {
    const policies = ofTier('contained').map((policy, index) =>
      index === 1 ? { ...policy, statements: policy.statements.filter(({ sid }) => sid !== 'DateAndRemoveRoles') } : policy,
    )
    const resource = 'arn:aws:iam::123456789012:role/sallyport/abcdefghij/any'
    expect(standing(policies)).toEqual({
      tier: 'contained',
      missing: ['iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:DeleteRole'].map((action) => ({ action, resource })),
      excess: [],
      unguardable: [],
    })
  })

  test('on a principal that can be given a policy, is taking it away again', () => {
    const resource = 'arn:aws:iam::123456789012:role/app-x'
    const { missing } = standing([...ofTier('contained'), allow('iam:PutRolePolicy', 'arn:aws:iam::123456789012:role/app-*')])
    expect(missing).toContainEqual({ action: 'iam:DeleteRolePolicy', resource })
  })
})

test('what no tier needs is told: an administrator has all of it, and the template’s Deny takes it from him', () => {
  const { excess } = standing([allow('*', '*')])
  expect(excess.map(({ action }) => action)).toEqual(expect.arrayContaining(['iam:CreateUser', 'sts:AssumeRole', 'rds:DeleteDBCluster']))
  expect(excess).toContainEqual({ action: 'iam:PutRolePolicy', resource: own })
  expect(standing([allow('*', '*'), ...ofTier('any')]).excess).not.toContainEqual({ action: 'iam:PutRolePolicy', resource: own })
})

describe('a guard is out of reach', () => {
  const administrators = ['role/administrator', 'user/jane_doe', 'group/administrators'].map((name) => `arn:aws:iam::123456789012:${name}`)
  const unguardable = (policies: readonly Policy[]) => standing(policies, null, administrators).unguardable

  test('of a role that is contained, and of none that reaches everybody', () => {
    expect(unguardable(ofTier('contained'))).toEqual(administrators)
    expect(unguardable(ofTier('any'))).toEqual([])
  })

  test('but of what is named in the tier bounded, if it carries the boundary', () => {
    const attach = ['iam:AttachRolePolicy', 'iam:DetachRolePolicy']
    const named = allow(attach, 'arn:aws:iam::123456789012:role/administrator', within('b'))
    expect(unguardable([...ofTier('contained'), named])).toEqual(administrators.slice(1))
    expect(unguardable([...ofTier('contained'), allow(attach.slice(0, 1), '*')])).toEqual(administrators)
  })
})
