import { ConfigError } from '../config/index.ts'
import { type Database, readDeployment } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Attached } from './attached.ts'
import { clockFindings } from './clock.ts'
import { attachedToPrincipals, postgresAhead, withoutIamAuthentication } from './doctor-view.ts'
import { type Finding, findingsAt } from './finding.ts'

export interface PostgresReport {
  /** Null if it cannot be read. */
  readonly deploymentId: string | null
  /** Milliseconds that its clock is ahead of this machine's; null if it does not answer. */
  readonly clockAhead: number | null
  /** Principals that have grants, by account. */
  readonly attached: ReadonlyMap<string, readonly Attached[]>
  readonly findings: readonly Finding[]
}

/**
 * Whether Postgres answers, has the schema of this version and lets connections take on the run-time role; its clock; and
 * databases with IAM authentication off; the principals that have grants. `whyNotReady` is that of /readyz.
 */
export async function checkPostgres(db: Database, whyNotReady: (db: Database) => Promise<string | null>): Promise<PostgresReport> {
  const { error } = findingsAt('Postgres')
  const why = await whyNotReady(db)
  const notReady = why === null ? [] : [error('postgres', why, cureOf(why))]
  try {
    const { id } = await readDeployment(db)
    const clockAhead = await postgresAhead(db)
    const findings = [...notReady, ...clockFindings('Postgres', 'Postgres', clockAhead), ...(await withoutIamAuthentication(db))]
    return { deploymentId: id, clockAhead, attached: await attachedToPrincipals(db), findings }
  } catch (fault) {
    if (!(fault instanceof ConfigError) && !(fault instanceof SallyportError)) throw fault
    const role =
      fault instanceof ConfigError ? [error('postgres', fault.message, 'Do as it says, so that the past cannot be changed.')] : notReady
    return { deploymentId: null, clockAhead: null, attached: new Map(), findings: role }
  }
}

function cureOf(why: string): string {
  if (why.startsWith('postgres')) return 'Check DATABASE_URL: host, port, user and password; and the network between here and it.'
  if (why.startsWith('schema')) return 'Run `sallyport migrate` as the owner.'
  return 'Start `sallyport serve`, or run `sallyport rules activate`.'
}
