import fc from 'fast-check'
import type { ConnectArn } from '../../src/policy/connect-arn.ts'
import { type PolicyDocuments, printDocument } from '../../src/policy/document.ts'
import { arnText, everyArn, someArns, someWideArns } from './world.ts'

const someTexts = fc.oneof(someArns, someWideArns).map((arns) => arns.map(arnText))

/** A document as Sallyport writes it. */
const ownDocument = (arns: fc.Arbitrary<ConnectArn[]>): fc.Arbitrary<string | null> => arns.map((some) => printDocument(some.map(arnText)))

const pattern = fc.oneof(
  fc.constantFrom(...everyArn).map(arnText),
  fc.constantFrom(
    '*',
    'arn:aws:rds-db:*',
    'arn:aws:rds-db:us-east-2:123456789012:dbuser:*',
    'arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jan*',
    'arn:aws:rds-db:??-*-?:123456789012:dbuser:cluster-ABCDEFGHIJKL0123?/*_*',
    'arn:aws:rds-db:us-east-2:123456789012:dbuser:*/${aws:username}',
    'arn:aws:rds:us-east-2:123456789012:cluster:orders',
    'arn:aws:s3:::bucket/*',
  ),
)

const oneOrMany = (one: fc.Arbitrary<string>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))
const actions = oneOrMany(fc.constantFrom('rds-db:connect', 'RDS-DB:Connect', 'rds-db:*', '*', 'rds-db:conn?ct', 's3:GetObject', 'rds:*'))

const statement = (effects: readonly string[]) =>
  fc
    .record({
      Effect: fc.constantFrom(...effects),
      action: fc.oneof(
        { weight: 4, arbitrary: fc.record({ Action: actions }) },
        { weight: 1, arbitrary: fc.record({ NotAction: actions }) },
      ),
      resource: fc.oneof(
        { weight: 4, arbitrary: fc.record({ Resource: oneOrMany(pattern) }) },
        { weight: 1, arbitrary: fc.record({ NotResource: oneOrMany(pattern) }) },
      ),
      condition: fc.constantFrom({}, {}, { Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } } }),
    })
    .map(({ Effect, action, resource, condition }) => ({ Effect, ...action, ...resource, ...condition }))

/** A document that somebody has changed, or one that is no policy at all. */
const foreignDocument = (effects: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(statement(effects), { maxLength: 3 }).map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement })),
    statement(effects).map((Statement) => JSON.stringify({ Version: '2012-10-17', Id: 'x', Statement }, null, 2)),
    fc
      .tuple(someTexts, statement(effects))
      .map(([Resource, added]) =>
        JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource }, added] }),
      ),
    someTexts.map((resources) => ` ${printDocument(resources) ?? ''}`),
    someTexts.map((resources) => printDocument([...resources, 'arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jan*']) ?? ''),
    fc.constantFrom('', '{', 'null', '[]', '{}', '{"Statement":null}', '{"Statement":[]}', '{"Statement":[1]}', 'not a policy'),
  )

const orAbsent = (document: fc.Arbitrary<string | null>, name: string): fc.Arbitrary<PolicyDocuments> =>
  document.map((text) => new Map(text === null ? [] : [[name, text]]))

/** What the one policy of this name may look like when IAM is asked. */
export const anyObserved = (name: string): fc.Arbitrary<PolicyDocuments> =>
  orAbsent(fc.oneof(fc.constant(null), ownDocument(someArns), ownDocument(someWideArns), foreignDocument(['Allow', 'Allow', 'Deny'])), name)

const merged = (documents: readonly PolicyDocuments[]): PolicyDocuments => new Map(documents.flatMap((each) => [...each]))

/** Several policies. Nobody has put a denial into them: one document's denial of what another allows cannot be kept up. */
export const severalObserved = (names: readonly string[]): fc.Arbitrary<PolicyDocuments> =>
  fc
    .tuple(...names.map((name) => orAbsent(fc.oneof(fc.constant(null), ownDocument(someArns), foreignDocument(['Allow'])), name)))
    .map(merged)

export const severalDesired = (names: readonly string[]): fc.Arbitrary<PolicyDocuments> =>
  fc
    .tuple(...names.map((name) => orAbsent(fc.oneof(fc.constant(null), ownDocument(someArns), ownDocument(someWideArns)), name)))
    .map(merged)
