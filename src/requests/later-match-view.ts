import { type DatabaseJson, databaseFromJson, databaseJson } from '../catalog/index.ts'
import type { Reader, Statement, Tx } from '../db/index.ts'
import { enqueueMatching, type MatchingPlace, type SweepWork } from '../jobs/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { Latecomer } from './latecomer.ts'
import type { LaterMatch } from './later-match.ts'

/** How many databases are judged for one request in one transaction. */
const AT_ONCE = 200

/** Minutes after which what was kept from joining is tried again. */
const BLOCKED_FOR = 5

/**
 * What is still to be judged, as SQL: databases that match what a request names by tags or as a whole region, are not among
 * its entitlements, and have not been judged by these rules and facts. Of a request, only what waits for its decision or
 * gives access counts; of a whole region only what came after its approval. `condition` is SQL on `request_entitlement e`.
 */
const due = (condition: string): string => `
  with named as materialized (
    select e.request_id, e.db_user, e.account_id, e.region, e.selector, nullif(e.selector->'tags', 'null') as tags, false as pending, min(g.created_at) as since
    from "grant" g join request_entitlement e on e.request_id = g.request_id and e.resource_arn = g.resource_arn
    where g.status in ('scheduled', 'applying', 'active') and g.ends_at > now() and e.selector is not null and ${condition}
    group by 1, 2, 3, 4, 5
    union all
    select distinct e.request_id, e.db_user, e.account_id, e.region, e.selector, e.selector->'tags', true, null::timestamptz
    from request r join request_entitlement e on e.request_id = r.id
    where r.status = 'pending' and r.expires_at > now() and e.selector->'tags' <> 'null' and ${condition}
  ), tagged as materialized (
    select s.account_id, s.region, s.tags, d.id as database_id
    from (select distinct account_id, region, tags from named where tags is not null) s
    cross join lateral (select id from database d
      where d.tags @> s.tags and d.account_id = s.account_id and d.region = s.region and d.gone_at is null and d.iam_auth
      offset 0) d -- by an index for each selector: joined freely, every database would be held against every selector
  ), matching as (
    select n.request_id, n.db_user, t.database_id from named n join tagged t using (account_id, region, tags)
    union all
    select n.request_id, n.db_user, d.id from named n join database d
      on d.account_id = n.account_id and d.region = n.region and d.created_at > n.since and d.gone_at is null
    where n.tags is null
  ), latecomer as materialized (
    select request_id, db_user, database_id from matching
    except
    select request_id, db_user, database_id from request_entitlement where request_id in (select request_id from named)
  ), due as (
    select l.request_id, l.db_user, d.account_id, d.region, l.database_id, f.facts
    from latecomer l join database d on d.id = l.database_id
    cross join lateral (select md5(concat_ws(chr(31), d.identifier, d.arn, d.engine, d.iam_auth, d.tags)) as facts) f
    left join later_match m on m.request_id = l.request_id and m.database_id = l.database_id and m.db_user = l.db_user
    where m.request_id is null or m.outcome not in ('joined', 'asked') and (
      m.facts <> f.facts or m.rule_set_hash <> (select hash from active_rule_set)
      or m.outcome = 'waiting' and exists (select from named n where n.request_id = l.request_id and not n.pending)
      or m.outcome = 'blocked' and m.judged_at < now() - ${BLOCKED_FOR} * interval '1 minute')
  )`

export const requestsStatement: Statement = {
  name: 'later-requests',
  text: `${due('e.account_id = $1 and e.region = $2 and e.request_id > $3')}
    select distinct request_id as id from due order by 1 limit $4`,
}

/** The requests for which something in a place is to be judged, in the order of their ids, from after one on. */
export async function requestsToJudge(reader: Reader, place: MatchingPlace, after: string, limit: number): Promise<Id<'req'>[]> {
  const rows = await reader.query<{ id: Id<'req'> }>(requestsStatement, [place.accountId, place.region, after, limit])
  return rows.map(({ id }) => id)
}

const latecomersStatement: Statement = {
  name: 'latecomers',
  text: `${due('e.request_id = any($1)')}
    select l.request_id as "requestId", l.db_user as "dbUser", l.facts, ${databaseJson} as database,
      (select jsonb_agg(n.selector) from named n where n.request_id = l.request_id and n.db_user = l.db_user and n.account_id = d.account_id
        and n.region = d.region and (n.tags is null and d.created_at > n.since or d.tags @> n.tags and d.iam_auth)) as selectors
    from (select *, row_number() over (partition by request_id order by database_id, db_user) as position from due) l
    join database d on d.id = l.database_id where l.position <= ${AT_ONCE} order by l.request_id, d.id, l.db_user`,
}

/** What is to be judged for these requests. */
export async function latecomersOf(
  reader: Reader,
  requestIds: readonly Id<'req'>[],
): Promise<ReadonlyMap<Id<'req'>, readonly Latecomer[]>> {
  type Row = Omit<Latecomer, 'database'> & { readonly requestId: Id<'req'>; readonly database: DatabaseJson }
  const rows = await reader.query<Row & Record<string, unknown>>(latecomersStatement, [[...requestIds]])
  const found = new Map<Id<'req'>, Latecomer[]>()
  for (const { requestId, dbUser, selectors, facts, database } of rows) {
    const late = { dbUser, selectors, facts, database: databaseFromJson(database) }
    found.set(requestId, [...(found.get(requestId) ?? []), late])
  }
  return found
}

const placesStatement: Statement = {
  name: 'later-places',
  text: `${due('true')} select distinct account_id as "accountId", region from due`,
}

/** Has every place looked at in which something is to be judged, whatever jobs were lost, and whichever rules came into force. */
export const enqueueDueMatching: SweepWork = {
  name: 'databases that match later',
  run: async (tx: Tx) => enqueueMatching(tx, await tx.query<MatchingPlace & Record<string, unknown>>(placesStatement, [])),
}

/** What became of latecomers, of `request r`, as a JSON array; read with `laterFromJson`. */
export const laterJson = `
  coalesce((select json_agg(json_build_object('database', ${databaseJson}, 'dbUser', m.db_user, 'outcome', m.outcome, 'rule', m.rule,
      'detail', m.detail, 'askedId', m.asked_request_id, 'matchedAt', m.matched_at, 'judgedAt', m.judged_at) order by m.matched_at, d.id, m.db_user)
    from later_match m join database d on d.id = m.database_id where m.request_id = r.id), '[]')`

export type LaterJson = Omit<LaterMatch, 'database' | 'matchedAt' | 'judgedAt'> & {
  readonly database: DatabaseJson
  readonly matchedAt: string
  readonly judgedAt: string
}

export const laterFromJson = ({ database, matchedAt, judgedAt, ...rest }: LaterJson): LaterMatch => ({
  ...rest,
  database: databaseFromJson(database),
  matchedAt: new Date(matchedAt),
  judgedAt: new Date(judgedAt),
})
