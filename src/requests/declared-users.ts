import type { SallyportFile } from '../config/index.ts'
import { createDbUserSql } from '../policy/index.ts'
import { declaredUsers } from '../rules/index.ts'
import type { RequestEntitlement } from './request.ts'

/** A database user that is asked for, and is not among those declared for its database. */
export interface UndeclaredUser {
  readonly position: number
  readonly others: 'refuse' | 'warn'
  /** Which are declared, and how this one is made. */
  readonly detail: string
}

/** The database users of a request that sallyport.yaml does not know, where it names those of the database at all. Pure. */
export function undeclaredUsers(file: SallyportFile, entitlements: readonly RequestEntitlement[]): UndeclaredUser[] {
  return entitlements.flatMap(({ position, database, dbUser }) => {
    // Whether all users, or all databases of a place, may be asked for is for the rules.
    if (database === null || dbUser === '*') return []
    const declared = declaredUsers(file.databaseUsers, database)
    if (declared === null || declared.names.includes(dbUser)) return []
    const detail =
      `${database.identifier} is not known to have a database user ${JSON.stringify(dbUser)}; declared are ${declared.names.join(', ')}. ` +
      `Case matters. To make it, for IAM authentication: ${createDbUserSql(database.engine, dbUser)}`
    return [{ position, others: declared.others, detail }]
  })
}
