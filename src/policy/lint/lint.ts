import type { FieldError } from '../../kernel/errors.ts'
import type { PolicyFacts } from '../database-facts.ts'
import type { Policy } from '../policy.ts'
import { type Finding, finding } from './finding.ts'
import { jsonFault } from './json-fault.ts'
import { lintDocument } from './lint-document.ts'
import { lintStatement } from './lint-statement.ts'

/** What is wrong with a policy that can be read, in the order of the document. */
export const lintPolicy = (json: unknown, policy: Policy, facts: PolicyFacts): readonly Finding[] =>
  [...lintDocument(json, policy), ...policy.statements.flatMap((statement) => lintStatement(statement, policy.version, facts))]
    .map((found, order) => ({ found, order, place: placeOf(found.pointer) }))
    .sort((one, other) => one.place - other.place || one.order - other.order)
    .map(({ found }) => found)

/** The index of the statement, or -1. */
const placeOf = (pointer: string): number => Number(/^\/Statement\/(\d+)/.exec(pointer)?.[1] ?? -1)

/** The findings of a document that cannot be read as a policy. */
export function unreadable(document: unknown, faults: readonly FieldError[]): readonly Finding[] {
  const fault = typeof document === 'string' ? jsonFault(document) : null
  if (fault !== null) {
    const { line, column, detail, cure } = fault
    return [finding('not_json', '', `line ${line}, column ${column}: ${detail}`, cure)]
  }
  return faults.map(({ pointer, detail }) =>
    finding(
      'not_a_policy',
      pointer,
      detail,
      'IAM would not store this, or it can be read in two ways: mend it first; the rest has not been looked at.',
    ),
  )
}
