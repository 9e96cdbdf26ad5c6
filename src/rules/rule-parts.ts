import type { Person } from '../kernel/actor.ts'
import { type AllowRule, type DatabaseScope, type DenyRule, includes } from '../kernel/rule.ts'
import { matchesPattern, matchesPrincipal } from './pattern.ts'
import type { AskedEntitlement, DatabaseFacts, Place, Question } from './question.ts'

/** One part of a rule held against what is asked: why it does not match, in words, or null if it does. */
export interface PartResult {
  readonly part: 'who' | 'databases' | 'dbUsers' | 'principals' | 'paths'
  readonly mismatch: string | null
}

/**
 * Holds every part of an allow rule against one entitlement. It allows what it contains whole: the requester
 * and the beneficiary must both be among its people.
 */
export function allowParts(rule: AllowRule, question: Question, entitlement: AskedEntitlement): readonly PartResult[] {
  const outside = [question.requester, question.beneficiary].find((person) => !includes(rule.who, person))
  const { principal, beneficiary } = question
  return [
    { part: 'who', mismatch: outside === undefined ? null : `its \`who\` does not include ${outside.id}` },
    { part: 'databases', mismatch: databaseMismatch(rule, entitlement) },
    { part: 'dbUsers', mismatch: userMismatch(rule, entitlement) },
    { part: 'principals', mismatch: principalMismatch(rule, principal, beneficiary) },
    { part: 'paths', mismatch: rule.paths.includes(question.path) ? null : `its \`paths\` do not include ${question.path}` },
  ]
}

/** A wildcard for the account stands for the accounts that are managed, and not for every account of AWS. */
function principalMismatch(
  { principals }: AllowRule,
  { arn, account, managed }: Question['principal'],
  beneficiary: Person,
): string | null {
  const matching = principals.filter((pattern) => matchesPrincipal(pattern, arn, beneficiary))
  if (matching.some((pattern) => managed || pattern.split(':')[4] === account)) return null
  if (matching.length === 0) return `its \`principals\` do not include ${arn} for ${beneficiary.id}`
  return `its \`principals\` do not name account ${account}, which is not listed under \`accounts\``
}

/**
 * Holds every part of a deny rule against one entitlement. It refuses what it overlaps: one of requester and beneficiary
 * among its people is enough, and whatever is asked for as a whole meets what is in it.
 */
export function denyParts(rule: DenyRule, question: Question, entitlement: AskedEntitlement): readonly PartResult[] {
  const { who, databases, dbUsers, principals, paths } = rule
  const { requester, beneficiary, principal, path } = question
  const people = [...new Set([requester, beneficiary])]
  const names = [...new Set(people.map(({ id }) => id))].join(' or ')
  const { dbUser } = entitlement
  return [
    {
      part: 'who',
      mismatch: who === undefined || people.some((person) => includes(who, person)) ? null : `its \`who\` does not include ${names}`,
    },
    { part: 'databases', mismatch: databases === undefined ? null : overlapMismatch(databases, entitlement) },
    {
      part: 'dbUsers',
      mismatch:
        dbUsers === undefined || dbUser === '*' || dbUsers.some((pattern) => matchesPattern(pattern, dbUser))
          ? null
          : `its \`dbUsers\` do not include ${dbUser}`,
    },
    {
      part: 'principals',
      mismatch:
        principals === undefined || principals.some((pattern) => people.some((person) => matchesPrincipal(pattern, principal.arn, person)))
          ? null
          : `its \`principals\` do not include ${principal.arn} for ${names}`,
    },
    { part: 'paths', mismatch: paths === undefined || paths.includes(path) ? null : `its \`paths\` do not include ${path}` },
  ]
}

/** True if a deny rule touches an entitlement. */
export const denies = (rule: DenyRule, question: Question, entitlement: AskedEntitlement): boolean =>
  denyParts(rule, question, entitlement).every(({ mismatch }) => mismatch === null)

/** Allowing goes by containment: what is asked for as a whole must be in the rule as a whole, and as something that may be. */
function databaseMismatch(rule: AllowRule, { database, place }: AskedEntitlement): string | null {
  const { databases: scope, wildcards } = rule
  if (database !== null) return placeMismatch(scope, place) ?? factsMismatch(scope, database)
  if (!wildcards.databases) return 'it does not have `wildcards.databases`'
  if (scope.tags !== undefined || scope.identifiers !== undefined) return 'its `databases` are not all of a region'
  return placeMismatch(scope, place)
}

function userMismatch({ dbUsers, wildcards }: AllowRule, { dbUser }: AskedEntitlement): string | null {
  if (dbUser === '*' && !wildcards.dbUsers) return 'it does not have `wildcards.dbUsers`'
  if (dbUser === '*' ? dbUsers.includes('*') : dbUsers.some((pattern) => matchesPattern(pattern, dbUser))) return null
  return `its \`dbUsers\` do not include ${dbUser}`
}

/** Denying goes by overlap: all databases of a place overlap whatever the rule denies there. */
const overlapMismatch = (scope: DatabaseScope, { database, place }: AskedEntitlement): string | null =>
  placeMismatch(scope, place) ?? (database === null ? null : factsMismatch(scope, database))

function placeMismatch(scope: DatabaseScope, place: Place): string | null {
  if (scope.accounts !== undefined && !scope.accounts.includes(place.accountId))
    return `its \`databases.accounts\` do not include ${place.accountId}`
  if (scope.regions !== undefined && !scope.regions.includes(place.region))
    return `its \`databases.regions\` do not include ${place.region}`
  return null
}

/** Whether a database is one of those meant. */
export const inScope = (scope: DatabaseScope, database: DatabaseFacts & Place): boolean =>
  placeMismatch(scope, database) === null && factsMismatch(scope, database) === null

function factsMismatch(scope: DatabaseScope, database: DatabaseFacts): string | null {
  if (scope.identifiers !== undefined && !scope.identifiers.some((pattern) => matchesPattern(pattern, database.identifier)))
    return `its \`databases.identifiers\` do not include ${database.identifier}`
  const tag = Object.entries(scope.tags ?? {}).find(([key, value]) => !Object.hasOwn(database.tags, key) || database.tags[key] !== value)
  return tag === undefined ? null : `its \`databases.tags\` need ${tag[0]}: ${tag[1]}, which ${database.identifier} does not have`
}
