import type { FactsWithTags } from '../catalog/index.ts'
import type { DatabaseUsers } from '../kernel/rule.ts'
import type { DatabaseFacts } from '../policy/index.ts'
import { declaredUsers } from '../rules/index.ts'

/** Databases with the users that sallyport.yaml declares for them. */
export const withDeclaredUsers = (databases: readonly FactsWithTags[], declared: readonly DatabaseUsers[]): readonly DatabaseFacts[] =>
  databases.map(({ tags, ...facts }) => ({
    ...facts,
    dbUsers: declaredUsers(declared, { ...facts, accountId: facts.account, tags })?.names ?? null,
  }))
