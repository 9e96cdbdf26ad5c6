import type { Tx } from '../db/index.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { type AuditEvent, EVENT_VERSION } from './event.ts'

/** Stores events in the transaction of what they record, in the order given. */
export async function record(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.prisma.auditEvent.createMany({ data: events.map(row) })
}

/** The same for one event; answers its id. */
export async function recordOne(tx: Tx, event: AuditEvent): Promise<Id<'evt'>> {
  const data = row(event)
  await tx.prisma.auditEvent.create({ data })
  return data.id
}

/**
 * For a hot path that is one SQL statement: its insert of events, where `condition` holds.
 * `insertEvents(5, 'true')` is a CTE body that reads the JSON array passed as `$5`, made by `eventsParameter`.
 */
export const insertEvents = (parameter: number, condition: string): string => `
  insert into audit_event (id, type, version, actor, person_id, request_id, grant_id, target_id, payload)
  select e.id, e.type, e.version, e.actor, e."personId", e."requestId", e."grantId", e."targetId", e.payload
  from rows from (jsonb_to_recordset($${parameter}::jsonb) as (id text, type text, version smallint, actor jsonb,
      "personId" text, "requestId" text, "grantId" text, "targetId" text, payload jsonb))
    with ordinality as e(id, type, version, actor, "personId", "requestId", "grantId", "targetId", payload, position)
  where ${condition}
  order by e.position`

export const eventsParameter = (events: readonly AuditEvent[]): string => JSON.stringify(events.map(row))

const row = (event: AuditEvent) => ({
  id: newId('evt'),
  type: event.type,
  version: EVENT_VERSION,
  actor: { ...event.actor } satisfies Prisma.InputJsonObject,
  personId: event.actor.person,
  requestId: event.requestId ?? null,
  grantId: event.grantId ?? null,
  targetId: event.targetId ?? null,
  payload: event.payload as Prisma.InputJsonObject, // payloads are plain JSON by their types, `ticket` by its schema
})
