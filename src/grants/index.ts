export type { Attention } from './grant.ts'
export { beginDue, type GrantsOnTarget, type MayStart, settleGrants } from './grant-store.ts'
export { type GrantDetails, type GrantRow, grantFromJson, grantSelection, grantsOnDatabase, targetsReadSince } from './grant-view.ts'
export { openGrants } from './open-grants.ts'
export { type PlannedPolicies, plannedPolicies } from './planned-policies.ts'
export { grantSchema, packedPolicy, printGrant } from './schemas.ts'
export {
  ensureTarget,
  LEASE_SECONDS,
  type LeasedTarget,
  noteWritten,
  releaseLease,
  renewLease,
  type SweptTarget,
  sweptTargets,
  type TargetIdentity,
  takeLease,
} from './target-store.ts'
