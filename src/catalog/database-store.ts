import { type AuditEvent, eventsParameter, insertEvents } from '../audit/index.ts'
import type { Statement, Tx } from '../db/index.ts'
import { enqueueMatching } from '../jobs/index.ts'
import type { KnownDatabase, Place } from './known-database.ts'

const columns = `
  d.id, d.account_id as "accountId", d.partition, d.region, d.kind::text as kind, d.resource_id as "resourceId", d.identifier, d.arn,
  d.engine, d.host, d.port, d.iam_auth as "iamAuth", d.tags, d.declared, d.found, d.former_names as "formerNames", d.gone_at as "goneAt"`

const inRegion: Statement = {
  name: 'databases-known-in-region',
  text: `select ${columns} from database d where d.account_id = $1 and d.region = $2 order by d.id`,
}

/** Everything ever known in a region, gone or not. The caller holds its lock. */
export const knownInRegion = (tx: Tx, { accountId, region }: Omit<Place, 'partition'>): Promise<KnownDatabase[]> =>
  tx.query<KnownDatabase & Record<string, unknown>>(inRegion, [accountId, region])

const touched: Statement = {
  name: 'databases-touched-by-file',
  text: `
    select ${columns} from database d
    where d.declared is not null
      or (d.account_id, d.region, d.resource_id) in (
        select named."accountId", named.region, named."resourceId"
        from jsonb_to_recordset($1::jsonb) as named ("accountId" text, region text, "resourceId" text))
      or (d.found is not null and not exists (
        select from account a where a.id = d.account_id and a.active and a.sync and d.region = any(a.regions)))
    order by d.id`,
}

/** What a file's declarations may change: what it declares, what the one before it did, and what is not looked for any more. */
export const knownToFile = (
  tx: Tx,
  declared: readonly Pick<KnownDatabase, 'accountId' | 'region' | 'resourceId'>[],
): Promise<KnownDatabase[]> => tx.query<KnownDatabase & Record<string, unknown>>(touched, [JSON.stringify(declared)])

const save: Statement = {
  name: 'databases-save',
  text: `
    with saved as (
      insert into database (id, account_id, partition, region, kind, resource_id, identifier, arn, engine, host, port, iam_auth, tags,
        declared, found, former_names, gone_at)
      select id, "accountId", partition, region, kind, "resourceId", identifier, arn, engine, host, port, "iamAuth", tags,
        declared, found, "formerNames", "goneAt"
      from jsonb_to_recordset($1::jsonb) as known
        (id text, "accountId" text, partition text, region text, kind "DatabaseKind", "resourceId" text, identifier text, arn text,
         engine text, host text, port int, "iamAuth" boolean, tags jsonb, declared jsonb, found jsonb, "formerNames" jsonb, "goneAt" timestamptz)
      on conflict (account_id, region, resource_id) do update set partition = excluded.partition, identifier = excluded.identifier,
        arn = excluded.arn, engine = excluded.engine, host = excluded.host, port = excluded.port, iam_auth = excluded.iam_auth,
        tags = excluded.tags, declared = excluded.declared, found = excluded.found, former_names = excluded.former_names,
        gone_at = excluded.gone_at, updated_at = now()),
    events as (${insertEvents(2, 'true')})
    select 1 as saved`,
}

/** Stores databases with the events of what became of them, and has it looked at who asked for such as these. */
export async function saveDatabases(tx: Tx, databases: readonly KnownDatabase[], events: readonly AuditEvent[]): Promise<void> {
  if (databases.length === 0) return
  await tx.query(save, [JSON.stringify(databases), eventsParameter(events)])
  await enqueueMatching(tx, databases)
}

const regionLock: Statement = {
  name: 'catalog-region-lock',
  // The file's lock first, as everybody takes them: a file waits for regions, and never a region for a file that waits for it.
  text: `
    with file as materialized (select pg_advisory_xact_lock_shared(hashtextextended('sallyport catalog', 0)) is null as locked)
    select pg_advisory_xact_lock(hashtextextended($1, 0)) is null as locked from file`,
}

/** Until the transaction ends, no file comes into force, and nobody else changes what is known in this region. */
export async function lockRegion(tx: Tx, { accountId, region }: Omit<Place, 'partition'>): Promise<void> {
  await tx.query(regionLock, [`sallyport catalog ${accountId} ${region}`])
}

/** Until the transaction ends, nobody else changes what is known anywhere. */
export async function lockCatalog(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`select pg_advisory_xact_lock(hashtextextended('sallyport catalog', 0))`
}
