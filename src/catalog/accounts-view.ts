import type { AwsAccount } from '../aws/index.ts'
import type { Reader, Statement, Tx } from '../db/index.ts'
import { decodeAccountCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { SyncCounts } from './sync-store.ts'
import type { SyncTrouble } from './sync-trouble.ts'

/**
 * An account of the catalog. One that is no longer declared is not active: nothing there can be asked for, but
 * what was given there is still taken away.
 */
export interface ManagedAccount extends AwsAccount {
  readonly active: boolean
}

export interface SyncedAccount extends ManagedAccount {
  /** Whether its databases are looked for in AWS. */
  readonly sync: boolean
  readonly nextSyncAt: Date
}

const columns = `id, partition, regions, role_arn as "roleArn", external_id as "externalId", active, sync, next_sync_at as "nextSyncAt"`

const byId: Statement = { name: 'account-by-id', text: `select ${columns} from account where id = $1` }

/** The account of this id, active or not; null if none was ever declared. */
export async function findAccount(db: Reader, id: string): Promise<SyncedAccount | null> {
  const [account] = await db.query<SyncedAccount & Record<string, unknown>>(byId, [id])
  return account ?? null
}

/** How the last look for databases went in a region. */
export interface RegionStatus {
  readonly region: string
  /** When the last look ended; null before the first. */
  readonly at: Date | null
  /** When one last read everything. */
  readonly completeAt: Date | null
  readonly error: SyncTrouble | null
  /** Of the last one that read clusters and instances. */
  readonly counts: SyncCounts | null
}

/** How it stands with a principal that sallyport.yaml has guarded. */
export interface GuardStatus {
  /** Its ARN. */
  readonly principal: string
  /** `pending`: the account has yet to be read, or the guard to be written; `missing`: the account has no such principal. */
  readonly state: 'pending' | 'in_place' | 'missing'
  /** What keeps it from being right. */
  readonly attention: { readonly code: string; readonly message: string } | null
}

export interface AccountDetails {
  readonly id: string
  readonly name: string
  readonly partition: string
  readonly active: boolean
  readonly sync: boolean
  readonly nextSyncAt: Date
  readonly regions: readonly RegionStatus[]
  readonly guards: readonly GuardStatus[]
  /** Those that can be asked for. */
  readonly databases: { readonly clusters: number; readonly instances: number; readonly proxies: number }
}

type RegionJson = Omit<RegionStatus, 'at' | 'completeAt'> & { readonly at: string | null; readonly completeAt: string | null }
type Row = Omit<AccountDetails, 'regions'> & { readonly regions: readonly RegionJson[] }

const details = `
  select a.id, a.name, a.partition, a.active, a.sync, a.next_sync_at as "nextSyncAt",
    (select json_agg(json_build_object('region', r.region, 'at', s.ended_at, 'completeAt', s.complete_at, 'counts', s.counts,
        'error', case when s.error_code is not null then json_build_object('code', s.error_code, 'message', s.error_message) end)
        order by r.position)
      from unnest(a.regions) with ordinality r(region, position)
      left join region_sync s on s.account_id = a.id and s.region = r.region) as regions,
    (select json_build_object('clusters', count(*) filter (where d.kind = 'cluster'), 'instances', count(*) filter (where d.kind = 'instance'),
        'proxies', count(*) filter (where d.kind = 'proxy'))
      from database d where d.account_id = a.id and d.gone_at is null) as databases,
    (select coalesce(json_agg(json_build_object('principal', g.arn,
        'state', case when t.id is null and s.as_of >= g.declared_at then 'missing'
          when exists (select from jsonb_each_text(t.written) w where w.key like '%-guard' and w.value not like 'detached:%') then 'in_place'
          else 'pending' end,
        'attention', case when t.attention_code is not null then json_build_object('code', t.attention_code, 'message', t.attention_message) end)
        order by g.arn), '[]')
      from guarded_principal g left join account_snapshot s on s.account_id = g.account_id
      left join target t on t.account_id = g.account_id and t.arn = g.arn and t.guarded
      where g.account_id = a.id) as guards
  from account a`

const detailsById: Statement = { name: 'account-details', text: `${details} where a.id = $1` }
const list: Statement = {
  name: 'account-list',
  text: `${details} where a.active and ($1::text is null or a.id > $1) order by a.id limit $2`,
}

/** One account, active or not, with its regions, in one round trip; throws `account_not_found`. */
export async function getAccount(db: Reader, id: string): Promise<AccountDetails> {
  const [row] = await db.query<Row & Record<string, unknown>>(detailsById, [id])
  if (row === undefined) throw new SallyportError('account_not_found', `Account ${id} is not managed here.`)
  return accountOf(row)
}

/** The accounts that are managed, by id, in one round trip. */
export async function listAccounts(
  db: Reader,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<AccountDetails>> {
  const after = page.cursor === undefined ? null : decodeAccountCursor(page.cursor)
  const rows = await db.query<Row & Record<string, unknown>>(list, [after, page.limit + 1])
  return toPage(rows.map(accountOf), page.limit)
}

const accountOf = (row: Row): AccountDetails => ({
  ...row,
  regions: row.regions.map((region) => ({ ...region, at: date(region.at), completeAt: date(region.completeAt) })),
})

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))

const looked: Statement = { name: 'accounts-looked-at', text: 'select id, sync from account where active order by id' }

/** The managed accounts, and whether databases are looked for there. */
export const accountsToSync = (db: Reader): Promise<{ readonly id: string; readonly sync: boolean }[]> =>
  db.query<{ id: string; sync: boolean }>(looked, [])

/** The accounts that Sallyport manages, with all that is needed to act there. */
export const managedAccounts = (tx: Tx): Promise<ManagedAccount[]> =>
  tx.prisma.account.findMany({
    where: { active: true },
    select: { id: true, partition: true, regions: true, roleArn: true, externalId: true, active: true },
  })
