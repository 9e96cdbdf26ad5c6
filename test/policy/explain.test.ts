import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/policy/evaluate.ts'
import { explainPolicy } from '../../src/policy/explain.ts'
import { jsonFault } from '../../src/policy/lint/json-fault.ts'
import { readPolicy } from '../../src/policy/read-policy.ts'
import { catalog, good } from './lint/planted-mistakes.ts'
import { somePolicy } from './some-policies.ts'

const known = { databases: catalog, account: null }
const offline = { databases: null, account: null }
const place = 'arn:aws:rds-db:us-east-2:123456789012:dbuser'
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const allow = (Resource: unknown, rest: object = {}) => ({ Effect: 'Allow', Action: 'rds-db:connect', Resource, ...rest })
const deny = (Resource: unknown, rest: object = {}) => ({ Effect: 'Deny', Action: 'rds-db:connect', Resource, ...rest })
const words = (document: unknown) => explainPolicy(document, known).words
const results = (document: unknown) =>
  explainPolicy(document, known).access.map(({ resource, result }) => [resource.replace(place, ''), result])

describe('explain tells in words', () => {
  test.each<[string, unknown, string]>([
    [
      'one database user by the names of the catalog',
      policy(allow(good)),
      'as jane_doe on orders (cluster-ABCDEFGHIJKL01234) in us-east-2 of account 123456789012, by',
    ],
    [
      'a database that the catalog does not know',
      policy(allow(`${place}:cluster-X/jane_doe`)),
      'on cluster-X in us-east-2 of account 123456789012, which is no database that the catalog knows',
    ],
    ['a resource where nothing can be', policy(allow(good.replace('123456789012', '1234567890'))), 'where no database can be'],
    [
      'a pattern as a pattern, with what it matches today',
      policy(allow(`${place}:*/jane_doe`)),
      'as jane_doe on every database in us-east-2 of account 123456789012 (today orders (cluster-ABCDEFGHIJKL01234) and ledger (db-ABCDEFGHIJKL01234); those to come join by themselves)',
    ],
    [
      'a pattern of users, with those declared',
      policy(allow(`${place}:cluster-ABCDEFGHIJKL01234/*`)),
      'as any database user (declared today: jane_doe and mary_roe) on orders',
    ],
    ['a part of a name', policy(allow(`${place}:db-ABCDEFGHIJKL01234/ja*`)), 'as any database user like "ja*" on ledger'],
    [
      'a variable',
      policy(allow(`${place}:*/\${aws:username}`)),
      'as the database user that ${aws:username} stands for when somebody connects',
    ],
    [
      'every region and account',
      policy(allow('arn:aws:rds-db:*:12*:dbuser:*/jane_doe')),
      'on every database in any region of any account like "12*" (today orders',
    ],
    [
      'administrators',
      policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
      'as whatever database user on whatever database "*" matches (today orders',
    ],
    ['what lets connect to nothing', policy(allow(['arn:aws:s3:::x/*'])), 'It lets nobody connect to any database.'],
    ['what cannot be read', '{', 'IAM would not take this as a policy'],
    [
      'what is too long',
      policy(allow(Array.from({ length: 300 }, (_, index) => `${good}${index}`))),
      'No place in IAM takes so long a policy',
    ],
    ['what is denied', policy(allow(good), deny('*')), 'Nobody can connect as jane_doe on orders'],
  ])('%s', (_, document, said) => {
    expect(words(document)).toEqual([expect.stringContaining(said)])
  })

  test('each statement, its conditions, and what NotAction and NotResource do', () => {
    const { statements } = explainPolicy(
      policy(
        allow(good, {
          Sid: 'Own',
          Condition: {
            StringEqualsIfExists: { 'aws:PrincipalTag/team': ['payments', 'ledger'] },
            Null: { 'aws:MultiFactorAuthAge': 'false' },
            NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
            'ForAnyValue:StringNotLike': { 'aws:TagKeys': ['a*', 'b'] },
          },
        }),
        { Effect: 'Deny', NotAction: 'iam:*', NotResource: good },
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      ),
      known,
    )
    expect(statements.map((statement) => statement.words)).toEqual([
      '/Statement/0 ("Own") allows connecting, if aws:PrincipalTag/team is "payments" or "ledger", or the request has no such key' +
        ' and aws:MultiFactorAuthAge is there and aws:SourceIp (which rds-db:connect does not support) is not an address in "10.0.0.0/8"' +
        ' and at least one value of aws:TagKeys is not like "a*" nor "b",' +
        ' as jane_doe on orders (cluster-ABCDEFGHIJKL01234) in us-east-2 of account 123456789012.',
      '/Statement/1 forbids connecting, which its NotAction does not leave out, as any database user on any database,' +
        ' except as jane_doe on orders (cluster-ABCDEFGHIJKL01234) in us-east-2 of account 123456789012.',
      '/Statement/2 says nothing about connecting to databases.',
    ])
    expect(statements.map(({ aboutConnecting }) => aboutConnecting)).toEqual([true, true, false])
    expect(statements[0]?.conditions.map(({ supported }) => supported)).toEqual([true, true, false, true])
  })

  test('no more names than one can read, and lists a hundred', () => {
    const many = Array.from({ length: 250 }, (_, index) => ({
      ...catalog[0],
      resourceId: `cluster-${1000 + index}`,
      identifier: `n${index}`,
    }))
    const facts = { databases: many.flatMap((database) => ({ ...catalog[0], ...database })), account: null }
    const [access] = explainPolicy(policy(allow(`${place}:*/*`)), facts as typeof known).access
    expect(access?.words).toContain('(today 250, n0 (cluster-1000), n1')
    expect(access?.today).toMatchObject({ count: 250, dbUsers: ['jane_doe', 'mary_roe'] })
    expect(access?.today?.databases).toHaveLength(100)
  })

  test('nothing of the catalog where there is none', () => {
    expect(explainPolicy(policy(allow(good)), offline).access[0]).toMatchObject({ today: null, result: 'allowed' })
  })
})

describe('explain takes all statements together', () => {
  test.each<[string, unknown, [string, string][]]>([
    ['a Deny of one takes a part of a pattern', policy(allow(`${place}:*/*`), deny(good)), [[':*/*', 'partly']]],
    ['a Deny of more takes all of it', policy(allow(`${place}:*/jane_doe`), deny(`${place}:*/*`)), [[':*/jane_doe', 'denied']]],
    [
      'a Deny of other things takes nothing',
      policy(allow(`${place}:*/jane_doe`), deny(`${place}:*/mary_roe`)),
      [[':*/jane_doe', 'allowed']],
    ],
    [
      'a Deny with a condition may take it',
      policy(allow(good), deny('*', { Condition: { Bool: { 'aws:x': 'true' } } })),
      [[good.replace(place, ''), 'conditional']],
    ],
    [
      'a Deny of all but this takes nothing',
      policy(allow(good), { Effect: 'Deny', Action: '*', NotResource: good }),
      [[good.replace(place, ''), 'allowed']],
    ],
    [
      'a condition on a wider Allow changes nothing for what is allowed without',
      policy(allow(good), allow(`${place}:*/*`, { Condition: { Bool: { 'aws:x': 'true' } } })),
      [
        [good.replace(place, ''), 'allowed'],
        [':*/*', 'conditional'],
      ],
    ],
    ['NotResource leaves out a part', policy({ Effect: 'Allow', Action: 'rds-db:connect', NotResource: good }), [['*', 'partly']]],
    ['NotResource of everything allows nothing', policy({ Effect: 'Allow', Action: 'rds-db:connect', NotResource: '*' }), []],
    [
      'what is allowed twice is told once',
      policy(allow(good, { Sid: 'One' }), allow(good, { Sid: 'Two' })),
      [[good.replace(place, ''), 'allowed']],
    ],
  ])('%s', (_, document, expected) => {
    expect(results(document)).toEqual(expected)
  })
})

const databases = ['a', 'b', 'ab', 'ba'].flatMap((resourceId) =>
  ['1', '2'].map((account) => ({
    partition: 'aws',
    region: 'r',
    account,
    kind: 'cluster' as const,
    resourceId,
    identifier: resourceId,
    engine: 'mysql',
    dbUsers: null,
    members: [],
  })),
)
const everyResource = databases.flatMap(({ account, resourceId }) =>
  ['a', 'b', 'x', 'ab', 'aA'].map((user) => `arn:aws:rds-db:r:${account}:dbuser:${resourceId}/${user}`),
)

const someDeny = fc.constantFrom([], [], deny('*'), deny('arn:aws:rds-db:r:1:*'), deny('arn:aws:rds-db:r:?:dbuser:a*/?'))

describe('for any policy', () => {
  test('what is told as allowed or denied is so by evaluate, and nothing that evaluate allows is left out', () => {
    const seen = new Map<string, number>()
    const told = fc.property(somePolicy, someDeny, (allowing, denying) => {
      const document = { ...allowing, Statement: [allowing.Statement, denying].flat() }
      const { policy: read } = readPolicy(document)
      if (read === null) return
      const { access } = explainPolicy(document, { databases, account: null })
      const said = access.map(({ resource, result }) => ({
        result,
        only: readPolicy({ ...document, Statement: allow(resource) }).policy,
      }))
      for (const resource of everyResource) {
        const covering = said.filter(({ only }) => {
          return only !== null && evaluate({ policies: [only], boundary: null, resource, context: new Map() }).result === 'allowed'
        })
        const verdict = evaluate({ policies: [read], boundary: null, resource, context: new Map() }).result
        if (covering.some(({ result }) => result === 'allowed')) expect(verdict).toBe('allowed')
        if (covering.some(({ result }) => result === 'denied')) expect(verdict).toBe('denied')
        if (verdict === 'allowed') expect(covering.length).toBeGreaterThan(0)
        for (const { result } of covering) seen.set(result, (seen.get(result) ?? 0) + 1)
      }
    })
    fc.assert(told, { numRuns: 100 })
    fc.assert(told, { numRuns: 100, seed: 1 }) // of which it is known that every result occurs
    expect([...seen.keys()].sort()).toEqual(['allowed', 'conditional', 'denied', 'partly'])
  })

  test('as an object or as its text, the answer is the same', () => {
    fc.assert(
      fc.property(somePolicy, (document) => {
        expect(explainPolicy(JSON.stringify(document), { databases, account: '1' })).toEqual(
          explainPolicy(document, { databases, account: '1' }),
        )
      }),
    )
  })

  test('whatever is sent, the answer is findings and never a fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string({ unit: 'binary' })), (document) => {
        const { findings } = explainPolicy(document, known)
        expect(findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })

  test('a hostile number of patterns and databases is not looked up to the end', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...databases[0], resourceId: `db-${index}` }))
    const patterns = Array.from({ length: 1_000 }, (_, index) => `*${index}*a`)
    const facts = { databases: many as typeof databases, account: null }
    const { access } = explainPolicy(policy({ Effect: 'Allow', Action: '*', Resource: patterns }), facts)
    expect(access).toHaveLength(1_000)
    expect(access.filter(({ today }) => today !== null)).toHaveLength(5)
  })
})

test('a text has a fault exactly if it is not JSON', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '{', "'", '\n', '\\', '0', '//'))
    .map(([json, at, put]) => {
      const cut = at % (json.length + 1)
      return json.slice(0, cut) + put + json.slice(cut + 1)
    })
  fc.assert(
    fc.property(fc.oneof(broken, broken, fc.json(), fc.string({ unit: 'binary' })), (text) => {
      expect(jsonFault(text) === null).toBe(isJson(text))
    }),
    { numRuns: 5_000 },
  )
})
