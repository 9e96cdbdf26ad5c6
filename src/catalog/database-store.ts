import type { Account, DeclaredDatabase } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import { newId } from '../kernel/ids.ts'

/**
 * Makes the catalog what sallyport.yaml declares, within the transaction that adopts it as the rule set: that
 * adoption is the audit event of every change made here, and holds the file's content.
 *
 * A database is recognised by account, region and resource id. What is no longer declared is kept, because
 * grants refer to it: an account becomes inactive, a database gets `goneAt`.
 */
export async function declareCatalog(
  tx: Tx,
  declared: { readonly accounts: readonly Account[]; readonly databases: readonly DeclaredDatabase[] },
): Promise<void> {
  await declareAccounts(tx, JSON.stringify(declared.accounts))
  await declareDatabases(tx, JSON.stringify(declared.databases.map((database) => ({ ...database, id: newId('dbs') }))))
}

async function declareAccounts(tx: Tx, accounts: string): Promise<void> {
  await tx.prisma.$executeRaw`
    insert into account (id, name, partition, regions, role_arn, external_id)
    select id, name, partition, regions, "roleArn", "externalId"
    from jsonb_to_recordset(${accounts}::jsonb) as declared
      (id text, name text, partition text, regions text[], "roleArn" text, "externalId" text)
    on conflict (id) do update set name = excluded.name, partition = excluded.partition, regions = excluded.regions,
      role_arn = excluded.role_arn, external_id = excluded.external_id, active = true`
  await tx.prisma.$executeRaw`
    update account set active = false
    where active and id not in (select id from jsonb_to_recordset(${accounts}::jsonb) as declared (id text))`
}

/**
 * Whatever is not declared under the ARN it has is marked gone first, and what is declared comes back after it.
 * So ARNs can change hands, as they do when clusters swap their names, without two databases having one at any moment.
 */
async function declareDatabases(tx: Tx, databases: string): Promise<void> {
  await tx.prisma.$executeRaw`
    update database d set gone_at = now(), updated_at = now()
    where d.gone_at is null and not exists (
      select from jsonb_to_recordset(${databases}::jsonb) as declared ("accountId" text, region text, "resourceId" text, arn text)
      where (declared."accountId", declared.region, declared."resourceId", declared.arn) = (d.account_id, d.region, d.resource_id, d.arn))`
  await tx.prisma.$executeRaw`
    insert into database (id, account_id, partition, region, kind, resource_id, identifier, arn, engine, host, port, iam_auth, tags)
    select id, "accountId", partition, region, kind, "resourceId", identifier, arn, engine, host, port, "iamAuth", tags
    from jsonb_to_recordset(${databases}::jsonb) as declared
      (id text, "accountId" text, partition text, region text, kind "DatabaseKind", "resourceId" text, identifier text, arn text,
       engine text, host text, port int, "iamAuth" boolean, tags jsonb)
    on conflict (account_id, region, resource_id) do update set partition = excluded.partition, kind = excluded.kind,
      identifier = excluded.identifier, arn = excluded.arn, engine = excluded.engine, host = excluded.host, port = excluded.port,
      iam_auth = excluded.iam_auth, tags = excluded.tags, gone_at = null, updated_at = now()`
}
