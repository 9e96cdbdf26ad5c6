export {
  ACCESS_SESSION,
  accessRoleKey,
  accessRoleOf,
  DEPLOYMENT_TAG,
  isAccessRoleKey,
  type TrustedPrincipal,
  targetUniqueId,
} from './access-role.ts'
export { allowing, denyingAllBut } from './allowing.ts'
export { accountFault } from './arn.ts'
export { compile, compilePlaced, compileTarget } from './compile.ts'
export { type ConnectArn, parseConnectArn, parseConnectPattern, printConnectPattern } from './connect-arn.ts'
export { checkConnectResource } from './connect-resource.ts'
export { createDbUserSql } from './create-db-user.ts'
export type { DatabaseFacts } from './database-facts.ts'
export { checkDbUser } from './db-user.ts'
export { diff } from './diff.ts'
export { countedCharacters, hashDocument, type PolicyDocuments, printDocument } from './document.ts'
export {
  type ActionQuestion,
  about,
  CONNECT,
  type ConnectVerdict,
  evaluate,
  evaluateAction,
  type StatementRef,
  type Undecided,
} from './evaluate.ts'
export { type Explanation, explainPolicy } from './explain.ts'
export { fitsGuard, printGuard, readGuard } from './guard.ts'
export { withGuard } from './guard-plan.ts'
export { effective, type HeldPolicies, type HeldPolicy, stateOf, statesHeld, statesOf } from './held.ts'
export type { Finding } from './lint/finding.ts'
export { jsonFault } from './lint/json-fault.ts'
export { type Foreign, type Placed, type Placement, place, type Room, roomOn, roomOnSet } from './pack.ts'
export { type PackedPolicy, packAlone, packedPolicies } from './pack-alone.ts'
export { isPattern, patternsOverlap } from './pattern.ts'
export {
  isPermissionSetKey,
  isRoleOfSet,
  nothingGranted,
  type PermissionSetArn,
  parseDirectArn,
  permissionSetKey,
  RESERVED_PATH,
  SET_INLINE_POLICY,
  setSid,
  setSids,
} from './permission-set.ts'
export { applyWrite, type Operation, type Plan, type PlannedWrite, type PolicyWrite } from './plan.ts'
export { operatorName, type Policy, type Statement } from './policy.ts'
export {
  guardName,
  isGuard,
  isManaged,
  isOfDeployment,
  isOurs,
  isUnderOurPath,
  managedPath,
  managedPolicyArn,
  namesOn,
  ownerOf,
  policyName,
} from './policy-name.ts'
export { type PrincipalArn, parsePrincipalArn, parseTrustedArn, permissionSetPattern, reservedRole } from './principal-arn.ts'
export { ATTACHED_QUOTA, type EntityKind, inlineQuota } from './quota.ts'
export { readPolicy } from './read-policy.ts'
export { type RequestContext, requestContext } from './request-context.ts'
export { type DesiredRole, diffRole, type HeldRole, inPhases, ROLE, stateOfRole } from './role-plan.ts'
export {
  diffSet,
  type HeldSet,
  isWatched,
  type ProvisionedRole,
  statesOfSet,
  watchedOfSet,
} from './set-plan.ts'
export { foreignCharacters, statementOf, withStatement } from './statement-by-sid.ts'
export { shownTrust, trustPolicy } from './trust-policy.ts'
export { accountOf, type Trusted, trustedBy } from './trusted.ts'
export { isUnread, unreadPolicy } from './unread.ts'
