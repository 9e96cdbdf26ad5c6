import type { DatabaseUsers } from '../kernel/rule.ts'
import type { DatabaseFacts, Place } from './question.ts'
import { inScope } from './rule-parts.ts'

/**
 * The users that a database has by `databaseUsers` of sallyport.yaml; null if no entry is about it, and nothing is
 * known. What several entries name for one database counts together, and one that refuses others decides.
 */
export function declaredUsers(
  declared: readonly DatabaseUsers[],
  database: DatabaseFacts & Place,
): Pick<DatabaseUsers, 'names' | 'others'> | null {
  const entries = declared.filter(({ databases }) => inScope(databases, database))
  if (entries.length === 0) return null
  return {
    names: [...new Set(entries.flatMap(({ names }) => names))].sort(),
    others: entries.some(({ others }) => others === 'refuse') ? 'refuse' : 'warn',
  }
}
