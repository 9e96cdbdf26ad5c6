import type { Database, Reader, Statement } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Viewer } from '../kernel/actor.ts'
import { decodeCursor, encodeCursor, type Page } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { Review, ReviewKind, ReviewStatus } from './review.ts'

/**
 * The end of a request's standing access, the soonest of its grants; null if none gives access any more, whether or not a
 * worker has come by to store that.
 */
export const dueOf = (requestId: string): string =>
  `(select min(g.ends_at) from "grant" g where g.request_id = ${requestId} and g.status in ('scheduled', 'applying', 'active') and g.ends_at > now())`

const reviews = `
  select v.id, v.request_id as "requestId", v.kind,
    case when v.outcome = 'lapsed' then 'lapsed' when v.closed_at is not null then 'signed' when v.kind = 'emergency' then 'open'
      when live.due is null then 'lapsed' when v.opened_at is null and live.due - make_interval(secs => v.remind_seconds) > now() then 'planned'
      else 'open' end as status,
    json_build_object('groups', v.reviewer_groups, 'people', v.reviewer_people) as reviewers, v.reviewer_groups, v.reviewer_people,
    r.requester_id as "requesterId", r.beneficiary_id as "beneficiaryId", r.asked_by->>'credential' as "askedWith",
    (select k.owner_id from api_key k where k.id = split_part(r.asked_by->>'credential', 'key:', 2)) as "keyOwnerId",
    r.principal_arn as "principalArn", r.reason,
    (select coalesce(json_agg(json_build_object('grant', g.id, 'dbUser', g.db_user, 'resource', g.resource_arn,
        'database', case when d.id is not null then json_build_object('id', d.id, 'identifier', d.identifier) end) order by g.id), '[]')
      from "grant" g left join database d on d.id = g.database_id where g.request_id = r.id) as access,
    v.created_at as "createdAt",
    coalesce(v.opened_at, live.due - make_interval(secs => v.remind_seconds)) as "opensAt",
    case when v.kind = 'standing' then coalesce(v.due_at, live.due) end as "dueAt",
    v.closed_at as "closedAt", v.outcome, v.note, v.signed_by as "signedBy"
  from review v join request r on r.id = v.request_id
  left join lateral (select ${dueOf('v.request_id')} as due) live on v.closed_at is null`

const getStatement: Statement = { name: 'review-get', text: `select * from (${reviews}) x where x.id = $1` }

/** One review, as it stands now; throws `review_not_found`. */
export async function getReview(reader: Reader, id: Id<'rev'>): Promise<Review> {
  const [row] = await reader.query<Review & Record<string, unknown>>(getStatement, [id])
  if (row === undefined) throw new SallyportError('review_not_found', `There is no review ${id}.`)
  return row
}

export interface ReviewFilter {
  readonly status?: ReviewStatus | undefined
  readonly kind?: ReviewKind | undefined
  readonly request?: string | undefined
  /** Only those that wait for the viewer. */
  readonly reviewer?: 'me' | undefined
}

/** The reviews that concern the viewer, the open ones first and of each kind the newest, and how many of all that match are open. */
export async function listReviews(
  db: Database,
  viewer: Viewer,
  filter: ReviewFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Review> & { readonly open: number }> {
  const conditions = [
    Prisma.sql`true`,
    ...(viewer.everything ? [] : [Prisma.sql`(${own(viewer)} or ${asked(viewer)})`]),
    ...(filter.reviewer === undefined
      ? []
      : [Prisma.sql`(x.status = 'open' and ${asked(viewer)} and not ${own(viewer)} and not ${owned(viewer)})`]),
    ...(filter.status === undefined ? [] : [Prisma.sql`x.status = ${filter.status}`]),
    ...(filter.kind === undefined ? [] : [Prisma.sql`x.kind = ${filter.kind}`]),
    ...(filter.request === undefined ? [] : [Prisma.sql`x."requestId" = ${filter.request}`]),
  ]
  const matching = Prisma.join(conditions, ' and ')
  const after = page.cursor === undefined ? Prisma.empty : Prisma.sql`and ${beyond(page.cursor)}`
  const [counted] = await db.prisma.$queryRaw<{ open: number }[]>`
    select count(*)::int as open from (${Prisma.raw(reviews)}) x where ${matching} and x.status = 'open'`
  const rows = await db.prisma.$queryRaw<Review[]>`
    select * from (${Prisma.raw(reviews)}) x where ${matching} ${after} order by (x.status = 'open') desc, x.id desc limit ${page.limit + 1}`
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > page.limit && last !== undefined ? cursorAfter(last) : null, open: counted?.open ?? 0 }
}

/** Tells also whether the open ones are through: one that is signed between two pages must not take the others with it. */
const cursorAfter = ({ id, status }: Review): string => `${status === 'open' ? 'open' : 'rest'}.${encodeCursor(id)}`

function beyond(cursor: string): Prisma.Sql {
  const [part = '', id = '', ...more] = cursor.split('.')
  if ((part !== 'open' && part !== 'rest') || more.length > 0)
    throw new SallyportError('invalid_cursor', 'The cursor does not come from this list.')
  const last = decodeCursor('rev', id)
  return part === 'open' ? Prisma.sql`(x.status <> 'open' or x.id < ${last})` : Prisma.sql`(x.status <> 'open' and x.id < ${last})`
}

const own = (viewer: Viewer): Prisma.Sql => Prisma.sql`(x."requesterId" = ${viewer.personId} or x."beneficiaryId" = ${viewer.personId})`

/** The key that asked is theirs, who therefore never signs. */
const owned = (viewer: Viewer): Prisma.Sql => Prisma.sql`coalesce(x."keyOwnerId" = ${viewer.personId}, false)`

const asked = (viewer: Viewer): Prisma.Sql =>
  Prisma.sql`(x.reviewer_people @> array[${viewer.personId}] or x.reviewer_groups && ${[...viewer.groups]})`
