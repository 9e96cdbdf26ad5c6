/** What a source of tickets signs with, and by what token comments are written. */
export interface TicketCredentials {
  /** One, or two while one replaces the other. */
  readonly secrets: readonly string[]
  readonly token: string | null
}

const SECRET = 'SALLYPORT_TICKET_SECRET_'
const TOKEN = 'SALLYPORT_TICKET_TOKEN_'

const suffixOf = (source: string): string => source.toUpperCase().replaceAll('-', '_')

/** The names of the variables of a source. */
export const ticketVariables = (source: string) => ({ secret: SECRET + suffixOf(source), token: TOKEN + suffixOf(source) })

/** Finds the credentials of a source, which stand in the environment and never in a file. */
export type FindTicketCredentials = (source: string) => TicketCredentials

/** Of all variables those of sources of tickets; which sources there are, the rule set in force says at each moment. */
export function ticketCredentials(variables: Readonly<Record<string, unknown>>): FindTicketCredentials {
  const text = (name: string): string | null => {
    const value = variables[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return (source) => {
    const names = ticketVariables(source)
    const secrets = (text(names.secret) ?? '').split(',').flatMap((each) => each.trim() || [])
    return { secrets, token: text(names.token) }
  }
}
