import type { AwsAccount } from '../aws/index.ts'
import type { Reader, Statement } from '../db/index.ts'

/**
 * An account of the catalog. One that is no longer declared is not active: nothing there can be asked for, but
 * what was given there is still taken away.
 */
export interface ManagedAccount extends AwsAccount {
  readonly active: boolean
}

const byId: Statement = {
  name: 'account-by-id',
  text: 'select id, partition, regions, role_arn as "roleArn", external_id as "externalId", active from account where id = $1',
}

/** The account of this id, active or not; null if none was ever declared. */
export async function findAccount(db: Reader, id: string): Promise<ManagedAccount | null> {
  const [account] = await db.query<ManagedAccount>(byId, [id])
  return account ?? null
}
