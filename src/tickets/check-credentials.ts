import { Webhook as Signer } from 'standardwebhooks'
import { ConfigError, type FindTicketCredentials, type SallyportFile, type TicketSource, ticketVariables } from '../config/index.ts'

/** At the start of a process: every source of tickets has what it needs there. Throws a ConfigError that names the variables. */
export function checkTicketCredentials(
  { tickets }: Pick<SallyportFile, 'tickets'>,
  find: FindTicketCredentials,
  need: 'secrets' | 'tokens',
): void {
  const problems = tickets.flatMap((source) => (need === 'secrets' ? secretProblems(source, find) : tokenProblems(source, find)))
  if (problems.length > 0) throw new ConfigError(problems)
}

function secretProblems({ name, kind, hmac }: TicketSource, find: FindTicketCredentials): string[] {
  const { secret: variable } = ticketVariables(name)
  const { secrets } = find(name)
  if (secrets.length === 0) return [`${variable}: is not set; set it to the secret by which the ticket source ${name} signs`]
  if (secrets.length > 2)
    return [`${variable}: has more than two secrets; one, or two with a comma between them while one replaces the other`]
  if (kind !== 'generic' || hmac !== null || secrets.every(isStandard)) return []
  return [`${variable}: is no secret of Standard Webhooks, whsec_ and base64; make one with: echo "whsec_$(openssl rand -base64 32)"`]
}

const tokenProblems = ({ name, kind, comments }: TicketSource, find: FindTicketCredentials): string[] =>
  comments === null || kind === 'generic' || find(name).token !== null
    ? []
    : [
        `${ticketVariables(name).token}: is not set; set it to the token by which comments are written to ${name}, or take \`comments\` away`,
      ]

function isStandard(secret: string): boolean {
  try {
    return new Signer(secret) instanceof Signer
  } catch {
    return false
  }
}
