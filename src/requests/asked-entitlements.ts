import {
  type CatalogDatabase,
  chooseDatabase,
  type DatabaseLookup,
  databaseFromJson,
  enableIamAuthCommand,
  type LookupResult,
} from '../catalog/index.ts'
import type { Account } from '../config/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import type { AskedPrincipal } from './parts.ts'
import { type Place, type RequestEntitlement, resourceOf, type Selector } from './request.ts'
import { type Asking, refuseOutOfReach } from './within-reach.ts'

/** What an entitlement names: one database by a reference, or several. */
export interface AskedEntitlement {
  readonly database: string | Selector
  readonly dbUser: string
}

/** How many entitlements a request may have, each database that tags name counted as one. */
const MOST = 200

/** What has to be read of the catalog. Tags are looked for in the account named, or that of the principal; what is no ARN names none. */
export const lookupsOf = (asked: {
  readonly principal: string
  readonly entitlements: readonly AskedEntitlement[]
}): readonly DatabaseLookup[] => {
  const [, , , , account = ''] = asked.principal.split(':')
  return asked.entitlements.map(({ database }) =>
    typeof database === 'string' ? { ref: database } : { ...database, account: database.account ?? account },
  )
}

/**
 * The entitlements that are asked for, tags resolved to the databases that have them now. Pure. Throws
 * `unknown_account`, `unknown_database`, `ambiguous_database`, `iam_authentication_off`, `invalid_db_user`, `cross_account`,
 * `unsupported_path`, and `invalid_request` for what is asked for twice, or is too much.
 */
export function entitlementsOf(
  asked: readonly AskedEntitlement[],
  found: readonly LookupResult[],
  asking: Asking,
  accounts: readonly Account[],
): readonly RequestEntitlement[] {
  const entitlements: RequestEntitlement[] = []
  const resources = new Set<string>()
  for (const [index, { database, dbUser }] of asked.entries()) {
    const pointer = `/entitlements/${index}`
    const { matches = [], count = 0 } = found[index] ?? {}
    const databases = matches.map(databaseFromJson)
    const named =
      typeof database === 'string'
        ? [oneDatabase(database, databases, pointer)]
        : inField(`${pointer}/database`, () => selected(database, databases, asking.principal, accounts))
    for (const [each, place] of named) {
      const entitlement = {
        position: entitlements.length,
        database: each,
        place: { partition: place.partition, accountId: place.accountId, region: place.region },
        dbUser,
        selector: typeof database === 'string' ? null : database,
        today: each === null ? count : null,
      }
      refuseOutOfReach({ ...entitlement, engine: each?.engine ?? null }, asking, pointer)
      const resource = resourceOf(entitlement)
      if (resources.has(resource)) refuse(pointer, `${resource} is asked for twice.`, 'repeats another entitlement')
      resources.add(resource)
      entitlements.push(entitlement)
    }
  }
  if (entitlements.length <= MOST) return entitlements
  return refuse('/entitlements', `These are ${entitlements.length} entitlements; ask for at most ${MOST} at a time.`, 'are too many')
}

/** A database, or null for all of a place, and where it is. */
type Named = readonly [CatalogDatabase | null, Place]

function oneDatabase(reference: string, matches: readonly CatalogDatabase[], pointer: string): Named {
  return inField(`${pointer}/database`, () => {
    const database = chooseDatabase(reference, matches)
    if (database.iamAuth) return [database, database]
    const detail = `${database.arn} does not accept IAM authentication; turn it on with: ${enableIamAuthCommand(database)}`
    throw new SallyportError('iam_authentication_off', detail)
  })
}

/** By tags those that accept IAM authentication; without tags the one thing that stands for all. */
function selected(
  selector: Selector,
  matches: readonly CatalogDatabase[],
  principal: AskedPrincipal,
  accounts: readonly Account[],
): readonly Named[] {
  const { region, tags } = selector
  const id = selector.account ?? principal.account
  if (id === null) {
    const detail = 'A permission set is in no account: name that of the databases.'
    throw new SallyportError('invalid_request', detail, { fields: [{ pointer: '/account', detail: 'is needed' }] })
  }
  const account = accounts.find((each) => each.id === id)
  if (account === undefined) throw new SallyportError('unknown_account', `Account ${id} is not managed here.`)
  if (!account.regions.includes(region)) {
    const detail = `${region} is not a region of account ${id} here; it has ${account.regions.join(', ')}.`
    throw new SallyportError('unknown_database', detail)
  }
  if (tags === null) return [[null, { partition: account.partition, accountId: id, region }]]
  const able = matches.filter((database) => database.iamAuth)
  if (able.length > 0) return able.map((database) => [database, database])
  const wanted = Object.entries(tags).map(([key, value]) => `${key}: ${value}`)
  const without = matches.length === 0 ? '' : ` that accepts IAM authentication (${matches.length} without it have the tags)`
  throw new SallyportError('unknown_database', `No database of ${id} in ${region} has ${wanted.join(', ')}${without}.`)
}

function refuse(pointer: string, detail: string, field: string): never {
  throw new SallyportError('invalid_request', detail, { fields: [{ pointer, detail: field }] })
}
