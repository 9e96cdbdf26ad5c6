import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluateAction, type Policy, readPolicy, requestContext } from '../../src/policy/index.ts'

/** The documents to copy in docs/security.md, in their order. */
const [scp, boundary] = [...readFileSync('docs/security.md', 'utf8').matchAll(/```json\n(\{[\s\S]*?)```/g)].map(([, text = '']) =>
  read(text),
)

function read(text: string): Policy {
  const { policy } = readPolicy(text)
  if (policy === null) throw new Error('docs/security.md has a document that is no policy')
  return policy
}

const everything = read('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}')
const iam = (what: string) => `arn:aws:iam::123456789012:${what}`
const database = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user'
const guard = iam('policy/sallyport/abcdefghij/sallyport-abcdefghij-AIDAEXAMPLE-guard')
const accessRole = iam('role/sallyport/abcdefghij/sallyport-abcdefghij-VIAAROAEXAMPLE')

describe('the service control policy of docs/security.md', () => {
  // Without an Allow of its own it takes away from what the account's policies give.
  const may = (who: string, action: string, resource: string, more: Readonly<Record<string, string>> = {}) =>
    evaluateAction({
      policies: scp === undefined ? [] : [everything, scp],
      boundary: null,
      action,
      resource,
      context: requestContext({ 'aws:PrincipalArn': who, ...more }),
    }).result

  test.each([
    [iam('user/administrator'), 'denied'],
    [iam('role/app-orders'), 'allowed'],
    [accessRole, 'allowed'],
  ])('%s may connect: %s', (who, result) => {
    expect(may(who, 'rds-db:connect', database)).toBe(result)
  })

  test.each([
    [iam('user/administrator'), 'denied'],
    [iam('role/sallyport'), 'allowed'],
  ])('%s may take guards off and make access roles: %s', (who, result) => {
    expect(may(who, 'iam:DetachUserPolicy', iam('user/administrator'), { 'iam:PolicyARN': guard })).toBe(result)
    expect(may(who, 'iam:CreatePolicyVersion', guard)).toBe(result)
    expect(may(who, 'iam:PutRolePolicy', accessRole)).toBe(result)
    expect(may(who, 'iam:UpdateAssumeRolePolicy', accessRole)).toBe(result)
  })

  test('leaves administrators all the rest', () => {
    const administrator = iam('user/administrator')
    expect(may(administrator, 'iam:DetachUserPolicy', administrator, { 'iam:PolicyARN': iam('policy/other') })).toBe('allowed')
    expect(may(administrator, 'iam:CreatePolicyVersion', iam('policy/other'))).toBe('allowed')
    expect(may(administrator, 'rds:DeleteDBCluster', 'arn:aws:rds:us-east-2:123456789012:cluster:orders')).toBe('allowed')
  })
})

describe('the permissions boundary of docs/security.md', () => {
  const own = iam('policy/administrators-boundary')
  const may = (action: string, resource: string, context: Readonly<Record<string, string | string[]>> = {}) =>
    evaluateAction({ policies: [everything], boundary: boundary ?? null, action, resource, context: requestContext(context) }).result

  test('keeps an administrator from connecting, and from taking it off', () => {
    expect(may('rds-db:connect', database)).toBe('denied')
    expect(may('iam:DeleteUserPermissionsBoundary', iam('user/administrator'))).toBe('denied')
    expect(may('iam:CreatePolicyVersion', own)).toBe('denied')
    expect(may('iam:CreateUser', iam('user/another'), { 'iam:PermissionsBoundary': [] })).toBe('denied')
  })

  test('leaves all the rest, new users with the same boundary too', () => {
    expect(may('sts:AssumeRole', accessRole)).toBe('allowed')
    expect(may('iam:CreateUser', iam('user/another'), { 'iam:PermissionsBoundary': own })).toBe('allowed')
    expect(may('rds:DeleteDBCluster', 'arn:aws:rds:us-east-2:123456789012:cluster:orders')).toBe('allowed')
  })
})
