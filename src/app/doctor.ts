import { type AccountInspector, type AwsOptions, inspectAccount } from '../aws/index.ts'
import { type Account, ConfigError, type Environment, loadSallyportFile, type SallyportFile } from '../config/index.ts'
import { connect } from '../db/index.ts'
import {
  checkAccount,
  checkIdentity,
  checkPostgres,
  type Finding,
  findingsAt,
  type IdentityReport,
  nameOf,
  reportOf,
  ruleSetFindings,
} from '../doctor/index.ts'
import { whyNotReady } from '../http/index.ts'
import { findActiveHash, ruleSetHash } from '../identity/index.ts'
import { atMost } from '../kernel/at-most.ts'
import { doctorTables } from './doctor-tables.ts'

/** At the same time; each makes some ten calls. */
const ACCOUNTS_AT_ONCE = 8

/**
 * `sallyport doctor`: looks at the configuration, Postgres and every account, and changes nothing. `progress` is told of
 * each as it is done, `say` the result. Answers the exit code: 1 if something is wrong, 0 if there is nothing but warnings.
 */
export async function doctorCommand(
  environment: Environment<'doctor'>,
  { json }: { readonly json: boolean },
  say: (text: string) => void,
  progress: (text: string) => void,
): Promise<0 | 1> {
  const file = await readFile(environment.configPath)
  progress(`${environment.configPath}: ${file.findings.length === 0 ? `accounts: ${file.accounts.length}` : 'cannot be used'}`)
  const { postgres, inForce } = await lookAtPostgres(environment.databaseUrl)
  progress(`Postgres: ${outcome(postgres.findings)}`)

  const aws = { endpoint: environment.awsEndpoint, region: environment.awsRegion, credentials: null }
  const identity = await ownIdentity(aws, file.accounts)
  if (identity !== null) progress(`AWS: ${outcome(identity.findings)}`)
  const known = {
    ownIdentity: identity?.arn ?? null,
    deploymentId: postgres.deploymentId,
    attached: postgres.attached,
    identityCenter: file.identityCenter,
    guarded: file.principals,
  }
  const accounts = await atMost(ACCOUNTS_AT_ONCE, identity?.usable === true ? file.accounts : [], async (account) => {
    const report = await within(inspectAccount(aws, account), (inspector) => checkAccount(account, inspector, known))
    progress(`${nameOf(account)}: ${report.tier === 'unknown' ? '' : `${report.tier}, `}${outcome(report.findings)}`)
    return report
  })
  const report = reportOf({
    identity,
    postgres,
    accounts,
    others: [...file.findings, ...ruleSetFindings(environment.configPath, file.hash, inForce)],
  })
  say(json ? JSON.stringify(report, null, 2) : doctorTables(report))
  return report.ok ? 0 : 1
}

interface FileAtHand extends Pick<SallyportFile, 'accounts' | 'identityCenter' | 'principals'> {
  /** Of its rule set; null if it cannot be used. */
  readonly hash: string | null
  readonly findings: readonly Finding[]
}

async function readFile(path: string): Promise<FileAtHand> {
  try {
    const loaded = await loadSallyportFile(path)
    const { accounts, identityCenter, principals } = loaded.file
    const none = findingsAt(path).warning(
      'configuration',
      'No accounts are declared: nothing can be asked for',
      'Add them under `accounts`.',
    )
    return { accounts, identityCenter, principals, hash: ruleSetHash(loaded), findings: accounts.length === 0 ? [none] : [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const cure = 'Mend it and run `sallyport rules check`; the accounts were not looked at.'
    const nothing = { accounts: [], identityCenter: null, principals: [], hash: null }
    return { ...nothing, findings: [findingsAt(path).error('configuration', error.message, cure)] }
  }
}

async function lookAtPostgres(connectionString: string) {
  const db = connect({ connectionString, applicationName: 'sallyport doctor', poolSize: 2, onIdleError: () => {} })
  try {
    const postgres = await checkPostgres(db, whyNotReady)
    return { postgres, inForce: postgres.deploymentId === null ? null : await findActiveHash(db) }
  } finally {
    await db.close()
  }
}

/** Asked in the first account's region: credentials are of one partition. */
async function ownIdentity(aws: AwsOptions, [first]: readonly Account[]): Promise<IdentityReport | null> {
  return first === undefined ? null : within(inspectAccount(aws, { ...first, roleArn: null }), checkIdentity)
}

async function within<Result>(inspector: AccountInspector, look: (inspector: AccountInspector) => Promise<Result>): Promise<Result> {
  try {
    return await look(inspector)
  } finally {
    inspector.close()
  }
}

function outcome(findings: readonly Finding[]): string {
  const count = (wanted: Finding['level']) => findings.filter(({ level }) => level === wanted).length
  const said = [`${count('error')} wrong`, `${count('warning')} to look at`].filter((text) => !text.startsWith('0 '))
  return said.length === 0 ? 'ok' : said.join(', ')
}
