import type { Logger } from 'pino'
import { type Aws, AwsError } from '../aws/index.ts'
import type { Database } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { atMost } from '../kernel/at-most.ts'
import { findAccount, type ManagedAccount } from './accounts-view.ts'
import { CallsSpent, withinBudget } from './sync-budget.ts'
import { clock, type Look, planNextSync, type SyncCounts, storeLook } from './sync-store.ts'
import { callsSpent, type SyncTrouble, troubleBy, troubleOf, troubleWith } from './sync-trouble.ts'

export interface SyncParts {
  readonly database: Database
  readonly aws: Aws
  readonly log: Logger
}

/** What came of looking at one region. */
export interface RegionOutcome {
  readonly account: string
  readonly region: string
  /** Null if clusters and instances were not read to their end, or what was found was out of date before it could be stored. */
  readonly counts: SyncCounts | null
  readonly trouble: SyncTrouble | null
}

export interface SyncAccount {
  readonly accountId: string
  /** False: only if it is due. */
  readonly asked: boolean
  readonly actor: ActorRecord
  /** Told of each region as soon as it is over. */
  readonly told?: (outcome: RegionOutcome) => void
}

/** How many regions of an account are walked at the same time. */
const REGIONS_AT_ONCE = 4

/**
 * Makes the catalog what AWS has in one account: every region for itself, so that one that fails holds up no other
 * and erases nothing. Its calls come out of the account's budget, after all that is more urgent. AWS's failures are not thrown; they are the outcome. Repeating it is harmless.
 */
export const syncAccount =
  (parts: SyncParts) =>
  async ({ accountId, asked, actor, told = () => {} }: SyncAccount): Promise<RegionOutcome[]> => {
    const account = await findAccount(parts.database, accountId)
    if (account === null || !account.active || !account.sync) return []
    if (!asked && account.nextSyncAt > (await clock(parts.database))) return []
    const outcomes = await atMost(REGIONS_AT_ONCE, account.regions, async (region) => {
      const outcome = await syncRegion(parts, account, region, actor)
      told(outcome)
      return outcome
    })
    await parts.database.inTransaction((tx) => planNextSync(tx, accountId))
    return outcomes
  }

async function syncRegion(
  { database, aws, log }: SyncParts,
  account: ManagedAccount,
  region: string,
  actor: ActorRecord,
): Promise<RegionOutcome> {
  const walk = { place: { accountId: account.id, partition: account.partition, region }, startedAt: await clock(database) }
  const about = { account: account.id, region }
  const { cause, ...look } = await lookAt(database, aws, account, region)
  const { trouble } = look
  const { counts, isNews } = await database.inTransaction((tx) => storeLook(tx, walk, look, actor))
  if (trouble !== null) {
    const level = !isNews ? 'debug' : isLoud(trouble) ? 'error' : 'warn'
    log[level](
      { ...about, code: trouble.code, ...(cause === null ? {} : { err: cause }) },
      look.found === null ? 'databases could not be looked for' : 'not everything could be looked for',
    )
  }
  return { ...about, counts, trouble }
}

/** Nobody but an operator can mend these. */
const isLoud = ({ code }: SyncTrouble): boolean => !['aws_throttled', 'aws_unavailable', 'calls_spent'].includes(code)

async function lookAt(
  database: Database,
  aws: Aws,
  account: ManagedAccount,
  region: string,
): Promise<Look & { readonly cause: AwsError | null }> {
  try {
    const found = await aws.findDatabases(account, region, withinBudget(database, account.id))
    const wrong = troubleWith(account.id, found.databases)
    if (wrong !== null) return { found: null, trouble: wrong, cause: null }
    return { found, trouble: troubleOf(found.unread), cause: found.unread[0]?.error ?? null }
  } catch (error) {
    if (error instanceof CallsSpent) return { found: null, trouble: callsSpent, cause: null }
    if (error instanceof AwsError) return { found: null, trouble: troubleBy(error), cause: error }
    throw error
  }
}
