import type { Database, Reader, Tx } from '../db/index.ts'
import { endGrants, lockOpen, moveEnds } from '../grants/index.ts'
import { type Caller, callerNow, type RuleSets, viewerOf } from '../identity/index.ts'
import { actorRecord, maySee, type Person, type Viewer } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { includes, type Who } from '../kernel/rule.ts'
import type { ReviewTerms } from '../rules/index.ts'
import { endsAccess, fitsKind, type Outcome, ownPeople, type Review } from './review.ts'
import { closeReview, insertReview, lockReview } from './review-store.ts'
import { getReview } from './review-view.ts'

/** What the rules of now say to a request whose access is reviewed: the terms they give it, or why they give none. */
export type ReviewNow = (reader: Reader, requestId: Id<'req'>) => Promise<{ readonly terms: ReviewTerms | null; readonly refused: string }>

export interface ReviewParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly reviewNow: ReviewNow
}

export interface SignReview {
  readonly reviewId: Id<'rev'>
  readonly caller: Caller
  readonly outcome: Outcome
  readonly note: string
}

type Now = Awaited<ReturnType<ReviewNow>>

/**
 * Records what a reviewer says, by the rules of now: whom they name may sign, and standing access is kept only if they still
 * give it, until as long from now as they say. Whoever was named when it was opened may still end it. Throws `review_not_found`,
 * `not_a_reviewer`, `missing_scope`, `person_required`, `self_approval`, `same_credential`, `review_not_open`,
 * `refused_by_rules`, `unauthenticated`, and `invalid_request` for an outcome of the other kind of review.
 */
export const signReview =
  ({ db, ruleSets, reviewNow }: ReviewParts) =>
  (command: SignReview): Promise<Review> =>
    db.inTransaction(async (tx) => {
      await lockReview(tx, command.reviewId)
      const caller = await callerNow(tx, ruleSets, command.caller)
      const review = await getReview(tx, command.reviewId)
      const now = await reviewNow(tx, review.requestId)
      refuseUnlessReviewer(review, now, caller, command.outcome)
      refuseUnfit(review, command.outcome)
      await carryOut(tx, review, now, { ...command, caller })
      return getReview(tx, review.id)
    })

/** Whether somebody may read a review: whom it concerned when it was made, and whom the rules of now name. */
export const mayRead = (review: Review, { terms }: Now, viewer: Viewer): boolean =>
  [review.reviewers, ...(terms === null ? [] : [terms.reviewers])].some((who) =>
    maySee(viewer, { ...review, approverGroups: who.groups, approverPeople: who.people }),
  )

function refuseUnlessReviewer(review: Review, now: Now, { actor, credential, ...caller }: Caller, outcome: Outcome): void {
  if (actor.kind !== 'person') throw new SallyportError('person_required', 'Reviews are signed by people.')
  const { person } = actor
  if (!credential.scopes.has('decide'))
    throw new SallyportError('missing_scope', `The credential ${credential.id} may not decide for ${person.id}.`)
  if (!mayRead(review, now, viewerOf({ actor, credential, ...caller })))
    throw new SallyportError('not_a_reviewer', `The rules do not ask ${person.id} for ${review.id}.`)
  const own = ownPeople(review)
  const owner = credential.ownerId
  if (own.includes(person.id) || (owner !== null && own.includes(owner)))
    throw new SallyportError('self_approval', `${person.id} does not review ${review.id}: it is of what they asked for or use.`)
  if (credential.id === review.askedWith)
    throw new SallyportError('same_credential', `What ${review.id} is about was asked for with this very credential.`)
  if (!named(review, now, outcome).some((who) => includes(who, person)))
    throw new SallyportError('not_a_reviewer', `The rules do not ask ${person.id} for ${review.id}.`)
}

/** Those named when it was made may always end access; where the rules of now give none in this manner, nobody else is named. */
function named({ reviewers }: Review, { terms }: Now, outcome: Outcome): readonly Who[] {
  if (terms === null) return [reviewers]
  return endsAccess(outcome) ? [reviewers, terms.reviewers] : [terms.reviewers]
}

function refuseUnfit({ id, kind, status, opensAt, outcome: signed, requestId }: Review, outcome: Outcome): void {
  if (!fitsKind(kind, outcome)) {
    const detail = `must be ${kind === 'emergency' ? 'justified or unjustified: it is of emergency access' : 'keep or end: it is of standing access'}`
    throw new SallyportError('invalid_request', `The outcome ${detail}.`, { fields: [{ pointer: '/outcome', detail }] })
  }
  if (status === 'open') return
  const said = {
    signed: `has been signed as ${signed}`,
    lapsed: `has lapsed: the access of ${requestId} has ended`,
    planned: `opens at ${opensAt?.toISOString()}`,
  }
  throw new SallyportError('review_not_open', `Review ${id} ${said[status]}.`)
}

async function carryOut(tx: Tx, review: Review, { terms, refused }: Now, { outcome, note, caller }: SignReview): Promise<void> {
  const at = await tx.now()
  const actor = actorRecord(caller.actor)
  const grants = await lockOpen(tx, review.requestId)
  if (outcome !== 'keep') {
    await closeReview(tx, review, { outcome, note, actor, now: at })
    if (endsAccess(outcome)) await endGrants(tx, grants, { reason: 'reviewed', comment: note, actor, now: at })
    return
  }
  if (terms === null || terms.kind !== 'standing') throw new SallyportError('refused_by_rules', refused)
  if (grants.length === 0)
    throw new SallyportError('review_not_open', `Review ${review.id} has lapsed: the access of ${review.requestId} has ended.`)
  await closeReview(tx, review, { outcome, note, actor, now: at })
  await moveEnds(tx, grants, { endsAt: new Date(at.getTime() + terms.every * 1_000), notifyAt: null, keptIn: review.id, actor })
  await insertReview(tx, review.requestId, terms, at)
}

/** Who of the directory can sign a review, as the rules named them when it was made: whose turn it is. */
export const turnOf = (review: Review, people: readonly Person[]): readonly string[] => {
  const own = ownPeople(review)
  return people.filter((person) => includes(review.reviewers, person) && !own.includes(person.id)).map(({ id }) => id)
}
