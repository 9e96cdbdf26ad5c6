import type { AskForAccess, Sallyport } from '../client/index.ts'
import { suggestion } from '../config/index.ts'
import { UsageError } from './failure.ts'
import { everyOne } from './lists.ts'

export type Entitlement = AskForAccess['entitlements'][number]

/** What the API knows a database by; anything else is taken for its name in RDS, which has no upper case. */
const REFERENCE = /^(dbs_|arn:|(cluster|db|prx)-(?=.*[A-Z]))/

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

/** RDS keeps its identifiers in lower case. */
async function resourceIdOf(sallyport: Sallyport, name: string): Promise<string> {
  const identifier = name.toLowerCase()
  const alike = await everyOne(sallyport, '/v1/databases', { params: { query: { q: identifier } } })
  const named = alike.filter((database) => database.identifier === identifier)
  const [only, ...others] = named
  if (only === undefined) throw new UsageError(`No database is called ${JSON.stringify(name)}${await meantInstead(sallyport, name)}`)
  if (others.length === 0) return only.resourceId
  const all = named.map(({ account, region, resourceId }) => `\n  ${resourceId}  account ${account}, ${region}`)
  throw new UsageError(`Several databases are called ${name}; name one by its resource id:${all.join('')}`)
}

/** Of the first databases alone: a slip is not worth reading thousands. */
async function meantInstead(sallyport: Sallyport, name: string): Promise<string> {
  const { items } = await sallyport.get('/v1/databases', { params: { query: { limit: 100 } } })
  const near = suggestion(name, [...new Set(items.map(({ identifier }) => identifier))])
  return `${near}${near.endsWith('?') ? '' : '.'} \`sallyport databases\` lists them.`
}
