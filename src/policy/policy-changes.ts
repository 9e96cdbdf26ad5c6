import type { HeldPolicy } from './held.ts'
import type { PolicyChange } from './plan.ts'
import { isManaged } from './policy-name.ts'
import { VERSION_QUOTA } from './quota.ts'

/**
 * The calls after which a policy says this to its target, or nothing for null. Only one of them changes what it says, the
 * last. A managed policy that comes to say nothing is detached; to delete it is `removal`'s.
 */
export function changeTo(document: string | null, name: string, policy: HeldPolicy | undefined): readonly PolicyChange[] {
  if (!isManaged(name)) return [document === null ? { operation: 'delete_inline' } : { operation: 'put_inline', document }]
  if (document === null) return [{ operation: 'detach_policy' }]
  const attach: PolicyChange = { operation: 'attach_policy' }
  if (policy === undefined) return [{ operation: 'create_policy', document }, attach]
  if (policy.managed?.attached === true) return [...roomForVersion(policy), { operation: 'create_version', document }]
  if (policy.document === document) return [attach]
  return [...removal(policy), { operation: 'create_policy', document }, attach]
}

/** The calls that delete a managed policy that is not attached: IAM takes the default version last (API_DeletePolicy.html). */
export function removal({ managed }: HeldPolicy): readonly PolicyChange[] {
  const spares = managed?.spares ?? []
  return [...spares.map((versionId): PolicyChange => ({ operation: 'delete_version', versionId })), { operation: 'delete_policy' }]
}

function roomForVersion({ managed }: HeldPolicy): readonly PolicyChange[] {
  const [oldest] = managed?.spares ?? []
  if (oldest === undefined || (managed?.spares.length ?? 0) + 1 < VERSION_QUOTA) return []
  return [{ operation: 'delete_version', versionId: oldest }]
}
