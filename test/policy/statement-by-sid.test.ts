import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printDocument } from '../../src/policy/document.ts'
import { statementOf, withStatement } from '../../src/policy/statement-by-sid.ts'

const SID = 'Sallyportabcdefghij123456789012'
const document = (...dbUsers: readonly string[]): string =>
  printDocument(dbUsers.map((user) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/${user}`)) ?? ''
const own = (...dbUsers: readonly string[]): string =>
  document(...dbUsers)
    .replace(/^.*"Statement":\[\{/, `{"Sid":"${SID}",`)
    .slice(0, -2)

const foreign = `{
  "Version" : "2012-10-17",
  "Id": "team's \\"own\\" [1], {2}",
  "Statement": [
    { "Sid": "First", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a,b/]}\\\\" },
    {"Effect":"Deny", "Action":["iam:*"],  "Resource": "*",
      "Condition": { "StringEquals": { "aws:PrincipalTag/x": ["{", "}"] } } }
  ]
}
`

describe('a statement of ours in a policy that is others’ too', () => {
  test('makes a policy where there is none', () => {
    expect(withStatement(null, SID, document('jane_doe'))).toBe(`{"Version":"2012-10-17","Statement":[${own('jane_doe')}]}`)
    expect(withStatement(null, SID, null)).toBeNull()
  })

  test('comes last, and everything else stays as it is, byte for byte', () => {
    const merged = withStatement(foreign, SID, document('jane_doe'))
    expect(merged).toBe(foreign.replace('} } }\n  ]', `} } },${own('jane_doe')}\n  ]`))
    expect(withStatement(String(merged), SID, null)).toBe(foreign)
  })

  test('is replaced where it stands', () => {
    const amid = foreign.replace('    {"Effect":"Deny"', `    ${own('jane_doe')} ,\n    {"Effect":"Deny"`)
    expect(withStatement(amid, SID, document('jane_doe', 'mary_roe'))).toBe(amid.replace(own('jane_doe'), own('jane_doe', 'mary_roe')))
    expect(statementOf(amid, SID)).toBe(document('jane_doe'))
  })

  test('that comes first is taken out with the comma behind it', () => {
    const first = `{"Version":"2012-10-17","Statement":[ ${own('jane_doe')} , {"Effect":"Deny","Action":"s3:*","Resource":"*"}]}`
    expect(withStatement(first, SID, null)).toBe(`{"Version":"2012-10-17","Statement":[ {"Effect":"Deny","Action":"s3:*","Resource":"*"}]}`)
  })

  test('joins one that stands without a list, which becomes the first of a list', () => {
    const alone = '{"Statement": {"Effect":"Allow","Action":"s3:*","Resource":"*"} ,"Version":"2012-10-17"}'
    expect(withStatement(alone, SID, document('jane_doe'))).toBe(
      `{"Statement": [{"Effect":"Allow","Action":"s3:*","Resource":"*"},${own('jane_doe')}] ,"Version":"2012-10-17"}`,
    )
    expect(withStatement(alone, SID, null)).toBe(alone)
  })

  test('leaves no policy behind that would say nothing', () => {
    expect(withStatement(`{"Version":"2012-10-17","Statement":[${own('jane_doe')}]}`, SID, null)).toBeNull()
    expect(withStatement(`{"Version":"2012-10-17","Statement":${own('jane_doe')}}`, SID, null)).toBeNull()
  })

  test('that somebody has changed is read as it is, so that it is seen to be another', () => {
    const changed = `{"Version":"2012-10-17","Statement":[${own('jane_doe').replace('/jane_doe', '/*')}]}`
    expect(statementOf(changed, SID)).toBe(document('jane_doe').replace('/jane_doe', '/*'))
    const twice = `{"Version":"2012-10-17","Statement":[${own('jane_doe')},${own('mary_roe')}]}`
    expect(statementOf(twice, SID)).toContain('mary_roe')
    expect(withStatement(twice, SID, document('jane_doe'))).toBe(`{"Version":"2012-10-17","Statement":[${own('jane_doe')}]}`)
  })

  test.each(['', '[]', '{"Statement":[1]}', '{"Version":"2012-10-17"}', '{"Statement":[],"Statement":[]}', '{"Statement":[{}'])(
    'is neither looked for nor put where the policy cannot be taken apart: %s',
    (policy) => {
      expect(statementOf(policy, SID)).toBe('unreadable')
      expect(withStatement(policy, SID, document('jane_doe'))).toBe('unreadable')
    },
  )

  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\n', 'ü') })
  const statement = fc.record(
    {
      Sid: text,
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.oneof(text, fc.array(text)),
      Condition: fc.dictionary(text, fc.dictionary(text, text)),
    },
    { requiredKeys: ['Effect'] },
  )
  const policy = fc
    .tuple(fc.dictionary(text, text), fc.oneof(statement, fc.array(statement, { minLength: 1 })), fc.constantFrom(undefined, 1, 2, '\t'))
    .map(([others, Statement, indent]) => JSON.stringify({ ...others, Statement, Version: '2012-10-17' }, null, indent))

  test('comes and goes without a trace among any others, and only it changes', () => {
    fc.assert(
      fc.property(policy, (before) => {
        const merged = String(withStatement(before, SID, document('jane_doe')))
        expect(statementOf(merged, SID)).toBe(document('jane_doe'))
        expect(withStatement(merged, SID, document('jane_doe'))).toBe(merged)
        const { Statement, ...rest } = JSON.parse(merged)
        const { Statement: was, ...restBefore } = JSON.parse(before)
        expect([rest, Statement.slice(0, -1)]).toEqual([restBefore, [was].flat()])
        const after = String(withStatement(merged, SID, null))
        expect(JSON.parse(after)).toEqual({ ...restBefore, Statement: [was].flat() })
        if (Array.isArray(was)) expect(after).toBe(before)
      }),
    )
  })
})
