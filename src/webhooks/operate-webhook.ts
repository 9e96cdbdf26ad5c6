import { recordOne } from '../audit/index.ts'
import type { Caller } from '../identity/index.ts'
import { enqueueDeliveries } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { locked } from './administer-webhooks.ts'
import { redeliver } from './delivery-store.ts'
import { type Delivery, getDelivery } from './delivery-view.ts'
import { readOutgoing } from './message-store.ts'
import { sendTo } from './spread-messages.ts'
import type { Webhook, WebhookParts } from './webhook.ts'
import { pauseWebhook, resumeWebhook } from './webhook-store.ts'
import { getWebhook } from './webhook-view.ts'

/** Has a `ping` sent, whatever types the webhook asks for. Throws `webhook_not_found`, `webhook_paused`. */
export const testWebhook =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>): Promise<Delivery> =>
    db.inTransaction(async (tx) => {
      const { webhook, actor } = await locked(tx, ruleSets, caller, id)
      refuseWhilePaused(webhook)
      const [event] = await readOutgoing(tx, [await recordOne(tx, { type: 'webhook.tested', actor, payload: { webhook: id } })])
      if (event === undefined) throw new Error('the event was recorded just now')
      await sendTo(tx, [event], () => [webhook])
      return getDelivery(tx, id, event.id)
    })

/** Stops sending until it is resumed; what happens meanwhile waits. One that is paused already stays as it is. */
export const pause =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>): Promise<Webhook> =>
    db.inTransaction(async (tx) => {
      const { actor } = await locked(tx, ruleSets, caller, id)
      await pauseWebhook(tx, id, 'asked', actor)
      return getWebhook(tx, id)
    })

/** Sends again: at once all that waited. One that is not paused stays as it is. */
export const resume =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>): Promise<Webhook> =>
    db.inTransaction(async (tx) => {
      const { actor } = await locked(tx, ruleSets, caller, id)
      if (await resumeWebhook(tx, id, actor)) await enqueueDeliveries(tx, [id])
      return getWebhook(tx, id)
    })

/** Has one delivery sent once more, whatever came of it before. Throws `delivery_not_found`, `webhook_paused`, `webhook_not_found`. */
export const redeliverOne =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>, event: Id<'evt'>): Promise<Delivery> =>
    db.inTransaction(async (tx) => {
      const { webhook, actor } = await locked(tx, ruleSets, caller, id)
      refuseWhilePaused(webhook)
      if ((await redeliver(tx, { webhookId: id, which: { event }, actor })) > 0) await enqueueDeliveries(tx, [id])
      return getDelivery(tx, id, event)
    })

/** Has all deliveries of events since a time that were given up sent once more; answers how many. Errors as above. */
export const redeliverFailed =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>, failedSince: Date): Promise<number> =>
    db.inTransaction(async (tx) => {
      const { webhook, actor } = await locked(tx, ruleSets, caller, id)
      refuseWhilePaused(webhook)
      const count = await redeliver(tx, { webhookId: id, which: { failedSince }, actor })
      if (count > 0) await enqueueDeliveries(tx, [id])
      return count
    })

function refuseWhilePaused({ id, paused }: Webhook): void {
  if (paused !== null) throw new SallyportError('webhook_paused', `Nothing is sent to ${id} while it is paused; resume it first.`)
}
