import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConnectArn, compile, countedCharacters, policyName } from '../../src/policy/index.ts'
import { evaluate } from './evaluate.ts'
import { compileInline, deployment, nameOf } from './held.ts'
import { refusal } from './refusal.ts'
import { arnText, everyArn, someArns, someWideArns } from './world.ts'

const name = 'sallyport-abcdefghij'
const always = { conditionsHold: true, variable: '' }

const only = (arns: readonly ConnectArn[]): string | undefined => compileInline(arns).get(name)

describe('the documents of AWS’s own page come out byte for byte', () => {
  const cluster = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-ABCDEFGHIJKL01234' }

  // As printed there, with 123456789012 where the page has an account of ten digits.
  test.each([
    [
      'a database user of a cluster',
      [{ ...cluster, dbUser: 'db_user' }],
      '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "rds-db:connect" ], "Resource": [ "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user" ] } ] }',
    ],
    [
      'two database users of a cluster',
      [
        { ...cluster, dbUser: 'mary_roe' },
        { ...cluster, dbUser: 'jane_doe' },
      ],
      '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "rds-db:connect" ], "Resource": [ "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe", "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/mary_roe" ] } ] }',
    ],
    [
      'every database user of every cluster',
      [{ ...cluster, resourceId: '*', dbUser: '*' }],
      '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "rds-db:connect" ], "Resource": [ "arn:aws:rds-db:us-east-2:123456789012:dbuser:*/*" ] } ] }',
    ],
    [
      'one database user of every cluster',
      [{ ...cluster, resourceId: '*', dbUser: 'jane_doe' }],
      '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "rds-db:connect" ], "Resource": [ "arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jane_doe" ] } ] }',
    ],
  ])('%s', (_, arns, page) => {
    expect([...compileInline(arns)]).toEqual([[name, page.replaceAll(' ', '')]])
  })
})

describe('a compiled document', () => {
  test('stands in the one policy that is named after the deployment', () => {
    fc.assert(
      fc.property(someArns, (arns) => {
        expect([...compileInline(arns).keys()]).toEqual(arns.length === 0 ? [] : [policyName(deployment)])
      }),
    )
  })

  test('does not exist when nothing is granted', () => {
    expect(compileInline([]).size).toBe(0)
  })

  test('allows exactly what was granted and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(someArns, someWideArns), (granted) => {
        const allows = evaluate(compileInline(granted), always)
        const allowed = everyArn.filter((arn) => allows('rds-db:connect', arnText(arn)))
        expect(allowed).toEqual(everyArn.filter((arn) => granted.some((grant) => isWithin(arn, grant))))
        const more = ['rds:connect', 'rds-db:other', 'iam:PassRole'].filter((action) =>
          everyArn.some((arn) => allows(action, arnText(arn))),
        )
        expect(more).toEqual([])
      }),
    )
  })

  test('has the same bytes for the same grants in any order and however often', () => {
    const again = (arns: ConnectArn[]) => fc.shuffledSubarray([...arns, ...arns, ...arns], { minLength: arns.length * 2 })
    const twice = fc.oneof(someArns, someWideArns).chain((arns) => fc.tuple(fc.constant(arns), again(arns)))
    fc.assert(
      fc.property(twice, ([arns, drawn]) => {
        expect(only([...drawn, ...arns])).toBe(only(arns))
        expect(only([...arns].reverse())).toBe(only(arns))
      }),
    )
  })

  test('holds no resource that it could do without', () => {
    fc.assert(
      fc.property(someWideArns, (arns) => {
        const resources = resourcesOf(only(arns))
        const kept = arns.filter((arn) => resources.includes(arnText(arn)))
        for (const one of kept) {
          const others = kept.filter((other) => arnText(other) !== arnText(one))
          expect(others.some((other) => isWithin(one, other))).toBe(false)
        }
      }),
    )
  })

  test.each([
    ['the same region, account and database', {}, 1],
    ['another region', { region: 'us-east-1' }, 2],
    ['another account', { account: '210987654321' }, 2],
    ['another partition', { partition: 'aws-cn', region: 'cn-north-1' }, 2],
    ['another database', { resourceId: 'cluster-B' }, 2],
  ])('that allows every user of a database also names one user of it, or not: %s', (_, change, resources) => {
    const arn = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-A', dbUser: 'db_user' }
    expect(
      resourcesOf(
        only([
          { ...arn, dbUser: '*' },
          { ...arn, ...change },
        ]),
      ),
    ).toHaveLength(resources)
  })

  test('is compact: no character of it is a blank unless a name has one', () => {
    const document = only(everyArn.filter((arn) => !arn.dbUser.includes(' ')))
    expect(countedCharacters(document ?? '')).toBe(document?.length)
  })

  test.each([
    ['a pattern of names', { dbUser: 'jane_*' }],
    ['a policy variable', { dbUser: '${aws:username}' }],
    ['a pattern of databases', { resourceId: 'cluster-*' }],
    ['every region', { region: '*' }],
    ['every account', { account: '*' }],
    ['a second resource in one name', { dbUser: 'a","arn:aws:rds-db:us-east-2:123456789012:dbuser:*/*' }],
  ])('is not made from %s', (_, change) => {
    const arn = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-A', dbUser: 'db_user', ...change }
    expect(refusal(() => compileInline([arn]))?.code).toBe('invalid_arn')
  })
})

test('each place has a document of its own, and an ARN that a wider one covers in another place stays', () => {
  const arn = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-A', dbUser: 'db_user' }
  const documents = compile(
    [
      { arn: { ...arn, dbUser: '*' }, placement: 0 },
      { arn, placement: 0 },
      { arn, placement: 3 },
    ],
    nameOf,
  )
  expect([...documents].map(([name, document]) => [name, resourcesOf(document)])).toEqual([
    ['sallyport-abcdefghij', ['arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-A/*']],
    ['sallyport-abcdefghij-AROAEXAMPLE0123456789-3', ['arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-A/db_user']],
  ])
})

const isWithin = (arn: ConnectArn, grant: ConnectArn): boolean =>
  arn.partition === grant.partition &&
  arn.region === grant.region &&
  arn.account === grant.account &&
  [arn.resourceId, '*'].includes(grant.resourceId) &&
  [arn.dbUser, '*'].includes(grant.dbUser)

const resourcesOf = (document: string | undefined): string[] => (document === undefined ? [] : JSON.parse(document).Statement[0].Resource)
