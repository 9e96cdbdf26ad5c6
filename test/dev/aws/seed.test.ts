import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeDBClustersCommand, type RDSClient } from '@aws-sdk/client-rds'
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AwsStandIn, type SeedCall, startAwsStandIn } from '../../../src/dev/aws/index.ts'
import { ACCOUNT, clientsFor, keysOf } from './support.ts'

let folder: string
let stateFile: string
let standIn: AwsStandIn

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-stand-in-'))
  stateFile = join(folder, 'aws.json')
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile })
})
afterEach(async () => {
  await standIn.close()
  await rm(folder, { recursive: true })
})

const cluster = (account: string, region: string, identifier: string): SeedCall => ({
  account,
  region,
  service: 'rds',
  action: 'CreateDBCluster',
  parameters: {
    DBClusterIdentifier: identifier,
    Engine: 'aurora-postgresql',
    'Tags.Tag.1.Key': 'environment',
    'Tags.Tag.1.Value': 'production',
  },
})

async function identifiers(rds: RDSClient): Promise<(string | undefined)[]> {
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({}))
  return DBClusters.map(({ DBClusterIdentifier }) => DBClusterIdentifier)
}

it('makes ten thousand databases in a hundred accounts, and has them in the file', async () => {
  const accounts = Array.from({ length: 100 }, (_, place) => String(500_000_000_000 + place))
  const regions = ['us-east-1', 'us-east-2', 'eu-west-1', 'eu-central-1', 'cn-north-1']
  const names = Array.from({ length: 20 }, (_, place) => `orders-${10 + place}`)
  standIn.seed(accounts.flatMap((account) => regions.flatMap((region) => names.map((name) => cluster(account, region, name)))))
  for (const [account, region] of [
    ['500000000000', 'us-east-1'],
    ['500000000099', 'cn-north-1'],
  ] as const) {
    expect(await identifiers(clientsFor(standIn, keysOf(account), region).rds)).toEqual(names)
  }
  const { accounts: kept } = JSON.parse(await readFile(stateFile, 'utf8'))
  expect(Object.values<{ databases: unknown[] }>(kept).map(({ databases }) => databases.length)).toEqual(accounts.map(() => 100))
})

it('makes none if one is refused', async () => {
  const calls = [cluster(ACCOUNT, 'us-east-2', 'orders'), cluster(ACCOUNT, 'us-east-2', 'orders')]
  expect(() => standIn.seed(calls)).toThrow('There is already a cluster with the identifier orders')
  expect(await identifiers(clientsFor(standIn).rds)).toEqual([])
})

it('is there over HTTP, for services of either protocol', async () => {
  const send = (body: unknown) =>
    fetch(`${standIn.url}/_standin/seed`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const instance = { account: ACCOUNT, region: 'us-east-2', service: 'sso', action: 'CreateInstance', parameters: {} }
  expect((await send([instance, cluster(ACCOUNT, 'us-east-2', 'orders')])).status).toBe(201)
  expect((await clientsFor(standIn).sso.send(new ListInstancesCommand({}))).Instances).toHaveLength(1)
  for (const wrong of [[instance], [{ ...instance, action: 'Nothing' }], [{ ...instance, service: 's3' }], {}]) {
    expect((await send(wrong)).status, JSON.stringify(wrong)).toBe(400)
  }
})
