import { RE2JS } from 're2js'
import type { AllowRule } from '../kernel/rule.ts'
import type { Question } from './question.ts'

/** What a rule wants to be told and was not, in the rule's own words, and where it is looked for. */
export interface Unmet {
  readonly field: 'reason' | 'ticket'
  readonly message: string
}

/** The first of a rule's demands that a question does not meet, or null. */
export function unmetDemand({ reason, ticket }: AllowRule, question: Pick<Question, 'reason' | 'ticket'>): Unmet | null {
  if (reason !== null && !found(reason.pattern, question.reason)) return { field: 'reason', message: reason.message }
  if (ticket === null) return null
  const { system, key } = question.ticket ?? { system: null, key: '' }
  const fits =
    system !== null && (ticket.system === null || ticket.system === system) && (ticket.pattern === null || found(ticket.pattern, key))
  return fits ? null : { field: 'ticket', message: ticket.message }
}

const compiled = new Map<string, RE2JS>()

/** Patterns are RE2's, whose time is linear in the text, which anybody may send. A file has few of them; each is read once. */
function found(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? RE2JS.compile(pattern)
  compiled.set(pattern, known)
  return known.matcher(text).find()
}
