import { createHash } from 'node:crypto'
import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import { randomId } from '../random-id.ts'
import type { Cluster, Database, Instance, Proxy, Tag } from '../state.ts'
import { findDatabase } from './find-database.ts'
import { invalidValue, isTrue, newIdentifier, oneOf, portFor, required } from './rds-parameters.ts'

/** A tag that chooses the resource id of what is created. It is an instruction to the stand-in, and not kept as a tag. */
const RESOURCE_ID_TAG = 'standin:resource-id'

export function newCluster(call: Call): Cluster {
  const identifier = newIdentifier(call, 'DBClusterIdentifier')
  refuseTaken(call, 'cluster', identifier, 'DBClusterAlreadyExistsFault')
  const engine = oneOf('Engine', required(call, 'Engine'), ['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql'])
  return {
    ...common(call, identifier, engine),
    kind: 'cluster',
    arn: arnOf(call, 'cluster', identifier),
    resourceId: newResourceId(call, 'cluster-', () => randomId('cluster-', 26)),
    host: hostOf(call, `${identifier}.cluster-`),
    port: portFor(call, engine),
    iamAuthentication: isTrue(call, 'EnableIAMDatabaseAuthentication'),
  }
}

/** An instance on its own, or one of an Aurora cluster, whose port and IAM authentication it then shares. */
export function newInstance(call: Call): Instance {
  const identifier = newIdentifier(call, 'DBInstanceIdentifier')
  refuseTaken(call, 'instance', identifier, 'DBInstanceAlreadyExists')
  const engine = oneOf('Engine', required(call, 'Engine'), ['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql', 'mariadb'])
  const clusterName = call.parameters.get('DBClusterIdentifier')
  if (clusterName === null && engine.startsWith('aurora-')) throw invalidValue(`An instance of ${engine} must be in a DB cluster`)
  const cluster = clusterName === null ? null : findDatabase(call, 'cluster', clusterName)
  return {
    ...common(call, identifier, engine),
    kind: 'instance',
    arn: arnOf(call, 'db', identifier),
    resourceId: newResourceId(call, 'db-', () => randomId('db-', 26)),
    host: hostOf(call, `${identifier}.`),
    port: cluster?.port ?? portFor(call, engine),
    iamAuthentication: cluster?.iamAuthentication ?? isTrue(call, 'EnableIAMDatabaseAuthentication'),
    instanceClass: required(call, 'DBInstanceClass'),
    cluster: cluster?.identifier ?? null,
  }
}

export function newProxy(call: Call): Proxy {
  const identifier = newIdentifier(call, 'DBProxyName')
  refuseTaken(call, 'proxy', identifier, 'DBProxyAlreadyExistsFault')
  const engine = oneOf('EngineFamily', required(call, 'EngineFamily'), ['POSTGRESQL', 'MYSQL', 'SQLSERVER'])
  const resourceId = newResourceId(call, 'prx-', () => randomId('prx-', 17).toLowerCase())
  return {
    ...common(call, identifier, engine),
    kind: 'proxy',
    arn: arnOf(call, 'db-proxy', resourceId), // the one place where a proxy shows its resource id
    resourceId,
    host: hostOf(call, `${identifier}.proxy-`),
    defaultAuthScheme: oneOf('DefaultAuthScheme', call.parameters.get('DefaultAuthScheme') ?? 'NONE', ['NONE', 'IAM_AUTH']),
    auth: call.parameters.structures('Auth.member').map((auth) => ({
      secretArn: auth.get('SecretArn'),
      iamAuth: oneOf('IAMAuth', auth.get('IAMAuth') ?? 'DISABLED', ['DISABLED', 'REQUIRED', 'ENABLED']),
    })),
  }
}

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

function refuseTaken(call: Call, kind: Database['kind'], identifier: string, code: string): void {
  const taken = call.account.databases.some(
    (other) => other.kind === kind && other.region === call.region && other.identifier === identifier,
  )
  if (taken) throw new Refusal(400, code, `There is already a ${kind} with the identifier ${identifier}`)
}

const arnOf = (call: Call, type: string, name: string): string =>
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
function hostOf({ caller, region, partition }: Call, start: string): string {
  const hash = createHash('sha256').update(`${caller.account}/${region}`).digest()
  const own = [...hash.subarray(0, 12)].map((byte) => (byte % 36).toString(36)).join('')
  return `${start}${own}.${partition === 'aws-cn' ? `rds.${region}.amazonaws.com.cn` : `${region}.rds.amazonaws.com`}`
}
