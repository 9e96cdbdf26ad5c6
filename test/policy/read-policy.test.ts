import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operatorName } from '../../src/policy/policy.ts'
import { readPolicy } from '../../src/policy/read-policy.ts'

const jane = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe'
const connect = { Effect: 'Allow', Action: 'rds-db:connect', Resource: jane }
const policyOf = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements })

describe('a policy is read', () => {
  test('with all that its statements say, in order', () => {
    const { policy } = readPolicy({
      Version: '2012-10-17',
      Id: 'kept for other readers',
      Statement: [
        {
          Sid: 'Own',
          ...connect,
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': true }, NumericLessThan: { 'aws:x': [3600, '7200'] } },
        },
        { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], NotResource: [jane] },
      ],
    })
    expect(policy).toEqual({
      version: '2012-10-17',
      statements: [
        {
          index: 0,
          pointer: '/Statement/0',
          sid: 'Own',
          effect: 'Allow',
          principals: null,
          actions: { negated: false, patterns: ['rds-db:connect'], pointers: ['/Statement/0/Action'] },
          resources: { negated: false, patterns: [jane], pointers: ['/Statement/0/Resource'] },
          conditions: [
            {
              set: null,
              test: 'Bool',
              ifExists: false,
              key: 'aws:MultiFactorAuthPresent',
              values: ['true'],
              pointer: '/Statement/0/Condition/Bool/aws:MultiFactorAuthPresent',
            },
            {
              set: null,
              test: 'NumericLessThan',
              ifExists: false,
              key: 'aws:x',
              values: ['3600', '7200'],
              pointer: '/Statement/0/Condition/NumericLessThan/aws:x',
            },
          ],
        },
        {
          index: 1,
          pointer: '/Statement/1',
          sid: null,
          effect: 'Deny',
          principals: null,
          actions: { negated: true, patterns: ['iam:*', 'sts:*'], pointers: ['/Statement/1/NotAction/0', '/Statement/1/NotAction/1'] },
          resources: { negated: true, patterns: [jane], pointers: ['/Statement/1/NotResource/0'] },
          conditions: [],
        },
      ],
    })
  })

  test('from its text as from its parsed JSON', () => {
    expect(readPolicy(JSON.stringify(policyOf(connect), null, 2))).toEqual(readPolicy(policyOf(connect)))
  })

  test('with one statement that stands alone', () => {
    const { policy } = readPolicy({ Statement: connect })
    expect(policy?.statements.map(({ pointer, actions }) => [pointer, actions.pointers])).toEqual([['/Statement', ['/Statement/Action']]])
  })

  test.each([
    ['2012-10-17', '2012-10-17'],
    ['2008-10-17', '2008-10-17'],
    [undefined, '2008-10-17'],
  ])('of version %s as the language of %s', (Version, version) => {
    expect(readPolicy({ Version, Statement: [] }).policy).toEqual({ version, statements: [] })
  })

  test('whose lists are empty, as IAM stores it', () => {
    expect(
      readPolicy(policyOf({ Effect: 'Allow', Action: [], Resource: [], Condition: { StringEquals: { 'aws:x': [] } } })).faults,
    ).toEqual([])
  })

  test.each([
    ['StringEquals', 'StringEquals'],
    ['stringequals', 'StringEquals'],
    ['ForAnyValue:StringLike', 'ForAnyValue:StringLike'],
    ['forallvalues:arnlikeifexists', 'ForAllValues:ArnLikeIfExists'],
    ['NotIpAddressIfExists', 'NotIpAddressIfExists'],
    ['Null', 'Null'],
  ])('with the operator %s', (written, name) => {
    const { policy } = readPolicy(policyOf({ ...connect, Condition: { [written]: { 'aws:x': 'a' } } }))
    expect(policy?.statements.flatMap(({ conditions }) => conditions.map(operatorName))).toEqual([name])
  })

  test('with the principals of a trust policy', () => {
    const { policy } = readPolicy(
      policyOf(
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ['123456789012', jane], Service: 'ec2.amazonaws.com' } },
        { Effect: 'Deny', Action: 'sts:*', NotPrincipal: '*' },
      ),
      'resource',
    )
    expect(policy?.statements.map(({ principals }) => principals)).toEqual([
      {
        negated: false,
        ids: [
          { kind: 'AWS', id: '123456789012', pointer: '/Statement/0/Principal/AWS/0' },
          { kind: 'AWS', id: jane, pointer: '/Statement/0/Principal/AWS/1' },
          { kind: 'Service', id: 'ec2.amazonaws.com', pointer: '/Statement/0/Principal/Service' },
        ],
      },
      { negated: true, ids: [{ kind: 'Everyone', id: '*', pointer: '/Statement/1/NotPrincipal' }] },
    ])
  })
})

describe('what is no policy gives a fault with its place', () => {
  const { Effect: _, ...withoutEffect } = connect

  test.each<[string, unknown, string, string]>([
    ['nothing', undefined, '', 'must be an object with Version and Statement, not nothing'],
    ['a list', [], '', 'must be an object with Version and Statement, not a list'],
    ['a text that is not JSON', '{"Statement": ', '', 'is not JSON'],
    ['a document longer than IAM takes', ' '.repeat(131_073), '', '131073 characters'],
    ['a character that IAM refuses', '{"Statement": "€"}', '', '"€", which an IAM policy cannot hold'],
    ['a name given twice', '{"Statement": [{"Effect": "Deny", "Action": "*", "Effect": "Allow"}]}', '/Statement/0/Effect', 'given twice'],
    ['an unknown version', { Version: '2012-10-18', Statement: [] }, '/Version', 'must be "2012-10-17" or "2008-10-17"'],
    ['no version but null', { Version: null, Statement: [] }, '/Version', 'must be "2012-10-17" or "2008-10-17"'],
    ['no statement', { Version: '2012-10-17' }, '/Statement', 'is missing'],
    ['a statement that is a text', policyOf(connect, 'Allow'), '/Statement/1', 'must be a statement, which is an object, not a string'],
    ['an element in small letters', policyOf({ ...connect, effect: 'Deny' }), '/Statement/0/effect', 'it is written "Effect"'],
    ['an element that IAM does not have', policyOf({ ...connect, 'a/b': 1 }), '/Statement/0/a~1b', 'is not an element'],
    ['no effect', policyOf(withoutEffect), '/Statement/0/Effect', 'is missing'],
    ['an effect in small letters', policyOf({ ...connect, Effect: 'allow' }), '/Statement/0/Effect', 'must be "Allow" or "Deny"'],
    ['a Sid that is a number', policyOf({ ...connect, Sid: 1 }), '/Statement/0/Sid', 'must be a text, not a number'],
    ['no action', policyOf({ Effect: 'Allow', Resource: '*' }), '/Statement/0/Action', 'is missing'],
    ['Action and NotAction', policyOf({ ...connect, NotAction: 'iam:*' }), '/Statement/0', 'has both Action and NotAction'],
    ['no resource', policyOf({ Effect: 'Allow', Action: '*' }), '/Statement/0/Resource', 'is missing'],
    ['Resource and NotResource', policyOf({ ...connect, NotResource: '*' }), '/Statement/0', 'has both Resource and NotResource'],
    ['an action that is null', policyOf({ ...connect, Action: null }), '/Statement/0/Action', 'not null'],
    ['a list in a list', policyOf({ ...connect, Action: ['a:b', ['c:d']] }), '/Statement/0/Action/1', 'must be a text, not a list'],
    ['a principal', policyOf({ ...connect, Principal: '*' }), '/Statement/0/Principal', 'not possible in an identity policy'],
    ['a condition that is a text', policyOf({ ...connect, Condition: 'x' }), '/Statement/0/Condition', 'not a string'],
    [
      'an unknown operator',
      policyOf({ ...connect, Condition: { Equals: {} } }),
      '/Statement/0/Condition/Equals',
      'is not a condition operator',
    ],
    [
      'NullIfExists',
      policyOf({ ...connect, Condition: { NullIfExists: { 'aws:x': 'true' } } }),
      '/Statement/0/Condition/NullIfExists',
      'is not a condition operator',
    ],
    ['an operator without keys', policyOf({ ...connect, Condition: { Bool: 'true' } }), '/Statement/0/Condition/Bool', 'not a string'],
    [
      'a key twice with other capitals',
      policyOf({ ...connect, Condition: { Bool: { 'aws:x': 'true', 'aws:X': 'false' } } }),
      '/Statement/0/Condition/Bool/aws:X',
      'given twice',
    ],
    [
      'a value that is an object',
      policyOf({ ...connect, Condition: { Bool: { a: {} } } }),
      '/Statement/0/Condition/Bool/a',
      'not an object',
    ],
    [
      'a value that is null',
      policyOf({ ...connect, Condition: { Bool: { a: ['true', null] } } }),
      '/Statement/0/Condition/Bool/a/1',
      'not null',
    ],
  ])('%s', (_name, document, pointer, detail) => {
    const { policy, faults } = readPolicy(document)
    expect(policy).toBeNull()
    expect(faults).toEqual([{ pointer, detail: expect.stringContaining(detail) }])
  })

  test.each<[string, unknown, string, string]>([
    ['without one', undefined, '/Statement/0/Principal', 'is missing'],
    ['of an unknown kind', { Aws: '1' }, '/Statement/0/Principal/Aws', 'is not a kind of principal'],
    ['that is a text', '123456789012', '/Statement/0/Principal', 'must be "*" or an object'],
    ['that is a number', { AWS: 1 }, '/Statement/0/Principal/AWS', 'not a number'],
    ['that is null in a list', { AWS: [null] }, '/Statement/0/Principal/AWS/0', 'not null'],
  ])('a resource’s policy with a principal %s', (_name, Principal, pointer, detail) => {
    const { faults } = readPolicy(policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }), 'resource')
    expect(faults).toEqual([{ pointer, detail: expect.stringContaining(detail) }])
  })

  test('all at once, so that one reading is enough', () => {
    const { faults } = readPolicy(policyOf({ Effect: 'Allows', Action: 1 }, connect, { ...connect, Effect: 'no' }))
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '/Statement/0/Action',
      '/Statement/0/Resource',
      '/Statement/0/Effect',
      '/Statement/2/Effect',
    ])
  })
})

describe('a hostile document does no harm', () => {
  test.each([
    ['nested as deep as its length lets', '['.repeat(65_000) + ']'.repeat(65_000)],
    ['nested deep in a value', `{"Statement": {"Effect": "Allow", "Action": ${'['.repeat(60_000)}${']'.repeat(60_000)}, "Resource": "*"}}`],
    ['with __proto__', '{"__proto__": {"Version": "2012-10-17"}, "Statement": []}'],
    ['with __proto__ in a statement', '{"Statement": {"__proto__": {"Effect": "Allow"}, "Action": "*", "Resource": "*"}}'],
    ['of thousands of faults', JSON.stringify(policyOf(...Array.from({ length: 10_000 }, () => 1)))],
  ])('%s', (_, document) => {
    const { policy, faults } = readPolicy(document)
    expect(policy).toBeNull()
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.length).toBeLessThanOrEqual(50)
  })

  test('whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { policy, faults } = readPolicy(json)
        expect(policy === null).toBe(faults.length > 0)
      }),
    )
  })
})
