import { type Attention, canEnd, type GrantStatus } from './grant.ts'

/** A database that has the name which another one had. */
export interface Successor {
  readonly resourceId: string
  readonly identifier: string
  readonly since: Date
}

interface OnDatabase {
  readonly status: GrantStatus
  readonly database: { readonly resourceId: string; readonly identifier: string; readonly goneAt: Date | null } | null
  readonly successor: Successor | null
}

/**
 * What is wrong with the database of a grant that gives access, or will: it is gone, or its name is another one's by now.
 * Policies name a database by its resource id, so the grant gives nothing on the one that came after it.
 */
export function databaseAttention({ status, database, successor }: OnDatabase): Attention | null {
  if (!canEnd(status) || database === null) return null
  const { resourceId, identifier, goneAt } = database
  if (successor !== null) {
    const what = goneAt === null ? `is called ${identifier} now` : 'is gone'
    const message =
      `${resourceId} ${what}, and ${successor.identifier} is ${successor.resourceId}, another database, on which this grant gives nothing. ` +
      'Ask again for that one, as in `askAgain`, and return or revoke this grant if it is not needed any more.'
    return { code: 'database_replaced', message, since: successor.since, attempts: 0 }
  }
  if (goneAt === null) return null
  const message = `${resourceId} (${identifier}) is gone: AWS has it no longer, nor does sallyport.yaml. Return or revoke this grant, unless the database comes back.`
  return { code: 'database_gone', message, since: goneAt, attempts: 0 }
}
