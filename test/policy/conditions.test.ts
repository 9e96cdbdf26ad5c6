import { describe, expect, test } from 'vitest'
import { meets } from '../../src/policy/conditions.ts'
import { readPolicy } from '../../src/policy/read-policy.ts'
import { requestContext } from '../../src/policy/request-context.ts'

type Value = string | readonly string[]
type Row = readonly [operator: string, ofPolicy: Value, ofRequest: Value | undefined, met: 'yes' | 'no' | 'unknown']

function ask(
  operator: string,
  ofPolicy: Value,
  ofRequest: Value | undefined,
  more: Readonly<Record<string, Value>> = {},
): string | undefined {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { 'aws:Key': ofPolicy } } }
  const { policy } = readPolicy({ Version: '2012-10-17', Statement: statement })
  const context = requestContext({ ...more, ...(ofRequest === undefined ? {} : { 'AWS:key': ofRequest }) })
  const [condition] = policy?.statements[0]?.conditions ?? []
  return condition && meets(condition, { version: '2012-10-17', context })
}

const tables: Readonly<Record<string, readonly Row[]>> = {
  'texts compare exactly, or without capitals, or with wildcards': [
    ['StringEquals', 'john', 'john', 'yes'],
    ['StringEquals', 'john', 'John', 'no'],
    ['StringEquals', ['jane', 'john'], 'john', 'yes'],
    ['StringEquals', 'jo*', 'john', 'no'],
    ['StringEquals', 'jo*', 'jo*', 'yes'],
    ['StringEquals', [], 'john', 'no'],
    ['StringNotEquals', 'john', 'jane', 'yes'],
    ['StringNotEquals', ['jane', 'john'], 'john', 'no'],
    ['StringEqualsIgnoreCase', 'JOHN', 'john', 'yes'],
    ['StringEqualsIgnoreCase', 'JANÉ', 'jané', 'yes'],
    ['StringNotEqualsIgnoreCase', 'JOHN', 'john', 'no'],
    ['StringLike', 'jo*', 'john', 'yes'],
    ['StringLike', 'jo?', 'john', 'no'],
    ['StringLike', 'JO*', 'john', 'no'],
    ['StringNotLike', ['ja*', 'jo*'], 'john', 'no'],
    ['StringNotLike', ['ja*', 'jo*'], 'mary', 'yes'],
  ],
  'numbers compare as numbers': [
    ['NumericEquals', '10', '10.0', 'yes'],
    ['NumericNotEquals', '10', '11', 'yes'],
    ['NumericLessThan', '10', '9', 'yes'],
    ['NumericLessThan', '10', '10', 'no'],
    ['NumericLessThanEquals', '10', '10', 'yes'],
    ['NumericGreaterThan', '-1', '0', 'yes'],
    ['NumericGreaterThan', '0.5', '0.25', 'no'],
    ['NumericGreaterThanEquals', '0.5', '.5', 'unknown'],
    ['NumericEquals', 'ten', '10', 'unknown'],
    ['NumericEquals', '10000000000000001', '10000000000000000', 'unknown'],
  ],
  'times compare whatever their form': [
    ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', 'yes'],
    ['DateEquals', '2026-01-01', '1767225600', 'yes'],
    ['DateNotEquals', '2026-01-01', '2026-01-02', 'yes'],
    ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59.999Z', 'yes'],
    ['DateLessThan', '2026-01-01T00:00Z', '2026-01-01T00:00:00Z', 'no'],
    ['DateLessThanEquals', '2026-01', '2026-01-01T00:00:00Z', 'yes'],
    ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:01Z', 'yes'],
    ['DateGreaterThanEquals', '2026-01-01', '2025-12-31', 'no'],
    ['DateLessThan', '2026', '2025-12-31', 'unknown'],
    ['DateLessThan', '2026-02-30', '2025-12-31', 'unknown'],
    ['DateLessThan', '2026-01-01T00:00:00', '2025-12-31', 'unknown'],
    ['DateLessThan', 'tomorrow', '2025-12-31', 'unknown'],
  ],
  'booleans and bytes': [
    ['Bool', 'true', 'true', 'yes'],
    ['Bool', 'true', 'True', 'yes'],
    ['Bool', 'false', 'true', 'no'],
    ['Bool', 'yes', 'true', 'unknown'],
    ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'yes'],
    ['BinaryEquals', 'YQ==', 'Yg==', 'no'],
    ['BinaryEquals', 'YQ', 'YQ==', 'unknown'],
  ],
  'addresses are in ranges': [
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', 'yes'],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', 'no'],
    ['IpAddress', '203.0.113.7', '203.0.113.7', 'yes'],
    ['IpAddress', '0.0.0.0/0', '203.0.113.7', 'yes'],
    ['IpAddress', ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::1', 'yes'],
    ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', 'no'],
    ['IpAddress', '::ffff:203.0.113.7', '::ffff:cb00:7107', 'yes'],
    ['IpAddress', '::/0', '203.0.113.7', 'no'],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', 'yes'],
    ['IpAddress', '203.0.113.0/33', '203.0.113.7', 'unknown'],
    ['IpAddress', '203.0.113', '203.0.113.7', 'unknown'],
    ['IpAddress', '203.0.113.0/24', '203.0.113.0/30', 'unknown'],
    ['IpAddress', '1::2::3', '1::3', 'unknown'],
    ['IpAddress', '1:2:3:4:5:6:7', '1::3', 'unknown'],
    ['IpAddress', '1:2:3:4:5:6:7::8', '1::3', 'unknown'],
    ['IpAddress', '::g', '1::3', 'unknown'],
    ['IpAddress', '::1.2.3', '::1', 'unknown'],
  ],
  'ARNs compare part by part': [
    ['ArnEquals', 'arn:aws:iam::123456789012:user/*', 'arn:aws:iam::123456789012:user/jane_doe', 'yes'],
    ['ArnLike', 'arn:aws:iam::*:role/app', 'arn:aws:iam::123456789012:role/app', 'yes'],
    ['ArnLike', 'arn:aws:iam::*:role/app', 'arn:aws:iam::123456789012:role/App', 'no'],
    // The page's own example: a StringLike would match here.
    [
      'ArnLike',
      'arn:aws:someservice:*:111122223333:finance/*',
      'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
      'no',
    ],
    ['ArnLike', 'arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:us-east-2:123456789012:log-group:a:b', 'yes'],
    ['ArnNotLike', 'arn:aws:iam::*:role/app', 'arn:aws:iam::123456789012:role/other', 'yes'],
    ['ArnNotEquals', 'arn:aws:iam::*:role/app', 'arn:aws:iam::123456789012:role/app', 'no'],
    ['ArnLike', 'arn:aws:iam:*', 'arn:aws:iam::123456789012:role/app', 'unknown'],
    ['ArnLike', 'jane*', 'jane_doe', 'unknown'],
    ['ArnLike', 'jane*', 'bob', 'no'],
  ],
  'a key that the request is known not to have': [
    ['StringEquals', 'a', [], 'no'],
    ['StringNotEquals', 'a', [], 'yes'],
    ['StringEqualsIfExists', 'a', [], 'yes'],
    ['StringNotEqualsIfExists', 'a', [], 'yes'],
    ['ForAllValues:StringEquals', 'a', [], 'yes'],
    ['ForAnyValue:StringEquals', 'a', [], 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'a', [], 'unknown'],
    ['Null', 'true', [], 'yes'],
    ['Null', 'false', [], 'no'],
    ['Null', ['true', 'false'], [], 'yes'],
    ['Null', 'maybe', [], 'unknown'],
  ],
  'a key that the request is known to have': [
    ['Null', 'true', 'a', 'no'],
    ['Null', 'false', 'a', 'yes'],
    ['Null', 'false', '', 'unknown'],
    ['StringEqualsIfExists', 'a', 'b', 'no'],
    ['StringEqualsIfExists', 'a', 'a', 'yes'],
  ],
  'a key that nothing is known of': [
    ['StringEquals', 'a', undefined, 'unknown'],
    ['StringNotEqualsIfExists', 'a', undefined, 'unknown'],
    ['ForAllValues:StringEquals', 'a', undefined, 'unknown'],
    ['Null', 'true', undefined, 'unknown'],
  ],
  'several values': [
    ['ForAllValues:StringEquals', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'Message'], 'yes'],
    ['ForAllValues:StringEquals', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'UserName'], 'no'],
    ['ForAnyValue:StringEquals', ['ID', 'PostDateTime'], ['PostDateTime', 'Message'], 'yes'],
    ['ForAnyValue:StringEquals', ['ID', 'PostDateTime'], ['UserName'], 'no'],
    ['ForAllValues:StringNotLike', 'key1*', ['key2', 'key3'], 'yes'],
    ['ForAllValues:StringNotLike', 'key1*', ['key2', 'key1:legal'], 'no'],
    ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], 'yes'],
    ['ForAnyValue:StringNotEquals', 'a', ['a'], 'no'],
    ['ForAllValues:StringEquals', 'a', '', 'yes'],
    ['ForAnyValue:StringEquals', '', '', 'no'],
    ['ForAllValues:StringEquals', [], ['a'], 'no'],
    ['ForAnyValue:NumericLessThan', '5', ['many', '3'], 'yes'],
    ['ForAllValues:NumericLessThan', '5', ['many', '3'], 'unknown'],
    ['StringEquals', 'a', ['a', 'b'], 'unknown'],
    ['StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
    ['StringEquals', 'c', ['a', 'b'], 'no'],
  ],
}

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows)('%s %j against %j: %s', (operator, ofPolicy, ofRequest, met) => {
    expect(ask(operator, ofPolicy, ofRequest)).toBe(met)
  })
})

describe('variables in conditions', () => {
  const own = '${aws:username}'

  test.each<[string, string, Value | undefined, string]>([
    ['StringEquals', own, 'jane_doe', 'yes'],
    ['StringEquals', own, 'bob', 'no'],
    ['StringEquals', own, undefined, 'unknown'],
    ['StringEquals', own, [], 'no'],
    ['StringNotEquals', own, [], 'yes'],
    ['StringEqualsIgnoreCase', own, 'JANE_DOE', 'yes'],
    ['StringLike', `${own}*`, 'jane', 'yes'],
    ['StringEquals', '${*}', 'anybody', 'no'],
    ['ArnLike', `arn:aws:iam::*:user/${own}`, 'jane_doe', 'no'],
    ['NumericEquals', own, '1', 'unknown'],
  ])('%s %s where the user is %s: %4$s', (operator, value, username, met) => {
    const more = username === undefined ? {} : { 'aws:username': username }
    expect(ask(operator, value, 'jane_doe', more)).toBe(met)
  })
})
