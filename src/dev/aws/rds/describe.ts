import { type Action, type Call, reads } from '../action.ts'
import { pageOf } from '../paging.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Cluster, Database, Instance, Proxy, Tag } from '../state.ts'
import { type DatabaseOf, databasesOf, findDatabase } from './find-database.ts'
import { invalidValue } from './rds-parameters.ts'

/** How the list of one kind is asked for and answered. */
interface Listing<K extends Database['kind']> {
  readonly kind: K
  /** The parameter that names one of them. */
  readonly identifier: string
  readonly list: string
  readonly member: string
  /** By filter name, the values that a database can be found by. */
  readonly filters: Readonly<Record<string, (database: DatabaseOf<K>) => readonly (string | null)[]>>
  readonly describe: (database: DatabaseOf<K>, call: Call) => XmlElement
}

/** A `DescribeDB…` operation: one by name, or a page of those that fit every filter. */
export const describing = <K extends Database['kind']>(listing: Listing<K>): Action =>
  reads((call) => {
    const name = call.parameters.get(listing.identifier)
    const candidates = name === null ? databasesOf(call, listing.kind) : [findDatabase(call, listing.kind, name)]
    const filters = filtersOf(call, listing)
    const marker = call.parameters.get('Marker')
    const page = pageOf(
      candidates.filter((database) => filters.every((fits) => fits(database))),
      ({ identifier }) => identifier,
      { marker, size: pageSize(call), badMarker: invalidValue(`Invalid Marker: ${marker}`) },
    )
    return { [listing.list]: { [listing.member]: page.items.map((each) => listing.describe(each, call)) }, Marker: page.next }
  })

function filtersOf<K extends Database['kind']>(call: Call, { filters }: Listing<K>): ((database: DatabaseOf<K>) => boolean)[] {
  const known = new Map(Object.entries(filters))
  return call.parameters.structures('Filters.Filter').map((filter) => {
    const name = filter.get('Name') ?? ''
    const valuesOf = known.get(name)
    if (!valuesOf) throw invalidValue(`Unrecognized filter name: ${name}`)
    const wanted = filter.texts('Values.Value')
    return (database) => valuesOf(database).some((value) => value !== null && wanted.includes(value))
  })
}

function pageSize({ parameters }: Call): number {
  const size = parameters.get('MaxRecords') ?? '100'
  if (!/^\d{2,3}$/.test(size) || Number(size) < 20 || Number(size) > 100) {
    throw invalidValue(`Invalid value ${size} for MaxRecords. Must be between 20 and 100`)
  }
  return Number(size)
}

export const tagElements = (tags: readonly Tag[]): XmlElement => ({ Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) })

export const describeCluster = (cluster: Cluster, call: Call): XmlElement => ({
  DBClusterIdentifier: cluster.identifier,
  DBClusterArn: cluster.arn,
  DbClusterResourceId: cluster.resourceId,
  Engine: cluster.engine,
  EngineMode: 'provisioned',
  Status: 'available',
  Endpoint: cluster.host,
  ReaderEndpoint: cluster.host.replace('.cluster-', '.cluster-ro-'),
  Port: cluster.port,
  IAMDatabaseAuthenticationEnabled: cluster.iamAuthentication,
  ClusterCreateTime: cluster.created,
  DBClusterMembers: {
    DBClusterMember: databasesOf(call, 'instance')
      .filter((instance) => instance.cluster === cluster.identifier)
      .map(({ identifier }, place) => ({ DBInstanceIdentifier: identifier, IsClusterWriter: place === 0 })),
  },
  TagList: tagElements(cluster.tags),
})

export const describeInstance = (instance: Instance): XmlElement => ({
  DBInstanceIdentifier: instance.identifier,
  DBInstanceArn: instance.arn,
  DbiResourceId: instance.resourceId,
  DBInstanceClass: instance.instanceClass,
  Engine: instance.engine,
  DBInstanceStatus: 'available',
  Endpoint: { Address: instance.host, Port: instance.port },
  IAMDatabaseAuthenticationEnabled: instance.iamAuthentication,
  DBClusterIdentifier: instance.cluster,
  InstanceCreateTime: instance.created,
  TagList: tagElements(instance.tags),
})

export const describeProxy = (proxy: Proxy): XmlElement => ({
  DBProxyName: proxy.identifier,
  DBProxyArn: proxy.arn,
  Status: 'available',
  EngineFamily: proxy.engine,
  Endpoint: proxy.host,
  RequireTLS: true,
  DefaultAuthScheme: proxy.defaultAuthScheme,
  Auth: { member: proxy.auth.map(({ secretArn, iamAuth }) => ({ AuthScheme: 'SECRETS', SecretArn: secretArn, IAMAuth: iamAuth })) },
  CreatedDate: proxy.created,
})
