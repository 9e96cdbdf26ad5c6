import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { type ActorRecord, worker } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import type { Who } from '../kernel/rule.ts'
import type { ReviewTerms } from '../rules/index.ts'
import type { Outcome, Review } from './review.ts'
import { dueOf } from './review-view.ts'

/** Stores the review that what was granted, or kept, needs: of emergency access open at once, of standing access as planned. */
export async function insertReview(tx: Tx, requestId: Id<'req'>, terms: ReviewTerms, now: Date): Promise<Id<'rev'>> {
  const id = newId('rev')
  await tx.prisma.review.create({
    data: {
      id,
      requestId,
      kind: terms.kind,
      reviewerGroups: [...terms.reviewers.groups],
      reviewerPeople: [...terms.reviewers.people],
      remindSeconds: terms.kind === 'standing' ? terms.remindBefore : null,
      createdAt: now,
      openedAt: terms.kind === 'standing' ? null : now,
    },
  })
  return id
}

/** What a request was granted, for the notice of an emergency. */
export async function grantsOf(tx: Tx, requestId: Id<'req'>): Promise<readonly { readonly id: Id<'grt'>; readonly endsAt: Date }[]> {
  return tx.prisma.$queryRaw<{ id: Id<'grt'>; endsAt: Date }[]>`
    select id, ends_at as "endsAt" from "grant" where request_id = ${requestId} order by id`
}

/** Locks a review until the transaction ends, so that it is signed once. */
export async function lockReview(tx: Tx, id: Id<'rev'>): Promise<void> {
  await tx.prisma.$queryRaw`select id from review where id = ${id} for update`
}

/** Stores what a reviewer said, with its event. The caller has locked the review. */
export async function closeReview(
  tx: Tx,
  review: Review,
  { outcome, note, actor, now }: { readonly outcome: Outcome; readonly note: string; readonly actor: ActorRecord; readonly now: Date },
): Promise<void> {
  await tx.prisma.review.update({
    where: { id: review.id },
    data: {
      closedAt: now,
      openedAt: review.opensAt,
      dueAt: review.dueAt,
      outcome,
      note,
      signedBy: { ...actor },
      signerId: actor.person,
    },
  })
  const { id, requestId, kind, reviewers } = review
  await record(tx, [{ type: 'review.signed', actor, requestId, payload: { review: id, kind, reviewers, outcome, note } }])
}

interface Due {
  readonly id: Id<'rev'>
  readonly requestId: Id<'req'>
  readonly kind: 'standing'
  readonly reviewers: Who
  readonly dueAt: Date | null
}

/** Of those due; what is being signed at this moment is left alone. */
const selection = `select v.id, v.request_id as "requestId", v.kind, ${dueOf('v.request_id')} as "dueAt",
    json_build_object('groups', v.reviewer_groups, 'people', v.reviewer_people) as reviewers
  from review v where v.closed_at is null and v.kind = 'standing'`

const toOpen = {
  name: 'reviews-to-open',
  text: `${selection} and v.opened_at is null and ${dueOf('v.request_id')} - make_interval(secs => v.remind_seconds) <= now()
    order by v.id limit 500 for update of v skip locked`,
}

const toLapse = {
  name: 'reviews-to-lapse',
  text: `${selection} and ${dueOf('v.request_id')} is null order by v.id limit 500 for update of v skip locked`,
}

/**
 * Opens the reviews of standing access whose time has come, and closes those of access that has ended; part of the worker's
 * sweep. Nothing depends on it but that reviewers are told: the end stands in the grants.
 */
export async function lookAfterReviews(tx: Tx): Promise<void> {
  const opened = await tx.query<Due & Record<string, unknown>>(toOpen, [])
  const lapsed = await tx.query<Due & Record<string, unknown>>(toLapse, [])
  const ids = (due: readonly Due[]) => due.map(({ id }) => id)
  await tx.prisma.$executeRaw`update review set opened_at = now() where id = any(${ids(opened)})`
  await tx.prisma.$executeRaw`
    update review v set closed_at = now(), outcome = 'lapsed',
      due_at = (select max(g.ends_at) from "grant" g where g.request_id = v.request_id)
    where v.id = any(${ids(lapsed)})`
  await record(tx, [
    ...opened.map(({ id, requestId, kind, reviewers, dueAt }) => ({
      type: 'review.opened' as const,
      actor: worker,
      requestId,
      payload: { review: id, kind, reviewers, dueAt: dueAt?.toISOString() ?? null },
    })),
    ...lapsed.map(({ id, requestId, kind, reviewers }) => ({
      type: 'review.lapsed' as const,
      actor: worker,
      requestId,
      payload: { review: id, kind, reviewers },
    })),
  ])
}
