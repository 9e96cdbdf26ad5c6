import { type ConnectParts, connectParts, printConnectParts } from '../connect-resource-parts.ts'
import { byIdentifier, byMember, type DatabaseFacts } from '../database-facts.ts'
import { isPattern } from '../pattern.ts'
import { quoted } from '../quoted.ts'
import { hasVariable, reachesConnect } from '../relate.ts'
import { type Finding, finding } from './finding.ts'
import { lintDatabase } from './lint-database.ts'
import { lintDbUser } from './lint-db-user.ts'
import { lintPlace } from './lint-place.ts'
import type { PartFinding, ResourcePlace } from './resource-place.ts'

const form = 'arn:aws:rds-db:region:account:dbuser:resource-id/db-user'

/** What is wrong with one resource of a statement that is about connecting. */
export function lintResource(place: ResourcePlace): readonly Finding[] {
  const { text, pointer, version } = place
  if (/^arn:[^:]*:rds:/i.test(text)) return place.withOthers && !/:dbuser:/.test(text) ? [] : [forManaging(place)]
  const parts = connectParts(text)
  if (parts === null) return reachesConnect(text, version) ? wide(place) : misshapen(place)
  const found = [...lintService(parts, pointer), ...lintPlace(parts, place), ...lintDatabase(parts, place), ...lintDbUser(parts, place)]
  let right = parts
  for (const { fix } of found) right = { ...right, ...fix }
  const corrected = printConnectParts(right)
  return found.map(({ finding, fix }) => (Object.keys(fix).length === 0 ? finding : { ...finding, corrected }))
}

function lintService({ service }: ConnectParts, pointer: string): readonly PartFinding[] {
  if (service === 'rds-db' || isPattern(service)) return []
  const found = finding('resource_form', pointer, `the service ${quoted(service)} has no database users; it is "rds-db"`, 'Write "rds-db".')
  return [{ finding: found, fix: { service: 'rds-db' } }]
}

/** `arn:aws:rds:…`, which is for managing a database. */
function forManaging({ text, pointer, facts }: ResourcePlace): Finding {
  const parts = connectParts(text)
  const detail = `${quoted(text)} is an ARN for managing a database; connecting is on database users, whose service is "rds-db"`
  if (parts !== null) {
    return finding('rds_resource', pointer, detail, 'Write "rds-db" for "rds".', printConnectParts({ ...parts, service: 'rds-db' }))
  }
  const [, account, kind, name] = /^arn:[^:]*:rds:[^:]*:([^:]*):(cluster|db|db-proxy):(.+)$/.exec(text) ?? []
  const [database] =
    name === undefined
      ? []
      : [...byIdentifier(facts, name).filter((known) => isOf(known, kind)), ...(kind === 'db' ? byMember(facts, name) : [])].filter(
          (known) => known.account === account,
        )
  const cure = database === undefined ? `Write ${form}.` : `Write ${arnOf(database)} with the database user at the end.`
  return finding('rds_resource', pointer, detail, cure)
}

const kinds: Readonly<Record<DatabaseFacts['kind'], string>> = { cluster: 'cluster', instance: 'db', proxy: 'db-proxy' }

const isOf = (database: DatabaseFacts, kind: string | undefined): boolean => kinds[database.kind] === kind

const arnOf = ({ partition, region, account, resourceId }: DatabaseFacts): string =>
  printConnectParts({ partition, service: 'rds-db', region, account, resourceId, dbUser: 'db-user' })

/** `*`, `arn:aws:rds-db:*`, `…:dbuser:*`: wildcards that reach across the parts of an ARN. */
function wide({ text, pointer, version, namesConnect, judgeWildcards }: ResourcePlace): readonly Finding[] {
  if (!judgeWildcards || !namesConnect) return []
  const [, place] = /^(arn:[^:*?]*:rds-db:[^:*?]*:[^:*?]*):/.exec(text) ?? []
  const where = place === undefined ? 'in every region and account that the policy works in' : `of the region and account of ${place}`
  const cure = place === undefined ? `Name them: ${form}.` : `Name them, or, if all are meant, write ${place}:dbuser:*/*.`
  const what = hasVariable(text, version) ? 'can match database users' : usersIn(text)
  return [finding('wildcard_everything', pointer, `${quoted(text)} ${what} of every database ${where}, also of those to come`, cure)]
}

/** Which database users it matches: what follows its last slash is their name. */
function usersIn(text: string): string {
  const slash = text.lastIndexOf('/')
  const user = slash < 0 ? text.slice(-1) : text.slice(slash + 1)
  if (user === '*') return 'matches every database user'
  return slash < 0 ? 'matches database users' : `matches the database user ${quoted(user)}`
}

function misshapen({ text, pointer, withOthers }: ResourcePlace): readonly Finding[] {
  if (withOthers && !/rds-?db|dbuser/i.test(text)) return []
  return [
    finding(
      'resource_form',
      pointer,
      `${quoted(text)} is not the ARN of a database user and matches none`,
      `Write ${form}.`,
      reshaped(text),
    ),
  ]
}

/** With the separators in their places, where only those are wrong. */
function reshaped(text: string): string | null {
  const [, start, resourceId, dbUser] = /^(arn:[^:]*:rds-db:[^:]*:[^:]*):db-?user[:/]([^:/]+)[:/]([^:/]+)$/i.exec(text) ?? []
  return start === undefined ? null : `${start}:dbuser:${resourceId}/${dbUser}`
}
