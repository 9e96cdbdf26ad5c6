import type { SallyportFile } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { Posted } from './slack-api.ts'

/** Has what is recorded noted for Slack, or not, as a rule set says; in the transaction that adopts it. */
export async function declareSlack(tx: Tx, { slack }: SallyportFile): Promise<void> {
  await tx.prisma.$executeRaw`delete from slack_workspace where team is distinct from ${slack?.team ?? null}::text`
  if (slack !== null) await tx.prisma.$executeRaw`insert into slack_workspace (team) values (${slack.team}) on conflict do nothing`
}

/**
 * Takes the next events that were noted, and has the requests that they are about looked at; answers those, and how many events were
 * taken. An event of a target is about whatever it holds.
 */
export async function spreadNotes(tx: Tx, limit: number): Promise<{ readonly taken: number; readonly requestIds: readonly Id<'req'>[] }> {
  const notes = await tx.prisma.$queryRaw<{ eventId: string }[]>`
    delete from slack_note where event_id in (select event_id from slack_note order by event_id limit ${limit} for update skip locked)
    returning event_id as "eventId"`
  const requests = await tx.prisma.$queryRaw<{ id: Id<'req'> }[]>`
    insert into slack_request (request_id, next_at)
    select distinct coalesce(g.request_id, e.request_id), now() from audit_event e
    left join "grant" g on g.id = e.grant_id or (e.grant_id is null and e.target_id is not null and g.target_id = e.target_id and g.status <> 'ended')
    where e.id = any(${notes.map(({ eventId }) => eventId)}) and coalesce(g.request_id, e.request_id) is not null
    order by 1
    on conflict (request_id) do update set next_at = now(), changes = slack_request.changes + 1, attempts = 0
    returning request_id as id`
  return { taken: notes.length, requestIds: requests.map(({ id }) => id) }
}

/** Whether something has been noted for so long that its job must have been lost. */
export async function hasForgottenNotes(tx: Tx): Promise<boolean> {
  const rows = await tx.prisma.$queryRaw<unknown[]>`select from slack_note where created_at <= now() - interval '10 seconds' limit 1`
  return rows.length > 0
}

/** The requests that should have been looked at some time ago: their job was lost. */
export async function forgottenRequests(tx: Tx): Promise<Id<'req'>[]> {
  const rows = await tx.prisma.$queryRaw<{ id: Id<'req'> }[]>`
    select request_id as id from slack_request where next_at <= now() - interval '10 seconds' order by next_at limit 1000`
  return rows.map(({ id }) => id)
}

/** A message that stands in Slack. */
export interface StoredMessage extends Posted {
  readonly role: 'approver' | 'asker'
  /** The channel or member that it was sent to. */
  readonly recipient: string
  /** What the latest message to this recipient tells. */
  readonly stage: string
  /** Of its content, a SHA-256. */
  readonly shown: string
}

/** Stores what has just been posted or updated. */
export async function saveMessage(tx: Tx, requestId: Id<'req'>, message: StoredMessage): Promise<void> {
  const { role, recipient, ...rest } = message
  await tx.prisma.slackMessage.upsert({
    where: { requestId_role_recipient: { requestId, role, recipient } },
    create: { requestId, role, recipient, ...rest },
    update: rest,
  })
}

/** Stores that what Slack shows of a request is as it should be, unless something has changed since it was read. */
export async function settleRequest(tx: Tx, requestId: Id<'req'>, changes: number): Promise<void> {
  await tx.prisma.$executeRaw`
    update slack_request set next_at = null, attempts = 0 where request_id = ${requestId} and changes = ${changes}`
}

/** Stores that it is to be tried again after so many seconds, or no more where null, and answers when. */
export async function postponeRequest(tx: Tx, requestId: Id<'req'>, attempts: number, wait: number | null): Promise<Date | null> {
  const [row] = await tx.prisma.$queryRaw<{ at: Date | null }[]>`
    update slack_request set attempts = ${attempts}, next_at = now() + ${wait}::float8 * interval '1 second'
    where request_id = ${requestId} returning next_at as at`
  return row?.at ?? null
}
