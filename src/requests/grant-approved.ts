import type { ObservedPrincipal } from '../catalog/index.ts'
import type { Tx } from '../db/index.ts'
import { openGrants } from '../grants/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { printConnectArn } from '../policy/index.ts'
import type { Terms } from './decide.ts'
import { connectArnOf, type Request } from './request.ts'

/**
 * Turns an approved request into grants, pinned to the principal as it is in IAM now. Throws
 * `principal_replaced` if that is no longer the one asked for, `quota_exceeded` if its policy would not fit.
 */
export async function grantApproved(
  tx: Tx,
  deploymentId: string,
  request: Request,
  terms: Terms,
  observed: ObservedPrincipal,
  actor: ActorRecord,
  now: Date,
): Promise<void> {
  const { principal } = request
  if (observed.uniqueId !== principal.uniqueId) {
    throw new SallyportError('principal_replaced', `${principal.arn} was ${principal.uniqueId} when it was asked for and is ${observed.uniqueId} now.`)
  }
  const kept = request.entitlements.filter(({ position }) => terms.positions.includes(position))
  await openGrants(tx, {
    target: observed,
    deploymentId,
    grants: kept.map((entitlement) => ({
      requestId: request.id,
      databaseId: entitlement.database.id,
      dbUser: entitlement.dbUser,
      resourceArn: printConnectArn(connectArnOf(entitlement)),
      beneficiaryId: request.beneficiaryId,
      requesterId: request.requesterId,
      approverGroups: request.approverGroups,
      approverPeople: request.approverPeople,
      startsAt: terms.startsAt,
      endsAt: terms.endsAt,
    })),
    actor,
    now,
  })
}
