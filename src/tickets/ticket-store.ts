import type { Reader, Statement, Tx } from '../db/index.ts'
import type { Reading } from './reading.ts'
import type { DeliveryIdentity } from './verify-delivery.ts'

/** What a source is answered; the same again for a repeat. */
export interface TicketAnswer {
  readonly ticket: string | null
  readonly outcome: 'accepted' | 'ignored'
  readonly does: readonly ('ask' | 'approve' | 'deny' | 'end')[]
  readonly detail: string
}

/** Makes this transaction the only one about a ticket until it ends. */
export async function lockTicket(tx: Tx, source: string, key: string): Promise<void> {
  await tx.prisma.$executeRaw`select pg_advisory_xact_lock(hashtextextended('ticket ' || ${source}::text || ' ' || ${key}::text, 0))`
}

/** What was answered to a delivery that came before; null: it is new. */
export async function findAnswer(tx: Tx, source: string, { id, bodyHash }: DeliveryIdentity): Promise<TicketAnswer | null> {
  const [row] = await tx.prisma.$queryRaw<{ answer: TicketAnswer }[]>`
    select answer from ticket_delivery where source = ${source} and (id = ${id} or body_hash = ${bodyHash}) limit 1`
  return row?.answer ?? null
}

/**
 * Stores what a payload says of a ticket, unless a later one has spoken, and keeps of it what this one does not speak of. A time
 * ahead of now would silence all that comes after, and counts as now. Answers the ticket's status then; null for one
 * that was not known and whose status the payload does not tell.
 */
export async function saveTicket(tx: Tx, source: string, reading: Reading): Promise<string | null> {
  const { key, status, type, requester, assignee, url, at } = reading
  const said = (value: unknown): boolean => value !== undefined
  await tx.prisma.$executeRaw`
    update ticket set at = least(coalesce(${at}::timestamptz, now()), now()), status = coalesce(${status ?? null}, status),
      type = case when ${said(type)} then ${type ?? null} else type end,
      requester = case when ${said(requester)} then ${requester ?? null} else requester end,
      assignee = case when ${said(assignee)} then ${assignee ?? null} else assignee end,
      url = case when ${said(url)} then ${url ?? null} else url end
    where source = ${source} and key = ${key} and at <= least(coalesce(${at}::timestamptz, now()), now())`
  await tx.prisma.$executeRaw`
    insert into ticket (source, key, status, type, requester, assignee, url, at)
    select ${source}, ${key}, ${status ?? null}::text, ${type ?? null}, ${requester ?? null}, ${assignee ?? null}, ${url ?? null},
      least(coalesce(${at}::timestamptz, now()), now())
    where ${status ?? null}::text is not null on conflict do nothing`
  const [row] = await tx.prisma.$queryRaw<{ status: string }[]>`select status from ticket where source = ${source} and key = ${key}`
  return row?.status ?? null
}

/** Stores a delivery with what was read in it and what is answered. False: another with its id has just come. */
export async function insertDelivery(
  tx: Tx,
  source: string,
  { id, bodyHash }: DeliveryIdentity,
  { reading, answer, isDone }: { readonly reading: Reading; readonly answer: TicketAnswer; readonly isDone: boolean },
): Promise<boolean> {
  const inserted = await tx.prisma.$executeRaw`
    insert into ticket_delivery (source, id, body_hash, key, reading, answer, done_at)
    values (${source}, ${id}, ${bodyHash}, ${reading.key}, ${JSON.stringify(reading)}::jsonb, ${JSON.stringify(answer)}::jsonb, case when ${isDone} then now() end)
    on conflict do nothing`
  return inserted === 1
}

/** A delivery of which something is still to be done, with the ticket as it is now. */
export interface Undone {
  readonly reading: Reading
  readonly status: string
  readonly requester: string | null
  readonly url: string | null
}

const undone: Statement = {
  name: 'ticket-delivery-undone',
  text: `select d.reading, t.status, t.requester, t.url from ticket_delivery d join ticket t on t.source = d.source and t.key = d.key
    where d.source = $1 and d.id = $2 and d.done_at is null`,
}

/** Null: it is done, or forgotten. */
export async function findUndone(reader: Reader, source: string, id: string): Promise<Undone | null> {
  const [row] = await reader.query<Undone & Record<string, unknown>>(undone, [source, id])
  return row ?? null
}

export async function markDone(tx: Tx, source: string, id: string): Promise<void> {
  await tx.prisma.$executeRaw`update ticket_delivery set done_at = now() where source = ${source} and id = ${id}`
}

/** Remembers why a ticket was refused something; false if it was the same the last time, which it need not be told again. */
export async function noteRefusal(tx: Tx, source: string, key: string, refusal: string | null): Promise<boolean> {
  const changed = await tx.prisma.$executeRaw`
    update ticket set refusal = ${refusal} where source = ${source} and key = ${key} and refusal is distinct from ${refusal}`
  return changed === 1
}

/** Deliveries whose job must have been lost. */
export const forgottenDeliveries = (tx: Tx): Promise<{ source: string; id: string; key: string }[]> =>
  tx.prisma.$queryRaw<{ source: string; id: string; key: string }[]>`
    select source, id, key from ticket_delivery d where done_at is null and created_at <= now() - interval '1 minute'
      and not exists (select from graphile_worker.jobs j where j.key = 'ticket ' || d.source || ' ' || d.id)
    order by created_at limit 500`

/** Tickets with one of these statuses that something waits or lives for all the same: it was decided at the moment when they closed. */
export const closedWithAccess = (tx: Tx, source: string, closed: readonly string[]): Promise<{ key: string }[]> =>
  tx.prisma.$queryRaw<{ key: string }[]>`
    select t.key from ticket t where t.source = ${source} and t.status = any(${[...closed]})
      and exists (select from request r where r.ticket is not null and r.ticket->>'system' = t.source and r.ticket->>'key' = t.key
        and ((r.status = 'pending' and r.expires_at > now())
          or exists (select from "grant" g where g.request_id = r.id and g.status in ('scheduled', 'applying', 'active'))))
    order by t.key limit 200`

/** Forgets deliveries of more than 30 days ago, part of the worker's sweep: a repeat of one of them says nothing new. */
export async function forgetOldDeliveries(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`delete from ticket_delivery where created_at <= now() - interval '30 days' and done_at is not null`
}
