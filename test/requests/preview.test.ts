import { expect, test } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()

test('a preview says what asking would come to, and changes nothing', async () => {
  const before = await api.snapshot()
  const entitlements = ['jane_doe', 'mary_roe'].map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))
  const preview = await api.as('developer').preview({ entitlements, duration: null, beneficiary: 'developer-2' })
  const document =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe","arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/mary_roe"]}]}'
  expect(preview).toMatchObject({
    allowed: true,
    refusals: [],
    rules: [
      { entitlement: 0, rule: 'production-with-a-dba' },
      { entitlement: 1, rule: 'production-with-a-dba' },
    ],
    approvalsNeeded: [{ from: { groups: ['dba'], people: [] }, count: 1 }],
    approvers: ['dba', 'dba-2'],
    duration: 'PT1H',
    longestDuration: 'PT8H',
    documents: [{ document, characters: document.length }],
    quota: 10_240,
  })
  expect(await api.snapshot()).toEqual(before)
})

test('a preview of what the rules refuse is an answer, with every reason', async () => {
  const entitlements = ['postgres', 'nobody'].map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))
  expect(await api.as('developer').preview({ entitlements, duration: 'P7D' })).toMatchObject({
    allowed: false,
    refusals: [
      { entitlement: 0, rule: 'nobody-as-owner', detail: 'Rule nobody-as-owner denies postgres on orders.' },
      { entitlement: 1, detail: expect.stringContaining('The nearest is') },
    ],
    rules: [],
    approvalsNeeded: [],
    approvers: [],
    duration: 'PT168H',
    longestDuration: null,
  })
})

test('a preview tells that no approval is needed', async () => {
  const entitlements = [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }]
  expect(await api.as('developer').preview({ entitlements })).toMatchObject({ allowed: true, approvalsNeeded: [], approvers: [] })
})

test('a preview of a user’s policy goes by the quota of users, and does not ask AWS', async () => {
  api.standIn.calls.reset()
  expect((await api.as('developer').preview({ principal: 'arn:aws:iam::123456789012:user/developer' })).quota).toBe(2_048)
  expect(api.standIn.calls.list()).toEqual([])
})
