import type { ClusterMember, DatabaseEndpoint } from '../aws/index.ts'
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
  /** As AWS has it; null where it tells none, and where the database was only declared. */
  readonly engineVersion: string | null
  readonly host: string
  readonly port: number
  /** Whether IAM database authentication is switched on. */
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
  /** Whether sallyport.yaml has it. */
  readonly declared: boolean
  /** Whether AWS had it when it was last looked for. */
  readonly found: boolean
  /** Since when it is neither declared nor found; null while it is. */
  readonly goneAt: Date | null
}

/** A database with what only those want to know who look at it. */
export interface DatabaseDetails extends CatalogDatabase {
  readonly endpoints: readonly DatabaseEndpoint[]
  readonly members: readonly ClusterMember[]
}

/**
 * The one database that can be asked for by `ref`, out of those that have it as Sallyport's id, resource id or ARN, or
 * have it as a member. Throws `unknown_database`, `ambiguous_database` and `aurora_member`.
 */
export function chooseDatabase<Known extends CatalogDatabase>(ref: string, matches: readonly Known[]): Known {
  const chosen = chooseLiving(ref, matches)
  if (chosen !== null) return chosen
  const gone = matches[0]
  if (gone === undefined)
    throw new SallyportError('unknown_database', `No database has ${JSON.stringify(ref)} as its resource id, ARN or Sallyport id.`)
  throw new SallyportError('unknown_database', `${JSON.stringify(ref)} (${gone.identifier}) is no longer declared, nor found in AWS.`)
}

/**
 * The same for looking at it: one that is gone can be seen, if none that is there has the name. Throws
 * `database_not_found`, `ambiguous_database` and `aurora_member`.
 */
export function chooseSeen<Known extends CatalogDatabase>(ref: string, matches: readonly Known[]): Known {
  const chosen = chooseLiving(ref, matches) ?? matches.at(-1)
  if (chosen === undefined)
    throw new SallyportError('database_not_found', `No database has ${JSON.stringify(ref)} as its resource id, ARN or Sallyport id.`)
  return chosen
}

function chooseLiving<Known extends CatalogDatabase>(ref: string, matches: readonly Known[]): Known | null {
  const living = matches.filter((database) => database.goneAt === null)
  const named = living.filter(({ id, resourceId, arn }) => [id, resourceId, arn].includes(ref))
  // An ARN that AWS gives to one database and the file to another is the one's in AWS: the file is out of date.
  const inAws = named.some(({ arn, found }) => arn === ref && found) ? named.filter(({ found }) => found) : named
  if (inAws.length > 1) {
    const arns = inAws.map((database) => database.arn).join(', ')
    throw new SallyportError('ambiguous_database', `${JSON.stringify(ref)} is the resource id of ${arns}.`)
  }
  const cluster = living[0]
  if (named.length === 0 && cluster !== undefined) {
    throw new SallyportError(
      'aurora_member',
      `${JSON.stringify(ref)} is an instance of the cluster ${cluster.identifier}; ask for ${cluster.resourceId} instead, whose database users are those of all its instances.`,
    )
  }
  return inAws[0] ?? null
}
