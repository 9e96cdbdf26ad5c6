import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/policy/evaluate.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { readPolicy } from '../../src/policy/read-policy.ts'
import { requestContext } from '../../src/policy/request-context.ts'

const cluster = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234'
const jane = `${cluster}/jane_doe`

type Json = Readonly<Record<string, unknown>>
type Context = Readonly<Record<string, string | readonly string[]>>

const allow = (Resource: unknown, rest: Json = {}): Json => ({ Effect: 'Allow', Action: 'rds-db:connect', Resource, ...rest })
const deny = (Resource: unknown, rest: Json = {}): Json => ({ ...allow(Resource, rest), Effect: 'Deny' })

function read(document: unknown): Policy {
  const { policy, faults } = readPolicy(document)
  if (policy === null) throw new Error(JSON.stringify(faults))
  return policy
}

const policyOf = (...Statement: Json[]): Policy => read({ Version: '2012-10-17', Statement })

function judge(
  statements: readonly Json[],
  { resource = jane, context = {}, boundary }: { resource?: string; context?: Context; boundary?: Json[] } = {},
) {
  const limit = boundary === undefined ? null : policyOf(...boundary)
  return evaluate({ policies: [policyOf(...statements)], boundary: limit, resource, context: requestContext(context) })
}

describe('the policies of AWS’s page "Creating and using an IAM policy for IAM database access"', () => {
  const page = (...resources: string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource: resources }],
  })
  const place = 'arn:aws:rds-db:us-east-2:123456789012:dbuser'
  const short = 'arn:aws:rds-db:us-east-2:1234567890:dbuser' // the page has an account of ten digits in places

  test.each([
    [
      'one user of one cluster',
      page(`${short}:cluster-ABCDEFGHIJKL01234/db_user`),
      `${short}:cluster-ABCDEFGHIJKL01234/db_user`,
      'allowed',
    ],
    [
      'and no other user',
      page(`${short}:cluster-ABCDEFGHIJKL01234/db_user`),
      `${short}:cluster-ABCDEFGHIJKL01234/db_user2`,
      'implicitly-denied',
    ],
    [
      'and not with other capitals',
      page(`${short}:cluster-ABCDEFGHIJKL01234/db_user`),
      `${short}:cluster-ABCDEFGHIJKL01234/DB_USER`,
      'implicitly-denied',
    ],
    ['two users, the first', page(`${cluster}/jane_doe`, `${cluster}/mary_roe`), `${cluster}/jane_doe`, 'allowed'],
    ['two users, the second', page(`${cluster}/jane_doe`, `${cluster}/mary_roe`), `${cluster}/mary_roe`, 'allowed'],
    ['two users, a third', page(`${cluster}/jane_doe`, `${cluster}/mary_roe`), `${cluster}/bob`, 'implicitly-denied'],
    ['all clusters and users', page(`${short}:*/*`), `${short}:cluster-XYZ/anybody`, 'allowed'],
    [
      'all clusters and users, of the region',
      page(`${short}:*/*`),
      'arn:aws:rds-db:us-west-2:1234567890:dbuser:cluster-XYZ/anybody',
      'implicitly-denied',
    ],
    ['all clusters and users, of the account', page(`${short}:*/*`), `${place}:cluster-XYZ/anybody`, 'implicitly-denied'],
    ['one user of all clusters', page(`${place}:*/jane_doe`), `${place}:prx-ABCDEFGHIJKL01234/jane_doe`, 'allowed'],
    ['one user of all clusters, another user', page(`${place}:*/jane_doe`), `${place}:cluster-XYZ/mary_roe`, 'implicitly-denied'],
  ])('%s', (_, document, resource, result) => {
    expect(evaluate({ policies: [read(document)], boundary: null, resource, context: new Map() }).result).toBe(result)
  })
})

describe('an action', () => {
  test.each<[string, Json, string]>([
    ['in other capitals', { Action: 'RDS-DB:Connect' }, 'allowed'],
    ['in a list', { Action: ['iam:Get*', 'rds-db:connect'] }, 'allowed'],
    ['with a wildcard', { Action: 'rds-db:*' }, 'allowed'],
    ['with ? for one character', { Action: 'rds-db:connec?' }, 'allowed'],
    ['with ? for none', { Action: 'rds-db:connect?' }, 'implicitly-denied'],
    ['of everything, as administrators have it', { Action: '*' }, 'allowed'],
    ['of rds and not rds-db', { Action: 'rds:*' }, 'implicitly-denied'],
    ['of none, the list being empty', { Action: [] }, 'implicitly-denied'],
    ['with a variable, which actions do not have', { Action: 'rds-db:${*}' }, 'implicitly-denied'],
    ['not among others', { Action: undefined, NotAction: ['iam:*', 'organizations:*'] }, 'allowed'],
    ['among those excluded', { Action: undefined, NotAction: 'rds-db:*' }, 'implicitly-denied'],
  ])('%s', (_, rest, result) => {
    expect(judge([allow('*', rest)]).result).toBe(result)
  })
})

describe('a resource', () => {
  test.each<[string, unknown, string]>([
    ['of everything', '*', 'allowed'],
    ['cut off after the service', 'arn:aws:rds-db:*', 'allowed'],
    ['cut off after dbuser', 'arn:aws:rds-db:us-east-2:123456789012:dbuser:*', 'allowed'],
    ['of any region and account', 'arn:aws:rds-db:*:*:dbuser:*/jane_doe', 'allowed'],
    ['where * reaches across colons', 'arn:aws:rds-db:*/jane_doe', 'allowed'],
    ['of all users of the cluster', `${cluster}/*`, 'allowed'],
    ['with part of a name', `${cluster}/jane*`, 'allowed'],
    ['with * for nothing', `${cluster}/jane_doe*`, 'allowed'],
    ['with ? for each character', `${cluster}/????_doe`, 'allowed'],
    ['with one ? too many', `${cluster}/jane_doe?`, 'implicitly-denied'],
    ['in other capitals', `${cluster}/Jane_doe`, 'implicitly-denied'],
    ['of another partition', 'arn:aws-cn:rds-db:*', 'implicitly-denied'],
    ['of rds and not rds-db', 'arn:aws:rds:us-east-2:123456789012:cluster:*', 'implicitly-denied'],
    ['without a user', cluster, 'implicitly-denied'],
  ])('%s', (_, resource, result) => {
    expect(judge([allow(resource)]).result).toBe(result)
  })

  test('of NotResource is what is left out', () => {
    expect(judge([allow(undefined, { NotResource: [`${cluster}/mary_roe`] })]).result).toBe('allowed')
    expect(judge([allow(undefined, { NotResource: [`${cluster}/*`] })]).result).toBe('implicitly-denied')
    expect(judge([allow('*'), deny(undefined, { NotResource: [jane] })]).result).toBe('allowed')
    expect(judge([allow('*'), deny(undefined, { NotResource: [`${cluster}/mary_roe`] })]).result).toBe('denied')
  })
})

describe('several statements', () => {
  const when = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'payments' } } }

  test.each<[string, Json[], Json[] | undefined, string]>([
    ['no statement', [], undefined, 'implicitly-denied'],
    ['Deny before Allow', [deny(jane), allow('*')], undefined, 'denied'],
    ['Deny after Allow', [allow('*'), deny(jane)], undefined, 'denied'],
    ['a Deny of somebody else', [allow('*'), deny(`${cluster}/mary_roe`)], undefined, 'allowed'],
    ['a Deny alone', [deny('*')], undefined, 'denied'],
    ['an Allow under a condition', [allow('*', when)], undefined, 'conditional'],
    ['an Allow under a condition and one without', [allow('*', when), allow(jane)], undefined, 'allowed'],
    ['a Deny under a condition over an Allow', [allow('*'), deny('*', when)], undefined, 'conditional'],
    ['a Deny under a condition over nothing', [deny('*', when)], undefined, 'implicitly-denied'],
    ['a Deny over an Allow under a condition', [allow('*', when), deny(jane)], undefined, 'denied'],
    ['a Deny over a Deny under a condition', [allow('*'), deny('*', when), deny(jane)], undefined, 'denied'],
    ['a boundary that allows', [allow(jane)], [allow('*')], 'allowed'],
    ['a boundary that allows others', [allow('*')], [allow(`${cluster}/mary_roe`)], 'implicitly-denied'],
    ['an empty boundary', [allow('*')], [], 'implicitly-denied'],
    ['a boundary alone', [], [allow('*')], 'implicitly-denied'],
    ['a boundary that denies', [allow('*')], [allow('*'), deny(jane)], 'denied'],
    ['a boundary that allows under a condition', [allow('*')], [allow('*', when)], 'conditional'],
    ['a boundary that denies under a condition', [allow('*')], [allow('*'), deny('*', when)], 'conditional'],
    ['a boundary over an Allow under a condition', [allow('*', when)], [allow(`${cluster}/mary_roe`)], 'implicitly-denied'],
  ])('%s', (_, statements, boundary, result) => {
    expect(judge(statements, boundary === undefined ? {} : { boundary }).result).toBe(result)
  })
})

describe('who decided is said', () => {
  const when = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'payments' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }

  test('for what is allowed, with the boundary', () => {
    const { by } = judge([deny(`${cluster}/bob`), allow(jane, { Sid: 'Jane' }), allow('*', when)], { boundary: [allow('*')] })
    expect(by).toEqual([
      { policy: 0, statement: 1, sid: 'Jane' },
      { policy: 'boundary', statement: 0, sid: null },
    ])
  })

  test('for what is denied, every Deny', () => {
    expect(judge([allow('*'), deny('*'), deny(jane, { Sid: 'NotJane' })]).by).toEqual([
      { policy: 0, statement: 1, sid: null },
      { policy: 0, statement: 2, sid: 'NotJane' },
    ])
  })

  test('for what is conditional, with what is undecided and nothing that is not', () => {
    const own = `${cluster}/\${aws:username}`
    const { result, conditions } = judge([allow(own), deny('*', when)], { context: { 'AWS:MultiFactorAuthPresent': 'true' } })
    expect(result).toBe('conditional')
    expect(conditions).toEqual([
      { by: { policy: 0, statement: 0, sid: null }, effect: 'Allow', conditions: [], resources: [own] },
      {
        by: { policy: 0, statement: 1, sid: null },
        effect: 'Deny',
        conditions: [expect.objectContaining({ test: 'StringEquals', key: 'aws:PrincipalTag/team', values: ['payments'] })],
        resources: [],
      },
    ])
  })
})

describe('a variable', () => {
  const own = `${cluster}/\${aws:username}`

  test.each<[string, string, Context, string]>([
    ['is the value of its key', own, { 'aws:username': 'jane_doe' }, 'allowed'],
    ['does not mind capitals', `${cluster}/\${AWS:UserName}`, { 'aws:username': 'jane_doe' }, 'allowed'],
    ['is another value', own, { 'aws:username': 'mary_roe' }, 'implicitly-denied'],
    ['brings no wildcard', own, { 'aws:username': '*' }, 'implicitly-denied'],
    ['that is unknown could be the user', own, {}, 'conditional'],
    [
      'that is unknown changes nothing where the rest does not fit',
      'arn:aws:rds-db:eu-west-1:*:dbuser:*/${aws:username}',
      {},
      'implicitly-denied',
    ],
    ['that is known to be absent is like nothing', own, { 'aws:username': [] }, 'implicitly-denied'],
    ['that is absent has its default', `${cluster}/\${aws:username, 'jane_doe'}`, { 'aws:username': [] }, 'allowed'],
    ['with a default has its value first', `${cluster}/\${aws:username, 'jane_doe'}`, { 'aws:username': 'bob' }, 'implicitly-denied'],
    ['brings no wildcard by its default', `${cluster}/\${aws:username, '*'}`, { 'aws:username': [] }, 'implicitly-denied'],
    ['of several values is undecided', own, { 'aws:username': ['jane_doe', 'bob'] }, 'conditional'],
    ['that is not closed is undecided', `${cluster}/\${aws:username`, { 'aws:username': 'jane_doe' }, 'conditional'],
    ['${*} is an asterisk', `${cluster}/jane\${*}`, {}, 'implicitly-denied'],
    ['of a tag', `${cluster}/\${aws:PrincipalTag/db-user}`, { 'aws:PrincipalTag/DB-User': 'jane_doe' }, 'allowed'],
  ])('%s', (_, resource, context, result) => {
    expect(judge([allow(resource)], { context }).result).toBe(result)
  })

  test('stands for itself in the language of 2008', () => {
    const old = (Resource: string) => read({ Version: '2008-10-17', Statement: allow(Resource) })
    const ask = (Resource: string, resource: string) =>
      evaluate({ policies: [old(Resource)], boundary: null, resource, context: requestContext({ 'aws:username': 'jane_doe' }) }).result
    expect(ask(own, jane)).toBe('implicitly-denied')
    expect(ask(own, own)).toBe('allowed')
    expect(ask(`${cluster}/\${*}`, `${cluster}/\${anybody}`)).toBe('allowed')
  })

  test('$ and ? that are escaped stand for themselves', () => {
    expect(judge([allow(`${cluster}/a\${$}b`)], { resource: `${cluster}/a$b` }).result).toBe('allowed')
    expect(judge([allow(`${cluster}/a\${?}b`)], { resource: `${cluster}/axb` }).result).toBe('implicitly-denied')
  })
})

test('a context that has a key twice is refused', () => {
  expect(() => requestContext({ 'aws:username': 'a', 'AWS:UserName': 'b' })).toThrow('"AWS:UserName" twice')
})

test('a hostile policy is judged in reasonable time', () => {
  const stars = '*a'.repeat(60_000)
  const spaces = `\${${' '.repeat(60_000)}}`
  const opens = "${'".repeat(30_000)
  const { result } = judge(
    [allow([stars, spaces, opens]), allow('*', { Condition: { StringEquals: { 'aws:username': [spaces, opens] } } })],
    {
      context: { 'aws:username': 'a'.repeat(1_000) },
    },
  )
  expect(result).toBe('conditional')
})
