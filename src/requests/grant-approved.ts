import type { ObservedPrincipal } from '../catalog/index.ts'
import type { Tx } from '../db/index.ts'
import { openGrants } from '../grants/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Decided } from './decide.ts'
import { approversIn } from './judging.ts'
import { type Request, resourceOf } from './request.ts'

export interface Approved {
  readonly request: Request
  readonly outcome: Extract<Decided['outcome'], { status: 'approved' }>
  /** The principal as it is in IAM now. */
  readonly observed: ObservedPrincipal
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Turns an approved request into grants, pinned to the principal as it is in IAM now. Those who may decide the
 * request by the rules of then or now may revoke them. Throws `principal_replaced` if the principal is no longer the
 * one asked for, `quota_exceeded` if its policy would not fit.
 */
export async function grantApproved(tx: Tx, { request, outcome, observed, actor, now }: Approved): Promise<void> {
  const { principal } = request
  if (observed.uniqueId !== principal.uniqueId) {
    throw new SallyportError(
      'principal_replaced',
      `${principal.arn} was ${principal.uniqueId} when it was asked for and is ${observed.uniqueId} now.`,
    )
  }
  const { positions, startsAt, endsAt } = outcome.terms
  const approvers = approversIn([...request.judgement.stages, ...outcome.stages])
  const grants = request.entitlements
    .filter(({ position }) => positions.includes(position))
    .map((entitlement) => ({
      requestId: request.id,
      databaseId: entitlement.database?.id ?? null,
      dbUser: entitlement.dbUser,
      arn: resourceOf(entitlement),
      beneficiaryId: request.beneficiaryId,
      requesterId: request.requesterId,
      ...approvers,
      startsAt,
      endsAt,
    }))
  await openGrants(tx, { target: observed, grants, actor, now })
}
