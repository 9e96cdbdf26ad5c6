import Table from 'cli-table3'
import { type AccessItem, type AccessReport, accessReader, accessReport, notChecked, printReport } from '../access/index.ts'
import { getDatabase } from '../catalog/index.ts'
import { connect, type Database, readDeployment } from '../db/index.ts'
import type { Viewer } from '../kernel/actor.ts'
import { checkDbUser } from '../policy/index.ts'

/** Who has the database's URL sees everything. */
const operator: Viewer = { everything: true, personId: null, groups: [] }

/** `sallyport access`: answers what to print: who can connect to a database, as a table or as the JSON of GET /v1/access. */
export async function showAccessCommand(
  databaseUrl: string,
  { database: ref, dbUser, json }: { readonly database: string; readonly dbUser: string | null; readonly json: boolean },
): Promise<string> {
  const db = connect({ connectionString: databaseUrl, applicationName: 'sallyport access', poolSize: 2, onIdleError: () => {} })
  try {
    const report = await wholeReport(db, ref, dbUser)
    return json ? JSON.stringify(printReport(report, null), null, 2) : inWords(report)
  } finally {
    await db.close()
  }
}

async function wholeReport(db: Database, ref: string, dbUser: string | null): Promise<AccessReport> {
  const database = await getDatabase(db, ref)
  if (dbUser !== null) checkDbUser(dbUser, database.engine)
  const { id: deploymentId } = await readDeployment(db)
  // One page of all: each page reads the whole account.
  const whole = { limit: Number.POSITIVE_INFINITY, after: null }
  return accessReport(db, { deploymentId, viewer: operator, database, dbUser, ...whole, read: accessReader() })
}

function inWords({ database, dbUser, snapshot, guarded, items }: AccessReport): string {
  const of = `${database.identifier} (${database.resourceId}${dbUser === null ? '' : `, as ${dbUser}`})`
  const table = new Table({
    head: ['principal', 'as', 'can', 'through'],
    style: { head: [], border: [] },
    wordWrap: true,
    wrapOnWordBoundary: false,
  })
  for (const row of items.flatMap(rowsOf)) table.push(row)
  return [
    `Who can connect to ${of}, as the account was ${snapshot.asOf.toISOString()}:`,
    items.length === 0 ? 'Nobody.' : table.toString(),
    ...(guarded.length === 0 ? [] : [`Guarded, so that they can connect only to what they are granted: ${guarded.join(', ')}.`]),
    ...(snapshot.attention === null ? [] : [`Since ${snapshot.attention.since.toISOString()}: ${snapshot.attention.message}`]),
    `Not looked at: ${notChecked.join('; ')}.`,
  ].join('\n')
}

function rowsOf({ principal, access, hops }: AccessItem): string[][] {
  const direct = access.map(({ dbUser, result, administrator, grants, policies, limits }) => [
    principal.arn,
    dbUser,
    administrator ? `${result}, administrator` : result,
    [
      ...grants.map(({ grant, group }) => `grant ${grant.id} until ${grant.endsAt.toISOString()}${throughGroup(group)}`),
      ...policies.map(
        ({ source, statement, sid, conditions, leftover }) =>
          `${leftover ? 'no grant, but ' : ''}${source.arn ?? `inline policy ${source.name}`}, statement ${sid ?? statement + 1}${throughGroup(source.group)}${under(conditions)}`,
      ),
      ...limits.map(
        ({ source, statement, sid, effect, conditions }) =>
          `${effect} of ${source === null ? 'its permissions boundary' : (source.arn ?? source.name)}, statement ${sid ?? statement + 1}${under(conditions)}`,
      ),
    ].join('\n'),
  ])
  const could = hops.map(({ action, on, conditional }) => `${action} on ${on}${conditional ? ', under conditions' : ''}`)
  return [...direct, ...(could.length === 0 ? [] : [[principal.arn, '', 'could let itself', could.join('\n')]])]
}

const throughGroup = (group: string | null): string => (group === null ? '' : `, through ${group}`)
const under = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `, if ${conditions.join(' and ')}`)
