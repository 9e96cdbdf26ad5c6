import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { PausedBecause, Webhook, WebhookSettings } from './webhook.ts'

/** Stores a webhook with its sealed secret and its event. */
export async function insertWebhook(tx: Tx, id: Id<'whk'>, settings: WebhookSettings, sealed: string, actor: ActorRecord): Promise<void> {
  await tx.prisma.webhook.create({ data: { id, ...columns(settings), secret: sealed } })
  await record(tx, [{ type: 'webhook.created', actor, payload: { webhook: id, before: null, after: factsOf(settings) } }])
}

/** Locks a webhook until the transaction ends; false if there is none. */
export async function lockWebhook(tx: Tx, id: Id<'whk'>): Promise<boolean> {
  const rows = await tx.prisma.$queryRaw<unknown[]>`select from webhook where id = ${id} for update`
  return rows.length > 0
}

/** Stores other settings with their event, which has what is different; nothing if nothing is. The caller has locked it. */
export async function updateWebhook(tx: Tx, before: Webhook, settings: WebhookSettings, actor: ActorRecord): Promise<void> {
  const [was, is] = [factsOf(before), factsOf(settings)]
  if (before.url === settings.url && JSON.stringify(was) === JSON.stringify(is)) return
  await tx.prisma.webhook.update({ where: { id: before.id }, data: columns(settings) })
  const changed = (facts: object, others: object) =>
    Object.fromEntries(Object.entries(facts).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(others, key))))
  const payload = { webhook: before.id, before: changed(was, is), after: changed(is, was) }
  await record(tx, [{ type: 'webhook.changed', actor, payload }])
}

/** Deletes it with its deliveries, and records that. The caller has locked it. */
export async function deleteWebhook(tx: Tx, webhook: Webhook, actor: ActorRecord): Promise<void> {
  await tx.prisma.webhook.delete({ where: { id: webhook.id } })
  await record(tx, [{ type: 'webhook.deleted', actor, payload: { webhook: webhook.id, before: factsOf(webhook), after: null } }])
}

/** Puts another secret in place of a webhook's; the one before signs too for so many seconds, or no more where 0. */
export async function replaceSecret(tx: Tx, id: Id<'whk'>, sealed: string, overlap: number, actor: ActorRecord): Promise<void> {
  const [row] = await tx.prisma.$queryRaw<{ until: Date | null }[]>`
    update webhook set secret = ${sealed},
      previous_secret = case when ${overlap} > 0 then secret end,
      previous_until = case when ${overlap} > 0 then now() + ${overlap} * interval '1 second' end
    where id = ${id} returning previous_until as until`
  await record(tx, [{ type: 'webhook.secret_rotated', actor, payload: { webhook: id, previousUntil: row?.until?.toISOString() ?? null } }])
}

/** Stops sending to it, with the event; nothing if it is paused already. What waits, and what comes, waits. */
export async function pauseWebhook(tx: Tx, id: Id<'whk'>, because: PausedBecause, actor: ActorRecord): Promise<void> {
  const paused = await tx.prisma.$executeRaw`
    update webhook set paused_because = ${because}, paused_at = now() where id = ${id} and paused_because is null`
  if (paused === 1) await record(tx, [{ type: 'webhook.paused', actor, payload: { webhook: id, because } }])
}

/** Lets it be sent to again, its patience and what waits as new; false if it was not paused. */
export async function resumeWebhook(tx: Tx, id: Id<'whk'>, actor: ActorRecord): Promise<boolean> {
  const resumed = await tx.prisma.$executeRaw`
    update webhook set paused_because = null, paused_at = null, attention_code = null, attention_message = null, attention_since = null, attempts = 0
    where id = ${id} and paused_because is not null`
  if (resumed === 0) return false
  await tx.prisma.$executeRaw`update webhook_delivery set attempts = 0, next_at = now() where webhook_id = ${id} and status = 'pending'`
  await record(tx, [{ type: 'webhook.resumed', actor, payload: { webhook: id } }])
  return true
}

/** A webhook's sealed secrets, the current one first. */
export interface Sealed {
  readonly id: Id<'whk'>
  readonly secret: string
  readonly previousSecret: string | null
}

/** The sealed secrets of all webhooks, locked until the transaction ends. */
export const lockSealed = (tx: Tx): Promise<Sealed[]> =>
  tx.prisma.$queryRaw<Sealed[]>`select id, secret, previous_secret as "previousSecret" from webhook order by id for update`

/** Stores the same secrets, sealed anew. */
export async function saveSealed(tx: Tx, { id, secret, previousSecret }: Sealed): Promise<void> {
  await tx.prisma.webhook.update({ where: { id }, data: { secret, previousSecret } })
}

/** Forgets secrets that sign no more, part of the worker's sweep. */
export async function forgetPreviousSecrets(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`update webhook set previous_secret = null, previous_until = null where previous_until <= now()`
}

const columns = ({ url, description, types, accounts, databases }: WebhookSettings) => ({
  url,
  description,
  types: [...types],
  accounts: [...accounts],
  databases: [...databases],
})

const factsOf = ({ url, description, types, accounts, databases }: WebhookSettings) => ({
  origin: new URL(url).origin,
  description,
  types,
  accounts,
  databases,
})
