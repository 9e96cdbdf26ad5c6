import { slackIssuer } from '../config/index.ts'
import type { Reader, Statement } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { StoredMessage } from './slack-store.ts'

/** What stands in Slack about a request. */
export interface StoredRequest {
  readonly changes: number
  /** How often it could not be shown since it last changed. */
  readonly attempts: number
  readonly messages: readonly StoredMessage[]
}

const request: Statement = {
  name: 'slack-request',
  text: `
    select r.changes, r.attempts,
      (select coalesce(jsonb_agg(jsonb_build_object('role', m.role, 'recipient', m.recipient, 'channel', m.channel, 'ts', m.ts,
          'stage', m.stage, 'shown', m.shown) order by m.role, m.recipient), '[]')
        from slack_message m where m.request_id = r.request_id) as messages
    from slack_request r where r.request_id = $1`,
}

/** Null: nothing of it was ever to be shown. */
export async function findStoredRequest(reader: Reader, id: Id<'req'>): Promise<StoredRequest | null> {
  const [row] = await reader.query<StoredRequest & Record<string, unknown>>(request, [id])
  return row ?? null
}

const members: Statement = {
  name: 'slack-members',
  text: `
    select distinct on (i.person_id) i.person_id as "personId", i.subject as "user" from identity i join person p on p.id = i.person_id
    where i.issuer = $1 and i.person_id = any($2) and p.active order by i.person_id, i.id`,
}

/** The members of the workspace whom active people are linked to, by the ids of the people. */
export async function membersOf(reader: Reader, team: string, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.query<{ personId: string; user: string }>(members, [slackIssuer(team), [...personIds]])
  return new Map(rows.map(({ personId, user }) => [personId, user]))
}

/** A database, as a list offers it. */
export interface OfferedDatabase {
  readonly id: Id<'dbs'>
  readonly identifier: string
  readonly accountId: string
  readonly region: string
}

const offered: Statement = {
  name: 'slack-databases',
  text: `
    select d.id, d.identifier, d.account_id as "accountId", d.region from database d
    where d.gone_at is null and d.iam_auth
      and exists (select from unnest(array[d.arn, d.resource_id, d.host]) part where strpos(lower(part), lower($1)) > 0)
    order by d.identifier, d.id limit $2`,
}

/** The databases that accept IAM authentication and have this in their ARN, resource id or host; the first by name. */
export const offeredDatabases = (reader: Reader, text: string, limit: number): Promise<OfferedDatabase[]> =>
  reader.query<OfferedDatabase & Record<string, unknown>>(offered, [text, limit])
