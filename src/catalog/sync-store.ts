import { record } from '../audit/index.ts'
import type { FoundDatabase } from '../aws/index.ts'
import type { Database, Tx } from '../db/index.ts'
import { enqueueSyncs, type SweepWork, scheduleSync } from '../jobs/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { knownInRegion, lockRegion, saveDatabases } from './database-store.ts'
import type { Place } from './known-database.ts'
import { changeEvents, regionChanges } from './region-changes.ts'
import type { SyncTrouble } from './sync-trouble.ts'

/** What a complete walk found in a region, and what was new about it. */
export interface SyncCounts {
  readonly clusters: number
  readonly instances: number
  readonly proxies: number
  readonly found: number
  readonly changed: number
  readonly gone: number
  readonly returned: number
}

/** One look at a region; `startedAt` by the database's clock. */
export interface Walk {
  readonly place: Place
  readonly startedAt: Date
}

/** Seconds between two looks at an account; up to a tenth less, so that accounts spread. */
const SYNC_EVERY = 900

/** The database's clock, outside a transaction: AWS is asked next. */
export async function clock(database: Database): Promise<Date> {
  const [row] = await database.query<{ now: Date }>({ name: 'clock', text: 'select now() as now' }, [])
  if (row === undefined) throw new Error('select now() answered nothing')
  return row.now
}

/**
 * Stores what a complete walk found, with its events. Null, and nothing is stored, if another walk that began later
 * was stored before, or the region is not looked at any more.
 */
export async function storeWalk(tx: Tx, walk: Walk, walked: readonly FoundDatabase[], actor: ActorRecord): Promise<SyncCounts | null> {
  const { place } = walk
  await lockRegion(tx, place)
  if (!(await counts(tx, walk))) return null
  const changes = regionChanges(place, await knownInRegion(tx, place), walked, await tx.now(), () => newId('dbs'))
  await saveDatabases(
    tx,
    changes.map(({ after }) => after),
    changeEvents(changes, actor),
  )
  const ofKind = (kind: FoundDatabase['kind']) => walked.filter((database) => database.kind === kind).length
  const that = (kind: keyof SyncCounts) => changes.filter((change) => change.kind === kind).length
  const result: SyncCounts = {
    clusters: ofKind('cluster'),
    instances: ofKind('instance'),
    proxies: ofKind('proxy'),
    found: that('found'),
    changed: that('changed'),
    gone: that('gone'),
    returned: that('returned'),
  }
  await tx.prisma.$executeRaw`
    insert into region_sync (account_id, region, started_at, ended_at, complete_at, counts)
    values (${place.accountId}, ${place.region}, ${walk.startedAt}, now(), now(), ${JSON.stringify(result)}::jsonb)
    on conflict (account_id, region) do update set started_at = excluded.started_at, ended_at = excluded.ended_at, error_code = null,
      error_message = null, complete_at = excluded.complete_at, counts = excluded.counts`
  return result
}

/** Stores that a walk came to no end, which says nothing of any database. Answers whether that is news. */
export async function storeTrouble(tx: Tx, walk: Walk, { code, message }: SyncTrouble): Promise<boolean> {
  const { place } = walk
  await lockRegion(tx, place)
  if (!(await counts(tx, walk))) return false
  const before = await tx.prisma.regionSync.findUnique({
    where: { accountId_region: { accountId: place.accountId, region: place.region } },
  })
  await tx.prisma.$executeRaw`
    insert into region_sync (account_id, region, started_at, ended_at, error_code, error_message)
    values (${place.accountId}, ${place.region}, ${walk.startedAt}, now(), ${code}, ${message})
    on conflict (account_id, region) do update set started_at = excluded.started_at, ended_at = excluded.ended_at,
      error_code = excluded.error_code, error_message = excluded.error_message`
  return before?.errorCode !== code
}

/** Whether a walk has something to say: the newest one of a region that is still looked at. */
async function counts(tx: Tx, { place, startedAt }: Walk): Promise<boolean> {
  const [row] = await tx.prisma.$queryRaw<unknown[]>`
    select from account a
    where a.id = ${place.accountId} and a.active and a.sync and ${place.region} = any(a.regions)
      and not exists (select from region_sync s where s.account_id = a.id and s.region = ${place.region} and s.started_at > ${startedAt})`
  return row !== undefined
}

/** Has the account looked at again in a quarter of an hour. */
export async function planNextSync(tx: Tx, accountId: string): Promise<void> {
  const now = await tx.now()
  const nextSyncAt = new Date(now.getTime() + SYNC_EVERY * (1 - Math.random() / 10) * 1_000)
  await tx.prisma.account.update({ where: { id: accountId }, data: { nextSyncAt } })
  await scheduleSync(tx, accountId, nextSyncAt)
}

/** Has accounts looked at now, because somebody asks for it. */
export async function storeSyncAsked(tx: Tx, accountIds: readonly string[], actor: ActorRecord): Promise<void> {
  await enqueueSyncs(tx, accountIds, { asked: true })
  await record(tx, [{ type: 'catalog.sync_asked', actor, payload: { accounts: accountIds } }])
}

/** Has every account looked at that is due: one that is new, and one whose alarm was lost. */
export const enqueueDueSyncs: SweepWork = {
  name: 'accounts to look at for databases',
  run: async (tx) => {
    const due = await tx.prisma.$queryRaw<{ id: string }[]>`
      select id from account where active and sync and next_sync_at <= now() order by next_sync_at`
    await enqueueSyncs(
      tx,
      due.map(({ id }) => id),
      { asked: false },
    )
  },
}
