import fc from 'fast-check'
import type { OracleCase, OraclePolicy, OracleStatement } from './oracle.ts'

const sometimes = <T>(weight: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: value }, { weight: 100 - weight, arbitrary: fc.constant(undefined) })

const oneOrMany = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> => fc.oneof(value, fc.array(value, { maxLength: 3 }))

const actions = fc.constantFrom(
  ...[
    '*',
    'rds-db:connect',
    'RDS-DB:Connect',
    'rds-db:*',
    'rds*',
    '?ds-db:connect',
    'rds-db:connect?',
    'rds:*',
    'iam:*',
    '*:*',
    '*t',
    's3:Get*',
    '',
    'rds-db:${*}',
  ],
)

const variables = [
  '${aws:username}',
  "${aws:username, 'x'}",
  "${AWS:UserName, '*'}",
  '${*}',
  '${?}',
  '${$}',
  '${aws:PrincipalTag/t}',
  '${',
  '${}',
]

/** Few letters, so that texts and patterns meet often. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '?'), maxLength: 4 })
const resourceIds = fc.oneof(word, fc.constantFrom('a', 'b', 'ab', '*', ...variables))
const users = fc.oneof(word, fc.constantFrom('a', 'b', 'x', 'ab', '*', ...variables))

const resources = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('1', '2', '*', '?'), resourceIds, users)
      .map(([account, id, user]) => `arn:aws:rds-db:r:${account}:dbuser:${id}/${user}`),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '*',
      'arn:aws:rds-db:*',
      'arn:aws:rds-db:r:1:*/a',
      'arn:*/*',
      'arn:aws:rds-db:r:1:dbuser:*',
      'arn:aws:rds:r:1:*',
      '?*a',
      '**',
    ),
  },
  { weight: 1, arbitrary: word },
)

const keys = ['aws:username', 'AWS:Username', 'aws:PrincipalTag/t', 'x:list']

const arns = [
  'arn:aws:iam::1:user/a',
  'arn:aws:iam::1:user/b',
  'arn:aws:iam::*:user/*',
  'arn:*:user/a',
  'arn:aws:iam::1:role/a:b',
  'arn:aws:*::1:*',
  '*',
  'user/a',
  'arn:aws:iam::1:user/${aws:username}',
]
const numbers = ['1', '2', '2.0', '-1', '1.5', 'one', '']
const moments = ['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2026-06-01T12:30Z', '1767225600', '2026', 'soon']
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.0/30', '10.1.0.0/8', '0.0.0.0/0', '10.0.0', 'a']
const booleans = ['true', 'false', 'True', 'yes']
const bytes = ['YQ==', 'Yg==', 'YQ', '', 'a']

/** The operators and the values that they are given, in policies and in requests. */
const families: [tests: string[], values: fc.Arbitrary<string>][] = [
  [['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'], users],
  [
    ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'],
    fc.constantFrom(...numbers),
  ],
  [
    ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    fc.constantFrom(...moments),
  ],
  [['Bool'], fc.constantFrom(...booleans)],
  [['BinaryEquals'], fc.constantFrom(...bytes)],
  [['IpAddress', 'NotIpAddress'], fc.constantFrom(...addresses)],
  [['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'], fc.constantFrom(...arns)],
]

const conditionOf = ([tests, values]: (typeof families)[number]): fc.Arbitrary<[string, string, string | string[]]> =>
  fc.tuple(
    fc
      .tuple(fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'), fc.constantFrom(...tests), fc.constantFrom('', '', 'IfExists'))
      .map((parts) => parts.join('')),
    fc.constantFrom(...keys),
    oneOrMany(values),
  )

const someCondition = fc
  .array(
    fc.oneof(
      ...families.map(conditionOf),
      fc.tuple(fc.constantFrom('Null', 'ForAnyValue:Null'), fc.constantFrom(...keys), fc.constantFrom('true', 'false')),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((conditions) => Object.fromEntries(conditions.map(([operator, key, values]) => [operator, { [key]: values }])))

const someStatement: fc.Arbitrary<OracleStatement> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), oneOrMany(actions)),
    Resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), oneOrMany(resources)),
    Condition: sometimes(50, someCondition),
  })
  .map(({ Effect, Action: [action, these], Resource: [resource, those], Condition }) => ({
    Effect,
    [action]: these,
    [resource]: those,
    ...(Condition === undefined ? {} : { Condition }),
  }))

export const somePolicy: fc.Arbitrary<OraclePolicy> = fc
  .tuple(fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined), oneOrMany(someStatement))
  .map(([Version, Statement]) => (Version === undefined ? { Statement } : { Version, Statement }))

const someValue = fc.oneof(users, ...families.map(([, values]) => values), fc.constantFrom('', '*'))

const someContext: fc.Arbitrary<OracleCase['context']> = fc
  .record({
    'aws:UserName': sometimes(60, fc.oneof(someValue, fc.array(someValue, { maxLength: 2 }))),
    'aws:PrincipalTag/t': sometimes(60, fc.oneof(someValue, fc.array(someValue, { maxLength: 2 }))),
    'x:List': sometimes(60, fc.array(someValue, { maxLength: 3 })),
  })
  .map((context) => {
    const known: Record<string, string | string[]> = {}
    for (const [key, value] of Object.entries(context)) if (value !== undefined) known[key] = value
    return known
  })

const someResource = fc
  .tuple(fc.constantFrom('1', '2'), fc.constantFrom('a', 'b', 'ab', 'ba'), fc.constantFrom('a', 'b', 'x', 'ab', 'aA', 'a:a'))
  .map(([account, id, user]) => `arn:aws:rds-db:r:${account}:dbuser:${id}/${user}`)

export const someCase: fc.Arbitrary<OracleCase> = fc.record({
  policies: fc.array(somePolicy, { maxLength: 3 }),
  boundary: fc.oneof(fc.constant(null), fc.constant(null), somePolicy),
  resource: someResource,
  context: someContext,
})
