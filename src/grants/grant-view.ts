import type { Database, Reader, Statement } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type Concerned, maySee, meant, type Viewer } from '../kernel/actor.ts'
import { decodeCursor, decodeTimedCursor, type Page, printPlace, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { Placed } from '../policy/index.ts'
import { databaseAttention, type Successor } from './database-attention.ts'
import type { Attention, GrantEndReason, GrantStatus } from './grant.ts'
import { leaverAttention } from './leaver-attention.ts'
import { type Overreach, reachAttention } from './reach-attention.ts'
import type { TargetIdentity } from './target-store.ts'

/** A grant as it is read: with its database, its target, and what is wrong with it now. */
export interface GrantDetails extends Concerned {
  readonly id: Id<'grt'>
  readonly requestId: Id<'req'>
  readonly status: GrantStatus
  readonly endReason: GrantEndReason | null
  readonly principalArn: string
  /** Of a permission set, the part of its ARN that is its own. Null: it is in an account that Sallyport does not manage, and assumes an access role. */
  readonly principalUniqueId: string | null
  /** The name of the permission set that the principal is; null: it is none. */
  readonly permissionSet: string | null
  /** The ARN of the role that the principal assumes first; null: it connects as itself. */
  readonly accessRole: string | null
  /** Whether the principal may connect to nothing but what it is granted. */
  readonly guarded: boolean
  /** Whether Sallyport writes the principal's own permission to assume it. */
  readonly callerWritten: boolean
  readonly targetId: Id<'tgt'>
  /** What identifies the target in its account (see targetUniqueId of src/policy). */
  readonly targetUniqueId: string
  /** Null: every database of the region that `resourceArn` names. */
  readonly database: {
    readonly id: Id<'dbs'>
    readonly resourceId: string
    readonly identifier: string
    readonly account: string
    readonly region: string
    readonly kind: 'cluster' | 'instance' | 'proxy'
    readonly engine: string
    readonly host: string
    readonly port: number
    readonly goneAt: Date | null
  } | null
  /** The database that has its name now, if it is another one: deleted and made again, restored, or switched with. */
  readonly successor: Successor | null
  /** How it came to be granted though its request did not name it: it came to match a selector later. Null: it was named. */
  readonly joined: { readonly at: Date; readonly rule: string; readonly detail: string } | null
  readonly dbUser: string
  readonly resourceArn: string
  readonly createdAt: Date
  readonly startsAt: Date
  readonly endsAt: Date
  /** Whether it ends only because nobody keeps it; `endsAt` is when its next review is due. */
  readonly standing: boolean
  /** When those concerned are told that it ends soon; null: never. */
  readonly notifyAt: Date | null
  /** When they were told of this end; null: they have not been. */
  readonly noticedAt: Date | null
  readonly activeAt: Date | null
  readonly revokingAt: Date | null
  readonly endedAt: Date | null
  readonly attention: Attention | null
}

export interface WhichGrants {
  /** Null: nobody. */
  readonly beneficiary?: string | null | undefined
  readonly database?: string | undefined
  readonly dbUser?: string | undefined
  readonly principal?: string | undefined
  readonly request?: string | undefined
  /** The account of the databases. */
  readonly account?: string | undefined
}

export interface GrantFilter extends WhichGrants {
  /** `live`: gives access, or will. */
  readonly status?: GrantStatus | 'live' | undefined
}

/** How grants are listed: newest first, or soonest end first. */
export type GrantOrder = 'newest' | 'end'

interface Row extends Omit<GrantDetails, 'attention' | 'database' | 'successor' | 'joined'> {
  readonly database: (Omit<NonNullable<GrantDetails['database']>, 'goneAt'> & { readonly goneAt: string | null }) | null
  readonly successor: (Omit<Successor, 'since'> & { readonly since: string }) | null
  readonly joined: (Omit<NonNullable<GrantDetails['joined']>, 'at'> & { readonly at: string }) | null
  readonly overreach: (Omit<Overreach, 'since'> & { readonly since: string }) | null
  /** When the beneficiary left; null: they did not, since it was opened. */
  readonly leftAt: Date | null
  readonly attentionCode: string | null
  readonly attentionMessage: string | null
  readonly attentionSince: Date | null
  readonly attempts: number
}

/** The same row out of json_agg. */
export type GrantRow = { readonly [Key in keyof Row]: Date extends Row[Key] ? string | Extract<Row[Key], null> : Row[Key] }

/** One grant a row, of `"grant" g`; the requests slice reads the grants of a request with it, in its own statement. */
export const grantSelection = `
  select g.id, g.request_id as "requestId", g.status::text as status, g.end_reason::text as "endReason",
    g.requester_id as "requesterId", g.beneficiary_id as "beneficiaryId",
    g.approver_groups as "approverGroups", g.approver_people as "approverPeople",
    coalesce(t.principal_arn, t.arn) as "principalArn", t.id as "targetId", t.unique_id as "targetUniqueId",
    case when t.kind = 'access_role' then t.principal_unique_id when t.kind = 'permission_set' then split_part(t.arn, '/', 3)
      else t.unique_id end as "principalUniqueId", case when t.kind = 'permission_set' then t.name end as "permissionSet",
    case when t.principal_arn is not null then t.arn end as "accessRole", t.guarded,
    t.caller_target_id is not null as "callerWritten",
    case when d.id is not null then json_build_object('id', d.id, 'resourceId', d.resource_id, 'identifier', d.identifier, 'account', d.account_id,
      'region', d.region, 'kind', d.kind, 'engine', d.engine, 'host', d.host, 'port', d.port, 'goneAt', d.gone_at) end as database,
    (select json_build_object('resourceId', s.resource_id, 'identifier', s.identifier, 'since', coalesce(d.gone_at, n.until, s.created_at))
      from (select d.arn, null::timestamptz as until, null::bigint as position
        union all select name->>'arn', (name->>'until')::timestamptz, position
        from jsonb_array_elements(d.former_names) with ordinality as former(name, position)) n
      join database s on s.arn = n.arn
      where s.gone_at is null and s.id <> d.id and (s.found is not null or d.gone_at is not null)
      order by n.position desc limit 1) as successor,
    (select json_build_object('at', m.judged_at, 'rule', m.rule, 'detail', m.detail) from later_match m
      where m.request_id = g.request_id and m.database_id = g.database_id and m.db_user = g.db_user and m.outcome = 'joined') as joined,
    case when g.database_id is null then (
      select json_build_object('resourceId', o.resource_id, 'identifier', o.identifier, 'detail', m.detail, 'since', m.matched_at, 'count', count(*) over ())
      from later_match m join database o on o.id = m.database_id
      where m.request_id = g.request_id and m.db_user = g.db_user and m.outcome = 'too_wide' and o.gone_at is null
        and o.region = split_part(g.resource_arn, ':', 4) and o.account_id = split_part(g.resource_arn, ':', 5)
      order by m.matched_at, o.id limit 1) end as overreach,
    g.db_user as "dbUser", g.resource_arn as "resourceArn", g.created_at as "createdAt", g.starts_at as "startsAt",
    g.ends_at as "endsAt", g.standing, g.notify_at as "notifyAt", g.noticed_at as "noticedAt", g.active_at as "activeAt", g.revoking_at as "revokingAt", g.ended_at as "endedAt",
    (select min(v.at) from departure v where v.person_id = g.beneficiary_id and v.at >= g.created_at) as "leftAt",
    a.attention_code as "attentionCode", a.attention_message as "attentionMessage", a.attention_since as "attentionSince", a.attempts
  from "grant" g join target t on t.id = g.target_id
  join target a on a.id = case when t.attention_code is null then coalesce(t.caller_target_id, t.id) else t.id end
  left join database d on d.id = g.database_id`

const getStatement: Statement = { name: 'grant-get', text: `${grantSelection} where g.id = $1` }

/** One grant, in one round trip; throws `grant_not_found`, or `not_permitted` if it does not concern the viewer. */
export async function getGrant(db: Reader, viewer: Viewer, id: Id<'grt'>): Promise<GrantDetails> {
  const [row] = await db.query<Row>(getStatement, [id])
  if (row === undefined) throw new SallyportError('grant_not_found', `There is no grant ${id}.`)
  if (!maySee(viewer, row)) {
    throw new SallyportError(
      'not_permitted',
      'This grant concerns other people; its requester, beneficiary, approvers, admins and auditors see it.',
    )
  }
  return details(row)
}

const placedStatement: Statement = {
  name: 'grants-placed',
  text: `
    select t.guarded, coalesce((select json_agg(placed) from (
      select g.resource_arn as arn, g.placement from "grant" g
      where g.target_id = t.id and g.status in ('scheduled', 'applying', 'active')
      union
      select r.arn, r.caller_placement from target r
      where r.caller_target_id = t.id
        and exists (select from "grant" g where g.target_id = r.id and g.status in ('scheduled', 'applying', 'active'))) as placed), '[]') as standing
    from target t where t.account_id = $1 and t.unique_id = $2`,
}

/** A target's policies as they are reserved. */
export interface PlacedOn {
  readonly standing: readonly Placed[]
  readonly guarded: boolean
}

/**
 * What has a place in the policies of a target and will keep it: all its grants that have not begun to end, and the access
 * roles that it may assume for such grants; and whether it is guarded.
 */
export async function placedOn(db: Database, { accountId, uniqueId }: Pick<TargetIdentity, 'accountId' | 'uniqueId'>): Promise<PlacedOn> {
  const [row] = await db.query<PlacedOn & Record<string, unknown>>(placedStatement, [accountId, uniqueId])
  return row ?? { standing: [], guarded: false }
}

const onDatabaseStatement: Statement = {
  name: 'grants-on-database',
  text: `${grantSelection} where (starts_with(g.resource_arn, $1) or starts_with(g.resource_arn, $2)) and ($3::text is null or g.db_user in ($3, '*'))
    and g.status in ('applying', 'active', 'revoking') order by g.id`,
}

/**
 * The grants on a database, and on every one of its region, that may be in IAM now: those that are being written or taken
 * away included.
 */
export async function grantsOnDatabase(
  reader: Reader,
  database: { readonly partition: string; readonly region: string; readonly accountId: string; readonly resourceId: string },
  dbUser: string | null,
): Promise<GrantDetails[]> {
  const region = `arn:${database.partition}:rds-db:${database.region}:${database.accountId}:dbuser:`
  return (await reader.query<Row>(onDatabaseStatement, [`${region}${database.resourceId}/`, `${region}*/`, dbUser])).map(details)
}

/** A target as it is known now, where that may be more than the last sweep of its account has seen. */
export interface KnownTarget {
  readonly uniqueId: string
  readonly arn: string
  readonly guarded: boolean
  /** Reconcile has read it in AWS since: what is granted on it is what it holds. */
  readonly readSince: boolean
}

const knownTargetsStatement: Statement = {
  name: 'targets-known',
  text: `select unique_id as "uniqueId", arn, guarded, coalesce(checked_at >= $2, false) as "readSince" from target
    where account_id = $1 and (guarded or checked_at >= $2) order by arn`,
}

/** The targets of an account that reconcile has read since a time, and those that are guarded, by their unique ids. */
export async function knownTargets(reader: Reader, accountId: string, since: Date): Promise<ReadonlyMap<string, KnownTarget>> {
  const rows = await reader.query<KnownTarget & Record<string, unknown>>(knownTargetsStatement, [accountId, since])
  return new Map(rows.map((row) => [row.uniqueId, row]))
}

/** The grants that concern the viewer, in one round trip. */
export async function listGrants(
  db: Database,
  viewer: Viewer,
  filter: GrantFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly order: GrantOrder },
): Promise<Page<GrantDetails>> {
  const conditions = [
    ...(viewer.everything ? [] : [concerns(viewer)]),
    ...(page.cursor === undefined ? [] : [after(page.order, page.cursor)]),
    ...(filter.status === undefined ? [] : [withStatus(filter.status)]),
    ...matching(filter.beneficiary == null ? filter : { ...filter, beneficiary: meant(viewer, filter.beneficiary) }),
  ]
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, ' and ')}`
  const order = page.order === 'end' ? Prisma.sql`g.ends_at, g.id` : Prisma.sql`g.id desc`
  const rows = await db.prisma.$queryRaw<Row[]>`${Prisma.raw(grantSelection)} ${where} order by ${order} limit ${page.limit + 1}`
  return toPage(rows.map(details), page.limit, ({ id, endsAt }) => (page.order === 'end' ? printPlace({ at: endsAt, id }) : id))
}

function after(order: GrantOrder, cursor: string): Prisma.Sql {
  if (order === 'newest') return Prisma.sql`g.id < ${decodeCursor('grt', cursor)}`
  const { at, id } = decodeTimedCursor('grt', cursor)
  return Prisma.sql`(g.ends_at, g.id) > (${at}::timestamptz, ${id})`
}

const withStatus = (status: GrantStatus | 'live'): Prisma.Sql =>
  status === 'live' ? Prisma.sql`g.status in ('scheduled', 'applying', 'active')` : Prisma.sql`g.status = ${status}::"GrantStatus"`

/** What a filter asks of `"grant" g` with its target `t` and its database `d`. */
export function matching(filter: WhichGrants): Prisma.Sql[] {
  return [
    ...(filter.beneficiary === undefined ? [] : [Prisma.sql`g.beneficiary_id = ${filter.beneficiary}`]),
    ...(filter.database === undefined
      ? []
      : [Prisma.sql`(${filter.database} in (d.id, d.resource_id, d.arn) or ${coveredBy(filter.database)})`]),
    ...(filter.dbUser === undefined ? [] : [Prisma.sql`g.db_user = ${filter.dbUser}`]),
    ...(filter.principal === undefined ? [] : [Prisma.sql`coalesce(t.principal_arn, t.arn) = ${filter.principal}`]),
    ...(filter.request === undefined ? [] : [Prisma.sql`g.request_id = ${filter.request}`]),
    ...(filter.account === undefined ? [] : [Prisma.sql`split_part(g.resource_arn, ':', 5) = ${filter.account}`]),
  ]
}

/** A grant for every database of a region is for this one too. */
const coveredBy = (reference: string): Prisma.Sql => Prisma.sql`g.database_id is null and exists (select from database c
  where ${reference} in (c.id, c.resource_id, c.arn)
    and starts_with(g.resource_arn, format('arn:%s:rds-db:%s:%s:dbuser:', c.partition, c.region, c.account_id)))`

const concerns = (viewer: Viewer): Prisma.Sql => Prisma.sql`(g.requester_id = ${viewer.personId} or g.beneficiary_id = ${viewer.personId}
  or g.approver_people @> array[${viewer.personId}] or g.approver_groups && ${[...viewer.groups]})`

function details(row: Row): GrantDetails {
  const { attentionCode, attentionMessage, attentionSince, attempts, overreach, leftAt, ...rest } = row
  const grant = {
    ...rest,
    database: row.database === null ? null : { ...row.database, goneAt: date(row.database.goneAt) },
    successor: row.successor === null ? null : { ...row.successor, since: new Date(row.successor.since) },
    joined: row.joined === null ? null : { ...row.joined, at: new Date(row.joined.at) },
  }
  const troubled = attentionCode !== null && attentionMessage !== null && attentionSince !== null && grant.status !== 'ended'
  if (troubled) return { ...grant, attention: { code: attentionCode, message: attentionMessage, since: attentionSince, attempts } }
  const reach = overreach === null ? null : { ...overreach, since: new Date(overreach.since) }
  return { ...grant, attention: leaverAttention(grant, leftAt) ?? databaseAttention(grant) ?? reachAttention(grant.status, reach) }
}

/** A row of `grantSelection` that came as JSON, where times are text. */
export function grantFromJson(json: GrantRow): GrantDetails {
  return details({
    ...json,
    createdAt: new Date(json.createdAt),
    startsAt: new Date(json.startsAt),
    endsAt: new Date(json.endsAt),
    notifyAt: date(json.notifyAt),
    noticedAt: date(json.noticedAt),
    activeAt: date(json.activeAt),
    revokingAt: date(json.revokingAt),
    endedAt: date(json.endedAt),
    leftAt: date(json.leftAt),
    attentionSince: date(json.attentionSince),
  })
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))
