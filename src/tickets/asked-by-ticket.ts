import type { TicketSource } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Asked, askBody } from '../requests/index.ts'
import type { AsksFor } from './reading.ts'

/** What a ticket asks for as the API would be asked, and what is missing or wrong in it. */
export type AskedByTicket =
  | { readonly asked: Asked; readonly problems: readonly [] }
  | { readonly asked: null; readonly problems: readonly string[] }

const needed = ['database', 'dbUser', 'principal'] as const

/**
 * The request that a ticket makes. A principal that the source gives as a constant, or in its default, may name the person by
 * `${person.username}` or `${person.id}`. Without a reason of its own, the ticket is the reason. Pure.
 */
export function askedByTicket(
  { name, fields }: TicketSource,
  {
    key,
    url,
    asks,
    person,
  }: { readonly key: string; readonly url: string | null; readonly asks: AsksFor; readonly person: Pick<Person, 'id' | 'username'> | null },
): AskedByTicket {
  const missing = needed.filter((field) => asks[field] === null).map((field) => `${field} is missing`)
  if (missing.length > 0) return { asked: null, problems: missing }
  const isOurs = asks.principal === fields.principal?.fallback
  const principal = isOurs && person !== null ? withPerson(asks.principal ?? '', person) : asks.principal
  const read = askBody.safeParse({
    principal,
    entitlements: [{ database: asks.database, dbUser: asks.dbUser }],
    duration: asks.duration,
    reason: asks.reason ?? `Ticket ${key} of ${name}`,
    ticket: { system: name, key, ...(url !== null && URL.canParse(url) && /^https?:/.test(url) ? { url } : {}) },
  })
  if (read.success) return { asked: read.data, problems: [] }
  return { asked: null, problems: read.error.issues.map(({ path, message }) => `${String(path.at(-1) ?? '')} ${message}`) }
}

const withPerson = (principal: string, { id, username }: Pick<Person, 'id' | 'username'>): string =>
  principal.replaceAll('${person.username}', username).replaceAll('${person.id}', id)

/** The same, for one who cannot go on without. Throws `invalid_ticket`. */
export function completely({ asked, problems }: AskedByTicket): Asked {
  if (asked !== null) return asked
  throw new SallyportError('invalid_ticket', `No request can be made of this ticket: ${problems.join('; ')}.`)
}
