import type { Tx } from '../db/index.ts'
import { type Caller, callerNow, type RuleSets } from '../identity/index.ts'
import { type ActorRecord, actorRecord } from '../kernel/actor.ts'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { newSecret } from './signature.ts'
import type { Webhook, WebhookParts, WebhookSettings } from './webhook.ts'
import { deleteWebhook, insertWebhook, lockWebhook, replaceSecret, updateWebhook } from './webhook-store.ts'
import { checkUrl } from './webhook-url.ts'
import { getWebhook, unknownOf } from './webhook-view.ts'

/** A webhook with its new secret, which is told once. */
export interface WithSecret {
  readonly webhook: Webhook
  readonly secret: string
}

/**
 * Whoever administers webhooks sees all events through them: an admin, or a program with the scope. Throws `not_permitted`;
 * in the transaction that writes, `unauthenticated`.
 */
export function refuseUnlessAdmin({ actor, isAdmin }: Caller): void {
  if (actor.kind !== 'person' || isAdmin) return
  throw new SallyportError('not_permitted', 'Webhooks are for admins, and for programs with the scope webhooks.')
}

async function authorised(tx: Tx, ruleSets: RuleSets, caller: Caller): Promise<ActorRecord> {
  const now = await callerNow(tx, ruleSets, caller)
  refuseUnlessAdmin(now)
  return actorRecord(now.actor)
}

/** The webhook, locked until the transaction ends, for a caller who may change it. Throws `webhook_not_found`. */
export async function locked(
  tx: Tx,
  ruleSets: RuleSets,
  caller: Caller,
  id: Id<'whk'>,
): Promise<{ readonly webhook: Webhook; readonly actor: ActorRecord }> {
  const actor = await authorised(tx, ruleSets, caller)
  await lockWebhook(tx, id)
  return { webhook: await getWebhook(tx, id), actor }
}

/** Makes a webhook; it is told of what happens from then on. Throws `invalid_webhook_url`, `secret_key_missing`, `invalid_request`. */
export const createWebhook =
  ({ db, ruleSets, network, secrets }: WebhookParts) =>
  (caller: Caller, asked: WebhookSettings): Promise<WithSecret> => {
    refuseUnlessAdmin(caller)
    const settings = { ...asked, url: checkUrl(asked.url, network.allow) }
    const id = newId('whk')
    const secret = newSecret()
    const sealed = secrets.seal(id, secret)
    return db.inTransaction(async (tx) => {
      const actor = await authorised(tx, ruleSets, caller)
      await refuseUnknown(tx, settings)
      await insertWebhook(tx, id, settings, sealed, actor)
      return { webhook: await getWebhook(tx, id), secret }
    })
  }

/** Changes what is given of a webhook's settings; what is sent from then on follows them. Errors as above, and `webhook_not_found`. */
export const changeWebhook =
  ({ db, ruleSets, network }: WebhookParts) =>
  (
    caller: Caller,
    id: Id<'whk'>,
    change: { readonly [Key in keyof WebhookSettings]?: WebhookSettings[Key] | undefined },
  ): Promise<Webhook> => {
    refuseUnlessAdmin(caller)
    const url = change.url === undefined ? undefined : checkUrl(change.url, network.allow)
    return db.inTransaction(async (tx) => {
      const { webhook, actor } = await locked(tx, ruleSets, caller, id)
      const settings = {
        url: url ?? webhook.url,
        description: change.description ?? webhook.description,
        types: change.types ?? webhook.types,
        accounts: change.accounts ?? webhook.accounts,
        databases: change.databases ?? webhook.databases,
      }
      await refuseUnknown(tx, { accounts: change.accounts ?? [], databases: change.databases ?? [] })
      await updateWebhook(tx, webhook, settings, actor)
      return getWebhook(tx, id)
    })
  }

/** Deletes a webhook with all its deliveries. Throws `webhook_not_found`. */
export const removeWebhook =
  ({ db, ruleSets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>): Promise<void> =>
    db.inTransaction(async (tx) => {
      const { webhook, actor } = await locked(tx, ruleSets, caller, id)
      await deleteWebhook(tx, webhook, actor)
    })

/** Gives a webhook another secret; for `overlap` seconds messages are signed with both. Throws `webhook_not_found`, `secret_key_missing`. */
export const rotateSecret =
  ({ db, ruleSets, secrets }: WebhookParts) =>
  (caller: Caller, id: Id<'whk'>, overlap: number): Promise<WithSecret> =>
    db.inTransaction(async (tx) => {
      const { actor } = await locked(tx, ruleSets, caller, id)
      const secret = newSecret()
      await replaceSecret(tx, id, secrets.seal(id, secret), overlap, actor)
      return { webhook: await getWebhook(tx, id), secret }
    })

/** A filter that names what is not there would only make a webhook silent. */
async function refuseUnknown(tx: Tx, named: Pick<WebhookSettings, 'accounts' | 'databases'>): Promise<void> {
  const unknown = await unknownOf(tx, named)
  const fields = (['accounts', 'databases'] as const).flatMap((list): FieldError[] =>
    unknown[list].map((id) => ({ pointer: `/${list}/${named[list].indexOf(id)}`, detail: `${id} is not known.` })),
  )
  if (fields.length > 0) throw new SallyportError('invalid_request', fields.map(({ detail }) => detail).join(' '), { fields })
}
