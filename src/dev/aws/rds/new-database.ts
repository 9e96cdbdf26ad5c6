import { createHash } from 'node:crypto'
import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import { randomId } from '../random-id.ts'
import type { Tag } from '../tags.ts'
import type { Cluster, Database, Instance, Proxy } from './database-state.ts'
import { findDatabase } from './find-database.ts'
import { invalidCombination, invalidValue, isTrue, newIdentifier, oneOf, portFor, required } from './rds-parameters.ts'

/** A tag that chooses the resource id of what is created. It is an instruction to the stand-in, and not kept as a tag. */
const RESOURCE_ID_TAG = 'standin:resource-id'

/** Amazon Neptune and DocumentDB keep their clusters in RDS, so that its lists hold them too. */
const clusterEngines = ['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql', 'neptune', 'docdb'] as const
const instanceEngines = [...clusterEngines, 'mariadb', 'oracle-ee', 'sqlserver-se'] as const

/** RDS User Guide, "IAM database authentication": the engines that can do it, and the version that one gets unasked. */
const iamEngines: ReadonlySet<string> = new Set(['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql', 'mariadb', 'neptune'])
const versions: Readonly<Record<(typeof instanceEngines)[number], string>> = {
  'aurora-postgresql': '16.6',
  'aurora-mysql': '8.0.mysql_aurora.3.08.2',
  postgres: '17.4',
  mysql: '8.4.5',
  mariadb: '11.4.5',
  neptune: '1.4.5.0',
  docdb: '5.0.0',
  'oracle-ee': '19.0.0.0.ru-2025-04.rur-2025-04.r1',
  'sqlserver-se': '16.00.4185.3.v1',
}

export function newCluster(call: Call): Cluster {
  const identifier = newIdentifier(call, 'DBClusterIdentifier')
  refuseTaken(call, 'cluster', identifier)
  const engine = oneOf('Engine', required(call, 'Engine'), clusterEngines)
  return {
    ...common(call, identifier, engine),
    kind: 'cluster',
    arn: arnOf(call, 'cluster', identifier),
    resourceId: newResourceId(call, 'cluster-', () => randomId('cluster-', 26)),
    host: hostOf(call, `${identifier}.cluster-`),
    ...newServer(call, engine),
    endpoints: [],
  }
}

/** An instance on its own, or one of an Aurora cluster, whose port and IAM authentication it then shares. */
export function newInstance(call: Call): Instance {
  const identifier = newIdentifier(call, 'DBInstanceIdentifier')
  refuseTaken(call, 'instance', identifier)
  const engine = oneOf('Engine', required(call, 'Engine'), instanceEngines)
  const clusterName = call.parameters.get('DBClusterIdentifier')
  if (clusterName === null && !standsAlone(engine)) throw invalidValue(`An instance of ${engine} must be in a DB cluster`)
  const cluster = clusterName === null ? null : findDatabase(call, 'cluster', clusterName)
  if (cluster !== null && cluster.engine !== engine) {
    throw invalidCombination(
      `The engine name requested for your DB instance (${engine}) doesn't match that of your DB cluster (${cluster.engine}).`,
    )
  }
  const { port, engineVersion, iamAuthentication } = cluster ?? newServer(call, engine)
  return {
    ...common(call, identifier, engine),
    kind: 'instance',
    arn: arnOf(call, 'db', identifier),
    resourceId: newResourceId(call, 'db-', () => randomId('db-', 26)),
    host: hostOf(call, `${identifier}.`),
    port,
    engineVersion,
    iamAuthentication,
    pending: { identifier: null, iamAuthentication: null },
    instanceClass: required(call, 'DBInstanceClass'),
    cluster: cluster?.identifier ?? null,
  }
}

export function newProxy(call: Call): Proxy {
  const identifier = newIdentifier(call, 'DBProxyName')
  refuseTaken(call, 'proxy', identifier)
  const engine = oneOf('EngineFamily', required(call, 'EngineFamily'), ['POSTGRESQL', 'MYSQL', 'SQLSERVER'])
  const resourceId = newResourceId(call, 'prx-', () => randomId('prx-', 17).toLowerCase())
  return {
    ...common(call, identifier, engine),
    kind: 'proxy',
    arn: arnOf(call, 'db-proxy', resourceId), // the one place where a proxy shows its resource id
    resourceId,
    host: hostOf(call, `${identifier}.proxy-`),
    vpc: `vpc-${ownHash(call, 17)}`,
    defaultAuthScheme: defaultAuthSchemeOf(call) ?? 'NONE',
    auth: authOf(call),
    endpoints: [],
    target: null,
  }
}

/** How a proxy lets clients in, as the call says it; null if it does not. */
export function defaultAuthSchemeOf({ parameters }: Call): Proxy['defaultAuthScheme'] | null {
  const scheme = parameters.get('DefaultAuthScheme')
  return scheme === null ? null : oneOf<'NONE' | 'IAM_AUTH'>('DefaultAuthScheme', scheme, ['NONE', 'IAM_AUTH'])
}

export const authOf = ({ parameters }: Call): Proxy['auth'] =>
  parameters.structures('Auth.member').map((auth) => ({
    secretArn: auth.get('SecretArn'),
    iamAuth: oneOf('IAMAuth', auth.get('IAMAuth') ?? 'DISABLED', ['DISABLED', 'REQUIRED', 'ENABLED']),
  }))

/** Throws InvalidParameterCombination for an engine without IAM authentication. */
export function refuseIamAuthentication(engine: string): void {
  if (!iamEngines.has(engine)) throw invalidCombination(`IAM Database Authentication is not supported for the engine ${engine}`)
}

function newServer(call: Call, engine: (typeof instanceEngines)[number]) {
  const iamAuthentication = isTrue(call, 'EnableIAMDatabaseAuthentication')
  if (iamAuthentication) refuseIamAuthentication(engine)
  return {
    engineVersion: call.parameters.get('EngineVersion') ?? versions[engine],
    port: portFor(call, engine),
    iamAuthentication,
    pending: { identifier: null, iamAuthentication: null },
  }
}

const standsAlone = (engine: string): boolean => !/^(aurora-|neptune|docdb)/.test(engine)

const common = (call: Call, identifier: string, engine: string) => ({
  region: call.region,
  identifier,
  engine,
  created: new Date().toISOString(),
  tags: tagsOf(call).filter(({ key }) => key !== RESOURCE_ID_TAG),
})

/** The tags that the call brings. */
export const tagsOf = (call: Call): Tag[] =>
  call.parameters.structures('Tags.Tag').map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' }))

const alreadyExists: Readonly<Record<Database['kind'], string>> = {
  cluster: 'DBClusterAlreadyExistsFault',
  instance: 'DBInstanceAlreadyExists',
  proxy: 'DBProxyAlreadyExistsFault',
}

/** Identifiers are one account's in one region, for each kind. Throws the kind's AlreadyExists. */
export function refuseTaken(call: Call, kind: Database['kind'], identifier: string): void {
  const taken = call.account.databases.some(
    (other) => other.kind === kind && other.region === call.region && other.identifier === identifier,
  )
  if (taken) throw new Refusal(400, alreadyExists[kind], `There is already a ${kind} with the identifier ${identifier}`)
}

export const arnOf = (call: Call, type: string, name: string): string =>
  `arn:${call.partition}:rds:${call.region}:${call.caller.account}:${type}:${name}`

function newResourceId(call: Call, prefix: string, make: () => string): string {
  const chosen = tagsOf(call).find(({ key }) => key === RESOURCE_ID_TAG)?.value
  if (chosen === undefined) return make()
  if (!chosen.startsWith(prefix) || !/^[a-z]+-[A-Za-z0-9]+$/.test(chosen)) {
    throw invalidValue(`${RESOURCE_ID_TAG} must be ${prefix} and letters and digits, not ${chosen}`)
  }
  if (call.account.databases.some(({ region, resourceId }) => region === call.region && resourceId === chosen)) {
    throw invalidValue(`The resource id ${chosen} is in use`)
  }
  return chosen
}

/** A host name as RDS makes them, with the 12 characters that are one account's in one region. */
export const hostOf = (call: Call, start: string): string =>
  `${start}${ownHash(call, 12)}.${call.partition === 'aws-cn' ? `rds.${call.region}.amazonaws.com.cn` : `${call.region}.rds.amazonaws.com`}`

function ownHash({ caller, region }: Call, length: number): string {
  const hash = createHash('sha256').update(`${caller.account}/${region}`).digest()
  return [...hash.subarray(0, length)].map((byte) => (byte % 36).toString(36)).join('')
}
