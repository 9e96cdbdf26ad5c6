import type { Database, Reader, Statement } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { inField } from '../kernel/errors.ts'
import { type CatalogDatabase, chooseDatabase, chooseSeen, type DatabaseDetails } from './database.ts'

/** A database as JSON, of `"database" d`. Other slices embed it in their own statements and read it with `databaseFromJson`. */
export const databaseJson = `jsonb_build_object(
  'id', d.id, 'accountId', d.account_id, 'partition', d.partition, 'region', d.region, 'kind', d.kind,
  'resourceId', d.resource_id, 'identifier', d.identifier, 'arn', d.arn, 'engine', d.engine,
  'engineVersion', d.found->>'engineVersion', 'host', d.host, 'port', d.port, 'iamAuth', d.iam_auth, 'tags', d.tags,
  'declared', d.declared is not null, 'found', d.found is not null, 'goneAt', d.gone_at)`

const detailsJson = `${databaseJson} || jsonb_build_object(
  'endpoints', coalesce(d.found->'endpoints', '[]'), 'members', coalesce(d.found->'members', '[]'))`

/** What `databaseJson` gives: a time is text. */
export type DatabaseJson = AsJson<CatalogDatabase>

type AsJson<Known extends CatalogDatabase> = Omit<Known, 'goneAt'> & { readonly goneAt: string | null }

export const databaseFromJson = (json: DatabaseJson): CatalogDatabase => ({ ...json, goneAt: dateOf(json) })

const detailsFromJson = (json: AsJson<DatabaseDetails>): DatabaseDetails => ({ ...json, goneAt: dateOf(json) })

const dateOf = ({ goneAt }: Pick<DatabaseJson, 'goneAt'>): Date | null => (goneAt === null ? null : new Date(goneAt))

/** How many databases are in a place, as SQL; both are SQL too. */
export const databasesIn = (accountId: string, region: string): string =>
  `(select count(*)::int from database i where i.account_id = ${accountId} and i.region = ${region} and i.gone_at is null)`

/** What `matching` gives for each reference. */
interface RefMatches<Known extends CatalogDatabase = CatalogDatabase> {
  /** Where the reference stands in the array, from 0. */
  readonly position: number
  readonly ref: string
  readonly matches: readonly AsJson<Known>[]
}

/** Whether a reference, given as SQL, names a database: by Sallyport's id, resource id or ARN, its own or that of a member. */
const isNamedBy = (ref: string): string => `(d.id = ${ref} or d.resource_id = ${ref} or d.arn = ${ref}
  or d.found->'members' @> jsonb_build_array(jsonb_build_object('resourceId', ${ref}))
  or d.found->'members' @> jsonb_build_array(jsonb_build_object('arn', ${ref})))`

/**
 * A query for the databases that an array of references names, as `json` has them: one row (RefMatches) for each
 * reference, in their order. `refs` is the SQL of a text[], such as `$1::text[]`.
 */
const matching = (refs: string, json: string): string => `
  select (r.ordinality - 1)::int as position, r.ref,
    (select coalesce(jsonb_agg(${json} order by d.id), '[]') from database d where ${isNamedBy('r.ref')}) as matches
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
        where ${isNamedBy("(l->>'ref')")}
      union all
      select d.id, ${databaseJson} from database d
        where d.account_id = l->>'account' and d.region = l->>'region' and d.tags @> (l->'tags') and d.gone_at is null
    ) named
  ) found on true
  order by a.ordinality`

const byRefs: Statement = { name: 'databases-by-refs', text: matching('$1::text[]', databaseJson) }
const detailsByRef: Statement = { name: 'database-details-by-ref', text: matching('$1::text[]', detailsJson) }

/**
 * The databases that can be asked for by these references, in their order, in one round trip.
 * Throws `unknown_database`, `ambiguous_database` or `aurora_member` at the first that names none, or more than one; `pointer` tells
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

/** One database by Sallyport's id, resource id or ARN, in one round trip; throws `database_not_found`, `ambiguous_database` and `aurora_member`. */
export async function getDatabase(db: Reader, ref: string): Promise<DatabaseDetails> {
  const [row] = await db.query<RefMatches<DatabaseDetails> & Record<string, unknown>>(detailsByRef, [[ref]])
  return chooseSeen(ref, row?.matches.map(detailsFromJson) ?? [])
}

export interface DatabaseFilter {
  readonly account?: string | undefined
  readonly region?: string | undefined
  /** `key:value`, both whole. */
  readonly tag?: string | undefined
  /** A part of the ARN, the resource id or the host, in any case. */
  readonly q?: string | undefined
}

/** What a page is read by: each filter that is given is a condition of its own, so that its index serves. */
export function databasePage(filter: DatabaseFilter, after: string | null, limit: number): Prisma.Sql {
  const { account, region, tag, q } = filter
  const conditions = [
    Prisma.sql`d.gone_at is null`,
    ...(account === undefined ? [] : [Prisma.sql`d.account_id = ${account}`]),
    ...(region === undefined ? [] : [Prisma.sql`d.region = ${region}`]),
    ...(tag === undefined ? [] : [Prisma.sql`(${Prisma.join(readings(tag).map(hasTag), ' or ')})`]),
    ...(q === undefined
      ? []
      : [Prisma.sql`exists (select from unnest(array[d.arn, d.resource_id, d.host]) part where strpos(lower(part), lower(${q})) > 0)`]),
    ...(after === null ? [] : [Prisma.sql`d.id > ${after}`]),
  ]
  return Prisma.sql`select ${Prisma.raw(detailsJson)} as database from database d where ${Prisma.join(conditions, ' and ')} order by d.id limit ${limit}`
}

/** Keys and values may hold colons themselves: each of them may be the one between the two. */
function readings(tag: string): Record<string, string>[] {
  const colons = [...tag.matchAll(/:/g)].map(({ index }) => index)
  return colons.map((colon) => ({ [tag.slice(0, colon)]: tag.slice(colon + 1) }))
}

const hasTag = (tag: Record<string, string>): Prisma.Sql => Prisma.sql`d.tags @> ${JSON.stringify(tag)}::jsonb`

/** The databases that can be asked for, by id, in one round trip. */
export async function listDatabases(
  db: Database,
  filter: DatabaseFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<DatabaseDetails>> {
  const after = page.cursor === undefined ? null : decodeCursor('dbs', page.cursor)
  const rows = await db.prisma.$queryRaw<{ readonly database: AsJson<DatabaseDetails> }[]>(databasePage(filter, after, page.limit + 1))
  return toPage(
    rows.map((row) => detailsFromJson(row.database)),
    page.limit,
  )
}
