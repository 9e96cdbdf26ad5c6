import { accountFault, partitionFault, refuseArn, regionFault, splitArn } from './arn.ts'
import { quoted } from './quoted.ts'

/** What can be connected to, as RDS names it for managing. */
export interface RdsArn {
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly kind: 'cluster' | 'instance' | 'proxy'
  /** The name that people gave a cluster or an instance; for a proxy its id, `prx-…`, which is its resource id too. */
  readonly identifier: string
}

const kinds: ReadonlyMap<string, RdsArn['kind']> = new Map([
  ['cluster', 'cluster'],
  ['db', 'instance'],
  ['db-proxy', 'proxy'],
])

/**
 * Reads the ARN of a cluster, an instance or a proxy: `…:cluster:name`, `…:db:name`, `…:db-proxy:prx-…`
 * (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.html). Throws `invalid_arn` in words.
 */
export function parseRdsArn(text: string): RdsArn {
  const { partition, service, region, account, resource } = splitArn(text)
  if (service === 'rds-db') refuseArn(text, 'an "rds-db:" ARN names a database user; the database itself has an "rds:" ARN')
  if (service !== 'rds') refuseArn(text, `the service is ${quoted(service)}; the ARN of a database has "rds"`)
  const place = partitionFault(partition) ?? regionFault(partition, region) ?? accountFault(account)
  if (place !== null) refuseArn(text, place)
  const colon = resource.indexOf(':')
  const type = colon < 0 ? resource : resource.slice(0, colon)
  const kind = kinds.get(type)
  if (kind === undefined) {
    refuseArn(text, `${quoted(type)} is nothing that one connects to; a cluster has "cluster:", an instance "db:", a proxy "db-proxy:"`)
  }
  const identifier = colon < 0 ? '' : resource.slice(colon + 1)
  const fault = identifierFault(kind, identifier)
  if (fault !== null) refuseArn(text, fault)
  return { partition, region, account, kind, identifier }
}

function identifierFault(kind: RdsArn['kind'], identifier: string): string | null {
  if (identifier === '') return `the ${kind === 'proxy' ? 'id' : 'identifier'} of the ${kind} is missing`
  if (/[*?]/.test(identifier)) return `${quoted(identifier)} holds a wildcard; name one ${kind}`
  if (kind === 'proxy') {
    return /^prx-[A-Za-z0-9]+$/.test(identifier)
      ? null
      : `${quoted(identifier)} is not the id of a proxy; that is prx- with letters and digits`
  }
  if (/^(cluster|db)-[A-Z0-9]+$/.test(identifier)) return `${quoted(identifier)} is a resource id; an "rds:" ARN ends with the identifier`
  if (/^(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(identifier)) return null
  return (
    `${quoted(identifier)} is not the identifier of a database: up to 63 small letters, digits and single hyphens, ` +
    'beginning with a letter and not ending with a hyphen'
  )
}
