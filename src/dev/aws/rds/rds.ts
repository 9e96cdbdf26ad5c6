import { reads, type Service, writes } from '../action.ts'
import { setTags } from '../state.ts'
import { describeCluster, describeInstance, describeProxy, describing, tagElements } from './describe.ts'
import { findByArn } from './find-database.ts'
import { newCluster, newInstance, newProxy, tagsOf } from './new-database.ts'
import { required } from './rds-parameters.ts'

/** RDS: clusters, instances and proxies that can be found, though nothing runs behind them. */
export const rds: Service = {
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  version: '2014-10-31',
  actions: new Map([
    [
      'CreateDBCluster',
      writes((call) => {
        const cluster = newCluster(call)
        call.account.databases.push(cluster)
        return { DBCluster: describeCluster(cluster, call) }
      }),
    ],
    [
      'CreateDBInstance',
      writes((call) => {
        const instance = newInstance(call)
        call.account.databases.push(instance)
        return { DBInstance: describeInstance(instance) }
      }),
    ],
    [
      'CreateDBProxy',
      writes((call) => {
        const proxy = newProxy(call)
        call.account.databases.push(proxy)
        return { DBProxy: describeProxy(proxy) }
      }),
    ],
    [
      'DescribeDBClusters',
      describing({
        kind: 'cluster',
        identifier: 'DBClusterIdentifier',
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
      describing({
        kind: 'instance',
        identifier: 'DBInstanceIdentifier',
        list: 'DBInstances',
        member: 'DBInstance',
        filters: {
          'db-instance-id': ({ identifier, arn }) => [identifier, arn],
          'dbi-resource-id': ({ resourceId }) => [resourceId],
          'db-cluster-id': ({ cluster }) => [cluster],
          engine: ({ engine }) => [engine],
        },
        describe: describeInstance,
      }),
    ],
    [
      'DescribeDBProxies',
      describing({ kind: 'proxy', identifier: 'DBProxyName', list: 'DBProxies', member: 'member', filters: {}, describe: describeProxy }),
    ],
    [
      'AddTagsToResource',
      writes((call) => {
        setTags(findByArn(call, required(call, 'ResourceName')).tags, tagsOf(call))
        return null
      }),
    ],
    ['ListTagsForResource', reads((call) => ({ TagList: tagElements(findByArn(call, required(call, 'ResourceName')).tags) }))],
  ]),
}
