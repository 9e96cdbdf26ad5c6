import type { PolicyFacts } from './database-facts.ts'
import { type ExplainedAccess, explainAccess } from './explain/explain-access.ts'
import { type ExplainedStatement, explainStatement } from './explain/explain-statement.ts'
import { reaches } from './explain/reach.ts'
import type { Finding } from './lint/finding.ts'
import { lintPolicy, unreadable } from './lint/lint.ts'
import { tooLong } from './lint/lint-document.ts'
import { readPolicy } from './read-policy.ts'

export interface Explanation {
  readonly findings: readonly Finding[]
  /** Each statement by itself. None for what cannot be read, or is too long for IAM. */
  readonly statements: readonly ExplainedStatement[]
  /** What the statements allow together. */
  readonly access: readonly ExplainedAccess[]
  /** The whole of it, a sentence each. */
  readonly words: readonly string[]
}

/**
 * What an IAM policy, whoever wrote it, lets connect to, and what is wrong with it; as its text or its parsed JSON.
 * Databases are named by the catalog, where there is one. What is not looked at: other policies of the principal, its
 * boundary, service and resource control policies.
 */
export function explainPolicy(document: unknown, facts: PolicyFacts): Explanation {
  const { policy, faults } = readPolicy(document)
  if (policy === null) {
    const findings = unreadable(document, faults)
    return { findings, statements: [], access: [], words: ['IAM would not take this as a policy, so that it lets nobody connect.'] }
  }
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const json: unknown = typeof document === 'string' ? JSON.parse(document) : document
  const long = tooLong(text)
  const findings = lintPolicy(json, policy, facts)
  if (long !== null) {
    return {
      findings: [long, ...findings],
      statements: [],
      access: [],
      words: ['No place in IAM takes so long a policy; what it allows has not been worked out.'],
    }
  }
  const reachOf = reaches(facts)
  const statements = policy.statements.map((statement) => explainStatement(statement, policy.version, reachOf))
  const access = explainAccess(policy, reachOf)
  const words = access.length === 0 ? ['It lets nobody connect to any database.'] : access.map(({ words }) => words)
  return { findings, statements, access, words }
}
