import { expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { withDatabaseElsewhere } from '../support/rules.ts'

const api = testApi({
  rules: (file) => {
    withDatabaseElsewhere(file)
    file.databaseUsers = [
      { databases: { identifiers: ['orders'] }, names: ['jane_doe'] },
      { databases: { tags: { environment: 'production' } }, names: ['db_user'], others: 'warn' },
    ]
  },
})

const place = 'arn:aws:rds-db:us-east-2:123456789012:dbuser'
const policyOn = (Resource: unknown, Action: unknown = 'rds-db:connect') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const explain = async (body: unknown, person = 'auditor') => {
  const answer = await api.as(person).post('/v1/policies/explain', body)
  return { status: answer.status, body: JSON.parse(answer.text) }
}

test('a policy is told with the names of the catalog, as an object or as its text, and nothing is stored', async () => {
  const before = await api.snapshot()
  const policy = policyOn(`${place}:cluster-ABCDEFGHIJKL01234/jane_doe`)
  const told = await explain({ policy })
  expect(told).toMatchObject({
    status: 200,
    body: {
      findings: [],
      statements: [{ pointer: '/Statement/0', aboutConnecting: true }],
      access: [{ result: 'allowed', today: { count: 1, databases: [{ identifier: 'orders', resourceId: 'cluster-ABCDEFGHIJKL01234' }] } }],
      words: [expect.stringContaining('as jane_doe on orders (cluster-ABCDEFGHIJKL01234) in us-east-2 of account 123456789012')],
    },
  })
  expect(await explain({ policy: JSON.stringify(policy) })).toEqual(told)
  expect(await api.snapshot()).toEqual(before)
})

test('findings have code, place and cure; the catalog knows names, other accounts and other ids', async () => {
  const policy = policyOn(
    [`${place}:orders/jane_doe`, `${place}:cluster-ELSEWHERE0123456789/x`, `${place}:cluster-NOSUCH/x`],
    ['rds-db:conect', 'rds-db:connect'],
  )
  const { body } = await explain({ policy, account: '210987654321' })
  const codes = body.findings.map(({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`)
  expect(codes).toEqual([
    'action_misspelt /Statement/0/Action/0',
    'account_not_of_policy /Statement/0/Resource/0',
    'identifier_for_resource_id /Statement/0/Resource/0',
    'account_not_of_database /Statement/0/Resource/1',
    'account_not_of_policy /Statement/0/Resource/1',
    'account_not_of_policy /Statement/0/Resource/2',
    'unknown_database /Statement/0/Resource/2',
  ])
  expect(body.findings[2].corrected).toBe(`${place}:cluster-ABCDEFGHIJKL01234/jane_doe`)
})

test('a database user that sallyport.yaml does not declare for the database is found, with the SQL that makes it', async () => {
  const { body } = await explain({
    policy: policyOn(['jane_doe', 'db_user', 'mary_roe'].map((user) => `${place}:cluster-ABCDEFGHIJKL01234/${user}`)),
  })
  expect(body.findings).toEqual([
    {
      code: 'db_user_not_declared',
      severity: 'warning',
      pointer: '/Statement/0/Resource/2',
      detail: 'the database user "mary_roe" is not declared for cluster-ABCDEFGHIJKL01234; declared are "db_user", "jane_doe"',
      cure: expect.stringContaining('make it in the database (CREATE USER mary_roe; GRANT rds_iam TO mary_roe;)'),
      corrected: null,
    },
  ])
  const any = await explain({ policy: policyOn(`${place}:cluster-ABCDEFGHIJKL01234/*`) })
  expect(any.body.words).toEqual([expect.stringContaining('any database user (declared today: db_user and jane_doe)')])
})

test('an instance of a cluster that was found in AWS is told to be the cluster', async () => {
  const owner = await api.database.client()
  await owner.query(
    `update database set found = '{"members": [{"resourceId": "db-FIRST", "identifier": "orders-1", "arn": "-"}]}' where identifier = 'orders'`,
  )
  const { body } = await explain({ policy: policyOn(`${place}:db-FIRST/jane_doe`) })
  expect(body.findings).toMatchObject([{ code: 'aurora_member', corrected: `${place}:cluster-ABCDEFGHIJKL01234/jane_doe` }])
})

test.each<[string, unknown, string]>([
  ['text that is not JSON', '{"Version": ', 'not_json'],
  ['an object that is no policy', { Statement: [], Rules: [] }, 'not_a_policy'],
])('%s is a finding, not an error', async (_, policy, code) => {
  const { status, body } = await explain({ policy })
  expect(status).toBe(200)
  expect(body).toMatchObject({ findings: [{ code, severity: 'error' }], statements: [], access: [] })
})

test.each<[string, unknown, string]>([
  ['no policy', {}, '/policy'],
  ['a list', { policy: [] }, '/policy'],
  ['a number', { policy: 1 }, '/policy'],
  ['an account of ten digits', { policy: {}, account: '1234567890' }, '/account'],
  ['a field too many', { policy: {}, databases: [] }, '/databases'],
])('a body with %s is refused', async (_, sent, pointer) => {
  const { status, body } = await explain(sent)
  expect({ status, code: body.code, pointer: body.errors[0].pointer }).toEqual({ status: 400, code: 'invalid_request', pointer })
})
