import type { Logger } from 'pino'
import { scheduleDelivery } from '../jobs/index.ts'
import { worker } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { type Claimed, claimDue, nextDueAt, noteFailure, noteSuccess, saveTry, type Try } from './delivery-store.ts'
import { type Outcome, settle } from './outcome.ts'
import { send } from './send.ts'
import { signedHeaders } from './signature.ts'
import type { WebhookParts } from './webhook.ts'
import { pauseWebhook } from './webhook-store.ts'

/** How many messages are under way to one webhook at the same time. */
const AT_ONCE = 4

/** Milliseconds after which a run begins no more attempts and makes room for other webhooks. */
const TURN = 10_000

/**
 * Sends to one webhook what is due: a few at the same time, in no promised order, for at most ten seconds and one attempt; then
 * it leaves a job for what is due next. One run at a time for a webhook, because its jobs have one queue: so a slow one takes
 * one place among the workers' places, and holds up nobody.
 */
export const deliver = (parts: WebhookParts & { readonly log: Logger; readonly version: string }) => async (webhookId: Id<'whk'>) => {
  const turnEnds = performance.now() + TURN
  const lane = async (): Promise<void> => {
    while (performance.now() < turnEnds) {
      const claimed = await parts.db.inTransaction((tx) => claimDue(tx, webhookId))
      if (claimed === null) return
      const started = performance.now()
      const outcome = await attempt(parts, webhookId, claimed)
      await settleTry(parts, webhookId, claimed, { outcome, at: claimed.at, milliseconds: Math.round(performance.now() - started) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  await parts.db.inTransaction(async (tx) => {
    const at = await nextDueAt(tx, webhookId)
    if (at !== null) await scheduleDelivery(tx, webhookId, at)
  })
}

async function attempt(
  { network, secrets, version }: WebhookParts & { readonly version: string },
  id: Id<'whk'>,
  claimed: Claimed,
): Promise<Outcome> {
  const { eventId, at, body, url, secret, previousSecret } = claimed
  let opened: string[]
  try {
    opened = [secret, ...(previousSecret === null ? [] : [previousSecret])].map((sealed) => secrets.open(id, sealed))
  } catch (error) {
    const detail = error instanceof SallyportError ? error.message : 'The signing secret was tampered with.'
    return { status: null, trouble: 'secret_unreadable', detail }
  }
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Sallyport/${version}`,
    ...signedHeaders({ id: eventId, at, body }, opened),
  }
  return send(network, { url, headers, body })
}

async function settleTry(
  { db, log }: WebhookParts & { readonly log: Logger },
  webhookId: Id<'whk'>,
  { eventId, attempts }: Claimed,
  tried: Try,
): Promise<void> {
  const { outcome } = tried
  const pause = await db.inTransaction(async (tx) => {
    const failingFor = outcome.trouble === null ? 0 : await noteFailure(tx, webhookId, outcome.trouble, outcome.detail)
    if (outcome.trouble === null) await noteSuccess(tx, webhookId)
    const settlement = settle({ attempts, outcome, failingFor, random: Math.random() })
    await saveTry(tx, { webhookId, eventId }, tried, settlement)
    if (settlement.pause !== null) await pauseWebhook(tx, webhookId, settlement.pause, worker)
    return settlement.pause
  })
  if (pause !== null)
    log.error({ webhook: webhookId, because: pause }, 'nothing is sent to this webhook any more until somebody resumes it')
  else if (outcome.trouble !== null) log.debug({ webhook: webhookId, event: eventId, trouble: outcome.trouble }, outcome.detail)
}
