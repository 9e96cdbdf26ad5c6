import { accountFault, partitionFault, regionFault } from '../arn.ts'
import { type ConnectParts, connectParts } from '../connect-resource-parts.ts'
import { isPattern } from '../pattern.ts'
import type { Policy } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { hasVariable } from '../relate.ts'
import type { NamedDatabase, Reach, Today } from './reach.ts'

const mostNames = 10

/** `a`, `a and b`, `a, b and 7 more`. */
export function listed(items: readonly string[], joint = 'and'): string {
  if (items.length > mostNames) return `${items.slice(0, mostNames - 1).join(', ')} ${joint} ${items.length - mostNames + 1} more`
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${joint} ${last}`
}

/** `as jane_doe on orders (cluster-…) in us-east-2 of account 123456789012` */
export const reachInWords = (reach: Reach, version: Policy['version']): string =>
  `as ${userInWords(reach, version)} on ${databasesInWords(reach, version)}`

function userInWords({ dbUser, today }: Reach, version: Policy['version']): string {
  if (dbUser !== null && hasVariable(dbUser, version)) return `the database user that ${dbUser} stands for when somebody connects`
  if (dbUser !== null && !isPattern(dbUser)) return dbUser
  const like =
    dbUser === null ? 'whatever database user' : dbUser === '*' ? 'any database user' : `any database user like ${quoted(dbUser)}`
  const declared = today === null || today.count === 0 || today.dbUsers === null ? null : today.dbUsers
  return declared === null ? like : `${like} (declared today: ${declared.length === 0 ? 'none' : listed(declared)})`
}

function databasesInWords({ resource, open, today }: Reach, version: Policy['version']): string {
  const parts = connectParts(resource)
  if (parts === null) return `whatever database ${quoted(resource)} matches${todayInWords(today)}`
  const { region, account, resourceId } = parts
  const place = `in ${anyOr('region', region, '')} of ${anyOr('account', account, 'account ')}`
  if (open) {
    const isOne = !isPattern(resourceId) && !hasVariable(resourceId, version)
    const which = isOne
      ? resourceId
      : resourceId === '*'
        ? 'every database'
        : `every database whose resource id is like ${quoted(resourceId)}`
    return `${which} ${place}${todayInWords(today)}`
  }
  const [database] = today?.databases ?? []
  if (database !== undefined) return `${nameOf(database)} ${place}`
  return `${resourceId} ${place}${cannotBe(parts) ? ', where no database can be' : today === null ? '' : ', which is no database that the catalog knows'}`
}

const cannotBe = ({ partition, region, account }: ConnectParts): boolean =>
  (partitionFault(partition) ?? regionFault(partition, region) ?? accountFault(account)) !== null

const nameOf = ({ identifier, resourceId }: NamedDatabase): string =>
  identifier === resourceId ? resourceId : `${identifier} (${resourceId})`

const anyOr = (what: string, text: string, before: string): string =>
  text === '*' ? `any ${what}` : isPattern(text) ? `any ${what} like ${quoted(text)}` : `${before}${text}`

function todayInWords(today: Today | null): string {
  if (today === null) return ' (those to come join by themselves)'
  const { count, databases } = today
  const names = databases.slice(0, mostNames).map(nameOf)
  const now = count === 0 ? 'none' : count > mostNames ? `${count}, ${names.join(', ')} among them` : listed(names)
  return ` (today ${now}; those to come join by themselves)`
}
