import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'

/** What one connects to. It is known by its resource id, which never changes; identifier and ARN change when it is renamed. */
export interface CatalogDatabase {
  readonly id: Id<'dbs'>
  readonly accountId: string
  readonly partition: string
  readonly region: string
  readonly kind: 'cluster' | 'instance' | 'proxy'
  /** `cluster-…`, `db-…` or `prx-…`; AWS promises it to be unique in a region only. */
  readonly resourceId: string
  readonly identifier: string
  readonly arn: string
  readonly engine: string
  readonly host: string
  readonly port: number
  /** Whether IAM database authentication is switched on. */
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
  /** Since when it is no longer declared; null while it is. */
  readonly goneAt: Date | null
}

/**
 * The one database that can be asked for by `ref`, out of those that have it as Sallyport's id, resource id or ARN.
 * Throws `unknown_database` and `ambiguous_database`.
 */
export function chooseDatabase(ref: string, matches: readonly CatalogDatabase[]): CatalogDatabase {
  const chosen = chooseLiving(ref, matches)
  if (chosen !== null) return chosen
  const gone = matches[0]
  if (gone === undefined)
    throw new SallyportError('unknown_database', `No database has ${JSON.stringify(ref)} as its resource id, ARN or Sallyport id.`)
  throw new SallyportError('unknown_database', `${JSON.stringify(ref)} (${gone.identifier}) is no longer declared.`)
}

/** The same for looking at it: one that is gone can be seen, if none that is there has the name. Throws `database_not_found` and `ambiguous_database`. */
export function chooseSeen(ref: string, matches: readonly CatalogDatabase[]): CatalogDatabase {
  const chosen = chooseLiving(ref, matches) ?? matches.at(-1)
  if (chosen === undefined)
    throw new SallyportError('database_not_found', `No database has ${JSON.stringify(ref)} as its resource id, ARN or Sallyport id.`)
  return chosen
}

function chooseLiving(ref: string, matches: readonly CatalogDatabase[]): CatalogDatabase | null {
  const living = matches.filter((database) => database.goneAt === null)
  if (living.length > 1) {
    const arns = living.map((database) => database.arn).join(', ')
    throw new SallyportError('ambiguous_database', `${JSON.stringify(ref)} is the resource id of ${arns}.`)
  }
  return living[0] ?? null
}
