import type { LaterMatch } from './later-match.ts'
import type { RequestEntitlement } from './request.ts'

/**
 * What an entitlement that leaves something open lets connect to, in words for an approver: what there is today, and what
 * becomes of that which comes later. Null where nothing is left open.
 */
export function coverage(entitlement: RequestEntitlement, later: readonly LaterMatch[]): string | null {
  const { database, dbUser } = entitlement
  const open = [
    ...(database === null ? [wholeRegion(entitlement), ...reachedLater(entitlement, later)] : []),
    ...(database !== null && dbUser === '*'
      ? [`Every user of ${database.identifier}, its owner and administrators too; users made later join at once.`]
      : []),
    ...byTags(entitlement),
  ]
  return open.length === 0 ? null : open.join(' ')
}

function wholeRegion({ place, dbUser, today }: RequestEntitlement): string {
  const who = dbUser === '*' ? 'Every user' : `The user ${dbUser}`
  const known = today === 1 ? '1 database' : `${today ?? 0} databases`
  return (
    `${who} of every database of ${place.region} in account ${place.accountId}: ${known} known today. Whatever is made or restored ` +
    `there later joins at once, and so do databases that Sallyport does not know${dbUser === '*' ? '; owners and administrators inside the databases are among the users' : ''}. ` +
    'Where the rules would not have one that comes later, `later` and the grant say so.'
  )
}

function reachedLater({ place, dbUser }: RequestEntitlement, later: readonly LaterMatch[]): string[] {
  const beyond = later.filter(
    (late) =>
      late.outcome === 'too_wide' &&
      late.dbUser === dbUser &&
      late.database.goneAt === null &&
      late.database.accountId === place.accountId &&
      late.database.region === place.region,
  )
  return beyond.length === 0 ? [] : [`So it is with ${beyond.map((late) => late.database.identifier).join(', ')}.`]
}

function byTags({ place, selector }: RequestEntitlement): string[] {
  if (selector === null || selector.tags === null) return []
  const tags = Object.entries(selector.tags).map(([key, value]) => `${key}: ${value}`)
  return [
    `Chosen by tags (${tags.join(', ')}): a database of ${place.region} in account ${place.accountId} that gets them later joins while ` +
      'this access lasts, if the same rule or a laxer one applies to it; otherwise it is asked for in a request of its own. `later` lists them.',
  ]
}
