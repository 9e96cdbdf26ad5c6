import { z } from 'zod'
import type { Person } from '../kernel/actor.ts'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import { idPattern } from '../kernel/ids.ts'
import { outcomes, type Review, reviewKinds, reviewStatuses } from './review.ts'
import { turnOf } from './sign-review.ts'

export const reviewId = z
  .string()
  .regex(idPattern('rev'), 'is not the id of a review (rev_…)')
  .meta({ example: 'rev_01kazv5vb4pex5vsknk084sn02' })

const time = z.iso.datetime()

export const listQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(reviewStatuses).optional(),
  kind: z.enum(reviewKinds).optional(),
  request: z.string().regex(idPattern('req'), 'is not the id of a request (req_…)').optional(),
  reviewer: z.literal('me').optional().describe('`me`: only those that wait for you.'),
})

export const signBody = z
  .strictObject({
    outcome: z
      .enum(outcomes)
      .describe(
        'Of emergency access `justified` or `unjustified`, which ends what is left of it; of standing access `keep`, until its next review, or `end`.',
      )
      .meta({ example: 'justified' }),
    note: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .describe('Why; kept in the audit log.')
      .meta({ example: 'INC-17; the query is in the ticket' }),
  })
  .meta({ id: 'SignReview' })

export const reviewSchema = z
  .strictObject({
    id: reviewId,
    kind: z.enum(reviewKinds),
    status: z
      .enum(reviewStatuses)
      .describe('`planned`: it opens at `opensAt`. `lapsed`: the access has ended, because nobody signed in time or otherwise.'),
    request: z.string(),
    requester: z.string(),
    beneficiary: z.string(),
    principal: z.string(),
    reason: z.string().describe('Why the access was asked for.'),
    access: z
      .array(
        z.strictObject({
          grant: z.string(),
          database: z.strictObject({ id: z.string(), identifier: z.string() }).nullable().describe('Null: all that `resource` names.'),
          dbUser: z.string(),
          resource: z.string(),
        }),
      )
      .describe('What was granted; some of it may have ended.'),
    reviewers: z
      .strictObject({ groups: z.array(z.string()), people: z.array(z.string()) })
      .describe('Whom the rules named when it was made. Those of now decide who may sign.'),
    turn: z.array(z.string()).describe('Who of them is in the directory now and may sign; empty unless it is open.'),
    createdAt: time,
    opensAt: time.nullable().describe('From when it can be signed; null: there is nothing left to review.'),
    dueAt: time.nullable().describe('When standing access ends unless it is kept; null for emergency access, whose review stays open.'),
    closedAt: time.nullable(),
    outcome: z.enum(outcomes).nullable(),
    note: z.string().nullable(),
    signedBy: z.string().nullable(),
    via: z.string().nullable().describe('Through which caller it was signed.'),
    links: z.strictObject({ self: z.string(), request: z.string(), sign: z.string() }),
  })
  .meta({ id: 'Review' })

export const reviewPage = pageOf(reviewSchema)
  .extend({ open: z.number().int().describe('How many of all that match are open.') })
  .meta({ id: 'ReviewPage' })

/** The wire form of a review, by the people of now. */
export function printReview(review: Review, people: readonly Person[]): z.infer<typeof reviewSchema> {
  const { id, requestId, reviewers, outcome } = review
  return {
    id,
    kind: review.kind,
    status: review.status,
    request: requestId,
    requester: review.requesterId,
    beneficiary: review.beneficiaryId,
    principal: review.principalArn,
    reason: review.reason,
    access: [...review.access],
    reviewers: { groups: [...reviewers.groups], people: [...reviewers.people] },
    turn: review.status === 'open' ? [...turnOf(review, people)] : [],
    createdAt: review.createdAt.toISOString(),
    opensAt: review.opensAt?.toISOString() ?? null,
    dueAt: review.dueAt?.toISOString() ?? null,
    closedAt: review.closedAt?.toISOString() ?? null,
    outcome: outcome === 'lapsed' ? null : outcome,
    note: review.note,
    signedBy: review.signedBy?.person ?? null,
    via: review.signedBy?.via ?? null,
    links: { self: `/v1/reviews/${id}`, request: `/v1/requests/${requestId}`, sign: `/v1/reviews/${id}/sign` },
  }
}
