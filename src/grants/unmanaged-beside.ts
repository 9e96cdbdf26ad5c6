import type { Reader } from '../db/index.ts'
import { findSeenPrincipal, type UnmanagedAccess, unmanagedAccess } from '../snapshot/index.ts'
import type { GrantDetails } from './grant-view.ts'

/**
 * What lets a grant's principal connect to the same besides Sallyport; nothing if no sweep has seen it, or if its guard denies
 * it once the grant is gone.
 */
export async function unmanagedBeside(reader: Reader, grant: GrantDetails, deploymentId: string): Promise<UnmanagedAccess[]> {
  const { principalArn: arn, principalUniqueId: uniqueId, resourceArn } = grant
  if (uniqueId === null || (grant.guarded && grant.attention === null)) return []
  const seen = await findSeenPrincipal(reader, { accountId: arn.split(':')[4] ?? '', arn, uniqueId })
  return seen === null ? [] : unmanagedAccess(seen, deploymentId, [resourceArn])
}
