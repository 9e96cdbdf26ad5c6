export { type ConnectInstructions, connectInstructions } from './connect-command.ts'
export { connectTo } from './connect-to.ts'
export { returnGrant } from './end-grant.ts'
export { type Attention, canEnd, type Grant, whenToNotify } from './grant.ts'
export {
  assumedBy,
  beginDue,
  endGrants,
  type GrantsOnTarget,
  lockGrant,
  lockMadeFor,
  lockOfRequests,
  lockOpen,
  type MayStart,
  moveEnds,
  settleGrants,
} from './grant-store.ts'
export {
  type GrantDetails,
  type GrantRow,
  getGrant,
  grantFromJson,
  grantSelection,
  grantsOnDatabase,
  type KnownTarget,
  knownTargets,
  listGrants,
} from './grant-view.ts'
export { declareGuards, pinGuards } from './guard-store.ts'
export { giveNotice } from './notice-store.ts'
export { openAccess, openGrants } from './open-grants.ts'
export { openOnSet } from './open-on-set.ts'
export { plannedOnSet } from './planned-on-set.ts'
export { type PlannedPolicies, plannedPolicies } from './planned-policies.ts'
export { grantId, grantSchema, packedPolicy, printGrant } from './schemas.ts'
export {
  type AccessRoleIdentity,
  type EntityIdentity,
  ensureTarget,
  LEASE_SECONDS,
  type LeasedPermissionSet,
  type LeasedTarget,
  noteWritten,
  releaseLease,
  renewLease,
  type SweptTarget,
  sweptTargets,
  type TargetIdentity,
  takeLease,
} from './target-store.ts'
