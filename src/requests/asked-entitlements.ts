import {
  type CatalogDatabase,
  chooseDatabase,
  type DatabaseLookup,
  databaseFromJson,
  enableIamAuthCommand,
  type LookupResult,
} from '../catalog/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import { checkDbUser, type PrincipalArn } from '../policy/index.ts'
import { type RequestEntitlement, resourceOf, type Selector } from './request.ts'

/** What an entitlement names: one database by a reference, or several. */
export interface AskedEntitlement {
  readonly database: string | Selector
  readonly dbUser: string
}

/** How many entitlements a request may have, each database that tags name counted as one. */
const MOST = 200

/** What has to be read of the catalog. Tags are looked for in the account of the principal; what is no ARN names none. */
export const lookupsOf = (asked: {
  readonly principal: string
  readonly entitlements: readonly AskedEntitlement[]
}): readonly DatabaseLookup[] => {
  const [, , , , account = ''] = asked.principal.split(':')
  return asked.entitlements.map(({ database }) => (typeof database === 'string' ? { ref: database } : { account, ...database }))
}

/**
 * The entitlements that are asked for, tags resolved to the databases that have them now. Pure. Throws
 * `unknown_database`, `ambiguous_database`, `iam_authentication_off`, `invalid_db_user`, `cross_account`, and
 * `invalid_request` for what is asked for twice, or is too much.
 */
export function entitlementsOf(
  asked: readonly AskedEntitlement[],
  found: readonly LookupResult[],
  principal: PrincipalArn,
  regions: readonly string[],
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
        : inField(`${pointer}/database`, () => selected(database, databases, principal, regions))
    for (const each of named) {
      const place = each ?? { partition: principal.partition, accountId: principal.account, region: regionOf(database) }
      const entitlement = {
        position: entitlements.length,
        database: each,
        place: { partition: place.partition, accountId: place.accountId, region: place.region },
        dbUser,
        selector: typeof database === 'string' ? null : database,
        today: each === null ? count : null,
      }
      checkEntitlement(entitlement, principal, pointer)
      const resource = resourceOf(entitlement)
      if (resources.has(resource)) refuse(pointer, `${resource} is asked for twice.`, 'repeats another entitlement')
      resources.add(resource)
      entitlements.push(entitlement)
    }
  }
  if (entitlements.length <= MOST) return entitlements
  return refuse('/entitlements', `These are ${entitlements.length} entitlements; ask for at most ${MOST} at a time.`, 'are too many')
}

const regionOf = (database: string | Selector): string => (typeof database === 'string' ? '' : database.region)

function oneDatabase(reference: string, matches: readonly CatalogDatabase[], pointer: string): CatalogDatabase {
  return inField(`${pointer}/database`, () => {
    const database = chooseDatabase(reference, matches)
    if (database.iamAuth) return database
    const detail = `${database.arn} does not accept IAM authentication; turn it on with: ${enableIamAuthCommand(database)}`
    throw new SallyportError('iam_authentication_off', detail)
  })
}

/** By tags those that accept IAM authentication; without tags the one thing that stands for all. */
function selected(
  { region, tags }: Selector,
  matches: readonly CatalogDatabase[],
  principal: PrincipalArn,
  regions: readonly string[],
): readonly (CatalogDatabase | null)[] {
  if (!regions.includes(region)) {
    const detail = `${region} is not a region of account ${principal.account} here; it has ${regions.join(', ')}.`
    throw new SallyportError('unknown_database', detail)
  }
  if (tags === null) return [null]
  const able = matches.filter((database) => database.iamAuth)
  if (able.length > 0) return able
  const wanted = Object.entries(tags).map(([key, value]) => `${key}: ${value}`)
  const without = matches.length === 0 ? '' : ` that accepts IAM authentication (${matches.length} without it have the tags)`
  throw new SallyportError('unknown_database', `No database of ${principal.account} in ${region} has ${wanted.join(', ')}${without}.`)
}

function checkEntitlement({ database, dbUser, place }: RequestEntitlement, principal: PrincipalArn, pointer: string): void {
  if (dbUser !== '*') inField(`${pointer}/dbUser`, () => checkDbUser(dbUser, database?.engine ?? null))
  if (place.accountId === principal.account && place.partition === principal.partition) return
  const where = database?.arn ?? `${place.region} of ${place.accountId}`
  const detail = `${where} is in account ${place.accountId}, the principal in ${principal.account}; a policy works only in the account of the database.`
  throw new SallyportError('cross_account', detail, {
    fields: [{ pointer: `${pointer}/database`, detail: 'is in another account than the principal' }],
  })
}

function refuse(pointer: string, detail: string, field: string): never {
  throw new SallyportError('invalid_request', detail, { fields: [{ pointer, detail: field }] })
}
