import type { Tx } from '../db/index.ts'
import { endGrants, lockOfRequests } from '../grants/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { endRequest, lockOfTicket } from './request-store.ts'

/**
 * Ends all that a ticket is the reason for: what waits is withdrawn, and grants are taken away, those yet to start and
 * those that were extended on its account included. Doing it again changes nothing. Whoever decides one of the requests at this moment is waited for.
 */
export async function endForTicket(tx: Tx, ticket: { readonly source: string; readonly key: string }, actor: ActorRecord): Promise<void> {
  const requests = await lockOfTicket(tx, ticket)
  const now = await tx.now()
  for (const { id, waits } of requests) if (waits) await endRequest(tx, id, { status: 'withdrawn' }, actor, now)
  const grants = await lockOfRequests(tx, {
    requests: requests.map(({ id }) => id),
    extended: requests.flatMap(({ extended }) => extended ?? []),
  })
  await endGrants(tx, grants, { reason: 'ticket_closed', comment: null, actor, now })
}
