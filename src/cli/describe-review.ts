import type { Review } from '../client/index.ts'
import { accessOf } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { columns, exactly, facts, inline, shortened, when } from './words.ts'

/** Everything that somebody who signs, or has to do with it, wants to know of a review. */
export function reviewInWords(review: Review, terminal: Pick<Terminal, 'now'>): string {
  const now = terminal.now()
  const { kind, status, outcome, signedBy, closedAt, note } = review
  return [
    `Review ${review.id} of ${kind} access is ${status}${outcome === null ? '' : `: ${outcome}`}.`,
    facts([
      ['for', review.beneficiary],
      ['by', review.requester === review.beneficiary ? null : review.requester],
      ['access', review.access.map(accessOf).join('\n') || null],
      ['through', review.principal],
      ['reason', inline(review.reason)],
      ['granted', exactly(review.createdAt, now)],
      ['opens', status === 'planned' && review.opensAt !== null ? exactly(review.opensAt, now) : null],
      ['ends', review.dueAt !== null && status !== 'signed' ? `unless it is kept by ${exactly(review.dueAt, now)}` : null],
      ['can sign', status === 'open' ? review.turn.join(', ') || 'nobody' : null],
      ['signed', signedBy === null || closedAt === null ? null : `by ${signedBy}, ${when(closedAt, now)}: ${inline(note ?? '')}`],
      ['request', review.request],
    ]),
  ].join('\n')
}

/** Reviews that wait. */
export function reviewsInTable(reviews: readonly Review[], { now }: Pick<Terminal, 'now'>): string {
  const at = now()
  const rows = reviews.map((review) => [
    review.id,
    review.kind,
    review.beneficiary,
    review.access.map(accessOf).join('\n'),
    when(review.createdAt, at),
    review.dueAt === null ? '' : when(review.dueAt, at),
    shortened(inline(review.reason)),
  ])
  return columns(['REVIEW', 'OF', 'FOR', 'ACCESS', 'SINCE', 'ENDS', 'REASON'], rows)
}
