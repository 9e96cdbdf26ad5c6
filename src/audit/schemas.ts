import { z } from 'zod'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import { idPattern } from '../kernel/ids.ts'
import type { RecordedEvent } from './audit-view.ts'
import { type EventType, eventMeanings } from './event.ts'

export const eventId = z
  .string()
  .regex(idPattern('evt'), 'is not the id of an audit event (evt_…)')
  .meta({ example: 'evt_01kazv5vb4pex5vsknk084sn02' })

const types = Object.keys(eventMeanings) as [EventType, ...EventType[]] // the keys of a complete record

const eventType = z.enum(types).describe(
  Object.entries(eventMeanings)
    .map(([type, meaning]) => `\`${type}\`: ${meaning}`)
    .join('; '),
)

/** Postgres has no year 0. */
const time = z.iso.datetime({ offset: true }).refine((text) => new Date(text).getUTCFullYear() > 0, 'must be in the year 1 or later')
const some = z.string().min(1).max(200)

export const listEventsQuery = z.strictObject({
  ...pageQuery,
  type: eventType.optional(),
  person: some.optional().describe('Only what this person did.'),
  request: some.optional(),
  grant: some.optional(),
  target: some.optional(),
  since: time.optional().describe('From this time on.'),
  until: time.optional().describe('Before this time.'),
})

export const eventSchema = z
  .strictObject({
    id: eventId,
    seq: z.number().int().describe('Grows with the order of recording; a gap is a transaction that came to nothing.'),
    at: z.iso.datetime(),
    type: eventType,
    version: z.number().int().describe('Of the payload’s shape.'),
    actor: z.strictObject({
      kind: z.enum(['person', 'service', 'system']),
      person: z.string().nullable(),
      credential: z.string().describe('The id of the credential used, never the credential.'),
      via: z.string().describe('Through which caller.'),
    }),
    request: z.string().nullable(),
    grant: z.string().nullable(),
    target: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()).describe('What happened; where a state changed, `before` and `after`.'),
  })
  .meta({ id: 'AuditEvent' })

export const eventPage = pageOf(eventSchema).meta({ id: 'AuditEventPage' })

/** The wire form of an event. */
export function printEvent({ seq, at, requestId, grantId, targetId, payload, ...event }: RecordedEvent): z.infer<typeof eventSchema> {
  return { ...event, seq: Number(seq), at: at.toISOString(), request: requestId, grant: grantId, target: targetId, payload: { ...payload } }
}
