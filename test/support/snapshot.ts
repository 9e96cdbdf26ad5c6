import type { Database } from '../../src/db/index.ts'

const tables = [
  'request',
  'request_entitlement',
  'later_match',
  'decision',
  'request_comment',
  'target',
  '"grant"',
  'iam_write',
  'idempotent_answer',
  'api_key',
  'graphile_worker._private_jobs',
  `(select * from audit_event where type <> 'authority.refused')`,
]

/** A hash of the rows of every table that a call could change; refusals of authority are recorded, and left out. */
export async function snapshotOf(db: Database): Promise<Record<string, string>> {
  const columns = tables.map(
    (table, index) => `(select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) from ${table} t) as "${index}"`,
  )
  const { rows } = await db.pool.query<Record<string, string>>(`select ${columns.join(', ')}`)
  return Object.fromEntries(tables.map((table, index) => [table, rows[0]?.[index] ?? '']))
}
