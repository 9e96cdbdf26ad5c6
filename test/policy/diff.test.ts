import { describe, expect, test } from 'vitest'
import { hashDocument, type PolicyDocuments, policyName } from '../../src/policy/index.ts'
import { asHeld, compileInline, deployment, diffAlone as diff } from './held.ts'

const name = policyName(deployment)

const arn = (dbUser: string) => ({
  partition: 'aws',
  region: 'us-east-2',
  account: '123456789012',
  resourceId: 'cluster-ABCDEFGHIJKL01234',
  dbUser,
})
const granted = (...dbUsers: string[]) => compileInline(dbUsers.map(arn))
const text = (...dbUsers: string[]) => granted(...dbUsers).get(name) ?? ''
const found = (document: string): PolicyDocuments => new Map([[name, document]])

/** The plan in short: phase, operation, document. */
const steps = (desired: PolicyDocuments, observed: PolicyDocuments) =>
  diff(desired, asHeld(observed)).map((write) => [write.phase, write.operation, ...('document' in write ? [write.document] : [])])

describe('a plan for one document', () => {
  test('is empty when IAM holds what it should, byte for byte', () => {
    expect(diff(granted('a', 'b'), asHeld(granted('b', 'a')))).toEqual([])
    expect(diff(granted(), asHeld(granted()))).toEqual([])
  })

  test('puts the first grant in one write', () => {
    expect(diff(granted('a'), asHeld(granted()))).toEqual([
      { phase: 2, operation: 'put_inline', policyName: name, document: text('a'), before: null, after: hashDocument(text('a')) },
    ])
  })

  test('deletes the policy in one write when the last grant has ended', () => {
    expect(diff(granted(), asHeld(granted('a')))).toEqual([
      { phase: 1, operation: 'delete_inline', policyName: name, before: hashDocument(text('a')), after: null },
    ])
  })

  test('adds in one write', () => {
    expect(steps(granted('a', 'b'), granted('a'))).toEqual([[2, 'put_inline', text('a', 'b')]])
  })

  test('takes out in one write', () => {
    expect(steps(granted('a'), granted('a', 'b'))).toEqual([[1, 'put_inline', text('a')]])
  })

  test('takes out first, then adds, each write from where the one before it left off', () => {
    const plan = diff(granted('a', 'c'), asHeld(granted('a', 'b')))
    expect(plan.map((write) => [write.phase, 'document' in write ? write.document : null])).toEqual([
      [1, text('a')],
      [2, text('a', 'c')],
    ])
    expect(plan.map(({ before, after }) => [before, after])).toEqual([
      [hashDocument(text('a', 'b')), hashDocument(text('a'))],
      [hashDocument(text('a')), hashDocument(text('a', 'c'))],
    ])
  })

  test('deletes and puts again when everything is another', () => {
    expect(steps(granted('b'), granted('a'))).toEqual([
      [1, 'delete_inline'],
      [2, 'put_inline', text('b')],
    ])
  })

  test('gives two names that differ in case two lives', () => {
    expect(steps(granted('Jane'), granted('Jane', 'jane'))).toEqual([[1, 'put_inline', text('Jane')]])
  })
})

describe('a document that somebody has changed', () => {
  const statement = (more: object) => JSON.stringify({ Version: '2012-10-17', Statement: [...JSON.parse(text('a', 'b')).Statement, more] })
  const resource = (last: string) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:${last}`

  test.each([
    ['loses a statement that is not ours, and keeps what is granted', statement({ Effect: 'Allow', Action: 's3:*', Resource: '*' })],
    ['loses a denial', statement({ Effect: 'Deny', Action: '*', Resource: '*' })],
    ['loses more access to databases', statement({ Effect: 'Allow', Action: 'rds-db:connect', Resource: resource('db-A/admin') })],
    ['loses a name', text('a', 'b').replace('"Statement"', '"Id":"x","Statement"')],
    ['loses its indentation', JSON.stringify(JSON.parse(text('a', 'b')), null, 2)],
    ['loses a condition', text('a', 'b').replace('"Effect"', '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}},"Effect"')],
    ['loses a second spelling of the action', text('a', 'b').replace('["rds-db:connect"]', '["rds-db:connect","rds-db:*"]')],
    ['loses a second Resource', text('a', 'b').replace('"Resource"', '"Resource":["*"],"Resource"')],
    ['loses a wildcard that it was given for its resources', text('a', 'b').replace(/"Resource":\[.*?\]/, '"Resource":"*"')],
    ['loses NotResource', text('a', 'b').replace(/"Resource":\[.*?\]/, `"NotResource":"${resource('db-A/x')}"`)],
    ['is replaced if it is no JSON', text('a', 'b').slice(1)],
    ['is replaced if it is no policy', '{"Statement":"none"}'],
  ])('%s, all in the first write', (_, document) => {
    expect(steps(granted('a', 'b'), found(document))).toEqual([[1, 'put_inline', text('a', 'b')]])
  })

  test('is deleted if nothing is granted', () => {
    expect(steps(granted(), found('not a policy'))).toEqual([[1, 'delete_inline']])
  })

  test('is mended before anything is added, with no more than it let connect to', () => {
    const document = statement({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
    expect(steps(granted('b', 'c'), found(document))).toEqual([
      [1, 'put_inline', text('b')],
      [2, 'put_inline', text('b', 'c')],
    ])
  })

  test('does not cut off granted access that it allows by a pattern', () => {
    const document = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'rds-db:*', Resource: resource('cluster-*/j*') } })
    expect(steps(granted('jane', 'mary'), found(document))).toEqual([
      [1, 'put_inline', text('jane')],
      [2, 'put_inline', text('jane', 'mary')],
    ])
  })

  test('does not cut off granted access that it allows by a policy variable', () => {
    expect(steps(granted('jane'), found(text('x').replace('/x', '/${aws:username}')))).toEqual([[1, 'put_inline', text('jane')]])
  })
})

describe('a plan for several documents', () => {
  const one = (dbUsers: string[], other: string[] = []): PolicyDocuments =>
    new Map([
      ...(dbUsers.length === 0 ? [] : [['one', text(...dbUsers)] as const]),
      ...(other.length === 0 ? [] : [['two', text(...other)] as const]),
    ])

  test('moves access by adding it in its new place before removing it from the old', () => {
    expect(diff(one([], ['a']), asHeld(one(['a']))).map(({ phase, operation, policyName }) => [phase, operation, policyName])).toEqual([
      [2, 'put_inline', 'two'],
      [3, 'delete_inline', 'one'],
    ])
  })

  test('takes ended access out of every document before adding to any', () => {
    const plan = diff(one(['a', 'x'], ['b', 'y']), asHeld(one(['a', 'o'], ['b', 'p'])))
    expect(plan.map((write) => [write.phase, write.policyName, 'document' in write ? write.document : null])).toEqual([
      [1, 'one', text('a')],
      [1, 'two', text('b')],
      [2, 'one', text('a', 'x')],
      [2, 'two', text('b', 'y')],
    ])
  })

  test('lets two documents exchange access without losing it on the way', () => {
    const plan = diff(one(['a'], ['b']), asHeld(one(['b'], ['a'])))
    expect(plan.map((write) => [write.phase, write.policyName, 'document' in write ? write.document : null])).toEqual([
      [2, 'one', text('a', 'b')],
      [2, 'two', text('a', 'b')],
      [3, 'one', text('a')],
      [3, 'two', text('b')],
    ])
  })
})

test('no plan is made for desired documents that compile did not make', () => {
  expect(() => diff(found('{"Statement":[]}'), new Map())).toThrow('compile did not make')
})
