import { type AllowRule, type DatabaseScope, type DenyRule, includes } from '../kernel/rule.ts'
import { matchesPattern, matchesPrincipal } from './pattern.ts'
import type { AskedEntitlement, DatabaseFacts, Question } from './question.ts'

/** One part of an allow rule held against what is asked: why it does not match, in words, or null if it does. */
export interface PartResult {
  readonly part: 'who' | 'databases' | 'dbUsers' | 'principals'
  readonly mismatch: string | null
}

/**
 * Holds every part of an allow rule against one entitlement. It allows what it contains whole: the requester
 * and the beneficiary must both be among its people.
 */
export function allowParts(rule: AllowRule, question: Question, entitlement: AskedEntitlement): readonly PartResult[] {
  const outside = [question.requester, question.beneficiary].find((person) => !includes(rule.who, person))
  const { database, dbUser } = entitlement
  const { principal, beneficiary } = question
  return [
    { part: 'who', mismatch: outside === undefined ? null : `its \`who\` does not include ${outside.id}` },
    { part: 'databases', mismatch: databaseMismatch(rule.databases, database) },
    {
      part: 'dbUsers',
      mismatch: rule.dbUsers.some((pattern) => matchesPattern(pattern, dbUser)) ? null : `its \`dbUsers\` do not include ${dbUser}`,
    },
    {
      part: 'principals',
      mismatch: rule.principals.some((pattern) => matchesPrincipal(pattern, principal.arn, beneficiary))
        ? null
        : `its \`principals\` do not include ${principal.arn} for ${beneficiary.id}`,
    },
  ]
}

/** True if a deny rule touches an entitlement. It refuses what it overlaps: one of requester and beneficiary among its people is enough. */
export function denies(rule: DenyRule, question: Question, entitlement: AskedEntitlement): boolean {
  const { who, databases, dbUsers, principals } = rule
  const people = [question.requester, question.beneficiary]
  return (
    (who === undefined || people.some((person) => includes(who, person))) &&
    (databases === undefined || databaseMismatch(databases, entitlement.database) === null) &&
    (dbUsers === undefined || dbUsers.some((pattern) => matchesPattern(pattern, entitlement.dbUser))) &&
    (principals === undefined ||
      principals.some((pattern) => people.some((person) => matchesPrincipal(pattern, question.principal.arn, person))))
  )
}

function databaseMismatch(scope: DatabaseScope, database: DatabaseFacts): string | null {
  if (scope.accounts !== undefined && !scope.accounts.includes(database.accountId))
    return `its \`databases.accounts\` do not include ${database.accountId}`
  if (scope.regions !== undefined && !scope.regions.includes(database.region))
    return `its \`databases.regions\` do not include ${database.region}`
  if (scope.identifiers !== undefined && !scope.identifiers.some((pattern) => matchesPattern(pattern, database.identifier)))
    return `its \`databases.identifiers\` do not include ${database.identifier}`
  const tag = Object.entries(scope.tags ?? {}).find(([key, value]) => !Object.hasOwn(database.tags, key) || database.tags[key] !== value)
  return tag === undefined ? null : `its \`databases.tags\` need ${tag[0]}: ${tag[1]}, which ${database.identifier} does not have`
}
