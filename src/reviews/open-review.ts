import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { ReviewTerms } from '../rules/index.ts'
import { grantsOf, insertReview } from './review-store.ts'

export interface OpenReview {
  readonly terms: ReviewTerms
  readonly request: {
    readonly id: Id<'req'>
    readonly requesterId: string
    readonly beneficiaryId: string
    readonly reason: string
  }
  readonly principalArn: string
  readonly actor: ActorRecord
  readonly now: Date
}

/** Makes the review that a request needs whose grants were just opened; an emergency is told at once, in an event of its own. */
export async function openReview(tx: Tx, { terms, request, principalArn, actor, now }: OpenReview): Promise<void> {
  const review = await insertReview(tx, request.id, terms, now)
  if (terms.kind === 'standing') return
  const grants = await grantsOf(tx, request.id)
  const latest = Math.max(...grants.map(({ endsAt }) => endsAt.getTime()))
  const common = { review, kind: terms.kind, reviewers: terms.reviewers }
  await record(tx, [
    {
      type: 'grant.emergency',
      actor,
      requestId: request.id,
      payload: {
        ...common,
        requester: request.requesterId,
        beneficiary: request.beneficiaryId,
        principal: principalArn,
        reason: request.reason,
        grants: grants.map(({ id }) => id),
        endsAt: new Date(latest).toISOString(),
        notify: terms.notify,
      },
    },
    { type: 'review.opened', actor, requestId: request.id, payload: { ...common, dueAt: null } },
  ])
}
