import type { EventType } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import type { ToldEvent } from './comment-text.ts'

/** A comment whose turn has come. */
export interface ClaimedComment {
  readonly eventId: string
  readonly key: string
  /** This one included. */
  readonly attempts: number
}

/** Takes the next comment of a source that is due; of one ticket they go out in their order. */
export async function claimComment(tx: Tx, source: string): Promise<ClaimedComment | null> {
  const [row] = await tx.prisma.$queryRaw<ClaimedComment[]>`
    with due as (
      select event_id from ticket_comment c where source = ${source} and status = 'pending' and next_at <= now()
        and not exists (select from ticket_comment e where e.source = c.source and e.key = c.key and e.event_id < c.event_id and e.status in ('pending', 'sending'))
      order by event_id limit 1 for update skip locked)
    update ticket_comment c set status = 'sending', attempts = attempts + 1, next_at = now() + interval '1 minute'
    from due where c.event_id = due.event_id returning c.event_id as "eventId", c.key, c.attempts`
  return row ?? null
}

/**
 * Settles what a process left behind that ended while it was writing: where a repeat is recognised it is written again,
 * elsewhere nobody knows whether it was, and it is not written twice.
 */
export async function settleLost(tx: Tx, source: string, repeats: boolean): Promise<void> {
  await tx.prisma.$executeRaw`
    update ticket_comment set status = ${repeats ? 'pending' : 'unknown'} where source = ${source} and status = 'sending' and next_at <= now()`
}

export type CommentStatus = 'pending' | 'written' | 'unknown' | 'given_up'

/** Stores what came of a comment; `wait` is in seconds, until the next attempt. */
export async function settleComment(
  tx: Tx,
  eventId: string,
  { status, trouble, wait }: { readonly status: CommentStatus; readonly trouble: string | null; readonly wait: number },
): Promise<void> {
  await tx.prisma.$executeRaw`
    update ticket_comment set status = ${status}, trouble = ${trouble}, next_at = now() + ${wait} * interval '1 second' where event_id = ${eventId}`
}

/** Has nothing written to a source for so many seconds, because it asked for that. */
export async function holdComments(tx: Tx, source: string, seconds: number): Promise<void> {
  await tx.prisma.$executeRaw`
    update ticket_comment set next_at = greatest(next_at, now() + ${seconds} * interval '1 second') where source = ${source} and status = 'pending'`
}

/** Gives up all comments of a source that takes none. */
export async function giveUpComments(tx: Tx, source: string): Promise<void> {
  await tx.prisma
    .$executeRaw`update ticket_comment set status = 'given_up', trouble = 'the source takes none' where source = ${source} and status = 'pending'`
}

/** When something is due next, or null. */
export async function nextCommentAt(tx: Tx, source: string): Promise<Date | null> {
  const [row] = await tx.prisma.$queryRaw<{ at: Date | null }[]>`
    select min(next_at) as at from ticket_comment where source = ${source} and status in ('pending', 'sending')`
  return row?.at ?? null
}

/** Sources with comments that are due, and whose job must have been lost. */
export const forgottenComments = (tx: Tx): Promise<{ source: string }[]> =>
  tx.prisma.$queryRaw<{ source: string }[]>`
    select distinct source from ticket_comment where status in ('pending', 'sending') and next_at <= now() - interval '10 seconds'`

/** Forgets comments of more than 30 days ago, part of the worker's sweep. */
export async function forgetOldComments(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`delete from ticket_comment where created_at <= now() - interval '30 days'`
}

interface Row {
  readonly id: string
  readonly type: EventType
  readonly payload: Readonly<Record<string, unknown>>
  readonly request: (Omit<NonNullable<ToldEvent['request']>, 'duration'> & { readonly seconds: number }) | null
  readonly grant: ToldEvent['grant']
}

/** The event that a comment is about, with what it is about. */
export async function readTold(tx: Tx, eventId: string): Promise<ToldEvent> {
  const [row] = await tx.prisma.$queryRaw<Row[]>`
    select e.id, e.type, e.payload,
      (select json_build_object('id', r.id, 'beneficiary', r.beneficiary_id, 'principal', r.principal_arn, 'seconds', r.duration_seconds,
          'expiresAt', to_char(r.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          'entitlements', (select json_agg(n.db_user || ' on ' || coalesce(d.identifier, 'every database of ' || n.region) order by n.position)
            from request_entitlement n left join database d on d.id = n.database_id where n.request_id = r.id),
          'deciders', (select coalesce(json_agg(c.person_id order by c.id), '[]') from decision c where c.request_id = r.id
            and c.verdict = case when e.type = 'request.denied' then 'deny'::"Verdict" else 'approve' end))
        from request r where r.id = e.request_id) as request,
      (select json_build_object('entitlement', g.db_user || ' on ' || coalesce(d.identifier, 'every database of ' || split_part(g.resource_arn, ':', 4)),
          'endsAt', to_char(g.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        from "grant" g left join database d on d.id = g.database_id where g.id = e.grant_id) as grant
    from audit_event e where e.id = ${eventId}`
  if (row === undefined) throw new Error(`there is no event ${eventId} to tell of`)
  const { request, ...rest } = row
  if (request === null) return { ...rest, request }
  const { seconds, ...known } = request
  return { ...rest, request: { ...known, duration: formatDuration(seconds) } }
}
