import { expect, test } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()

test('a preview says what asking would come to, and changes nothing', async () => {
  const before = await api.snapshot()
  const entitlements = ['jane_doe', 'mary_roe'].map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))
  const preview = await api.as('developer').preview({ entitlements, duration: undefined, beneficiary: 'developer-2' })
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
    policies: { before: [], after: [{ kind: 'inline', document, characters: document.length }] },
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

test('a preview tells how every rule stands to each entitlement, in their order', async () => {
  const { reasoning } = await api.as('developer').preview()
  expect(reasoning.map(({ entitlement, rules }) => [entitlement, rules.map(({ rule, result }) => `${rule}: ${result}`)])).toEqual([
    [
      0,
      [
        'nobody-as-owner: does_not_match',
        'staging-at-once: does_not_match',
        'salaries-need-two: does_not_match',
        'production-with-a-dba: decides',
        'one-user-everywhere: does_not_match',
      ],
    ],
  ])
  expect(reasoning[0]?.rules[0]?.because).toEqual(['its `dbUsers` do not include db_user'])
})

test('a preview tells that no approval is needed', async () => {
  const entitlements = [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }]
  expect(await api.as('developer').preview({ entitlements })).toMatchObject({ allowed: true, approvalsNeeded: [], approvers: [] })
})

test('a preview shows the policies on the principal before and after, those of grants yet to start included', async () => {
  await api.makeRole('app-previewed')
  const principal = 'arn:aws:iam::123456789012:role/app-previewed'
  const asked = (dbUser: string) => ({ principal, entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser }] })
  const resources = (policies: readonly { readonly kind: string; readonly document: string }[] | null | undefined) =>
    policies?.map(({ kind, document }) => [kind, JSON.parse(document).Statement[0].Resource.map((arn: string) => arn.split('/')[1])])
  const first = await api.as('developer').preview(asked('db_user'))
  expect(resources(first.policies?.before)).toEqual([])
  expect(resources(first.policies?.after)).toEqual([['inline', ['db_user']]])
  await api.as('dba').approve((await api.as('developer').ask(asked('db_user'))).id)
  const second = await api.as('developer').preview(asked('jane_doe'))
  expect(resources(second.policies?.before)).toEqual([['inline', ['db_user']]])
  expect(resources(second.policies?.after)).toEqual([['inline', ['db_user', 'jane_doe']]])
})

test('AWS is not asked about what the rules refuse', async () => {
  api.standIn.calls.reset()
  const refused = await api.as('developer').preview({ entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'postgres' }] })
  expect(refused).toMatchObject({ allowed: false, policies: null })
  expect(api.standIn.calls.list()).toEqual([])
})
