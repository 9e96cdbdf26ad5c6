import type { Reader, Statement } from '../db/index.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { MessageType } from './message.ts'
import type { Trouble } from './outcome.ts'

export type DeliveryStatus = 'pending' | 'succeeded' | 'failed'

/** One message to one webhook, and how its attempts went. */
export interface Delivery {
  /** The audit event that it tells of, which is also its `webhook-id`. */
  readonly id: Id<'evt'>
  readonly type: MessageType | 'webhook.tested'
  readonly status: DeliveryStatus
  readonly createdAt: Date
  /** When it is due; null once it is settled. */
  readonly nextAt: Date | null
  readonly tries: readonly {
    readonly at: string
    readonly status: number | null
    readonly trouble: Trouble | null
    readonly milliseconds: number
  }[]
  readonly body: string
}

export interface DeliveryFilter {
  readonly status?: DeliveryStatus | undefined
  readonly type?: Delivery['type'] | undefined
  readonly since?: Date | undefined
}

const selection = `
  select d.event_id as id, d.type, d.status, d.created_at as "createdAt", case when d.status = 'pending' then d.next_at end as "nextAt",
    d.tries, m.body
  from webhook_delivery d join webhook_message m on m.event_id = d.event_id`

const one: Statement = { name: 'webhook-delivery', text: `${selection} where d.webhook_id = $1 and d.event_id = $2` }
const page: Statement = {
  name: 'webhook-deliveries',
  text: `${selection}
    where d.webhook_id = $1 and ($2::text is null or d.event_id < $2) and ($3::text is null or d.status = $3)
      and ($4::text is null or d.type = $4) and ($5::timestamptz is null or d.created_at >= $5)
    order by d.event_id desc limit $6`,
}

/** Throws `delivery_not_found`. */
export async function getDelivery(reader: Reader, webhookId: Id<'whk'>, eventId: Id<'evt'>): Promise<Delivery> {
  const [row] = await reader.query<Delivery & Record<string, unknown>>(one, [webhookId, eventId])
  if (row === undefined)
    throw new SallyportError('delivery_not_found', `Nothing of ${eventId} was for ${webhookId}, or it is more than 30 days ago.`)
  return row
}

/** Deliveries of a webhook, newest event first. */
export async function listDeliveries(
  reader: Reader,
  webhookId: Id<'whk'>,
  { status, type, since }: DeliveryFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Delivery>> {
  const before = cursor === undefined ? null : decodeCursor('evt', cursor)
  const values = [webhookId, before, status ?? null, type ?? null, since ?? null, limit + 1]
  return toPage(await reader.query<Delivery & Record<string, unknown>>(page, values), limit)
}
