import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { Outcome, Settlement } from './outcome.ts'

/** A delivery whose turn has come, with all that is needed to send it. */
export interface Claimed {
  readonly eventId: Id<'evt'>
  /** This one included. */
  readonly attempts: number
  readonly body: string
  readonly url: string
  readonly secret: string
  /** The sealed secret before, as long as it signs too. */
  readonly previousSecret: string | null
  /** The database's clock, by which it is signed. */
  readonly at: Date
}

/**
 * Takes the delivery that has waited longest, and has it due again in a minute: should this process end before it can tell
 * what came of it, it is sent once more. Null: nothing is due, or the webhook is paused or gone.
 */
export async function claimDue(tx: Tx, webhookId: Id<'whk'>): Promise<Claimed | null> {
  const [row] = await tx.prisma.$queryRaw<Claimed[]>`
    with due as (
      select event_id from webhook_delivery
      where webhook_id = ${webhookId} and status = 'pending' and next_at <= now()
        and exists (select from webhook where id = ${webhookId} and paused_because is null)
      order by next_at, event_id limit 1 for update skip locked)
    update webhook_delivery d set attempts = d.attempts + 1, next_at = now() + interval '1 minute'
    from due, webhook w, webhook_message m
    where d.webhook_id = ${webhookId} and d.event_id = due.event_id and w.id = d.webhook_id and m.event_id = d.event_id
    returning d.event_id as "eventId", d.attempts, m.body, w.url, w.secret,
      case when w.previous_until > now() then w.previous_secret end as "previousSecret", now() as at`
  return row ?? null
}

/** An attempt, as the delivery's log has it. */
export interface Try {
  readonly outcome: Outcome
  readonly at: Date
  readonly milliseconds: number
}

/** Stores what came of an attempt, in the delivery's log and in when it is due again. */
export async function saveTry(
  tx: Tx,
  { webhookId, eventId }: { readonly webhookId: Id<'whk'>; readonly eventId: Id<'evt'> },
  { outcome, at, milliseconds }: Try,
  { status, wait }: Settlement,
): Promise<void> {
  const entry = JSON.stringify([{ at: at.toISOString(), status: outcome.status, trouble: outcome.trouble, milliseconds }])
  await tx.prisma.$executeRaw`
    update webhook_delivery set status = ${status}, next_at = now() + ${wait ?? 0} * interval '1 second', tries = tries || ${entry}::jsonb
    where webhook_id = ${webhookId} and event_id = ${eventId}`
}

/** Stores on the webhook that an attempt failed, and answers for how many seconds none has succeeded. */
export async function noteFailure(tx: Tx, id: Id<'whk'>, code: string, message: string): Promise<number> {
  const [row] = await tx.prisma.$queryRaw<{ seconds: number }[]>`
    update webhook set attention_code = ${code}, attention_message = ${message}, attention_since = coalesce(attention_since, now()), attempts = attempts + 1
    where id = ${id} returning extract(epoch from now() - attention_since)::float8 as seconds`
  return row?.seconds ?? 0
}

/** Stores on the webhook that an attempt succeeded. */
export async function noteSuccess(tx: Tx, id: Id<'whk'>): Promise<void> {
  await tx.prisma.$executeRaw`
    update webhook set attention_code = null, attention_message = null, attention_since = null, attempts = 0
    where id = ${id} and attention_code is not null`
}

/** When something is due for a webhook that is not paused; null: nothing waits. */
export async function nextDueAt(tx: Tx, webhookId: Id<'whk'>): Promise<Date | null> {
  const [row] = await tx.prisma.$queryRaw<{ at: Date | null }[]>`
    select min(next_at) as at from webhook_delivery d join webhook w on w.id = d.webhook_id
    where w.id = ${webhookId} and w.paused_because is null and d.status = 'pending'`
  return row?.at ?? null
}

/** The webhooks to which something should have been sent some time ago: their job was lost. */
export async function forgottenWebhooks(tx: Tx): Promise<Id<'whk'>[]> {
  const rows = await tx.prisma.$queryRaw<{ id: Id<'whk'> }[]>`
    select id from webhook w where paused_because is null and exists (
      select from webhook_delivery d where d.webhook_id = w.id and d.status = 'pending' and d.next_at <= now() - interval '10 seconds')`
  return rows.map(({ id }) => id)
}

export interface Redeliver {
  readonly webhookId: Id<'whk'>
  readonly which: { readonly event: Id<'evt'> } | { readonly failedSince: Date }
  readonly actor: ActorRecord
}

/** Has deliveries sent once more, at once and with all their attempts before them; answers how many. */
export async function redeliver(tx: Tx, { webhookId, which, actor }: Redeliver): Promise<number> {
  const event = 'event' in which ? which.event : null
  const since = 'failedSince' in which ? which.failedSince : null
  const count = await tx.prisma.$executeRaw`
    update webhook_delivery set status = 'pending', attempts = 0, next_at = now()
    where webhook_id = ${webhookId} and (event_id = ${event}::text or (status = 'failed' and created_at >= ${since}::timestamptz))`
  const payload = { webhook: webhookId, event, since: since?.toISOString() ?? null, count }
  if (count > 0) await record(tx, [{ type: 'webhook.redelivered', actor, payload }])
  return count
}
