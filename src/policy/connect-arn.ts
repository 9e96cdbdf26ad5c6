import { accountFault, partitionFault, refuseArn, regionFault, splitArn } from './arn.ts'
import { dbUserFault, longestFault } from './db-user.ts'
import { quoted } from './quoted.ts'

/**
 * What `rds-db:connect` is granted on: one database user of one database,
 * `arn:partition:rds-db:region:account:dbuser:resource-id/db-user`.
 * In a pattern, `*` may stand for the whole resource id or the whole database user, as on AWS's page.
 */
export interface ConnectArn {
  readonly partition: string
  readonly region: string
  readonly account: string
  /** `cluster-…` (Aurora cluster), `db-…` (RDS instance) or `prx-…` (proxy). */
  readonly resourceId: string
  readonly dbUser: string
}

const form = 'arn:aws:rds-db:region:account:dbuser:resource-id/db-user'

/**
 * Reads the ARN of one database user of one database; no field may be a wildcard.
 * Throws `invalid_arn`, whose detail says what is wrong with this very text.
 */
export function parseConnectArn(text: string): ConnectArn {
  const arn = fieldsOf(text)
  refuseFault(text, faultOf(arn))
  return arn
}

function fieldsOf(text: string): ConnectArn {
  const { partition, service, region, account, resource } = splitArn(text)
  if (service === 'rds') refuseArn(text, `an "rds:" ARN is for managing a database; to connect, the service is "rds-db": ${form}`)
  if (service !== 'rds-db') refuseArn(text, `the service is ${quoted(service)}; to connect, it is "rds-db": ${form}`)
  const [, resourceId, dbUser] = /^dbuser:([^/]*)\/(.*)$/s.exec(resource) ?? []
  if (resourceId === undefined || dbUser === undefined) refuseArn(text, `after the account comes "dbuser:resource-id/db-user": ${form}`)
  return { partition, region, account, resourceId, dbUser }
}

/** Prints an ARN or a pattern. Throws `invalid_arn` where parseConnectPattern would refuse the result. */
export function printConnectPattern(arn: ConnectArn): string {
  const text = join(arn)
  refuseFault(text, patternFaultOf(arn))
  return text
}

/** As parseConnectArn, but the whole resource id and the whole database user may be `*`. */
export function parseConnectPattern(text: string): ConnectArn {
  const arn = fieldsOf(text)
  refuseFault(text, patternFaultOf(arn))
  return arn
}

/** Whether whatever the second lets connect, the first does too. */
export const covers = (wide: ConnectArn, narrow: ConnectArn): boolean =>
  wide.partition === narrow.partition &&
  wide.region === narrow.region &&
  wide.account === narrow.account &&
  (wide.resourceId === '*' || wide.resourceId === narrow.resourceId) &&
  (wide.dbUser === '*' || wide.dbUser === narrow.dbUser)

const join = ({ partition, region, account, resourceId, dbUser }: ConnectArn): string =>
  `arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/${dbUser}`

const faultOf = (arn: ConnectArn): string | null => placeFault(arn) ?? resourceIdFault(arn.resourceId) ?? userFault(arn.dbUser)

const patternFaultOf = (arn: ConnectArn): string | null =>
  placeFault(arn) ??
  (arn.resourceId === '*' ? null : resourceIdFault(arn.resourceId)) ??
  (arn.dbUser === '*' ? null : userFault(arn.dbUser))

const placeFault = ({ partition, region, account }: ConnectArn): string | null =>
  partitionFault(partition) ?? regionFault(partition, region) ?? accountFault(account)

// RDS makes the ids of clusters and instances of capitals and digits, and IAM compares with case: an identifier such as
// `db-orders` in its place would grant nothing, and nobody would be told.
const resourceIdForm = /^(?:(?:cluster|db)-[A-Z0-9]+|prx-[A-Za-z0-9]+)$/

function resourceIdFault(resourceId: string): string | null {
  if (resourceIdForm.test(resourceId)) return null
  if (resourceId === '') return 'the resource id is missing after "dbuser:"'
  if (/[*?]/.test(resourceId)) return `the resource id ${quoted(resourceId)} holds a wildcard; name one database`
  return (
    `${quoted(resourceId)} is not a resource id but looks like the identifier that people gave a database; a resource id is ` +
    'cluster- or db- with capitals and digits (DbClusterResourceId, DbiResourceId), or prx- at the end of a proxy’s ARN'
  )
}

/** An ARN does not tell the engine, so the longest name of any engine has to fit; checkDbUser is stricter. */
const userFault = (dbUser: string): string | null => dbUserFault(dbUser) ?? longestFault(dbUser)

function refuseFault(text: string, fault: string | null): void {
  if (fault !== null) refuseArn(text, fault)
}
