import type { RequestEntitlement } from './request.ts'

/**
 * What a wildcard lets connect to, in words for an approver: what there is today, and what joins by itself later. Null
 * where nothing is left open.
 */
export function coverage({ database, place, dbUser, today }: RequestEntitlement): string | null {
  const where = database === null ? `every database of ${place.region} in account ${place.accountId}` : database.identifier
  if (database === null) {
    const who = dbUser === '*' ? 'Every user' : `The user ${dbUser}`
    const known = today === 1 ? '1 database' : `${today ?? 0} databases`
    return (
      `${who} of ${where}: ${known} known today. Whatever is made or restored there later joins at once, and so do databases ` +
      `that Sallyport does not know${dbUser === '*' ? '; owners and administrators inside the databases are among the users' : ''}.`
    )
  }
  if (dbUser !== '*') return null
  return `Every user of ${where}, its owner and administrators too; users made later join at once.`
}
