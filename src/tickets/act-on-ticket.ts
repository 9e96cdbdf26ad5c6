import { createHash } from 'node:crypto'
import { record } from '../audit/index.ts'
import { type SallyportFile, type TicketSource, ticketIssuer } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import { type Caller, linkedCaller } from '../identity/index.ts'
import type { TicketPayload } from '../jobs/index.ts'
import { type ActorRecord, ticketVia } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Asked, createRequest, decideRequest, getRequest, type RequestParts } from '../requests/index.ts'
import { askedByTicket, completely } from './asked-by-ticket.ts'
import type { Reading } from './reading.ts'
import { sourceActor } from './receive-delivery.ts'
import { databasesNamed, hasAsked, waitingFor } from './requests-view.ts'
import { findUndone, markDone, noteRefusal, type Undone } from './ticket-store.ts'

/** A delivery that is acted on. */
interface Acting {
  readonly file: SallyportFile
  readonly source: TicketSource
  readonly undone: Undone
}

/**
 * Does what a ticket asks for, and what somebody says in it, as the API would for the same people: by the rules and the people of
 * now. What is refused is recorded, and the ticket is told. Doing it again changes nothing. Throws what is for a later try:
 * AWS or Postgres being away.
 */
export const actOnTicket =
  (parts: RequestParts) =>
  async ({ source: name, delivery }: TicketPayload): Promise<void> => {
    const undone = await findUndone(parts.db, name, delivery)
    if (undone === null) return
    const { file } = await parts.ruleSets.current()
    const source = file.tickets.find((each) => each.name === name)
    const refusals = source === undefined ? [] : await act(parts, { file, source, undone })
    await parts.db.inTransaction(async (tx) => {
      await storeRefusals(tx, name, undone.reading.key, refusals)
      await markDone(tx, name, delivery)
    })
  }

interface Refusal {
  readonly error: SallyportError
  readonly by: ActorRecord
}

async function act(parts: RequestParts, acting: Acting): Promise<readonly Refusal[]> {
  const { asks, says } = acting.undone.reading
  return [
    ...(asks === null ? [] : await refusalOf(acting, () => ask(parts, acting, asks))),
    ...(says === null ? [] : await refusalOf(acting, () => decide(parts, acting, says))),
  ]
}

async function refusalOf({ source }: Acting, work: () => Promise<void>): Promise<readonly Refusal[]> {
  try {
    await work()
    return []
  } catch (error) {
    // What is ours to mend may go well later; the rest is an answer.
    if (!(error instanceof SallyportError) || error.status >= 500) throw error
    return [{ error, by: sourceActor(source.name) }]
  }
}

async function storeRefusals(tx: Tx, source: string, ticket: string, refusals: readonly Refusal[]): Promise<void> {
  const text = refusals.map(({ error }) => error.message).join(' ')
  if (!(await noteRefusal(tx, source, ticket, text === '' ? null : text))) return
  await record(
    tx,
    refusals.map(({ error, by }) => ({
      type: 'ticket.refused',
      actor: by,
      payload: { source, ticket, code: error.code, detail: error.message },
    })),
  )
}

/** Makes the request of a ticket, once, as the person who asked for the ticket. */
async function ask(parts: RequestParts, { file, source, undone }: Acting, asks: NonNullable<Reading['asks']>): Promise<void> {
  const { key } = undone.reading
  const via = ticketVia(source.name)
  if (source.closed.includes(undone.status) || (await hasAsked(parts.db, source.name, key, via))) return
  const caller = await personOf(parts, file, source, undone.requester, 'ask')
  const person = caller.actor.kind === 'person' ? caller.actor.person : null
  const asked = await byNames(parts, completely(askedByTicket(source, { key, url: undone.url, asks, person })))
  // A second request of the ticket cannot be stored, even by a worker that does not know of the first.
  const scope = createHash('sha256')
    .update(JSON.stringify([via, key]))
    .digest('hex')
  const answer = () => ({ status: 201, text: '' })
  await createRequest(parts)({ caller, asked, claim: { scope, bodyHash: scope }, answer })
}

/** A database that is no reference of Sallyport's is one by its name in RDS. Throws `unknown_database`, `ambiguous_database`. */
async function byNames({ db }: Pick<RequestParts, 'db'>, asked: Asked): Promise<Asked> {
  const entitlements = await Promise.all(
    asked.entitlements.map(async ({ database, dbUser }) => {
      if (typeof database !== 'string' || /^(?:dbs_|cluster-|db-|prx-|arn:)/.test(database)) return { database, dbUser }
      const [only, ...others] = await databasesNamed(db, database)
      if (only === undefined) throw new SallyportError('unknown_database', `No database is called ${JSON.stringify(database)}.`)
      if (others.length === 0) return { database: only.id, dbUser }
      const all = [only, ...others].map(({ arn }) => arn).join(', ')
      throw new SallyportError('ambiguous_database', `Several databases are called ${database}; name one by its ARN: ${all}.`)
    }),
  )
  return { ...asked, entitlements }
}

/**
 * Records a person's decision on the one request that waits for it on account of the ticket. The ticket must be that of the
 * requester or beneficiary, and the word must have been said since the request was made: it is about no other.
 */
async function decide(parts: RequestParts, { file, source, undone }: Acting, says: NonNullable<Reading['says']>): Promise<void> {
  const { key, at } = undone.reading
  const [requestId, ...others] = await waitingFor(parts.db, source.name, key)
  if (requestId === undefined) return
  if (others.length > 0)
    throw new SallyportError('not_permitted', `${others.length + 1} requests wait on account of ${key}; decide each of them in Sallyport.`)
  const caller = await personOf(parts, file, source, says.person, 'decide')
  const { request } = await getRequest(parts.db, requestId)
  const people = request.ticketFacts?.people ?? []
  if (!people.includes(request.requesterId) && !people.includes(request.beneficiaryId))
    throw new SallyportError('not_permitted', `${key} is not the ticket of ${request.requesterId}; decide ${requestId} in Sallyport.`)
  if (at === null || new Date(at) < request.createdAt)
    throw new SallyportError('not_permitted', `This was said before ${requestId} was made; it has to be said again.`)
  const command = { requestId, caller, verdict: says.verdict, durationSeconds: null, entitlements: null, comment: `In ${key}` }
  await decideRequest(parts)(command).catch((error: unknown) => {
    if (!(error instanceof SallyportError && error.code === 'already_decided_by_you')) throw error
  })
}

/** The person whose id in the source this is, acting with that. Throws `identity_not_linked`. */
async function personOf(
  parts: RequestParts,
  file: SallyportFile,
  { name }: TicketSource,
  subject: string | null,
  scope: 'ask' | 'decide',
): Promise<Caller> {
  const identity = { issuer: ticketIssuer(name), subject: subject ?? '' }
  const caller = subject === null ? null : await linkedCaller(parts.db, file, identity, { via: ticketVia(name), scopes: [scope] })
  if (caller !== null) return caller
  const who =
    subject === null ? 'The ticket does not say who that is' : `${JSON.stringify(subject)} of ${name} belongs to nobody of the directory`
  throw new SallyportError('identity_not_linked', `${who}; only a linked person can ${scope}.`)
}
