import Table from 'cli-table3'
import type { Logger } from 'pino'
import { createAws } from '../aws/index.ts'
import { accountsToSync, chooseAccounts, type RegionOutcome, syncAccount } from '../catalog/index.ts'
import type { Environment } from '../config/index.ts'
import { connect } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { atMost } from '../kernel/at-most.ts'

const operator: ActorRecord = { kind: 'system', person: null, credential: 'operator', via: 'cli' }

/** How many accounts are looked at at the same time. */
const ACCOUNTS_AT_ONCE = 4

/**
 * `sallyport catalog sync`: looks for databases in accounts, or in all where none is named. `progress` is told of each
 * region as it is over, `say` the result. Answers the exit code: 1 if something was not read. Throws the codes of chooseAccounts.
 */
export async function syncCatalogCommand(
  environment: Environment<'catalog'>,
  { account: named, json }: { readonly account: readonly string[]; readonly json: boolean },
  log: Logger,
  say: (text: string) => void,
  progress: (text: string) => void,
): Promise<0 | 1> {
  const { databaseUrl, awsEndpoint, awsRegion } = environment
  const database = connect({ connectionString: databaseUrl, applicationName: 'sallyport catalog', poolSize: 4, onIdleError: () => {} })
  const aws = createAws({ endpoint: awsEndpoint, region: awsRegion, credentials: null })
  try {
    const accounts = chooseAccounts(await accountsToSync(database), named.length === 0 ? null : named)
    const sync = syncAccount({ database, aws, log })
    const told = (outcome: RegionOutcome): void => progress(`${outcome.account} ${outcome.region}: ${inWords(outcome)}`)
    const look = (accountId: string) => sync({ accountId, asked: true, actor: operator, told })
    const outcomes = (await atMost(ACCOUNTS_AT_ONCE, accounts, look)).flat()
    say(json ? JSON.stringify(outcomes, null, 2) : tableOf(outcomes))
    return outcomes.every(({ trouble }) => trouble === null) ? 0 : 1
  } finally {
    aws.close()
    await database.close()
  }
}

function inWords({ counts, trouble }: RegionOutcome): string {
  if (trouble !== null) return `${trouble.code}: ${trouble.message}`
  if (counts === null) return 'another look that began later was faster'
  const { clusters, instances, proxies } = counts
  return `complete: ${clusters} clusters, ${instances} instances, ${proxies} proxies`
}

function tableOf(outcomes: readonly RegionOutcome[]): string {
  if (outcomes.length === 0) return 'There is no account in which databases are looked for; sallyport.yaml in force names none.'
  const numbers = ['clusters', 'instances', 'proxies', 'found', 'changed', 'gone', 'returned'] as const
  const table = new Table({ head: ['account', 'region', 'result', ...numbers], style: { head: [], border: [] } })
  for (const { account, region, counts, trouble } of outcomes) {
    const result = trouble?.code ?? (counts === null ? 'overtaken' : 'complete')
    table.push([account, region, result, ...numbers.map((number) => counts?.[number] ?? '')])
  }
  return table.toString()
}
