import type { Account, IdentityCenterConfig } from '../config/index.ts'
import type { Tx } from '../db/index.ts'

/**
 * Makes the accounts those that are declared. One that no longer is becomes inactive and is kept, because grants
 * refer to it. One that is new, or is reached in another way than before, is looked at for databases at once.
 */
export async function declareAccounts(tx: Tx, accounts: readonly Account[]): Promise<void> {
  const declared = JSON.stringify(accounts)
  await tx.prisma.$executeRaw`
    insert into account (id, name, partition, regions, role_arn, external_id, boundary, sync)
    select id, name, partition, regions, "roleArn", "externalId", boundary, sync
    from jsonb_to_recordset(${declared}::jsonb) as declared
      (id text, name text, partition text, regions text[], "roleArn" text, "externalId" text, boundary text, sync boolean)
    on conflict (id) do update set name = excluded.name, partition = excluded.partition, regions = excluded.regions,
      role_arn = excluded.role_arn, external_id = excluded.external_id, boundary = excluded.boundary, active = true, sync = excluded.sync,
      next_sync_at = case
        when (account.partition, account.regions, account.role_arn, account.external_id, account.active, account.sync)
          is distinct from (excluded.partition, excluded.regions, excluded.role_arn, excluded.external_id, true, excluded.sync)
        then now() else account.next_sync_at end`
  await tx.prisma.$executeRaw`
    update account set active = false
    where active and id not in (select id from jsonb_to_recordset(${declared}::jsonb) as declared (id text))`
}

/** Notes how permission sets are administered. An instance that is no longer declared is kept, because grants refer to it. */
export async function declareIdentityCenter(tx: Tx, center: IdentityCenterConfig | null): Promise<void> {
  if (center === null) return
  const { instanceArn, ...reached } = center
  await tx.prisma.identityCenter.upsert({ where: { instanceArn }, create: center, update: reached })
}
