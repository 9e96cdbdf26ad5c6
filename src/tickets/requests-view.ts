import type { Reader, Statement } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'

const waiting: Statement = {
  name: 'ticket-requests-waiting',
  text: `select id from request where ticket is not null and ticket->>'system' = $1 and ticket->>'key' = $2
    and status = 'pending' and expires_at > now() order by id`,
}

/** The requests that name a ticket and wait for a decision. */
export const waitingFor = async (reader: Reader, source: string, key: string): Promise<Id<'req'>[]> =>
  (await reader.query<{ id: Id<'req'> }>(waiting, [source, key])).map(({ id }) => id)

const asked: Statement = {
  name: 'ticket-has-asked',
  text: `select from request where ticket is not null and ticket->>'system' = $1 and ticket->>'key' = $2 and asked_by->>'via' = $3 limit 1`,
}

/** Whether a ticket has made its request before. */
export const hasAsked = async (reader: Reader, source: string, key: string, via: string): Promise<boolean> =>
  (await reader.query(asked, [source, key, via])).length > 0

const named: Statement = {
  name: 'ticket-databases-named',
  text: `select id, arn from database where identifier = $1 and gone_at is null order by arn`,
}

/** The databases that have a name in RDS: people know them by that. */
export const databasesNamed = (reader: Reader, name: string): Promise<{ readonly id: string; readonly arn: string }[]> =>
  reader.query<{ id: string; arn: string }>(named, [name])
