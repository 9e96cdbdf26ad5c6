import { about, CONNECT, type Policy } from '../policy/index.ts'

/** A database user to ask about: one name, or many of which one is asked in their place. */
export interface DatabaseUser {
  /** The name, or the pattern that a policy has. */
  readonly dbUser: string
  /** The ARN to ask IAM about. */
  readonly resource: string
}

/** What an ARN is asked with in place of a wildcard: a name that no policy singles out. */
const ANY = 'any-other-user'

/**
 * The database users that policies name for a database, patterns included: enough to ask about to know all that they let
 * connect as. `prefix` is the ARN up to the database user, `username` what `${aws:username}` stands for, if that is known.
 */
export function databaseUsersIn(policies: readonly Policy[], prefix: string, username: string | null): DatabaseUser[] {
  const names = new Set<string>()
  for (const policy of policies) {
    for (const { resources } of about(policy, [CONNECT]).statements) {
      if (resources.negated) names.add('*')
      for (const pattern of resources.patterns) names.add(dbUserOf(withUsername(pattern, username), prefix))
    }
  }
  return [...names].filter((name) => name !== '').map((dbUser) => databaseUser(prefix, dbUser))
}

/** One name, or a pattern of names. */
export const databaseUser = (prefix: string, dbUser: string): DatabaseUser => ({
  dbUser,
  resource: prefix + dbUser.replaceAll('*', ANY).replaceAll('?', 'x'),
})

/** What a pattern of ARNs has in the place of the database user; a pattern that is about another database asks in vain. */
function dbUserOf(pattern: string, prefix: string): string {
  if (pattern.startsWith(prefix)) return pattern.slice(prefix.length)
  const slash = pattern.lastIndexOf('/')
  return slash < 0 ? '*' : pattern.slice(slash + 1)
}

const withUsername = (pattern: string, username: string | null): string =>
  pattern.replace(/\$\{aws:username\}/gi, username ?? '*').replace(/\$\{[^}]*\}/g, '*')
