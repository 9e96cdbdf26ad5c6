import type { DBCluster, DBClusterEndpoint, DBInstance, DBProxy, DBProxyEndpoint, Tag } from '@aws-sdk/client-rds'
import { given } from './answer.ts'
import type { ClusterMember, DatabaseEndpoint, FoundDatabase } from './databases.ts'

/** Those that know IAM database authentication (AuroraUserGuide and UserGuide, UsingWithRDS.IAMDBAuth.html, "Availability"). */
const clusterEngines = new Set(['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql'])
const instanceEngines = new Set(['postgres', 'mysql', 'mariadb'])
const proxyEngines: Readonly<Record<string, string>> = { POSTGRESQL: 'postgres', MYSQL: 'mysql' }

/** Whether an IAM policy can let anybody connect to it. An instance of a cluster is reached by the cluster's own. */
export const isClusterOfOurs = ({ Engine }: DBCluster): boolean => clusterEngines.has(Engine ?? '')
export const isInstanceOfOurs = ({ DBClusterIdentifier, Engine }: DBInstance): boolean =>
  DBClusterIdentifier === undefined && instanceEngines.has(Engine ?? '')
export const isProxyOfOurs = ({ EngineFamily }: DBProxy): boolean => EngineFamily !== undefined && Object.hasOwn(proxyEngines, EngineFamily)

const portOf = (engine: string): number => (engine.includes('postgres') ? 5432 : 3306)

/** A cluster, with those of the region's endpoints and instances that are its own. */
export function foundCluster(cluster: DBCluster, customs: readonly DBClusterEndpoint[], instances: readonly DBInstance[]): FoundDatabase {
  const identifier = given(cluster.DBClusterIdentifier)
  const inCluster = instances.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === identifier)
  return {
    kind: 'cluster',
    resourceId: given(cluster.DbClusterResourceId),
    identifier,
    arn: given(cluster.DBClusterArn),
    engine: given(cluster.Engine),
    engineVersion: cluster.EngineVersion ?? null,
    host: cluster.Endpoint ?? null,
    port: cluster.Port ?? portOf(given(cluster.Engine)),
    iamAuth: cluster.IAMDatabaseAuthenticationEnabled === true,
    tags: tagsFrom(cluster.TagList),
    endpoints: endpointsInOrder([
      ...endpoint('writer', cluster.Endpoint),
      ...endpoint('reader', cluster.ReaderEndpoint),
      ...customs
        .filter(({ DBClusterIdentifier, EndpointType }) => DBClusterIdentifier === identifier && EndpointType === 'CUSTOM')
        .flatMap(({ Endpoint }) => endpoint('custom', Endpoint)),
      ...inCluster.flatMap(({ Endpoint }) => endpoint('instance', Endpoint?.Address)),
    ]),
    members: sortedBy(
      ({ resourceId }) => resourceId,
      inCluster.map(
        (member): ClusterMember => ({
          resourceId: given(member.DbiResourceId),
          identifier: given(member.DBInstanceIdentifier),
          arn: given(member.DBInstanceArn),
        }),
      ),
    ),
  }
}

/** An instance that is in no cluster. */
export function foundInstance(instance: DBInstance): FoundDatabase {
  const engine = given(instance.Engine)
  return {
    kind: 'instance',
    resourceId: given(instance.DbiResourceId),
    identifier: given(instance.DBInstanceIdentifier),
    arn: given(instance.DBInstanceArn),
    engine,
    engineVersion: instance.EngineVersion ?? null,
    host: instance.Endpoint?.Address ?? null,
    port: instance.Endpoint?.Port ?? portOf(engine), // no endpoint while it is being made
    iamAuth: instance.IAMDatabaseAuthenticationEnabled === true,
    tags: tagsFrom(instance.TagList),
    endpoints: endpoint('instance', instance.Endpoint?.Address),
    members: [],
  }
}

/** A proxy, with those of the region's proxy endpoints that are its own. RDS tells its resource id at the end of its ARN alone. */
export function foundProxy(proxy: DBProxy, endpoints: readonly DBProxyEndpoint[], tags: readonly Tag[]): FoundDatabase {
  const arn = given(proxy.DBProxyArn)
  const engine = given(proxyEngines[given(proxy.EngineFamily)])
  const resourceId = arn.slice(arn.lastIndexOf(':') + 1)
  return {
    kind: 'proxy',
    resourceId,
    identifier: resourceId,
    arn,
    engine,
    engineVersion: null,
    host: proxy.Endpoint ?? null,
    port: portOf(engine),
    iamAuth:
      proxy.DefaultAuthScheme === 'IAM_AUTH' || (proxy.Auth ?? []).some(({ IAMAuth }) => IAMAuth === 'REQUIRED' || IAMAuth === 'ENABLED'),
    tags: tagsFrom(tags),
    endpoints: endpointsInOrder([
      ...endpoint('proxy', proxy.Endpoint),
      ...endpoints
        .filter(({ DBProxyName, IsDefault }) => DBProxyName === proxy.DBProxyName && IsDefault !== true)
        .flatMap(({ Endpoint }) => endpoint('proxy', Endpoint)),
    ]),
    members: [],
  }
}

const endpoint = (kind: DatabaseEndpoint['kind'], host: string | undefined): DatabaseEndpoint[] =>
  host === undefined ? [] : [{ kind, host }]

const kindOrder = ['writer', 'reader', 'custom', 'instance', 'proxy']
const endpointKey = ({ kind, host }: DatabaseEndpoint): string => `${kindOrder.indexOf(kind)} ${host}`

/** Endpoints in the order that they always have. */
export const endpointsInOrder = (endpoints: readonly DatabaseEndpoint[]): DatabaseEndpoint[] => sortedBy(endpointKey, endpoints)

const sortedBy = <Item>(keyOf: (item: Item) => string, items: readonly Item[]): Item[] =>
  [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

const tagsFrom = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [given(Key), Value ?? '']))
