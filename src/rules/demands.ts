import { RE2JS } from 're2js'
import type { AllowRule } from '../kernel/rule.ts'
import type { KnownTicket, Question } from './question.ts'

/** What a rule wants to be told and was not, in the rule's own words, and where it is looked for. */
export interface Unmet {
  readonly field: 'reason' | 'ticket'
  readonly message: string
}

/** The first of a rule's demands that a question does not meet, or null. */
export function unmetDemand({ reason, ticket }: AllowRule, question: Demanded): Unmet | null {
  if (reason !== null && !found(reason.pattern, question.reason)) return { field: 'reason', message: reason.message }
  if (ticket === null) return null
  const { system, key, known } = question.ticket ?? { system: null, key: '', known: null }
  const fits =
    system !== null && (ticket.system === null || ticket.system === system) && (ticket.pattern === null || found(ticket.pattern, key))
  if (!fits) return { field: 'ticket', message: ticket.message }
  const fault = ticket.source === null ? null : faultOf(ticket, known, question)
  return fault === null ? null : { field: 'ticket', message: `${ticket.message} (${key} ${fault})` }
}

/** The part of a question that demands are about. */
type Demanded = Pick<Question, 'reason' | 'ticket'> & { readonly [Role in 'requester' | 'beneficiary']: Pick<Question[Role], 'id'> }

/** What keeps a ticket from being the one that a rule wants; null if nothing does. */
function faultOf(
  { source, types }: NonNullable<AllowRule['ticket']>,
  known: KnownTicket | null,
  { requester, beneficiary }: Demanded,
): string | null {
  if (known === null) return `is not known from ${source}`
  if (!known.open) return `is not open: its status is ${known.status}`
  if (!known.people.includes(requester.id) && !known.people.includes(beneficiary.id))
    return `is neither of ${[...new Set([requester.id, beneficiary.id])].join(' nor of ')}`
  if (types !== null && (known.type === null || !types.includes(known.type))) return `is of type ${known.type ?? 'none'}`
  return null
}

const compiled = new Map<string, RE2JS>()

/** Patterns are RE2's, whose time is linear in the text, which anybody may send. A file has few of them; each is read once. */
function found(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? RE2JS.compile(pattern)
  compiled.set(pattern, known)
  return known.matcher(text).find()
}
