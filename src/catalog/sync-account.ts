import type { Logger } from 'pino'
import { type Aws, AwsError, type FoundDatabase } from '../aws/index.ts'
import type { Database } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { atMost } from '../kernel/at-most.ts'
import { findAccount, type ManagedAccount } from './accounts-view.ts'
import { clock, planNextSync, type SyncCounts, storeTrouble, storeWalk } from './sync-store.ts'
import { type SyncTrouble, troubleBy, troubleWith } from './sync-trouble.ts'

export interface SyncParts {
  readonly database: Database
  readonly aws: Aws
  readonly log: Logger
}

/** What came of looking at one region. */
export interface RegionOutcome {
  readonly account: string
  readonly region: string
  /** Null if it was not walked to its end, or what it found was out of date before it could be stored. */
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
 * and erases nothing. AWS's failures are not thrown; they are the outcome. Repeating it is harmless.
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
  const walked = await walkOf(aws, account, region)
  if ('found' in walked) {
    return { ...about, counts: await database.inTransaction((tx) => storeWalk(tx, walk, walked.found, actor)), trouble: null }
  }
  const { trouble, cause } = walked
  const isNew = await database.inTransaction((tx) => storeTrouble(tx, walk, trouble))
  const level = !isNew ? 'debug' : isLoud(trouble) ? 'error' : 'warn'
  log[level]({ ...about, code: trouble.code, ...(cause === null ? {} : { err: cause }) }, 'databases could not be looked for')
  return { ...about, counts: null, trouble }
}

/** Nobody but an operator can mend these. */
const isLoud = ({ code }: SyncTrouble): boolean => code !== 'aws_throttled' && code !== 'aws_unavailable'

type Walked = { readonly found: FoundDatabase[] } | { readonly trouble: SyncTrouble; readonly cause: AwsError | null }

async function walkOf(aws: Aws, account: ManagedAccount, region: string): Promise<Walked> {
  try {
    const found = await aws.findDatabases(account, region)
    const trouble = troubleWith(account.id, found)
    return trouble === null ? { found } : { trouble, cause: null }
  } catch (error) {
    if (error instanceof AwsError) return { trouble: troubleBy(error), cause: error }
    throw error
  }
}
