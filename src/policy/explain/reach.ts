import { type ConnectParts, connectParts, printConnectParts } from '../connect-resource-parts.ts'
import type { DatabaseFacts, PolicyFacts } from '../database-facts.ts'
import { literally, matches, withWildcards } from '../match-pattern.ts'
import { isPattern, patternsOverlap } from '../pattern.ts'
import type { Policy } from '../policy.ts'
import { withoutVariables } from '../relate.ts'

/** What one resource of a policy can match: which database users of which databases. */
export interface Reach {
  /** As it stands in the policy. */
  readonly resource: string
  /** One name, or a pattern of names; null if the resource says nothing of users by themselves, and any may match. */
  readonly dbUser: string | null
  /** Whether it can match more than one database, those of tomorrow too. */
  readonly open: boolean
  /** What of the catalog it matches today; null if that is not known. */
  readonly today: Today | null
}

export interface Today {
  readonly count: number
  /** The first hundred of them. */
  readonly databases: readonly NamedDatabase[]
  /** The declared database users that it matches there, at most a hundred; null if some of the databases have none declared. */
  readonly dbUsers: readonly string[] | null
}

/** What the catalog calls a database. */
export type NamedDatabase = Omit<DatabaseFacts, 'engine' | 'dbUsers' | 'members'>

/** The reach of a resource, in the one language of its policy. */
export type ReachOf = (resource: string, version: Policy['version']) => Reach

/** How much of what a pattern matches is listed. */
const mostListed = 100

/**
 * How many databases are compared with the patterns of one policy; each comparison takes microseconds. A
 * resource with `*` for the whole resource id needs none.
 */
const mostComparisons = 50_000

/**
 * What resources reach among these databases. A hostile policy can hold thousands of patterns: after so many
 * comparisons as no honest one needs, what further patterns match today is not known.
 */
export function reaches({ databases }: PolicyFacts): ReachOf {
  const known = databases?.map((database) => ({ database, start: startOf(database) })) ?? null
  const byStart = new Map(known?.map(({ database, start }) => [start, database]))
  let left = mostComparisons
  const matching = (pattern: string, parts: ConnectParts | null): readonly DatabaseFacts[] | null => {
    if (known === null) return null
    const literal = pattern.replace(/[*?].*$/s, '')
    const near = known.filter(({ start }) => start.startsWith(literal) || literal.startsWith(start))
    const isAnyThere = parts?.resourceId === '*' && literal.endsWith(':dbuser:')
    if (!isAnyThere) left -= near.length
    if (left < 0) return null
    const matched = isAnyThere ? near : near.filter(({ start }) => patternsOverlap(pattern, `${start}*`))
    return matched.map(({ database }) => database)
  }
  const seen = new Map<string, Reach>()
  return (resource, version) => {
    const before = seen.get(resource)
    if (before !== undefined) return before
    const pattern = withoutVariables(resource, version)
    const parts = connectParts(pattern)
    const start = parts === null ? pattern : printConnectParts({ ...parts, dbUser: '' })
    const open = parts === null || isPattern(start)
    const one = open ? undefined : byStart.get(start)
    const databases = open || known === null ? matching(pattern, parts) : one === undefined ? [] : [one]
    const today = databases === null ? null : todayOf(databases, parts?.dbUser ?? '*')
    const reach = { resource, dbUser: connectParts(resource)?.dbUser ?? null, open, today }
    seen.set(resource, reach)
    return reach
  }
}

function todayOf(databases: readonly DatabaseFacts[], userPattern: string): Today {
  const wanted = withWildcards(userPattern)
  const declared = databases.every(({ dbUsers }) => dbUsers !== null) ? new Set(databases.flatMap(({ dbUsers }) => dbUsers ?? [])) : null
  const dbUsers = declared === null ? null : [...declared].filter((name) => matches(wanted, literally(name))).slice(0, mostListed)
  const named = databases.slice(0, mostListed).map(({ engine: _, dbUsers: __, members: ___, ...rest }): NamedDatabase => rest)
  return { count: databases.length, databases: named, dbUsers }
}

const startOf = ({ partition, region, account, resourceId }: DatabaseFacts): string =>
  `arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/`
