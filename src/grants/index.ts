export type { Attention } from './grant.ts'
export { assumedBy, beginDue, type GrantsOnTarget, type MayStart, settleGrants } from './grant-store.ts'
export { type GrantDetails, type GrantRow, grantFromJson, grantSelection } from './grant-view.ts'
export { openAccess, openGrants } from './open-grants.ts'
export { type PlannedPolicies, plannedPolicies } from './planned-policies.ts'
export { grantSchema, packedPolicy, printGrant } from './schemas.ts'
export {
  type AccessRoleIdentity,
  LEASE_SECONDS,
  type LeasedTarget,
  noteWritten,
  releaseLease,
  renewLease,
  type TargetIdentity,
  takeLease,
} from './target-store.ts'
