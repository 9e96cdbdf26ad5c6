import { type DatabaseJson, databaseFromJson, databaseJson, enableIamAuthCommand } from '../catalog/index.ts'
import type { Reader, Statement } from '../db/index.ts'
import type { Attached } from './attached.ts'
import { type Finding, findingsAt } from './finding.ts'

const clock: Statement = { name: 'doctor-clock', text: 'select clock_timestamp() as now' }

/** How many milliseconds Postgres' clock is ahead of this machine's; the way there and back counts half. */
export async function postgresAhead(db: Reader): Promise<number | null> {
  const sent = Date.now()
  const [row] = await db.query<{ now: Date }>(clock, [])
  const received = Date.now()
  return row === undefined ? null : row.now.getTime() - (sent + received) / 2
}

const withoutIam: Statement = {
  name: 'doctor-without-iam-authentication',
  text: `select a.id, a.name, count(*)::int as total, (array_agg(d.identifier order by d.identifier))[1:5] as some,
      (array_agg(${databaseJson} order by d.identifier))[1] as first
    from database d join account a on a.id = d.account_id
    where not d.iam_auth and d.gone_at is null group by a.id order by a.id`,
}

interface WithoutIam {
  readonly id: string
  readonly name: string
  readonly total: number
  readonly some: readonly string[]
  readonly first: DatabaseJson
}

/** Databases of the catalog to which nobody can connect by IAM, by account. */
export async function withoutIamAuthentication(db: Reader): Promise<readonly Finding[]> {
  const accounts = await db.query<WithoutIam>(withoutIam, [])
  return accounts.map(({ id, name, total, some, first }) => {
    const names = total > some.length ? `${some.join(', ')} and ${total - some.length} more` : some.join(', ')
    return findingsAt(`${id} (${name})`).warning(
      'iam-authentication',
      `IAM authentication is off on ${names}: nobody can be given access to ${total === 1 ? 'it' : 'them'}`,
      `If access is to be given: ${enableIamAuthCommand(databaseFromJson(first))}`,
    )
  })
}

const attached: Statement = {
  name: 'doctor-attached',
  text: `select t.account_id as id,
      json_agg(json_build_object('arn', t.arn, 'kind', t.kind, 'attached', cardinality(p.attached)) order by t.arn) as principals
    from target t join snapshot_principal p on p.account_id = t.account_id and p.unique_id = t.unique_id
    where exists (select from "grant" g where g.target_id = t.id and g.status <> 'ended') group by t.account_id`,
}

/** How many managed policies the last sweep saw on each principal that has grants which have not ended, by account. */
export async function attachedToPrincipals(db: Reader): Promise<ReadonlyMap<string, readonly Attached[]>> {
  const accounts = await db.query<{ readonly id: string; readonly principals: readonly Attached[] }>(attached, [])
  return new Map(accounts.map(({ id, principals }) => [id, principals]))
}
