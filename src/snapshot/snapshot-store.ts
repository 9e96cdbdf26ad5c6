import type { Tx } from '../db/index.ts'
import type { SweepAttention } from './snapshot.ts'
import type { Hashed, SnapshotRows } from './snapshot-rows.ts'

/** What a sweep began with. */
export interface SweepBeginning {
  readonly account: {
    readonly id: string
    readonly partition: string
    readonly regions: readonly string[]
    readonly roleArn: string | null
    readonly externalId: string | null
  }
  readonly attention: SweepAttention | null
  /** How many principals and policies there were at the last sweep. */
  readonly known: number
  /** The database's clock. */
  readonly now: Date
}

/** The account and how sweeping it went before; null if it is no longer declared. */
export async function beginSweep(tx: Tx, accountId: string): Promise<SweepBeginning | null> {
  type Row = Omit<SweepBeginning, 'attention'> & { attention: (Omit<SweepAttention, 'since'> & { since: string }) | null }
  const [row] = await tx.prisma.$queryRaw<Row[]>`
    select json_build_object('id', a.id, 'partition', a.partition, 'regions', a.regions, 'roleArn', a.role_arn,
        'externalId', a.external_id) as account, now() as now,
      ((select count(*) from snapshot_principal where account_id = a.id) + (select count(*) from snapshot_policy where account_id = a.id))::int as known,
      case when s.attention_code is not null then json_build_object('code', s.attention_code, 'message', s.attention_message,
        'since', s.attention_since, 'attempts', s.attempts) end as attention
    from account a left join account_snapshot s on s.account_id = a.id where a.id = ${accountId} and a.active`
  if (row === undefined) return null
  return { ...row, attention: row.attention === null ? null : { ...row.attention, since: new Date(row.attention.since) } }
}

/** What a sweep has changed. */
export interface KeptSnapshot {
  /** The ARNs of the managed policies that are new, or another than at the sweep before. */
  readonly changedPolicies: ReadonlySet<string>
}

/**
 * Puts what a complete sweep has read in the place of what was known of the account. Rows that are as before are not
 * written. Null, and nothing is changed, if a sweep that began later has come before this one. Locks the account's
 * snapshot until the transaction ends.
 */
export async function keepSnapshot(
  tx: Tx,
  accountId: string,
  rows: SnapshotRows,
  times: { readonly asOf: Date; readonly nextAt: Date },
): Promise<KeptSnapshot | null> {
  const { asOf, nextAt } = times
  const kept = await tx.prisma.$executeRaw`
    insert into account_snapshot as s (account_id, as_of, tried_at, next_at) values (${accountId}, ${asOf}, now(), ${nextAt})
    on conflict (account_id) do update set as_of = excluded.as_of, tried_at = excluded.tried_at, next_at = excluded.next_at,
      attention_code = null, attention_message = null, attention_since = null, attempts = 0
    where s.as_of is null or s.as_of <= excluded.as_of`
  if (kept === 0) return null
  const changedPolicies = await replacePolicies(tx, accountId, rows.policies)
  await replacePrincipals(tx, accountId, rows.principals)
  return { changedPolicies }
}

/** Notes that a sweep did not come to an end; what was known of the account stays as it was. */
export async function noteFailedSweep(tx: Tx, accountId: string, attention: SweepAttention, nextAt: Date): Promise<void> {
  const { code, message, since, attempts } = attention
  await tx.prisma.$executeRaw`
    insert into account_snapshot (account_id, tried_at, next_at, attention_code, attention_message, attention_since, attempts)
    values (${accountId}, now(), ${nextAt}, ${code}, ${message}, ${since}, ${attempts})
    on conflict (account_id) do update set tried_at = excluded.tried_at, next_at = excluded.next_at,
      attention_code = excluded.attention_code, attention_message = excluded.attention_message,
      attention_since = excluded.attention_since, attempts = excluded.attempts`
}

async function replacePolicies(tx: Tx, accountId: string, rows: SnapshotRows['policies']): Promise<ReadonlySet<string>> {
  const where = { accountId }
  const known = await tx.prisma.snapshotPolicy.findMany({ where, select: { arn: true, hash: true } })
  const { gone, changed } = difference(known, rows, ({ arn }) => arn)
  if (gone.length > 0) await tx.prisma.snapshotPolicy.deleteMany({ where: { ...where, arn: { in: gone } } })
  if (changed.length === 0) return new Set()
  await tx.prisma.$executeRaw`
    insert into snapshot_policy select ${accountId}, r.arn, r.name, r.version, r.versions, r.document, r.connects, r.hash
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      as r(arn text, name text, version text, versions smallint, document text, connects boolean, hash text)
    on conflict (account_id, arn) do update set name = excluded.name, version = excluded.version, versions = excluded.versions,
      document = excluded.document, connects = excluded.connects, hash = excluded.hash`
  return new Set(changed.map(({ arn }) => arn))
}

async function replacePrincipals(tx: Tx, accountId: string, rows: SnapshotRows['principals']): Promise<void> {
  const where = { accountId }
  const known = await tx.prisma.snapshotPrincipal.findMany({ where, select: { uniqueId: true, hash: true } })
  const { gone, changed } = difference(known, rows, ({ uniqueId }) => uniqueId)
  if (gone.length > 0) await tx.prisma.snapshotPrincipal.deleteMany({ where: { ...where, uniqueId: { in: gone } } })
  if (changed.length === 0) return
  await tx.prisma.$executeRaw`
    insert into snapshot_principal (account_id, unique_id, kind, name, arn, groups, inline, attached, boundary_arn, trust, hash)
    select ${accountId}, r."uniqueId", r.kind::"PrincipalKind", r.name, r.arn, r.groups, r.inline, r.attached, r.boundary, r.trust, r.hash
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r("uniqueId" text, kind text, name text, arn text, groups text[],
      inline jsonb, attached text[], boundary text, trust text, hash text)
    on conflict (account_id, unique_id) do update set kind = excluded.kind, name = excluded.name, arn = excluded.arn,
      groups = excluded.groups, inline = excluded.inline, attached = excluded.attached, boundary_arn = excluded.boundary_arn,
      trust = excluded.trust, hash = excluded.hash`
}

/** What of the rows known is gone, and which rows are new or another than known. */
function difference<Known extends Hashed, Row extends Known>(known: readonly Known[], rows: readonly Row[], keyOf: (row: Known) => string) {
  const hashes = new Map(known.map((row) => [keyOf(row), row.hash]))
  const seen = new Set(rows.map(keyOf))
  return {
    gone: known.map(keyOf).filter((key) => !seen.has(key)),
    changed: rows.filter((row) => hashes.get(keyOf(row)) !== row.hash),
  }
}
