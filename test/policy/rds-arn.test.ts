import { describe, expect, test } from 'vitest'
import { parseRdsArn } from '../../src/policy/index.ts'
import { refusal } from './refusal.ts'

const rds = 'arn:aws:rds:us-east-2:123456789012'

describe('the ARN of a database', () => {
  test.each([
    [`${rds}:cluster:orders`, { kind: 'cluster', identifier: 'orders' }],
    [`${rds}:db:orders-reader-1`, { kind: 'instance', identifier: 'orders-reader-1' }],
    [`${rds}:db-proxy:prx-0a1b2c3d4e5f60718`, { kind: 'proxy', identifier: 'prx-0a1b2c3d4e5f60718' }],
  ])('%s is read into its parts', (text, parts) => {
    expect(parseRdsArn(text)).toEqual({ partition: 'aws', region: 'us-east-2', account: '123456789012', ...parts })
  })

  test.each([
    ['orders', 'an ARN begins with "arn:"'],
    ['arn:aws:rds-db:us-east-2:123456789012:dbuser:db-A/jane', 'an "rds-db:" ARN names a database user'],
    ['arn:aws:redshift:us-east-2:123456789012:cluster:orders', 'the service is "redshift"; the ARN of a database has "rds"'],
    ['arn:aws:rds:us-east-2:1234567890:cluster:orders', 'has 10 digits; an AWS account number has 12'],
    ['arn:aws:rds::123456789012:cluster:orders', 'the region is missing'],
    ['arn:aws:rds:cn-north-1:123456789012:cluster:orders', 'is in the partition "aws-cn"'],
    ['arn:aws2:rds:us-east-2:123456789012:cluster:orders', 'there is no partition "aws2"'],
    [`${rds}:orders`, '"orders" is nothing that one connects to; a cluster has "cluster:"'],
    [`${rds}:snapshot:orders-1`, '"snapshot" is nothing that one connects to'],
    [`${rds}:cluster-snapshot:orders-1`, '"cluster-snapshot" is nothing that one connects to'],
    [`${rds}:cluster`, 'the identifier of the cluster is missing'],
    [`${rds}:cluster:`, 'the identifier of the cluster is missing'],
    [`${rds}:db-proxy:`, 'the id of the proxy is missing'],
    [`${rds}:cluster:*`, '"*" holds a wildcard; name one cluster'],
    [`${rds}:cluster:cluster-ABCDEFGHIJKL01234`, 'is a resource id; an "rds:" ARN ends with the identifier'],
    [`${rds}:cluster:Orders`, '"Orders" is not the identifier of a database'],
    [`${rds}:cluster:orders-`, '"orders-" is not the identifier of a database'],
    [`${rds}:cluster:or--ders`, '"or--ders" is not the identifier of a database'],
    [`${rds}:db:1orders`, '"1orders" is not the identifier of a database'],
    [`${rds}:db:${'a'.repeat(64)}`, 'is not the identifier of a database'],
    [`${rds}:db:orders:snapshot`, '"orders:snapshot" is not the identifier of a database'],
    [`${rds}:db-proxy:orders-proxy`, '"orders-proxy" is not the id of a proxy'],
  ])('%s is refused in words', (text, why) => {
    const refused = refusal(() => parseRdsArn(text))
    expect(refused?.code).toBe('invalid_arn')
    expect(refused?.detail).toContain(why)
  })
})
