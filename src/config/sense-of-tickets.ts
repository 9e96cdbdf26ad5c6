import type { Rule } from '../kernel/rule.ts'
import type { SallyportFile } from './file-schema.ts'
import type { Problem } from './problem.ts'
import { suggestion } from './suggestion.ts'
import { requestFields, type TicketSource } from './ticket-schema.ts'

/** Sources that could never do what they say, and two that would share their secrets. */
export const ticketProblems = ({ tickets }: Pick<SallyportFile, 'tickets'>): Problem[] =>
  tickets.flatMap((source, index) => sourceProblems(source).map((problem) => ({ ...problem, path: ['tickets', index, ...problem.path] })))

function sourceProblems({ kind, fields, hmac, open, closed, creates, approves, denies, endsAccess }: TicketSource): Problem[] {
  const lacking =
    creates === null ? [] : requestFields.filter((field) => !['duration', 'reason'].includes(field) && fields[field] === undefined)
  return [
    ...(kind !== 'generic' && hmac !== null ? [{ path: ['hmac'], message: `is for generic sources; ${kind} signs in its own way` }] : []),
    ...(kind === 'github' && fields.key !== undefined
      ? [{ path: ['fields', 'key'], message: 'must be left out; the key of an issue of GitHub is owner/repository#number' }]
      : []),
    ...(kind === 'generic' ? (['key', 'status'] as const).filter((field) => fields[field] === undefined) : []).map((field) => ({
      path: ['fields', field],
      message: 'is missing; a generic source has to say where it is',
    })),
    ...lacking.map((field) => ({ path: ['fields', field], message: 'is missing; without it no request can be made' })),
    ...(creates !== null && fields.requester === undefined
      ? [{ path: ['fields', 'requester'], message: 'is missing; a request is made for a person' }]
      : []),
    ...Object.entries({ approves, denies }).flatMap(([name, said]) =>
      said === null
        ? []
        : [
            ...(said.person === '' ? [{ path: [name, 'person'], message: 'is missing; a decision is a person’s' }] : []),
            ...(fields.at === undefined ? [{ path: ['fields', 'at'], message: `is missing; ${name} needs to know when it was said` }] : []),
          ],
    ),
    ...(endsAccess && closed.length === 0
      ? [{ path: ['closed'], message: 'is missing; access ends when a ticket has one of these statuses' }]
      : []),
    ...(open ?? []).flatMap((status, position) =>
      closed.includes(status) ? [{ path: ['open', position], message: `${status} is a status of closed tickets too` }] : [],
    ),
  ]
}

/** Sources that a rule names and nobody lists. */
export function sourcesInRule({ tickets }: Pick<SallyportFile, 'tickets'>, rule: Rule): Problem[] {
  if (rule.effect === 'deny') return []
  const names = tickets.map(({ name }) => name)
  const unlisted = (name: string, path: PropertyKey[]): Problem[] =>
    names.includes(name) ? [] : [{ path, message: `${name} is not listed under tickets${suggestion(name, names)}` }]
  return [
    ...(rule.ticket === null || rule.ticket.source === null ? [] : unlisted(rule.ticket.source, ['ticket', 'source'])),
    ...rule.decisionsFrom.flatMap((name, position) => unlisted(name, ['decisionsFrom', position])),
  ]
}
