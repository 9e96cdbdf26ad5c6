import { type Actions, type Call, reads, type Service, writes } from '../action.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { setTags, type Tag } from '../tags.ts'
import { clusterEndpointActions } from './cluster-endpoints.ts'
import type { Database } from './database-state.ts'
import { deleteCluster, deleteInstance, deleteProxy } from './delete-database.ts'
import { describeCluster, describeInstance, describeProxy, tagElements } from './describe.ts'
import { findByArn } from './find-database.ts'
import { describing } from './listing.ts'
import { modifyCluster, modifyInstance, modifyProxy } from './modify-database.ts'
import { newCluster, newInstance, newProxy, tagsOf } from './new-database.ts'
import { proxyEndpointActions } from './proxy-endpoints.ts'
import { proxyTargetActions } from './proxy-targets.ts'
import { required } from './rds-parameters.ts'

/** RDS: clusters, instances and proxies that can be found, though nothing runs behind them. */
export const rds: Service = {
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  version: '2014-10-31',
  actions: new Map([
    ...changing('DBCluster', { create: newCluster, modify: modifyCluster, remove: deleteCluster, describe: describeCluster }),
    ...changing('DBInstance', { create: newInstance, modify: modifyInstance, remove: deleteInstance, describe: describeInstance }),
    ...changing('DBProxy', { create: newProxy, modify: modifyProxy, remove: deleteProxy, describe: describeProxy }),
    [
      'DescribeDBClusters',
      describing('cluster', 'DBClusterIdentifier', {
        list: 'DBClusters',
        member: 'DBCluster',
        filters: {
          'db-cluster-id': ({ identifier, arn }) => [identifier, arn],
          'db-cluster-resource-id': ({ resourceId }) => [resourceId],
          engine: ({ engine }) => [engine],
        },
        describe: describeCluster,
      }),
    ],
    [
      'DescribeDBInstances',
      describing('instance', 'DBInstanceIdentifier', {
        list: 'DBInstances',
        member: 'DBInstance',
        filters: {
          'db-instance-id': ({ identifier, arn }) => [identifier, arn],
          'dbi-resource-id': ({ resourceId }) => [resourceId],
          'db-cluster-id': ({ cluster, arn }) => [cluster, cluster && arn.replace(/:db:.*/, `:cluster:${cluster}`)],
          engine: ({ engine }) => [engine],
        },
        describe: describeInstance,
      }),
    ],
    [
      'DescribeDBProxies',
      describing('proxy', 'DBProxyName', { list: 'DBProxies', member: 'member', filters: {}, describe: describeProxy }),
    ],
    ...clusterEndpointActions,
    ...proxyEndpointActions,
    ...proxyTargetActions,
    ['ListTagsForResource', reads((call) => ({ TagList: tagElements(taggedBy(call)) }))],
    [
      'AddTagsToResource',
      writes((call) => {
        setTags(taggedBy(call), tagsOf(call))
        return null
      }),
    ],
    [
      'RemoveTagsFromResource',
      writes((call) => {
        const keys = call.parameters.texts('TagKeys.member')
        const tags = taggedBy(call)
        tags.splice(0, tags.length, ...tags.filter(({ key }) => !keys.includes(key)))
        return null
      }),
    ],
  ]),
}

const taggedBy = (call: Call): Tag[] => findByArn(call, required(call, 'ResourceName')).tags

interface Changes<D extends Database> {
  readonly create: (call: Call) => D
  readonly modify: (call: Call) => D
  readonly remove: (call: Call) => D
  readonly describe: (database: D, call: Call) => XmlElement
}

/** Create, modify and delete, each of which answers what was changed. */
function changing<D extends Database>(noun: string, { create, modify, remove, describe }: Changes<D>): Actions {
  const answering = (change: (call: Call) => D) => writes((call) => ({ [noun]: describe(change(call), call) }))
  return [
    [
      `Create${noun}`,
      answering((call) => {
        const database = create(call)
        call.account.databases.push(database)
        return database
      }),
    ],
    [`Modify${noun}`, answering(modify)],
    [`Delete${noun}`, answering(remove)],
  ]
}
