import type { ConnectParts } from '../connect-resource-parts.ts'
import { createDbUserSql } from '../create-db-user.ts'
import type { DatabaseFacts } from '../database-facts.ts'
import { dbUserFault, longestFault } from '../db-user.ts'
import { literally, matches, withWildcards } from '../match-pattern.ts'
import { isPattern } from '../pattern.ts'
import { quoted } from '../quoted.ts'
import { hasVariable } from '../relate.ts'
import { type Finding, finding } from './finding.ts'
import type { PartFinding, ResourcePlace } from './resource-place.ts'

/** The database user: what no database can have, what is not declared, wildcards and variables in it. */
export function lintDbUser(parts: ConnectParts, place: ResourcePlace): readonly PartFinding[] {
  const { dbUser } = parts
  const { pointer, version, judgeWildcards } = place
  if (dbUser === '*') return []
  if (dbUser === '')
    return [unfixed(finding('resource_form', pointer, 'the database user after the slash is missing', 'Name the database user.'))]
  if (hasVariable(dbUser, version)) return [unfixed(variable(dbUser, pointer))]
  if (isPattern(dbUser)) return judgeWildcards ? [wildUser(parts, place)] : []
  if (dbUser.includes('${')) return [] // in the old language, which is told of the whole policy
  const fault = dbUserFault(dbUser) ?? longestFault(dbUser)
  return fault === null
    ? undeclared(parts, place)
    : [unfixed(finding('db_user_impossible', pointer, fault, 'Write the name as it is in the database.'))]
}

const unfixed = (found: Finding): PartFinding => ({ finding: found, fix: {} })

const databasesOf = (parts: ConnectParts, { facts }: ResourcePlace): readonly DatabaseFacts[] =>
  facts.databases?.filter((database) => isIn(database, parts)) ?? []

/** The users of the databases that a resource is about; null if one of those has none declared, or no database is known. */
function declaredUsers(databases: readonly DatabaseFacts[]): readonly string[] | null {
  const users = databases.map(({ dbUsers }) => dbUsers)
  return users.length === 0 || users.includes(null) ? null : [...new Set(users.flatMap((names) => names ?? []))]
}

const isIn = (database: DatabaseFacts, parts: ConnectParts): boolean =>
  (['resourceId', 'account', 'region', 'partition'] as const).every((field) =>
    isPattern(parts[field]) ? matches(withWildcards(parts[field]), literally(database[field])) : parts[field] === database[field],
  )

function undeclared(parts: ConnectParts, place: ResourcePlace): readonly PartFinding[] {
  const { dbUser, resourceId } = parts
  const databases = databasesOf(parts, place)
  const users = declaredUsers(databases)
  if (users === null || users.includes(dbUser)) return []
  const where = resourceId === '*' ? 'any database there' : resourceId
  const twin = users.find((user) => user.toLowerCase() === dbUser.toLowerCase())
  if (twin !== undefined) {
    const detail = `${quoted(dbUser)} is declared as ${quoted(twin)} for ${where}, and capitals count: nobody can connect as ${quoted(dbUser)}`
    return [{ finding: finding('db_user_case', place.pointer, detail, `Write ${quoted(twin)}.`), fix: { dbUser: twin } }]
  }
  const known = users.length === 0 ? 'none is' : `declared are ${some(users)}`
  const detail = `the database user ${quoted(dbUser)} is not declared for ${where}; ${known}`
  const sql = [...new Set(databases.map(({ engine }) => createDbUserSql(engine, dbUser)))].join(' or ')
  const cure = `Name one that is declared; or make it in the database (${sql}) and declare it under databaseUsers in sallyport.yaml.`
  return [unfixed(finding('db_user_not_declared', place.pointer, detail, cure))]
}

function wildUser(parts: ConnectParts, place: ResourcePlace): PartFinding {
  const pattern = withWildcards(parts.dbUser)
  const caught = declaredUsers(databasesOf(parts, place))?.filter((user) => matches(pattern, literally(user)))
  const now =
    caught === undefined
      ? ''
      : caught.length === 0
        ? '; of those declared today it is none'
        : `; of those declared today it is ${some(caught)}`
  const detail = `the database user ${quoted(parts.dbUser)} is a pattern, and lets connect as every user whose name matches, those to come too${now}`
  const [only] = caught ?? []
  return {
    finding: finding('wildcard_db_user', place.pointer, detail, 'Name each database user by itself.'),
    fix: caught?.length === 1 && only !== undefined ? { dbUser: only } : {},
  }
}

const some = (users: readonly string[]): string =>
  users.slice(0, 10).map(quoted).join(', ') + (users.length > 10 ? ` and ${users.length - 10} more` : '')

function variable(dbUser: string, pointer: string): Finding {
  const username = dbUser.includes('${aws:username}') ? '; only IAM users have aws:username, a role has none' : ''
  return finding(
    'policy_variable',
    pointer,
    `the database user ${quoted(dbUser)} is what a policy variable stands for when somebody connects${username}; who may set that value chooses the database user`,
    'Name the database user, or make sure that only administrators set the value.',
  )
}
