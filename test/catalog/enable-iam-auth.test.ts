import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type CatalogDatabase, enableIamAuthCommand } from '../../src/catalog/index.ts'

const database: CatalogDatabase = {
  id: 'dbs_01h455vb4pex5vsknk084sn02q',
  accountId: '123456789012',
  partition: 'aws',
  region: 'us-east-2',
  kind: 'cluster',
  resourceId: 'cluster-ABCDEFGHIJKL01234',
  identifier: 'orders',
  arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
  engine: 'aurora-postgresql',
  engineVersion: null,
  host: 'orders.example',
  port: 5432,
  iamAuth: false,
  tags: {},
  declared: true,
  found: false,
  goneAt: null,
}

/** The words that `aws` gets, as a POSIX shell splits the command; what the inner command prints stands in brackets. */
const words = (command: string): string[] =>
  execFileSync(
    'sh',
    ['-c', `aws() { if [ "$2" = describe-db-proxies ]; then printf '[%s]' "$*"; else printf '%s\n' "$@"; fi; }; ${command}`],
    { encoding: 'utf8' },
  )
    .trimEnd()
    .split('\n')

test('a cluster and an instance are modified by their identifier', () => {
  expect(words(enableIamAuthCommand(database)).join(' ')).toBe(
    'rds modify-db-cluster --region us-east-2 --db-cluster-identifier orders --enable-iam-database-authentication --apply-immediately',
  )
  expect(words(enableIamAuthCommand({ ...database, kind: 'instance' })).join(' ')).toBe(
    'rds modify-db-instance --region us-east-2 --db-instance-identifier orders --enable-iam-database-authentication --apply-immediately',
  )
})

test('a proxy is modified by the name that RDS has for its ARN', () => {
  const proxy: CatalogDatabase = {
    ...database,
    kind: 'proxy',
    identifier: 'prx-ABC',
    arn: 'arn:aws:rds:us-east-2:123456789012:db-proxy:prx-ABC',
  }
  expect(words(enableIamAuthCommand(proxy))).toEqual([
    'rds',
    'modify-db-proxy',
    '--region',
    'us-east-2',
    '--db-proxy-name',
    "[rds describe-db-proxies --region us-east-2 --query DBProxies[?DBProxyArn=='arn:aws:rds:us-east-2:123456789012:db-proxy:prx-ABC'].DBProxyName --output text]",
    '--default-auth-scheme',
    'IAM_AUTH',
  ])
})
