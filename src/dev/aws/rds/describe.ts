import type { Call } from '../action.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Tag } from '../tags.ts'
import type { Cluster, Instance, Proxy } from './database-state.ts'
import { membersOf } from './find-database.ts'

export const tagElements = (tags: readonly Tag[]): XmlElement => ({ Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) })

export const describeCluster = (cluster: Cluster, call: Call): XmlElement => ({
  DBClusterIdentifier: cluster.identifier,
  DBClusterArn: cluster.arn,
  DbClusterResourceId: cluster.resourceId,
  Engine: cluster.engine,
  EngineVersion: cluster.engineVersion,
  EngineMode: 'provisioned',
  Status: 'available',
  Endpoint: cluster.host,
  ReaderEndpoint: readerHost(cluster),
  CustomEndpoints: { member: cluster.endpoints.map(({ host }) => host) },
  Port: cluster.port,
  IAMDatabaseAuthenticationEnabled: cluster.iamAuthentication,
  PendingModifiedValues: pendingElement('DBClusterIdentifier', cluster),
  ClusterCreateTime: cluster.created,
  DBClusterMembers: {
    DBClusterMember: membersOf(call, cluster).map(({ identifier }, place) => ({
      DBInstanceIdentifier: identifier,
      IsClusterWriter: place === 0,
    })),
  },
  TagList: tagElements(cluster.tags),
})

export const readerHost = ({ host }: Cluster): string => host.replace('.cluster-', '.cluster-ro-')

export const describeInstance = (instance: Instance): XmlElement => ({
  DBInstanceIdentifier: instance.identifier,
  DBInstanceArn: instance.arn,
  DbiResourceId: instance.resourceId,
  DBInstanceClass: instance.instanceClass,
  Engine: instance.engine,
  EngineVersion: instance.engineVersion,
  DBInstanceStatus: 'available',
  Endpoint: { Address: instance.host, Port: instance.port },
  IAMDatabaseAuthenticationEnabled: instance.iamAuthentication,
  PendingModifiedValues: pendingElement('DBInstanceIdentifier', instance),
  DBClusterIdentifier: instance.cluster,
  InstanceCreateTime: instance.created,
  TagList: tagElements(instance.tags),
})

const pendingElement = (identifier: string, { pending }: Cluster | Instance): XmlElement => ({
  [identifier]: pending.identifier,
  IAMDatabaseAuthenticationEnabled: pending.iamAuthentication,
})

export const describeProxy = (proxy: Proxy): XmlElement => ({
  DBProxyName: proxy.identifier,
  DBProxyArn: proxy.arn,
  Status: 'available',
  EngineFamily: proxy.engine,
  VpcId: proxy.vpc,
  Endpoint: proxy.host,
  RequireTLS: true,
  DefaultAuthScheme: proxy.defaultAuthScheme,
  Auth: { member: proxy.auth.map(({ secretArn, iamAuth }) => ({ AuthScheme: 'SECRETS', SecretArn: secretArn, IAMAuth: iamAuth })) },
  CreatedDate: proxy.created,
})
