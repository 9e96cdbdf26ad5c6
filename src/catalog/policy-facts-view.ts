import type { Reader, Statement } from '../db/index.ts'
import type { DatabaseFacts } from '../policy/index.ts'

/** What is known of a database but its users, and the tags by which those are declared. */
export type FactsWithTags = Omit<DatabaseFacts, 'dbUsers'> & { readonly tags: Readonly<Record<string, string>> }

const living: Statement = {
  name: 'database-facts',
  text: `
    select d.partition, d.region, d.account_id as account, d.kind, d.resource_id as "resourceId", d.identifier, d.engine, d.tags,
      coalesce(d.found->'members', '[]') as members
    from database d where d.gone_at is null order by d.id`,
}

/** All databases that can be asked for, as far as a policy is read with them, in one round trip: a policy can be about any. */
export const databaseFacts = (db: Reader): Promise<readonly FactsWithTags[]> =>
  db.query<FactsWithTags & Record<string, unknown>>(living, [])
