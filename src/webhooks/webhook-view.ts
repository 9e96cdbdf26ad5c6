import type { Reader, Statement } from '../db/index.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { PausedBecause, Webhook } from './webhook.ts'

interface Row extends Omit<Webhook, 'paused' | 'attention'> {
  readonly pausedBecause: PausedBecause | null
  readonly pausedAt: Date | null
  readonly attentionCode: NonNullable<Webhook['attention']>['code'] | null
  readonly attentionMessage: string | null
  readonly attentionSince: Date | null
  readonly attempts: number
}

const selection = `
  select id, url, description, types, accounts, databases, paused_because as "pausedBecause", paused_at as "pausedAt",
    attention_code as "attentionCode", attention_message as "attentionMessage", attention_since as "attentionSince", attempts,
    case when previous_until > now() then previous_until end as "previousSecretUntil", created_at as "createdAt"
  from webhook`

const byId: Statement = { name: 'webhook-by-id', text: `${selection} where id = $1` }
const afterId: Statement = { name: 'webhooks-after', text: `${selection} where id > $1 order by id limit $2` }
const all: Statement = { name: 'webhooks-all', text: `${selection} order by id` }

/** Throws `webhook_not_found`. */
export async function getWebhook(reader: Reader, id: Id<'whk'>): Promise<Webhook> {
  const [row] = await reader.query<Row & Record<string, unknown>>(byId, [id])
  if (row === undefined) throw new SallyportError('webhook_not_found', `There is no webhook ${id}.`)
  return read(row)
}

/** Webhooks, oldest first. */
export async function listWebhooks(
  reader: Reader,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Webhook>> {
  const after = cursor === undefined ? '' : decodeCursor('whk', cursor)
  const rows = await reader.query<Row & Record<string, unknown>>(afterId, [after, limit + 1])
  return toPage(rows.map(read), limit)
}

export const everyWebhook = async (reader: Reader): Promise<Webhook[]> =>
  (await reader.query<Row & Record<string, unknown>>(all, [])).map(read)

function read({ pausedBecause, pausedAt, attentionCode, attentionMessage, attentionSince, attempts, ...webhook }: Row): Webhook {
  return {
    ...webhook,
    paused: pausedBecause === null || pausedAt === null ? null : { because: pausedBecause, at: pausedAt },
    attention:
      attentionCode === null || attentionMessage === null || attentionSince === null
        ? null
        : { code: attentionCode, message: attentionMessage, since: attentionSince, attempts },
  }
}

/** Of these accounts and databases those that are not known. */
export async function unknownOf(
  reader: Reader,
  { accounts, databases }: { readonly accounts: readonly string[]; readonly databases: readonly string[] },
): Promise<{ readonly accounts: readonly string[]; readonly databases: readonly string[] }> {
  const [row] = await reader.query<{ accounts: string[]; databases: string[] }>(unknown, [accounts, databases])
  return row ?? { accounts: [], databases: [] }
}

const unknown: Statement = {
  name: 'webhook-unknown-places',
  text: `
    select array(select id from unnest($1::text[]) as named(id) where id not in (select id from account)) as accounts,
      array(select id from unnest($2::text[]) as named(id) where id not in (select id from database)) as databases`,
}
