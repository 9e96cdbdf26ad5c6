import { expect, test } from 'vitest'
import { policyName } from '../../src/policy/index.ts'
import { testApi } from '../support/api.ts'
import { withDatabaseElsewhere } from '../support/rules.ts'

const api = testApi({ rules: withDatabaseElsewhere })
const orders = (dbUser: string) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser })
const preview = async (entitlements: readonly object[], person = 'auditor') => {
  const answer = await api.as(person).post('/v1/policies/preview', { entitlements })
  return { status: answer.status, body: JSON.parse(answer.text) }
}

test('the documents are those of AWS’s page, whoever asks and whatever the rules say', async () => {
  const first =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user"]}]}'
  expect(await preview([orders('db_user'), orders('db_user')])).toEqual({
    status: 200,
    body: {
      policies: [{ name: policyName(api.parts.deployment.id), kind: 'inline', document: first, characters: first.length }],
    },
  })
  const two = await preview([orders('mary_roe'), orders('jane_doe')])
  expect(JSON.parse(two.body.policies[0].document).Statement[0].Resource).toEqual([
    'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe',
    'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/mary_roe',
  ])
})

test('what does not fit inline is shown as a managed policy', async () => {
  const { body } = await preview(Array.from({ length: 150 }, (_, index) => orders(`reader_${index}`)))
  expect(body.policies.map(({ kind }: { kind: string }) => kind)).toEqual(['inline', 'managed'])
})

test.each<[string, object[], number, string, string | undefined]>([
  [
    'an unknown database',
    [orders('db_user'), { database: 'cluster-NOSUCH', dbUser: 'x' }],
    422,
    'unknown_database',
    '/entitlements/1/database',
  ],
  ['an impossible user', [orders('db_user'), orders('*')], 422, 'invalid_db_user', '/entitlements/1/dbUser'],
  ['two accounts', [orders('db_user'), { database: 'cluster-ELSEWHERE0123456789', dbUser: 'x' }], 422, 'cross_account', undefined],
  ['nothing', [], 400, 'invalid_request', '/entitlements'],
  ['a field too many', [{ ...orders('db_user'), admin: true }], 400, 'invalid_request', '/entitlements/0/admin'],
])('a preview of %s is refused', async (_, entitlements, status, code, pointer) => {
  const before = await api.snapshot()
  const answer = await preview(entitlements)
  expect(answer).toMatchObject({ status, body: { code } })
  if (pointer !== undefined) expect(answer.body.errors[0]).toMatchObject({ pointer })
  expect(await api.snapshot()).toEqual(before)
})
