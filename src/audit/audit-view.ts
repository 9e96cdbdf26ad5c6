import type { Database } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { EventType } from './event.ts'

/** An event as it was recorded. */
export interface RecordedEvent {
  readonly id: Id<'evt'>
  /** Grows with the order of inserting; gaps are transactions that came to nothing. */
  readonly seq: bigint
  readonly at: Date
  readonly type: EventType
  readonly version: number
  readonly actor: ActorRecord
  readonly requestId: Id<'req'> | null
  readonly grantId: Id<'grt'> | null
  readonly targetId: Id<'tgt'> | null
  readonly payload: Readonly<Record<string, unknown>>
}

export interface EventFilter {
  readonly type?: EventType | undefined
  readonly person?: string | undefined
  readonly request?: string | undefined
  readonly grant?: string | undefined
  readonly target?: string | undefined
  readonly since?: Date | undefined
  readonly until?: Date | undefined
}

const selection = Prisma.sql`
  select id, seq, at, type, version, actor, request_id as "requestId", grant_id as "grantId", target_id as "targetId", payload
  from audit_event e`

/** Events, newest first, in one round trip. */
export async function listEvents(
  db: Database,
  filter: EventFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<RecordedEvent>> {
  const conditions = [
    Prisma.sql`true`,
    ...(page.cursor === undefined ? [] : [Prisma.sql`seq < (select seq from audit_event where id = ${decodeCursor('evt', page.cursor)})`]),
    ...(filter.type === undefined ? [] : [Prisma.sql`type = ${filter.type}`]),
    ...(filter.person === undefined ? [] : [Prisma.sql`person_id = ${filter.person}`]),
    ...(filter.request === undefined ? [] : [Prisma.sql`request_id = ${filter.request}`]),
    ...(filter.grant === undefined ? [] : [Prisma.sql`grant_id = ${filter.grant}`]),
    ...(filter.target === undefined ? [] : [Prisma.sql`target_id = ${filter.target}`]),
    ...(filter.since === undefined ? [] : [Prisma.sql`at >= ${filter.since}`]),
    ...(filter.until === undefined ? [] : [Prisma.sql`at < ${filter.until}`]),
  ]
  const where = Prisma.join(conditions, ' and ')
  const rows = await db.prisma.$queryRaw<RecordedEvent[]>`${selection} where ${where} order by seq desc limit ${page.limit + 1}`
  return toPage(rows, page.limit)
}

/** One event; throws `audit_event_not_found`. */
export async function getEvent(db: Database, id: Id<'evt'>): Promise<RecordedEvent> {
  const [row] = await db.prisma.$queryRaw<RecordedEvent[]>`${selection} where id = ${id}`
  if (row === undefined) throw new SallyportError('audit_event_not_found', `There is no audit event ${id}.`)
  return row
}
