import type { Reader, Statement } from '../db/index.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { inField } from '../kernel/errors.ts'
import { type CatalogDatabase, chooseDatabase, chooseSeen } from './database.ts'

/** A database as JSON, of `"database" d`. Other slices embed it in their own statements and read it with `databaseFromJson`. */
export const databaseJson = `jsonb_build_object(
  'id', d.id, 'accountId', d.account_id, 'partition', d.partition, 'region', d.region, 'kind', d.kind,
  'resourceId', d.resource_id, 'identifier', d.identifier, 'arn', d.arn, 'engine', d.engine, 'host', d.host, 'port', d.port,
  'iamAuth', d.iam_auth, 'tags', d.tags, 'goneAt', d.gone_at)`

/** What `databaseJson` gives: a time is text. */
export type DatabaseJson = Omit<CatalogDatabase, 'goneAt'> & { readonly goneAt: string | null }

export const databaseFromJson = (json: DatabaseJson): CatalogDatabase => ({
  ...json,
  goneAt: json.goneAt === null ? null : new Date(json.goneAt),
})

/** How many databases are in a place, as SQL; both are SQL too. */
export const databasesIn = (accountId: string, region: string): string =>
  `(select count(*)::int from database i where i.account_id = ${accountId} and i.region = ${region} and i.gone_at is null)`

/** What `databasesByRefs` gives for each reference. */
interface RefMatches {
  /** Where the reference stands in the array, from 0. */
  readonly position: number
  readonly ref: string
  readonly matches: readonly DatabaseJson[]
}

/**
 * A query for the databases that an array of references names, each by Sallyport's id, resource id or ARN: one row
 * (RefMatches) for each reference, in their order. `refs` is the SQL of a text[], such as `$1::text[]`; give each
 * row to `chooseDatabase`.
 */
const databasesByRefs = (refs: string): string => `
  select (r.ordinality - 1)::int as position, r.ref,
    (select coalesce(jsonb_agg(${databaseJson} order by d.id), '[]') from database d where d.id = r.ref or d.resource_id = r.ref or d.arn = r.ref) as matches
  from unnest(${refs}) with ordinality r(ref, ordinality) order by r.ordinality`

/** How databases are named in a request: one by a reference, or those of a place that have these tags (null: all of it). */
export type DatabaseLookup = { readonly ref: string } | { readonly account: string; readonly region: string; readonly tags: Tags | null }
type Tags = Readonly<Record<string, string>>

/** What `databasesByLookups` finds for each; of a whole place only the number. */
export interface LookupResult {
  readonly matches: readonly DatabaseJson[]
  readonly count: number
}

/**
 * A query for the databases that lookups name: one row (LookupResult) for each, in their order. `lookups` is the SQL of a
 * jsonb array of DatabaseLookup. Of tags, databases that are gone are left out.
 */
export const databasesByLookups = (lookups: string): string => `
  select coalesce(found.matches, '[]') as matches,
    case when l ? 'ref' then jsonb_array_length(coalesce(found.matches, '[]')) else ${databasesIn("l->>'account'", "l->>'region'")} end as count
  from jsonb_array_elements(${lookups}) with ordinality a(l, ordinality)
  left join lateral (
    select jsonb_agg(named.database order by named.id) as matches from (
      select d.id, ${databaseJson} as database from database d
        where d.id = l->>'ref' or d.resource_id = l->>'ref' or d.arn = l->>'ref'
      union all
      select d.id, ${databaseJson} from database d
        where d.account_id = l->>'account' and d.region = l->>'region' and d.tags @> (l->'tags') and d.gone_at is null
    ) named
  ) found on true
  order by a.ordinality`

const byRefs: Statement = { name: 'databases-by-refs', text: databasesByRefs('$1::text[]') }

/**
 * The databases that can be asked for by these references, in their order, in one round trip.
 * Throws `unknown_database` or `ambiguous_database` at the first that names none, or more than one; `pointer` tells
 * where the caller wrote it, by its place in `refs`.
 */
export async function resolveDatabases(
  db: Reader,
  refs: readonly string[],
  pointer: (position: number) => string,
): Promise<CatalogDatabase[]> {
  const rows = await db.query<RefMatches>(byRefs, [refs])
  return rows.map(({ position, ref, matches }) => inField(pointer(position), () => chooseDatabase(ref, matches.map(databaseFromJson))))
}

/** One database by Sallyport's id, resource id or ARN, in one round trip; throws `database_not_found` and `ambiguous_database`. */
export async function getDatabase(db: Reader, ref: string): Promise<CatalogDatabase> {
  const [row] = await db.query<RefMatches>(byRefs, [[ref]])
  return chooseSeen(ref, row?.matches.map(databaseFromJson) ?? [])
}

export interface DatabaseFilter {
  readonly account?: string | undefined
  readonly region?: string | undefined
  /** `key:value`, both whole. */
  readonly tag?: string | undefined
  /** A part of the ARN, the resource id or the host, in any case. */
  readonly q?: string | undefined
}

const list: Statement = {
  name: 'database-list',
  text: `
    select ${databaseJson} as database from database d
    where d.gone_at is null
      and ($1::text is null or d.account_id = $1)
      and ($2::text is null or d.region = $2)
      and ($3::text is null or exists (select from jsonb_each_text(d.tags) t where t.key || ':' || t.value = $3))
      and ($4::text is null or exists (select from unnest(array[d.arn, d.resource_id, d.host]) part where strpos(lower(part), lower($4)) > 0))
      and ($5::text is null or d.id > $5)
    order by d.id limit $6`,
}

/** The databases that can be asked for, by id, in one round trip. */
export async function listDatabases(
  db: Reader,
  filter: DatabaseFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<CatalogDatabase>> {
  const after = page.cursor === undefined ? null : decodeCursor('dbs', page.cursor)
  const { account, region, tag, q } = filter
  const values = [account ?? null, region ?? null, tag ?? null, q ?? null, after, page.limit + 1]
  const rows = await db.query<{ readonly database: DatabaseJson }>(list, values)
  return toPage(
    rows.map((row) => databaseFromJson(row.database)),
    page.limit,
  )
}
