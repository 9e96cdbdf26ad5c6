import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Database, findKeptAnswer, isUnavailable, type KeptAnswer, keptAnswers, type Reader, type Tx } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route answers a repeated `Idempotency-Key` as it did the first time. */
    readonly idempotent?: true
  }
  interface FastifyRequest {
    /** The body as it was sent, before its schema filled in or changed anything. */
    sentBody: unknown
  }
}

/** What an Idempotency-Key stands for: who used it where (a SHA-256 in hex), and with which body (another). */
export interface Claim {
  readonly scope: string
  readonly bodyHash: string
}

/** What a route answers: a status and a body that fits the response schema of that status. */
export interface Answer {
  readonly status: number
  readonly body: object
  /** Fields of the body that only the first answer has, such as a secret: they are sent, and never kept. */
  readonly once?: object
}

const USABLE = /^[\x20-\x7e]{1,255}$/

/**
 * The claim of a request that has an `Idempotency-Key`, or null. Two requests have the same scope if they have
 * the same key, credential, person, route and ids in it. Throws `invalid_idempotency_key`. The key itself is
 * kept nowhere.
 */
function claimOf(request: FastifyRequest): Claim | null {
  const { config, url } = request.routeOptions
  if (config.idempotent !== true) throw new Error(`${url ?? ''} does not say \`idempotent: true\` in its config`)
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !USABLE.test(key)) {
    throw new SallyportError(
      'invalid_idempotency_key',
      'The key is empty, longer than 255 characters, or has other characters than printable ASCII.',
    )
  }
  const { actor, credential } = request.caller
  const person = actor.kind === 'person' ? actor.person.id : null
  return {
    scope: hash({ key, credential: credential.id, person, method: request.method, route: url, ids: request.params }),
    bodyHash: hash(request.sentBody ?? null),
  }
}

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')

export interface Once<Result> {
  readonly db: Database
  /** Runs the use case on the database given; what its transaction yields must be a Result. */
  readonly run: (db: Database) => Promise<unknown>
  /** Makes the answer out of that, inside the transaction; null if nothing is to be kept, because the use case goes on or will throw. */
  readonly shape: (result: Result, tx: Tx) => Answer | null | Promise<Answer | null>
}

/**
 * Runs a use case and sends its answer; with an `Idempotency-Key` that was used before, sends the answer kept.
 * Throws what the use case throws, `idempotency_in_progress` and `idempotency_mismatch`.
 */
export async function answerOnce<Result>(request: FastifyRequest, reply: FastifyReply, once: Once<Result>): Promise<FastifyReply> {
  const claim = claimOf(request)
  const made: { answer: KeptAnswer | null } = { answer: null }
  const shape: Shape<Result> = async (result, tx) => {
    const shaped = await once.shape(result, tx)
    if (shaped === null) return null
    made.answer = serialized(reply, { ...shaped, body: { ...shaped.body, ...shaped.once } })
    return shaped.once === undefined ? made.answer : serialized(reply, shaped)
  }
  try {
    await once.run(withIdempotency(once.db, claim, shape))
  } catch (error) {
    return sendReplay(reply, await keptDespite(error, once.db, claim))
  }
  if (made.answer === null) throw new Error('the use case ended well and has no answer')
  return sendAnswer(reply, made.answer)
}

/**
 * Runs a use case that keeps its answer itself, in the statement of its effect, and sends that: the answer made now, or the
 * one kept under the `Idempotency-Key`. Throws what the use case throws.
 */
export async function answerKept(
  request: FastifyRequest,
  reply: FastifyReply,
  { db, run }: { readonly db: Database; readonly run: (claim: Claim | null, shaped: (answer: Answer) => KeptAnswer) => Promise<Kept> },
): Promise<FastifyReply> {
  const claim = claimOf(request)
  try {
    const { answer, replayed } = await run(claim, (shaped) => serialized(reply, shaped))
    return replayed ? sendReplay(reply, answer) : sendAnswer(reply, answer)
  } catch (error) {
    return sendReplay(reply, await keptDespite(error, db, claim))
  }
}

interface Kept {
  readonly answer: KeptAnswer
  readonly replayed: boolean
}

/** A repeat may fail before it finds the first answer, on finding what the first call did: its answer is still the first one. */
async function keptDespite(error: unknown, db: Reader, claim: Claim | null): Promise<KeptAnswer> {
  const kept = claim === null || isUnavailable(error) || refusesAuthority(error) ? null : await keptFor(db, claim)
  if (kept === null) throw error
  return kept
}

/** Authority comes before what is kept: who may no longer do a thing is not told again that it was done. */
const refusesAuthority = (error: unknown): boolean => error instanceof SallyportError && (error.status === 401 || error.status === 403)

type Shape<Result> = (result: Result, tx: Tx) => Promise<KeptAnswer | null>

/**
 * The same database, with the claim honoured in its transaction: only one at a time, its answer kept in the same
 * commit as its effect, and no effect where an answer is kept: then it throws, so as to end the transaction.
 */
function withIdempotency<Result>(db: Database, claim: Claim | null, shape: Shape<Result>): Database {
  return {
    ...db,
    inTransaction: (work) =>
      db.inTransaction(async (tx) => {
        if (claim !== null) await begin(tx, claim)
        const result = await work(tx)
        const answer = await shape(result as unknown as Result, tx) // the route says what the transaction of its use case yields
        if (claim !== null && answer !== null) await keptAnswers(tx).keep({ ...claim, ...answer })
        return result
      }),
  }
}

async function begin(tx: Tx, claim: Claim): Promise<void> {
  if (!(await keptAnswers(tx).lock(claim.scope))) {
    throw new SallyportError('idempotency_in_progress', 'A request with this Idempotency-Key is still running.')
  }
  if ((await findKeptAnswer(tx, claim.scope)) !== null) throw new Error('answered before')
}

async function keptFor(reader: Reader, claim: Claim): Promise<KeptAnswer | null> {
  const kept = await findKeptAnswer(reader, claim.scope)
  if (kept === null || kept.bodyHash === claim.bodyHash) return kept
  throw new SallyportError('idempotency_mismatch', 'This Idempotency-Key came with another body before.')
}

/** The text of an answer by the route's response schema, which it must fit. */
const serialized = (reply: FastifyReply, { status, body }: Answer): KeptAnswer => ({
  status,
  text: String(reply.serializeInput({ ...body }, String(status))),
})

const sendAnswer = (reply: FastifyReply, { status, text }: KeptAnswer): FastifyReply =>
  reply.code(status).type('application/json; charset=utf-8').send(text)

const sendReplay = (reply: FastifyReply, kept: KeptAnswer): FastifyReply => sendAnswer(reply.header('idempotent-replayed', 'true'), kept)
