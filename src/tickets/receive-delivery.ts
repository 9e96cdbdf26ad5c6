import type { FindTicketCredentials, TicketSource } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { databaseClock, type RuleSets } from '../identity/index.ts'
import { enqueueTicketAction } from '../jobs/index.ts'
import { type ActorRecord, ticketVia } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { endForTicket } from '../requests/index.ts'
import { type Reading, readPayload } from './reading.ts'
import { findAnswer, insertDelivery, lockTicket, saveTicket, type TicketAnswer } from './ticket-store.ts'
import { type Delivery, type DeliveryIdentity, verifyDelivery } from './verify-delivery.ts'

export interface TicketParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly ticketCredentials: FindTicketCredentials
}

/** A source of tickets, for the audit. */
export const sourceActor = (name: string): ActorRecord => ({
  kind: 'service',
  person: null,
  credential: ticketVia(name),
  via: ticketVia(name),
})

/**
 * Takes a webhook of a source of tickets: remembers the ticket, ends its access if it is closed, and leaves a job for what it
 * asks for or what somebody says in it, all in one transaction with the delivery, so that a repeat changes nothing and is
 * answered alike. `parse` reads the body, once it is known to be the source's. Throws `ticket_source_not_found`, the codes of
 * verifyDelivery and of `parse`, `invalid_ticket`.
 */
export function receiveDelivery({ db, ruleSets, ticketCredentials }: TicketParts) {
  const clock = databaseClock(db)
  return async (name: string, delivery: Delivery & { readonly parse: () => unknown }): Promise<TicketAnswer> => {
    const source = (await ruleSets.current()).file.tickets.find((each) => each.name === name)
    if (source === undefined) throw new SallyportError('ticket_source_not_found', `There is no source of tickets ${JSON.stringify(name)}.`)
    const identity = await verifyDelivery(source, ticketCredentials(name).secrets, delivery, await clock())
    const reading = readPayload(source, delivery.parse())
    if (reading === null) return { ticket: null, outcome: 'ignored', does: [], detail: 'It is about no ticket.' }
    return take(db, source, identity, reading)
  }
}

function take(db: Database, source: TicketSource, identity: DeliveryIdentity, reading: Reading): Promise<TicketAnswer> {
  const { name } = source
  const { key } = reading
  return db.inTransaction(async (tx) => {
    await lockTicket(tx, name, key)
    const before = await findAnswer(tx, name, identity)
    if (before !== null) return before
    const status = await saveTicket(tx, name, reading)
    if (status === null)
      return { ticket: key, outcome: 'ignored', does: [], detail: 'The ticket is not known, and its status is not told.' }
    const ends = source.endsAccess && source.closed.includes(status)
    const acts = reading.asks !== null || reading.says !== null
    const answer = answerOf(reading, status, ends)
    if (!(await insertDelivery(tx, name, identity, { reading, answer, isDone: !acts })))
      return (await findAnswer(tx, name, identity)) ?? answer
    if (ends) await endForTicket(tx, { source: name, key }, sourceActor(name))
    if (acts) await enqueueTicketAction(tx, { source: name, delivery: identity.id }, key)
    return answer
  })
}

function answerOf({ key, asks, says }: Reading, status: string, ends: boolean): TicketAnswer {
  const does = [...(ends ? (['end'] as const) : []), ...(asks === null ? [] : (['ask'] as const)), ...(says === null ? [] : [says.verdict])]
  const what = does.length === 0 ? 'It is remembered.' : 'What comes of it is in the audit, and in a comment where the source has them.'
  return { ticket: key, outcome: 'accepted', does, detail: `The ticket is ${status}. ${what}` }
}
