export {
  type AllowingStatement,
  allowingIn,
  inWords,
  type PolicySource,
  type PrincipalPolicies,
  policiesOf,
  policyReader,
  type ReadDocument,
} from './principal-policies.ts'
export { printSharedWith, printUnmanaged, sharedWithSchema, unmanagedAccessWarning } from './schemas.ts'
export { type SharedWith, sharedAsSeen, sharedByAssignment, sharedWith } from './shared-with.ts'
export type { AccountSnapshot, SeenGroup, SeenPrincipal, SnapshotState } from './snapshot.ts'
export { snapshotRows } from './snapshot-rows.ts'
export { beginSweep, keepSnapshot, noteFailedSweep, type SweepBeginning } from './snapshot-store.ts'
export { findSeenPrincipal, forgottenSweeps, managedPoliciesOf, readSnapshot, seenPrincipal, snapshotState } from './snapshot-view.ts'
export { type UnmanagedAccess, unmanagedAccess } from './unmanaged-access.ts'
