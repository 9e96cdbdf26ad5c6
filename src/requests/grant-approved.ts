import type { Tx } from '../db/index.ts'
import { canEnd, type Grant, lockGrant, moveEnds, openAccess, openGrants, openOnSet, whenToNotify } from '../grants/index.ts'
import { enqueueMatching } from '../jobs/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Stage } from '../kernel/rule.ts'
import { openReview } from '../reviews/index.ts'
import { accessRolesFor, callerOf } from './access-roles.ts'
import type { Decided } from './decide.ts'
import { approversIn } from './judging.ts'
import type { ApprovedPrincipal } from './parts.ts'
import { byAccount, type Extending, type Request, type RequestEntitlement, resourceOf } from './request.ts'

export interface Granting {
  readonly request: Request
  /** The principal as it is in AWS now. */
  readonly observed: ApprovedPrincipal
  readonly actor: ActorRecord
  readonly now: Date
  readonly deploymentId: string
}

export interface Approved extends Granting {
  readonly outcome: Extract<Decided['outcome'], { status: 'approved' }>
}

/**
 * Turns an approved request into grants, or gives the grant that it extends more time; what has come to match its selectors since it was asked for is judged next. Throws
 * what grantEntitlements throws.
 */
export async function grantApproved(tx: Tx, { outcome, ...granting }: Approved): Promise<void> {
  const { positions, startsAt, endsAt, notifyBefore, review } = outcome.terms
  const { request, actor, now } = granting
  if (request.extending !== null) {
    const grant = await lockAsJudged(tx, request.extending, now)
    await moveEnds(tx, [grant], { endsAt, notifyAt: whenToNotify({ ...grant, endsAt }, notifyBefore), actor, extendedBy: request.id })
    return
  }
  const kept = request.entitlements.filter(({ position }) => positions.includes(position))
  const granted = kept.map((entitlement) => ({ ...entitlement, startsAt, endsAt, notifyBefore, stages: outcome.stages }))
  await grantEntitlements(tx, { ...granting, granted })
  if (review !== null) await openReview(tx, { terms: review, ...granting, principalArn: granting.observed.arn })
  await enqueueMatching(
    tx,
    kept.flatMap(({ selector, place }) => (selector === null ? [] : [place])),
  )
}

/** Locks the grant that is to be extended; what was judged and approved counts from the end that it had then. */
async function lockAsJudged(tx: Tx, { grantId, endsAt }: Extending, now: Date): Promise<Grant> {
  const grant = await lockGrant(tx, grantId)
  if (grant === null || !canEnd(grant.status) || grant.endsAt <= now)
    throw new SallyportError('grant_ended', `Grant ${grantId} has ended, or is ending.`)
  if (grant.endsAt.getTime() === endsAt.getTime()) return grant
  const moved = `Grant ${grantId} was extended at this very moment, and ends at ${grant.endsAt.toISOString()} now.`
  throw new SallyportError('extension_waits', `${moved} Ask again if that is not enough.`)
}

/** An entitlement of a request from its start to its end, and what the rules ask for it now. */
export interface Granted extends RequestEntitlement {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly notifyBefore: number
  readonly stages: readonly Stage[]
}

/**
 * Opens grants on account of a request, pinned to the principal as it is in IAM now. Those who may decide the request by
 * the rules of then or now, or came to be asked in between, may revoke them. Throws `principal_replaced` if the principal
 * is no longer the one asked for, `quota_exceeded` if its policy would not fit.
 */
export async function grantEntitlements(
  tx: Tx,
  { request, granted, observed, actor, now, deploymentId }: Granting & { readonly granted: readonly Granted[] },
): Promise<void> {
  const { principal } = request
  if (observed.uniqueId !== principal.uniqueId) {
    throw new SallyportError(
      'principal_replaced',
      `${principal.arn} was ${known(principal.uniqueId)} when it was asked for and is ${known(observed.uniqueId)} now.`,
    )
  }
  const asked = { from: { groups: request.approverGroups, people: request.approverPeople }, count: 1 }
  const grantFor = (entitlement: Granted) => ({
    requestId: request.id,
    databaseId: entitlement.database?.id ?? null,
    dbUser: entitlement.dbUser,
    arn: resourceOf(entitlement),
    beneficiaryId: request.beneficiaryId,
    requesterId: request.requesterId,
    ...approversIn([asked, ...entitlement.stages]),
    standing: request.manner === 'standing',
    startsAt: entitlement.startsAt,
    endsAt: entitlement.endsAt,
    notifyBefore: entitlement.notifyBefore,
  })
  if (observed.kind === 'permission-set') {
    const grants = new Map([...byAccount(granted)].map(([account, entitlements]) => [account, entitlements.map(grantFor)]))
    await openOnSet(tx, { set: observed, grants, deploymentId, actor, now })
    return
  }
  if (request.path === 'direct') {
    if (observed.uniqueId === null) throw new Error(`request ${request.id} is for a principal that nobody has looked up`)
    await openGrants(tx, { target: observed, grants: granted.map(grantFor), actor, now })
    return
  }
  const roles = accessRolesFor(observed, granted, deploymentId)
  const opened = roles.map(({ role, entitlements }) => ({ role, grants: entitlements.map(grantFor) }))
  await openAccess(tx, { caller: callerOf(observed, roles), roles: opened, actor, now })
}

const known = (uniqueId: string | null): string => uniqueId ?? 'in an account that is not managed here'
