import type { AccountSession, ProvisioningReceipt, WriteGuard, WriteReceipt } from '../aws/index.ts'
import type { LeasedPermissionSet, LeasedTarget } from '../grants/index.ts'
import { ACCESS_SESSION, DEPLOYMENT_TAG, managedPath, managedPolicyArn, type PlannedWrite } from '../policy/index.ts'
import { entityOf } from './entity-of.ts'

/** Makes one call of a plan. Throws AwsError, and what the guard throws. */
export type Send = (write: PlannedWrite, guard: WriteGuard) => Promise<WriteReceipt | ProvisioningReceipt>

/** A call that is about a managed policy and not about what it is attached to; null for any other. */
export function sendOfManaged(
  session: AccountSession,
  { account }: Pick<LeasedTarget, 'account'>,
  deploymentId: string,
  write: PlannedWrite,
  guard: WriteGuard,
): Promise<WriteReceipt> | null {
  const { policyName: name } = write
  const arn = managedPolicyArn(account, deploymentId, name)
  switch (write.operation) {
    case 'create_policy':
      return session.createManagedPolicy({ name, path: managedPath(deploymentId), document: write.document }, guard)
    case 'create_version':
      return session.createPolicyVersion(arn, write.document, guard)
    case 'delete_version':
      return session.deletePolicyVersion(arn, write.versionId, guard)
    case 'delete_policy':
      return session.deleteManagedPolicy(arn, guard)
    default:
      return null
  }
}

/** A call of a plan for a principal, or for an access role. Throws AwsError, and what the guard throws. */
export function send(
  session: AccountSession,
  target: Exclude<LeasedTarget, LeasedPermissionSet>,
  deploymentId: string,
  write: PlannedWrite,
  guard: WriteGuard,
): Promise<WriteReceipt> {
  const { policyName: name } = write
  const entity = entityOf(target)
  const arn = managedPolicyArn(target.account, deploymentId, name)
  switch (write.operation) {
    case 'put_inline':
      return session.putInlinePolicy(entity, name, write.document, guard)
    case 'delete_inline':
      return session.deleteInlinePolicy(entity, name, guard)
    case 'attach_policy':
      return session.attachPolicy(entity, arn, guard)
    case 'detach_policy':
      return session.detachPolicy(entity, arn, guard)
    case 'create_role':
      return session.createRole(
        {
          name: entity.name,
          path: managedPath(deploymentId),
          description: descriptionOf(target),
          trustPolicy: write.trust,
          sessionSeconds: ACCESS_SESSION,
          boundary: write.boundary,
          tags: { [DEPLOYMENT_TAG]: deploymentId },
        },
        guard,
      )
    case 'put_trust':
      return session.putTrustPolicy(entity.name, write.trust, guard)
    case 'put_boundary':
      return session.putBoundary(entity.name, write.boundary, guard)
    case 'limit_sessions':
      return session.putSessionSeconds(entity.name, ACCESS_SESSION, guard)
    case 'delete_role':
      return session.deleteRole(entity.name, guard)
    default: {
      const sent = sendOfManaged(session, target, deploymentId, write, guard)
      if (sent === null) throw new Error(`${write.operation} is for permission sets`)
      return sent
    }
  }
}

/** For people who find the role in their account. The ARN of a principal has no characters that a description cannot have. */
const descriptionOf = (target: Parameters<typeof send>[1]): string =>
  `Sallyport: database access of ${target.kind === 'access_role' ? target.principal.arn : target.arn}`
