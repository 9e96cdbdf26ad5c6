import { expect, test } from 'vitest'
import type { SeenPrincipal } from '../../src/snapshot/index.ts'
import { unmanagedAccess } from '../../src/snapshot/index.ts'

const database = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234'
const policy = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Action: 'rds-db:connect', Resource: '*', ...statement })),
  })

const role = (facts: Partial<SeenPrincipal>): SeenPrincipal => ({
  kind: 'role',
  name: 'app-reader',
  arn: 'arn:aws:iam::123456789012:role/app-reader',
  uniqueId: 'AROAEXAMPLE',
  inline: [],
  attached: [],
  boundary: null,
  groups: [],
  members: null,
  trust: '{}',
  ...facts,
})

const inline = (document: string, name = 'by-hand') => role({ inline: [{ name, document }] })
const asked = `${database}/jane_doe`
const managed = (document: string | null) => ({
  arn: 'arn:aws:iam::123456789012:policy/of-others',
  name: 'of-others',
  document,
  versions: 1,
})

const deny = (about: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['rds-db:connect'], ...about }] })
const guard = (document: string, deployment = 'abcdefghij') => ({
  arn: `arn:aws:iam::123456789012:policy/sallyport/${deployment}/sallyport-${deployment}-AROAEXAMPLE-guard`,
  name: `sallyport-${deployment}-AROAEXAMPLE-guard`,
  document,
  versions: 1,
})
const administrator = inline(policy({ Action: '*' }))
const group = { name: 'admins', arn: 'arn:aws:iam::123456789012:group/admins', uniqueId: 'AGPAEXAMPLE', inline: [] }

test.each<[what: string, principal: SeenPrincipal, results: readonly [resource: string, conditional: boolean][]]>([
  ['nothing', role({}), []],
  ['a policy of others', inline(policy({ Resource: asked })), [[asked, false]]],
  ['a policy about another user', inline(policy({ Resource: `${database}/mary_roe` })), []],
  ['Sallyport’s own policy', inline(policy({}), 'sallyport-abcdefghij'), []],
  ['another deployment’s policy', inline(policy({}), 'sallyport-zzzzzzzzzz'), [[asked, false]]],
  ['an Allow with a condition', inline(policy({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })), [[asked, true]]],
  ['an Allow and a Deny', inline(policy({}, { Effect: 'Deny' })), []],
  ['a boundary that stops it', { ...inline(policy({})), boundary: managed(policy({ Action: 's3:*' })) }, []],
  ['a boundary that nobody has seen', { ...inline(policy({})), boundary: managed(null) }, [[asked, true]]],
  ['a guard that lets it through while it is granted', { ...administrator, attached: [guard(deny({ NotResource: [asked] }))] }, []],
  ['a guard on a group', { ...administrator, groups: [{ ...group, attached: [guard(deny({ Resource: ['*'] }))] }] }, []],
  ['a guard that somebody has changed', { ...administrator, attached: [guard(policy({ Resource: '*' }))] }, [[asked, false]]],
  ['an attached policy that nobody has seen', role({ attached: [managed(null)] }), [[asked, true]]],
])('a principal with %s', (_what, principal, results) => {
  const found = unmanagedAccess(principal, 'abcdefghij', [asked])
  expect(found.map(({ resource, conditional }) => [resource, conditional])).toEqual(results)
})

test('of a pattern, what is named one by one counts as well as what covers it', () => {
  const some = inline(policy({ Resource: [`${database}/jane_doe`, `${database}-OTHER/mary_roe`] }))
  expect(unmanagedAccess(some, 'abcdefghij', [`${database}/*`]).map(({ resource }) => resource)).toEqual([`${database}/jane_doe`])
  expect(unmanagedAccess(inline(policy({})), 'abcdefghij', [`${database}/*`]).map(({ resource }) => resource)).toEqual([`${database}/*`])
})
