import { type DatabaseJson, databaseFromJson, databaseJson, enableIamAuthCommand } from '../catalog/index.ts'
import type { Reader, Statement } from '../db/index.ts'
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
