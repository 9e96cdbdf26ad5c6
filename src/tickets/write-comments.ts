import type { Logger } from 'pino'
import type { TicketSource } from '../config/index.ts'
import { type CommentPayload, scheduleComments } from '../jobs/index.ts'
import { type Network, type Outcome, send, waitAfter } from '../webhooks/index.ts'
import { commentPost } from './comment-post.ts'
import {
  type ClaimedComment,
  type CommentStatus,
  claimComment,
  giveUpComments,
  holdComments,
  nextCommentAt,
  readTold,
  settleComment,
  settleLost,
} from './comment-store.ts'
import { commentText } from './comment-text.ts'
import type { TicketParts } from './receive-delivery.ts'

/** Milliseconds after which a run begins no more attempts and makes room for others. */
const TURN = 10_000

export interface CommentParts extends TicketParts {
  readonly network: Network
  readonly log: Logger
  /** Of Sallyport. */
  readonly version: string
}

/**
 * Writes the comments of a source that are due, one after the other, and leaves a job for what is due next. One run at a time for
 * a source, because its jobs have one queue. A comment is written once: only an attempt that cannot have arrived is repeated, but
 * where the receiver knows a repeat by the id of its event.
 */
export const writeComments =
  (parts: CommentParts) =>
  async ({ source: name }: CommentPayload): Promise<void> => {
    const { db, ruleSets } = parts
    const source = (await ruleSets.current()).file.tickets.find((each) => each.name === name)
    if (source === undefined || source.comments === null) return db.inTransaction((tx) => giveUpComments(tx, name))
    await db.inTransaction((tx) => settleLost(tx, name, repeats(source)))
    const turnEnds = performance.now() + TURN
    while (performance.now() < turnEnds) {
      const claimed = await db.inTransaction((tx) => claimComment(tx, name))
      if (claimed === null) break
      await settle(parts, source, claimed, await attempt(parts, source, claimed))
    }
    await db.inTransaction(async (tx) => {
      const at = await nextCommentAt(tx, name)
      if (at !== null) await scheduleComments(tx, name, at)
    })
  }

const repeats = ({ kind }: TicketSource): boolean => kind === 'generic'

async function attempt(
  { db, network, ticketCredentials, version }: CommentParts,
  source: TicketSource,
  { eventId, key }: ClaimedComment,
): Promise<Outcome> {
  const event = await db.inTransaction((tx) => readTold(tx, eventId))
  const comment = { key, text: commentText(event), eventId, type: event.type, requestId: event.request?.id ?? null }
  const post = commentPost(source, comment, { token: ticketCredentials(source.name).token, version })
  if (post === null) throw new Error(`${source.name} takes no comments`)
  return send(network, post)
}

async function settle(
  { db, log }: CommentParts,
  source: TicketSource,
  { eventId, key, attempts }: ClaimedComment,
  outcome: Outcome,
): Promise<void> {
  const settlement = settlementOf(outcome, attempts, repeats(source), Math.random())
  await db.inTransaction(async (tx) => {
    await settleComment(tx, eventId, { ...settlement, trouble: outcome.detail })
    if (outcome.trouble !== null && outcome.retryAfter !== undefined) await holdComments(tx, source.name, outcome.retryAfter)
  })
  const about = { source: source.name, ticket: key, event: eventId }
  if (settlement.status === 'unknown' || settlement.status === 'given_up')
    log.warn({ ...about, trouble: outcome.trouble }, `a comment is given up: ${outcome.detail}`)
  else if (outcome.trouble !== null) log.debug({ ...about, trouble: outcome.trouble }, outcome.detail)
}

/**
 * What becomes of a comment. A ticket that is gone, and a comment that the source cannot read, stay so; a credential may be put right,
 * so 401 and 403 are tried again like whatever passes. `random` is from 0 to 1. Pure.
 */
export function settlementOf(
  outcome: Outcome,
  attempts: number,
  repeatable: boolean,
  random: number,
): { readonly status: CommentStatus; readonly wait: number } {
  if (outcome.trouble === null) return { status: 'written', wait: 0 }
  if (outcome.mayHaveArrived === true && !repeatable) return { status: 'unknown', wait: 0 }
  const wait = waitAfter(attempts, random)
  if (wait === null || [400, 404, 410, 413, 422].includes(outcome.status ?? 0)) return { status: 'given_up', wait: 0 }
  return { status: 'pending', wait: Math.max(outcome.retryAfter ?? 0, outcome.retryAfter === undefined ? wait : 0) }
}
