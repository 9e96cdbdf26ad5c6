import { type DatabaseJson, databaseFromJson, databaseJson, databasesIn } from '../catalog/index.ts'
import type { Database, Reader, Statement } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type GrantRow, grantFromJson, grantSelection } from '../grants/index.ts'
import { inForce } from '../identity/index.ts'
import { meant, type Viewer } from '../kernel/actor.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { seenPrincipal } from '../snapshot/index.ts'
import { type LaterJson, laterFromJson, laterJson } from './later-match-view.ts'
import type { Decision, Escalated, Extending, Request, RequestComment, RequestEntitlement, RequestStatus } from './request.ts'
import { ticketFacts } from './ticket-facts-view.ts'

/** A request, and what was true when it was read: the rules and people in force tell who can approve now. */
export interface ReadRequest {
  readonly request: Request
  readonly inForce: string
  readonly now: Date
}

export interface RequestFilter {
  readonly status?: RequestStatus | undefined
  readonly requester?: string | undefined
  readonly beneficiary?: string | undefined
  /** Who asked or will use it. */
  readonly person?: string | undefined
  readonly principal?: string | undefined
  readonly ticket?: string | undefined
  /** Only those that wait for a decision of the viewer's. */
  readonly approver?: 'me' | undefined
}

interface Row extends Omit<Request, 'extending' | 'escalations' | 'entitlements' | 'decisions' | 'comments' | 'grants' | 'later'> {
  readonly extending: ExtendingJson | null
  readonly escalations: readonly (Omit<Escalated, 'at'> & { readonly at: string })[]
  readonly entitlements: readonly (Omit<RequestEntitlement, 'database'> & { readonly database: DatabaseJson | null })[]
  readonly decisions: readonly (Omit<Decision, 'createdAt'> & { readonly createdAt: string })[]
  readonly comments: readonly (Omit<RequestComment, 'createdAt'> & { readonly createdAt: string })[]
  readonly grants: readonly GrantRow[]
  readonly later: readonly LaterJson[]
  readonly inForce: string
  readonly now: Date
}

/** A grant `g` as it would be extended by a request, or by none yet. */
const extendingBy = (request: string) => `json_build_object('grantId', g.id, 'since', g.starts_at, 'endsAt', g.ends_at,
    'lives', g.status in ('scheduled', 'applying', 'active') and g.ends_at > now(),
    'extensions', (select count(*) from request q where q.extends_id = g.id and q.status = 'approved' and q.id is distinct from ${request}))`

const extending = `(select ${extendingBy('r.id')} from "grant" g where g.id = r.extends_id)`

type ExtendingJson = Omit<Extending, 'endsAt' | 'since'> & { readonly endsAt: string; readonly since: string }

const extendingFromJson = (json: ExtendingJson): Extending => ({ ...json, endsAt: new Date(json.endsAt), since: new Date(json.since) })

const findStatement: Statement = {
  name: 'grant-to-extend',
  text: `select ${extendingBy('null')} as extending from "grant" g where g.id = $1`,
}

/** A grant as a request would extend it; throws `grant_not_found`. */
export async function findExtending(reader: Reader, grantId: Id<'grt'>): Promise<Extending> {
  const [row] = await reader.query<{ extending: ExtendingJson }>(findStatement, [grantId])
  if (row === undefined) throw new SallyportError('grant_not_found', `There is no grant ${grantId}.`)
  return extendingFromJson(row.extending)
}

/** A request whose time is over has expired, whether or not the sweep has come by to store it. */
const statusNow = `case when r.status = 'pending' and r.expires_at <= now() then 'expired' else r.status::text end`

const selection = `
  select r.id, ${statusNow} as status, r.requester_id as "requesterId", r.beneficiary_id as "beneficiaryId", r.asked_by as "askedBy",
    (select k.owner_id from api_key k where k.id = split_part(r.asked_by->>'credential', 'key:', 2)) as "keyOwnerId",
    json_build_object('arn', r.principal_arn, 'kind', r.principal_kind, 'accountId', r.account_id, 'uniqueId', r.principal_unique_id) as principal,
    r.shared_with as "sharedWith", ${seenPrincipal('r.account_id', 'r.principal_arn', 'r.principal_unique_id')} as seen,
    r.path, r.manner, r.duration_seconds as "durationSeconds", r.starts_at as "startsAt", r.reason, r.ticket, r.judgement,
    ${ticketFacts(`r.ticket->>'system'`, `r.ticket->>'key'`)} as "ticketFacts",
    r.rule_set_hash as "ruleSetHash", r.approver_groups as "approverGroups", r.approver_people as "approverPeople",
    r.created_at as "createdAt", r.expires_at as "expiresAt", r.decided_at as "decidedAt", r.origin_id as "originId", ${extending} as extending, r.end_reason as "endReason",
    r.escalations, ${laterJson} as later,
    (select json_agg(json_build_object('position', e.position, 'dbUser', e.db_user, 'selector', e.selector,
        'place', json_build_object('partition', e.partition, 'accountId', e.account_id, 'region', e.region),
        'database', case when d.id is not null then ${databaseJson} end,
        'today', case when d.id is null then ${databasesIn('e.account_id', 'e.region')} end) order by e.position)
      from request_entitlement e left join database d on d.id = e.database_id where e.request_id = r.id) as entitlements,
    coalesce((select json_agg(json_build_object('id', c.id, 'personId', c.person_id, 'decidedBy', c.decided_by, 'verdict', c.verdict,
        'comment', c.comment, 'durationSeconds', c.duration_seconds, 'positions', c.positions, 'createdAt', c.created_at) order by c.nth)
      from decision c where c.request_id = r.id), '[]') as decisions,
    coalesce((select json_agg(json_build_object('id', m.id, 'personId', m.person_id, 'via', m.via, 'text', m.text, 'createdAt', m.created_at)
        order by m.created_at, m.id) from request_comment m where m.request_id = r.id), '[]') as comments,
    coalesce((select json_agg(x order by x.id) from (${grantSelection} where g.request_id = r.id) x), '[]') as grants,
    ${inForce} as "inForce", now() as now
  from request r`

const getStatement: Statement = { name: 'request-get', text: `${selection} where r.id = $1` }

/** One request, whole, in one round trip; throws `request_not_found`. */
export async function getRequest(reader: Reader, id: Id<'req'>): Promise<ReadRequest> {
  const [row] = await reader.query<Row>(getStatement, [id])
  if (row === undefined) throw new SallyportError('request_not_found', `There is no request ${id}.`)
  return read(row)
}

const getAllStatement: Statement = { name: 'requests-get', text: `${selection} where r.id = any($1) order by r.id` }

/** Several, in the order of their ids. */
export const getRequests = async (reader: Reader, ids: readonly Id<'req'>[]): Promise<ReadRequest[]> =>
  (await reader.query<Row>(getAllStatement, [[...ids]])).map(read)

/** The requests that concern the viewer, newest first, in one round trip. */
export async function listRequests(
  db: Database,
  viewer: Viewer,
  filter: RequestFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<ReadRequest & { readonly id: Id<'req'> }>> {
  const conditions = [
    ...(viewer.everything ? [] : [Prisma.sql`(${own(viewer)} or ${asked(viewer)})`]),
    ...(filter.approver === undefined ? [] : [waitsFor(viewer)]),
    ...(page.cursor === undefined ? [] : [Prisma.sql`r.id < ${decodeCursor('req', page.cursor)}`]),
    ...(filter.status === undefined ? [] : [Prisma.sql`${Prisma.raw(statusNow)} = ${filter.status}`]),
    ...(filter.requester === undefined ? [] : [Prisma.sql`r.requester_id = ${meant(viewer, filter.requester)}`]),
    ...(filter.beneficiary === undefined ? [] : [Prisma.sql`r.beneficiary_id = ${meant(viewer, filter.beneficiary)}`]),
    ...(filter.person === undefined ? [] : [ownOf(meant(viewer, filter.person))]),
    ...(filter.principal === undefined ? [] : [Prisma.sql`r.principal_arn = ${filter.principal}`]),
    ...(filter.ticket === undefined ? [] : [Prisma.sql`r.ticket->>'key' = ${filter.ticket}`]),
  ]
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, ' and ')}`
  const rows = await db.prisma.$queryRaw<Row[]>`${Prisma.raw(selection)} ${where} order by r.id desc limit ${page.limit + 1}`
  return toPage(
    rows.map((row) => ({ id: row.id, ...read(row) })),
    page.limit,
  )
}

const own = (viewer: Viewer): Prisma.Sql => ownOf(viewer.personId)

const ownOf = (person: string | null): Prisma.Sql => Prisma.sql`(r.requester_id = ${person} or r.beneficiary_id = ${person})`

const waitsFor = (
  viewer: Viewer,
): Prisma.Sql => Prisma.sql`(r.status = 'pending' and r.expires_at > now() and ${asked(viewer)} and not ${own(viewer)}
  and not exists (select from decision c where c.request_id = r.id and c.person_id = ${viewer.personId}))`

const asked = (viewer: Viewer): Prisma.Sql =>
  Prisma.sql`(r.approver_people @> array[${viewer.personId}] or r.approver_groups && ${[...viewer.groups]})`

function read({ inForce, now, extending, escalations, entitlements, decisions, comments, grants, later, ...row }: Row): ReadRequest {
  const request = {
    ...row,
    entitlements: entitlements.map((entitlement) => ({
      ...entitlement,
      database: entitlement.database === null ? null : databaseFromJson(entitlement.database),
    })),
    decisions: decisions.map((decision) => ({ ...decision, createdAt: new Date(decision.createdAt) })),
    comments: comments.map((comment) => ({ ...comment, createdAt: new Date(comment.createdAt) })),
    grants: grants.map(grantFromJson),
    extending: extending === null ? null : extendingFromJson(extending),
    later: later.map(laterFromJson),
    escalations: escalations.map((each) => ({ ...each, at: new Date(each.at) })),
  }
  return { request, inForce, now }
}
