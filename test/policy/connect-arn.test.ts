import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConnectArn, parseConnectPattern, printConnectPattern } from '../../src/policy/index.ts'
import { refusal } from './refusal.ts'
import { arnText, everyArn } from './world.ts'

const cluster = 'dbuser:cluster-ABCDEFGHIJKL01234'

describe('an rds-db ARN', () => {
  test('is read into its parts', () => {
    expect(parseConnectArn(`arn:aws:rds-db:us-east-2:123456789012:${cluster}/db_user`)).toEqual({
      partition: 'aws',
      region: 'us-east-2',
      account: '123456789012',
      resourceId: 'cluster-ABCDEFGHIJKL01234',
      dbUser: 'db_user',
    })
  })

  test.each([
    ['aws', 'us-east-2'],
    ['aws', 'ap-southeast-7'],
    ['aws', 'mx-central-1'],
    ['aws-cn', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-iso-e', 'eu-isoe-west-1'],
    ['aws-iso-f', 'us-isof-south-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('of partition %s and region %s is read and printed unchanged', (partition, region) => {
    const text = `arn:${partition}:rds-db:${region}:123456789012:${cluster}/db_user`
    expect(printConnectPattern(parseConnectArn(text))).toBe(text)
  })

  test.each(['cluster-ABCDEFGHIJKL01234', 'db-12ABC34DEFG5HIJ6KLMNOP78QR', 'prx-ABCDEFGHIJKL01234', 'prx-0a1b2c3d4e5f60718'])(
    'may name the resource id %s',
    (resourceId) => {
      expect(parseConnectArn(`arn:aws:rds-db:us-east-2:123456789012:dbuser:${resourceId}/db_user`).resourceId).toBe(resourceId)
    },
  )

  test('keeps the case of the database user', () => {
    expect(parseConnectArn(`arn:aws:rds-db:us-east-2:123456789012:${cluster}/Jane_Doe`).dbUser).toBe('Jane_Doe')
  })

  test('is printed as it was read, whatever its parts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyArn), (arn) => {
        expect(printConnectPattern(arn)).toBe(arnText(arn))
        expect(parseConnectArn(arnText(arn))).toEqual(arn)
      }),
    )
  })

  test('is either refused or means what it says, however it is mangled', () => {
    const valid = everyArn.map(arnText)
    const mangled = fc
      .tuple(
        fc.constantFrom(...valid),
        fc.nat(110),
        fc.nat(3),
        fc.oneof(fc.constantFrom(':', '/', '*', '?', '${', '"', ' ', '\n', 'é', '€'), fc.string()),
      )
      .map(([text, at, dropped, added]) => text.slice(0, at) + added + text.slice(at + dropped))
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string()), (text) => {
        const refused = refusal(() => parseConnectArn(text))
        if (refused === null) expect(arnText(parseConnectArn(text))).toBe(text)
        else expect(refused.code).toBe('invalid_arn')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what is no rds-db ARN of one database user is refused in words', () => {
  const at = (place: string, rest = `${cluster}/db_user`) => `arn:${place}:${rest}`
  const user = (name: string) => at('aws:rds-db:us-east-2:123456789012', `${cluster}/${name}`)
  const id = (resourceId: string) => at('aws:rds-db:us-east-2:123456789012', `dbuser:${resourceId}/db_user`)

  test.each([
    ['', 'an ARN is missing'],
    ['db_user', 'begins with "arn:"'],
    [' arn:aws:rds-db:us-east-2:123456789012:dbuser:db-A/u', 'blank space before or after'],
    ['arn:aws:rds-db:us-east-2:123456789012', 'six fields'],
    [at('aws:rds:us-east-2:123456789012'), 'the service is "rds-db"'],
    ['arn:aws:rds:us-east-2:123456789012:cluster:orders', 'an "rds:" ARN is for managing a database'],
    [at('aws:rdsdb:us-east-2:123456789012'), 'the service is "rdsdb"'],
    [at('aws:rds-db:us-east-2:123456789012', 'cluster-ABC/db_user'), 'after the account comes "dbuser:resource-id/db-user"'],
    [at('aws:rds-db:us-east-2:123456789012', 'dbuser/cluster-ABC/db_user'), 'after the account comes "dbuser:resource-id/db-user"'],
    [at('aws:rds-db:us-east-2:123456789012', cluster), 'after the account comes "dbuser:resource-id/db-user"'],
    [at(':rds-db:us-east-2:123456789012'), 'the partition is missing'],
    [at('amazon:rds-db:us-east-2:123456789012'), 'no partition "amazon"; AWS has aws, aws-cn, aws-us-gov'],
    [at('*:rds-db:us-east-2:123456789012'), 'no partition "*"'],
    [at('aws:rds-db::123456789012'), 'the region is missing'],
    [at('aws:rds-db:*:123456789012'), 'the region "*" holds a wildcard'],
    [at('aws:rds-db:us-east-2a:123456789012'), '"us-east-2a" is an availability zone; its region is "us-east-2"'],
    [at('aws:rds-db:cn-north-1:123456789012'), '"cn-north-1" is in the partition "aws-cn", not in "aws"'],
    [at('aws-us-gov:rds-db:us-east-2:123456789012'), '"us-east-2" is in the partition "aws", not in "aws-us-gov"'],
    [at('aws:rds-db:Ohio:123456789012'), '"Ohio" is not a region'],
    [at('aws:rds-db:US-EAST-2:123456789012'), '"US-EAST-2" is not a region'],
    [at('aws:rds-db:us-east-2:'), 'the account is missing'],
    [at('aws:rds-db:us-east-2:1234567890'), 'the account "1234567890" has 10 digits; an AWS account number has 12'],
    [at('aws:rds-db:us-east-2:1234567890123'), 'has 13 digits'],
    [at('aws:rds-db:us-east-2:1234-5678-9012'), 'is written with hyphens'],
    [at('aws:rds-db:us-east-2:*'), 'the account "*" holds a wildcard'],
    [at('aws:rds-db:us-east-2:production'), 'the account "production" is not a number of 12 digits'],
    [id(''), 'the resource id is missing'],
    [id('*'), 'the resource id "*" holds a wildcard'],
    [id('cluster-*'), 'the resource id "cluster-*" holds a wildcard'],
    [id('orders'), '"orders" is not a resource id but looks like the identifier'],
    [id('orders-instance-1'), '"orders-instance-1" is not a resource id but looks like the identifier'],
    [id('db-orders'), '"db-orders" is not a resource id but looks like the identifier'],
    [id('my-db-ABCDEFGHIJKL01234'), '"my-db-ABCDEFGHIJKL01234" is not a resource id'],
    [id('db-ABCDEF-1'), '"db-ABCDEF-1" is not a resource id'],
    [id('cluster-'), '"cluster-" is not a resource id'],
    [id('CLUSTER-ABC'), '"CLUSTER-ABC" is not a resource id'],
    [user(''), 'the database user is missing'],
    [user('*'), 'contains "*", a wildcard in IAM'],
    [user('jane_*'), 'contains "*", a wildcard in IAM'],
    [user('${aws:username}'), 'contains "${", which begins a policy variable'],
    [user('jane/doe'), 'contains "/"'],
    [user('jane"'), 'contains "\\"", a quotation mark'],
    [user(`j${'a'.repeat(63)}`), 'has 64 characters; no engine takes more than 63'],
  ])('%j', (text, why) => {
    const refused = refusal(() => parseConnectArn(text))
    expect(refused?.code).toBe('invalid_arn')
    expect(refused?.detail).toContain(why)
  })

  test.each([
    ['an account that would smuggle in a resource', { account: '123456789012:dbuser:cluster-A/admin' }],
    ['a database that would smuggle in a user', { resourceId: 'cluster-A/admin' }],
    ['a wildcard in the database user', { dbUser: 'jane_*' }],
    ['a wildcard in the database', { resourceId: 'cluster-*' }],
    ['a database user that ends the JSON string', { dbUser: 'a","*' }],
  ])('nor is it printed: %s', (_, change) => {
    const arn = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-A', dbUser: 'db_user', ...change }
    expect(refusal(() => printConnectPattern(arn))?.code).toBe('invalid_arn')
  })

  test('and the refusal shows what cannot be seen, and no more than a line of it', () => {
    const hidden = refusal(() => parseConnectArn(user('jane\u202edoe\u0007')))
    expect(hidden?.detail).toContain('jane\\u{202e}doe\\u0007')
    expect(hidden?.detail).not.toMatch(/[\u202e\u0007]/)
    expect(refusal(() => parseConnectArn('x'.repeat(100_000)))?.detail.length).toBeLessThan(300)
  })
})

describe('a pattern of ARNs', () => {
  test.each(['dbuser:*/*', 'dbuser:*/jane_doe', `${cluster}/*`, `${cluster}/db_user`])('%s comes back as it was', (resource) => {
    const text = `arn:aws:rds-db:us-east-2:123456789012:${resource}`
    expect(printConnectPattern(parseConnectPattern(text))).toBe(text)
  })

  test.each(['dbuser:cluster-*/x', 'dbuser:*/jane_*', 'dbuser:?/x', 'dbuser:*', 'cluster:*/*'])('%s is refused', (resource) => {
    expect(refusal(() => parseConnectPattern(`arn:aws:rds-db:us-east-2:123456789012:${resource}`))?.code).toBe('invalid_arn')
  })

  test('is no ARN of one database user', () => {
    expect(refusal(() => parseConnectArn('arn:aws:rds-db:us-east-2:123456789012:dbuser:*/x'))?.code).toBe('invalid_arn')
  })
})
