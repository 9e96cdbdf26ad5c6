import type { Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { OutgoingEvent, Place } from './message.ts'

/** The next events that were noted for webhooks and not spread yet, locked until the transaction ends. */
export async function takeNoted(tx: Tx, limit: number): Promise<Id<'evt'>[]> {
  const rows = await tx.prisma.$queryRaw<{ id: Id<'evt'> }[]>`
    select event_id as id from webhook_message where body is null order by event_id limit ${limit} for update skip locked`
  return rows.map(({ id }) => id)
}

/** Whether something has been waiting to be spread for so long that its job must have been lost. */
export async function isForgotten(tx: Tx): Promise<boolean> {
  const rows = await tx.prisma.$queryRaw<unknown[]>`
    select from webhook_message where body is null and created_at <= now() - interval '10 seconds' limit 1`
  return rows.length > 0
}

/** Audit events with what they are about, in the order of recording. A target's are about the grants that it holds. */
export const readOutgoing = (tx: Tx, ids: readonly Id<'evt'>[]): Promise<OutgoingEvent[]> =>
  tx.prisma.$queryRaw<OutgoingEvent[]>`
    select e.id, e.seq, e.at, e.type, e.actor, e.payload,
      (select json_build_object('id', r.id, 'requester', r.requester_id, 'beneficiary', r.beneficiary_id, 'principal', r.principal_arn,
          'entitlements', (select json_agg(json_build_object('account', n.account_id, 'region', n.region, 'database', n.database_id,
              'resource', n.resource_arn, 'dbUser', n.db_user) order by n.position)
            from request_entitlement n where n.request_id = r.id))
        from request r where r.id = e.request_id and e.grant_id is null) as request,
      coalesce((select json_agg(json_build_object('id', g.id, 'request', g.request_id, 'beneficiary', g.beneficiary_id,
          'principal', coalesce(t.principal_arn, t.arn), 'account', t.account_id, 'region', split_part(g.resource_arn, ':', 4),
          'database', g.database_id, 'resource', g.resource_arn, 'dbUser', g.db_user,
          'startsAt', to_char(g.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'endsAt', to_char(g.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by g.id)
        from "grant" g join target t on t.id = g.target_id
        where g.id = e.grant_id or (e.grant_id is null and g.target_id = e.target_id and g.status <> 'ended')), '[]') as grants
    from audit_event e where e.id = any(${[...ids]}) order by e.seq`

/** Where databases are, by their ids. */
export async function placesOf(tx: Tx, databases: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  if (databases.length === 0) return new Map()
  const rows = await tx.prisma.$queryRaw<(Place & { id: string })[]>`
    select id, account_id as account, region from database where id = any(${[...databases]})`
  return new Map(rows.map((row) => [row.id, row]))
}

/** A message with those it is for. */
export interface Spread {
  readonly eventId: Id<'evt'>
  readonly type: string
  readonly body: string
  readonly webhookIds: readonly Id<'whk'>[]
}

/** Stores what is to be sent to whom. A message that is for nobody is forgotten; so is a webhook that was deleted meanwhile. */
export async function saveSpread(tx: Tx, spread: readonly Spread[]): Promise<void> {
  const forNobody = spread.filter(({ webhookIds }) => webhookIds.length === 0).map(({ eventId }) => eventId)
  await tx.prisma.$executeRaw`delete from webhook_message where event_id = any(${forNobody})`
  const rows = JSON.stringify(spread.filter(({ webhookIds }) => webhookIds.length > 0))
  await tx.prisma.$executeRaw`
    insert into webhook_message (event_id, body)
    select "eventId", body from jsonb_to_recordset(${rows}::jsonb) as m("eventId" text, body text)
    on conflict (event_id) do update set body = excluded.body`
  await tx.prisma.$executeRaw`
    insert into webhook_delivery (webhook_id, event_id, type)
    select w.id, m."eventId", m.type
    from jsonb_to_recordset(${rows}::jsonb) as m("eventId" text, type text, "webhookIds" jsonb),
      jsonb_array_elements_text(m."webhookIds") as wanted(id), lateral (select id from webhook where id = wanted.id for share) w
    on conflict do nothing`
}

/** Forgets messages of more than 30 days ago, part of the worker's sweep; their deliveries go with them. */
export async function forgetOldMessages(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`
    delete from webhook_message where event_id in (
      select event_id from webhook_message where created_at <= now() - interval '30 days' order by created_at limit 5000)`
}
