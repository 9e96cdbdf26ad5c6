/** What it costs to look for databases in a hundred accounts: calls to AWS, statements in Postgres, processor time. */

import { syncAccount } from '../src/catalog/index.ts'
import type { SeedCall } from '../src/dev/aws/index.ts'
import { atMost } from '../src/kernel/at-most.ts'
import { countedPool } from './counted-pool.ts'
import { say, sayLoad, sayTable } from './figures.ts'
import { inWorld, operator, type World } from './world.ts'

const ACCOUNTS = 100
const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1']
const DATABASES = 20
/** As many as all workers together look at at the same time. */
const AT_ONCE = 4

const accounts = Array.from({ length: ACCOUNTS }, (_, index) => String(200_000_000_000 + index))

async function measure({ parts: { db, aws, log }, standIn }: World): Promise<void> {
  for (const account of accounts) standIn.seed([...roleIn(account), ...REGIONS.flatMap((region) => databasesIn(account, region))])
  await db.prisma.account.createMany({
    data: accounts.map((id) => ({ id, name: id, partition: 'aws', regions: REGIONS, roleArn: `arn:aws:iam::${id}:role/sallyport` })),
  })
  const sync = syncAccount({ database: db, aws, log })
  const counted = countedPool(db.pool)
  const look = async () => {
    standIn.calls.reset()
    counted.take()
    const before = process.cpuUsage()
    const outcomes = (await atMost(AT_ONCE, accounts, (accountId) => sync({ accountId, asked: true, actor: operator }))).flat()
    const { user, system } = process.cpuUsage(before)
    if (outcomes.some(({ counts }) => counts === null)) throw new Error('a region was not walked to its end')
    const actions = standIn.calls.list().map(({ action }) => action)
    return { actions, statements: counted.take().length, processor: (user + system) / 1_000 }
  }
  const first = await look()
  const again = await look()
  refuseNeedless(first.actions, ACCOUNTS)
  refuseNeedless(again.actions, 0)
  const names = [...new Set(first.actions)].sort()
  const row = (name: string, { actions, statements, processor }: typeof first) => [
    name,
    ...names.map((action) => actions.filter((each) => each === action).length),
    (statements / (ACCOUNTS * REGIONS.length)).toFixed(1),
    (processor / (ACCOUNTS * REGIONS.length)).toFixed(1),
  ]
  sayTable(['', ...names, 'statements a region', 'ms of processor a region'], [row('all new', first), row('nothing new', again)])
  say(`
${ACCOUNTS} accounts, ${REGIONS.length} regions, ${DATABASES} databases in each. The fewest calls there can be are one AssumeRole an account, and in a region one page
of each list (a hundred databases fit into one): no list of endpoints is asked for where nothing has any. The processor time includes
the answers of the stand-in for AWS, which are given in the same process; Postgres is another.`)
  sayLoad()
}

/** Throws for a call that is not needed: one AssumeRole for each account that has none yet, and in each region a page of each of four lists. */
function refuseNeedless(actions: readonly string[], roles: number): void {
  const fewest = roles + 4 * accounts.length * REGIONS.length
  if (actions.length !== fewest) throw new Error(`${actions.length} calls, where ${fewest} are enough`)
}

const roleIn = (account: string): SeedCall[] => {
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const trust = policy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' })
  const iam = { account, region: 'us-east-1', service: 'iam' } as const
  return [{ ...iam, action: 'CreateRole', parameters: { RoleName: 'sallyport', AssumeRolePolicyDocument: trust } }]
}

const databasesIn = (account: string, region: string): SeedCall[] =>
  Array.from({ length: DATABASES }, (_, index) => ({
    account,
    region,
    service: 'rds',
    action: 'CreateDBCluster',
    parameters: {
      DBClusterIdentifier: `c${index}`,
      Engine: 'aurora-postgresql',
      EnableIAMDatabaseAuthentication: 'true',
      'Tags.Tag.1.Key': 'environment',
      'Tags.Tag.1.Value': 'production',
    },
  }))

await inWorld([], measure)
