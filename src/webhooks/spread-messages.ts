import type { Database, Tx } from '../db/index.ts'
import { enqueueDeliveries } from '../jobs/index.ts'
import { bodyOf, type OutgoingEvent, wants } from './message.ts'
import { placesOf, readOutgoing, saveSpread, takeNoted } from './message-store.ts'
import type { Webhook } from './webhook.ts'
import { everyWebhook } from './webhook-view.ts'

/** How many events are spread in one transaction. */
const BATCH = 200

/** Makes messages of the events that were noted, and deliveries of them to the webhooks that want them, until none is left. */
export const spreadMessages = (db: Database) => async (): Promise<void> => {
  while ((await db.inTransaction(spreadSome)) === BATCH);
}

/** Answers how many were taken. */
async function spreadSome(tx: Tx): Promise<number> {
  const ids = await takeNoted(tx, BATCH)
  if (ids.length === 0) return 0
  const events = await readOutgoing(tx, ids)
  const webhooks = await everyWebhook(tx)
  const places = await placesOf(tx, [...new Set(webhooks.flatMap(({ databases }) => databases))])
  await sendTo(tx, events, (event) => webhooks.filter((webhook) => wants(webhook, event, places)))
  return ids.length
}

/** Stores messages for those whom `choose` names, with the jobs that send them. */
export async function sendTo(
  tx: Tx,
  events: readonly OutgoingEvent[],
  choose: (event: OutgoingEvent) => readonly Pick<Webhook, 'id' | 'paused'>[],
): Promise<void> {
  const chosen = events.map((event) => ({ event, webhooks: choose(event) }))
  await saveSpread(
    tx,
    chosen.map(({ event, webhooks }) => ({
      eventId: event.id,
      type: event.type,
      body: bodyOf(event),
      webhookIds: webhooks.map(({ id }) => id),
    })),
  )
  const awake = chosen.flatMap(({ webhooks }) => webhooks.filter(({ paused }) => paused === null).map(({ id }) => id))
  await enqueueDeliveries(tx, [...new Set(awake)])
}
