import type { SallyportFile } from '../config/index.ts'
import type { Question } from '../rules/index.ts'
import type { Request } from './request.ts'

/** A ticket as the rules look at it, and whether its end is that of the access; null where a request names none. Pure. */
export function knownTicket(
  { tickets }: SallyportFile,
  { ticket, ticketFacts }: Pick<Request, 'ticket' | 'ticketFacts'>,
): (NonNullable<Question['ticket']> & { readonly endsAccess: boolean }) | null {
  if (ticket === null) return null
  const { system, key } = ticket
  const source = tickets.find(({ name }) => name === system)
  if (source === undefined || ticketFacts === null) return { system, key, known: null, endsAccess: false }
  const closed = source.closed.includes(ticketFacts.status)
  const open = source.open?.includes(ticketFacts.status) ?? !closed
  return { system, key, known: { ...ticketFacts, open, closed }, endsAccess: source.endsAccess }
}
