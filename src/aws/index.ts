export type { AwsAccount, WriteGuard, WriteReceipt } from './account.ts'
export type { AccountDetails, EntityDetails, EntityUsers, ManagedPolicyDetails } from './account-details.ts'
export type { AccountSession, Aws } from './account-session.ts'
export { DETAILS_PAGE } from './authorization-details.ts'
export { type AwsOptions, createAws } from './create-aws.ts'
export type { BeforeCall, ClusterMember, DatabaseEndpoint, FoundDatabase, FoundInRegion, Unread } from './databases.ts'
export { type EmulatedWorld, makeEmulatedWorld } from './emulator.ts'
export { AwsError, type AwsErrorReason } from './errors.ts'
export { endpointsInOrder } from './found-database.ts'
export type { IamEntity } from './iam-entity.ts'
export type {
  Assignee,
  IdentityCenter,
  IdentityCenterSession,
  PermissionSetPolicies,
  Provisioning,
  ProvisioningReceipt,
} from './identity-center.ts'
export { type AccountInspector, inspectAccount, type RolePolicies } from './inspect-account.ts'
