import type { CatalogDatabase } from '../catalog/index.ts'
import type { RequestEntitlement, Selector } from './request.ts'

/** A database with a database user that a request did not have when it was made. */
export interface Latecomer {
  readonly database: CatalogDatabase
  readonly dbUser: string
  /** As which of the request's selectors it is meant. */
  readonly selectors: readonly Selector[]
  /** What was judged of it, in short: another text if it is to be judged again. */
  readonly facts: string
}

/** A latecomer as an entitlement of a request that it is no part of. */
export const entitlementOf = (
  { database, dbUser }: Pick<Latecomer, 'database' | 'dbUser'>,
  position: number,
  selector: Selector | null = null,
): RequestEntitlement => ({
  position,
  database,
  place: { partition: database.partition, accountId: database.accountId, region: database.region },
  dbUser,
  selector,
  today: null,
})
