import { describe, expect, test } from 'vitest'
import { printDocument } from '../../src/policy/document.ts'
import { readDocument } from '../../src/policy/read-document.ts'

const jane = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-A/jane'
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const connect = { Effect: 'Allow', Action: 'rds-db:connect', Resource: jane }

describe('a document found in IAM', () => {
  test('is ours if Sallyport would write the same bytes', () => {
    expect(readDocument(printDocument([jane]) ?? '')).toEqual({ ours: true, resources: [jane] })
  })

  test.each([
    ['a single statement', JSON.stringify({ Statement: connect }), [jane]],
    ['several statements', policy(connect, { ...connect, Resource: ['x', 'y'] }), [jane, 'x', 'y']],
    ['a pattern of actions', policy({ ...connect, Action: ['s3:*', 'RDS-DB:Conn*'] }), [jane]],
    ['other actions only', policy({ ...connect, Action: ['rds:*', 's3:*'] }), []],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 'rds-db:*', Resource: jane }), [jane]],
    ['NotResource', policy({ Effect: 'Allow', Action: 'rds-db:connect', NotResource: jane }), ['*']],
    ['a condition', policy({ ...connect, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), [jane]],
    ['a denial', policy({ ...connect, Effect: 'Deny' }), []],
    ['an effect that is neither Allow nor Deny', policy({ ...connect, Effect: 'allow' }), [jane]],
    ['a resource that is no text', policy({ ...connect, Resource: [jane, 1] }), ['*']],
    ['keys in another spelling', policy({ effect: 'Allow', action: 'rds-db:connect', resource: jane }), ['*']],
    ['no statement', '{"Version":"2012-10-17"}', ['*']],
    ['a statement that is no object', '{"Statement":["Allow"]}', ['*']],
    ['a list at the top', '[]', ['*']],
    ['no JSON', '{', ['*']],
    ['nothing', '', ['*']],
  ])('with %s is not ours, and is never taken to allow less than it does', (_, document, resources) => {
    expect(readDocument(document)).toEqual({ ours: false, resources })
  })
})
