import { partitions } from './arn.ts'
import { matches, withWildcards } from './match-pattern.ts'
import { isPattern, patternsOverlap } from './pattern.ts'
import type { Patterns, Policy } from './policy.ts'

/** How much of what a resource of a policy names, a list of resources names as well. */
export type Relation = 'whole' | 'part' | 'none'

/** `${aws:username}` and its like, in the language that has them. */
export const hasVariable = (text: string, version: Policy['version']): boolean => version === '2012-10-17' && text.includes('${')

/** The resource with a `*` for each policy variable, whose value only the request has. */
export const withoutVariables = (text: string, version: Policy['version']): string =>
  hasVariable(text, version) ? text.replace(/\$\{[^}]*(?:\}|$)/g, '*') : text

/** All database users of a partition. Its name has to stand there, since a `*` would reach across the colon after it. */
const connectIn = (partition: string): string => `arn:${partition}:rds-db:*:*:dbuser:*/*`

/** Whether a resource of a policy can match any database user at all. */
export function reachesConnect(text: string, version: Policy['version']): boolean {
  const wide = withoutVariables(text, version)
  return partitions.some((partition) => patternsOverlap(wide, connectIn(partition)))
}

/** Whether NotResource lists all database users of some partition: a policy stands in one. */
export const leavesOutConnect = (resources: Patterns, version: Policy['version']): boolean =>
  partitions.some((partition) => relate(resources, connectIn(partition), version) === 'none')

/**
 * How a statement's Resource or NotResource meets a resource, itself a text, a pattern or one with variables. `whole`
 * and `none` are certain; what is not certain is `part`.
 */
export function relate({ negated, patterns }: Patterns, resource: string, version: Policy['version']): Relation {
  const wide = withoutVariables(resource, version)
  if (listsWhole(patterns, resource, version)) return negated ? 'none' : 'whole'
  if (patterns.some((pattern) => patternsOverlap(withoutVariables(pattern, version), wide))) return 'part'
  return negated ? 'whole' : 'none'
}

/** Whether one of the patterns certainly matches all that a resource does. */
export function listsWhole(patterns: readonly string[], resource: string, version: Policy['version']): boolean {
  const wide = withoutVariables(resource, version)
  return patterns.some((pattern) => pattern === resource || (!hasVariable(pattern, version) && contains(pattern, wide)))
}

/** Whether the first matches all that the second does; a no may be wrong where `?` meets `*`. */
function contains(wide: string, narrow: string): boolean {
  if (!isPattern(wide)) return wide === narrow
  if (wide.includes('?') && narrow.includes('*')) return false
  return matches(withWildcards(wide), withWildcards(narrow))
}
