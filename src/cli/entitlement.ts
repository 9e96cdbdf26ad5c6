import type { AskForAccess, Database, Sallyport } from '../client/index.ts'
import { UsageError } from './failure.ts'

export type Entitlement = AskForAccess['entitlements'][number]

/** Those that the API knows a database by; anything else is taken for its name in RDS. */
const REFERENCE = /^(dbs_|cluster-|db-|prx-|arn:)/

/**
 * Reads `db_user@orders`: a database user, and a database by its id, resource id, ARN or name. What comes before the
 * last `@` is the user. Throws a UsageError for what is no such thing, and for a name that is nobody's or several's.
 */
export async function readEntitlement(sallyport: Sallyport, text: string): Promise<Entitlement> {
  const at = text.lastIndexOf('@')
  const [dbUser, database] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  if (dbUser === '' || database === '') throw new UsageError(`${JSON.stringify(text)} is not db-user@database, such as db_user@orders.`)
  return { dbUser, database: await databaseOf(sallyport, database) }
}

/** What the API knows a database by: its name in RDS is looked up. Throws a UsageError for a name that is nobody's or several's. */
export const databaseOf = async (sallyport: Sallyport, name: string): Promise<string> =>
  REFERENCE.test(name) ? name : resourceIdOf(sallyport, name)

async function resourceIdOf(sallyport: Sallyport, name: string): Promise<string> {
  const named: Database[] = []
  for await (const database of sallyport.each('/v1/databases', { params: { query: { q: name } } })) {
    if (database.identifier === name) named.push(database)
  }
  const [only, ...others] = named
  if (only === undefined) throw new UsageError(`No database is called ${JSON.stringify(name)}; \`sallyport databases\` lists them.`)
  if (others.length === 0) return only.resourceId
  const all = named.map(({ account, region, resourceId }) => `${resourceId} (account ${account}, ${region})`)
  throw new UsageError(`Several databases are called ${name}; name one by its resource id: ${all.join(', ')}.`)
}

const WRITTEN = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/

/** A duration as people write it, such as `90m` or `1h30m`, as ISO 8601; one in ISO 8601 as it is. */
export function readDuration(text: string): string {
  if (text.startsWith('P')) return text
  const [whole, days, hours, minutes] = WRITTEN.exec(text.replaceAll(' ', '')) ?? []
  if (whole === undefined || whole === '') throw new UsageError(`${JSON.stringify(text)} is not a duration such as 90m, 2h, 1h30m or PT2H.`)
  const time = `${hours === undefined ? '' : `${hours}H`}${minutes === undefined ? '' : `${minutes}M`}`
  return `P${days === undefined ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
}
