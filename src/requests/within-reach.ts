import type { Account } from '../config/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import type { Path } from '../kernel/rule.ts'
import { checkDbUser } from '../policy/index.ts'
import type { AskedPrincipal } from './parts.ts'
import type { Place } from './request.ts'

/** For whom something is asked for, and how they are to get it. */
export interface Asking {
  readonly principal: AskedPrincipal
  readonly path: Path
}

/** What is asked for: a database by its ARN, or null for all of the place, and a user of it. */
interface AskedFor {
  readonly database: { readonly arn: string } | null
  readonly place: Place
  readonly engine: string | null
  readonly dbUser: string
}

/** Throws `unknown_account` for a principal that would get a policy in an account that is not managed. Pure. */
export function refuseUnmanaged({ principal, path }: Asking, accounts: readonly Pick<Account, 'id'>[]): void {
  if (path === 'access-role' || principal.kind === 'permission-set' || accounts.some(({ id }) => id === principal.account)) return
  const detail = `Account ${principal.account} of the principal is not managed here.`
  throw new SallyportError('unknown_account', detail, { fields: [{ pointer: '/principal', detail: 'is in an unknown account' }] })
}

/**
 * Throws what no rule can allow: `invalid_db_user`, `unsupported_path` between partitions, and `cross_account` where a policy
 * is to reach into another account. `pointer` is where the entitlement was asked for. Pure.
 */
export function refuseOutOfReach({ database, place, engine, dbUser }: AskedFor, { principal, path }: Asking, pointer: string): void {
  if (dbUser !== '*') inField(`${pointer}/dbUser`, () => checkDbUser(dbUser, engine))
  const where = database?.arn ?? `${place.region} of ${place.accountId}`
  if (place.partition !== principal.partition) {
    const detail = `${where} is in partition ${place.partition}, the principal in ${principal.partition}; nothing leads from one into another.`
    throw new SallyportError('unsupported_path', detail, {
      fields: [{ pointer: `${pointer}/database`, detail: 'is in another partition than the principal' }],
    })
  }
  if (path === 'access-role' || principal.kind === 'permission-set' || place.accountId === principal.account) return
  const detail = `${where} is in account ${place.accountId}, the principal in ${principal.account}; a policy works only in the account of the database.`
  throw new SallyportError('cross_account', detail, {
    fields: [{ pointer: `${pointer}/database`, detail: 'is in another account than the principal' }],
  })
}
