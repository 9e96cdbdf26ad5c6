import { record } from '../audit/index.ts'
import type { FoundDatabase, FoundInRegion } from '../aws/index.ts'
import type { Database, Statement, Tx } from '../db/index.ts'
import { enqueueSyncs, type SweepWork, scheduleSync } from '../jobs/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { knownInRegion, lockRegion, saveDatabases } from './database-store.ts'
import type { Place } from './known-database.ts'
import { changeEvents, regionChanges } from './region-changes.ts'
import type { SyncTrouble } from './sync-trouble.ts'

/** What a walk found in a region, and what was new about it. */
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

/** What came of a look: `found` null if clusters and instances were not read to their end, and nothing is to be learnt. */
export interface Look {
  readonly found: FoundInRegion | null
  readonly trouble: SyncTrouble | null
}

export interface StoredLook {
  /** Null if nothing was learnt. */
  readonly counts: SyncCounts | null
  /** Whether the trouble is another than that of the look before. */
  readonly isNews: boolean
}

/**
 * Stores what a look found, with its events, and what trouble there was. Nothing is stored if another look that began
 * later was stored before, or the region is not looked at any more.
 */
export async function storeLook(tx: Tx, walk: Walk, { found, trouble }: Look, actor: ActorRecord): Promise<StoredLook> {
  const { place } = walk
  await lockRegion(tx, place)
  const [standing] = await tx.query<{ now: Date; errorCode: string | null }>(standingOf, [place.accountId, place.region, walk.startedAt])
  if (standing === undefined) return { counts: null, isNews: false }
  const counts = found === null ? null : await learnFrom(tx, place, found, standing.now, actor)
  await tx.query(keepLook, [
    place.accountId,
    place.region,
    walk.startedAt,
    trouble?.code ?? null,
    trouble?.message ?? null,
    counts === null ? null : JSON.stringify(counts),
  ])
  return { counts, isNews: trouble !== null && standing.errorCode !== trouble.code }
}

/** A row if a look has something to say: the newest one of a region that is still looked at. */
const standingOf: Statement = {
  name: 'region-standing',
  text: `
    select now() as now, s.error_code as "errorCode" from account a left join region_sync s on s.account_id = a.id and s.region = $2
    where a.id = $1 and a.active and a.sync and $2 = any(a.regions) and (s.started_at is null or s.started_at <= $3::timestamptz)`,
}

const keepLook: Statement = {
  name: 'region-look-keep',
  text: `
    insert into region_sync as s (account_id, region, started_at, ended_at, error_code, error_message, complete_at, counts)
    values ($1, $2, $3::timestamptz, now(), $4, $5, case when $4::text is null then now() end, $6::jsonb)
    on conflict (account_id, region) do update set started_at = excluded.started_at, ended_at = excluded.ended_at,
      error_code = excluded.error_code, error_message = excluded.error_message,
      complete_at = coalesce(excluded.complete_at, s.complete_at), counts = coalesce(excluded.counts, s.counts)`,
}

async function learnFrom(tx: Tx, place: Place, found: FoundInRegion, now: Date, actor: ActorRecord): Promise<SyncCounts> {
  const known = await knownInRegion(tx, place)
  const changes = regionChanges(place, known, found, now, () => newId('dbs'))
  await saveDatabases(
    tx,
    changes.map(({ after }) => after),
    changeEvents(changes, actor),
  )
  const there = found.unread.some(({ list }) => list === 'proxies')
    ? [...found.databases, ...known.filter((database) => database.kind === 'proxy' && database.found !== null)]
    : found.databases
  const ofKind = (kind: FoundDatabase['kind']) => there.filter((database) => database.kind === kind).length
  const that = (kind: keyof SyncCounts) => changes.filter((change) => change.kind === kind).length
  return {
    clusters: ofKind('cluster'),
    instances: ofKind('instance'),
    proxies: ofKind('proxy'),
    found: that('found'),
    changed: that('changed'),
    gone: that('gone'),
    returned: that('returned'),
  }
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
