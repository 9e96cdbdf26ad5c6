import {
  DescribeDBClusterEndpointsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyEndpointsCommand,
  ListTagsForResourceCommand,
  type RDSClient,
} from '@aws-sdk/client-rds'
import { atMost } from '../kernel/at-most.ts'
import { allPages, given } from './answer.ts'
import type { BeforeCall, FoundInRegion, Unread } from './databases.ts'
import { AwsError, toAwsError } from './errors.ts'
import { foundCluster, foundInstance, foundProxy, isClusterOfOurs, isInstanceOfOurs, isProxyOfOurs } from './found-database.ts'

/** The most that RDS gives in a page (API_DescribeDBClusters.html). */
const MaxRecords = 100
/** How many proxies' tags are asked for at the same time. */
const TAGS_AT_ONCE = 4

/** `findDatabases` of Aws by the API of RDS, over a client of the region that has the account's credentials. */
export async function findDatabases(client: RDSClient, region: string, beforeCall: BeforeCall): Promise<FoundInRegion> {
  const asking = async <T>(action: string, ask: () => Promise<T>): Promise<T> => {
    await beforeCall()
    return answered(`${action} in ${region}`, ask())
  }
  const unread: Unread[] = []
  const unlessRefused = async <T>(list: Unread['list'], read: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      unread.push({ list, error })
      return []
    }
  }

  const allClusters = () =>
    allPages(
      (Marker) => asking('DescribeDBClusters', () => client.send(new DescribeDBClustersCommand({ MaxRecords, Marker }))),
      (page) => page.DBClusters,
    )
  const allInstances = () =>
    allPages(
      (Marker) => asking('DescribeDBInstances', () => client.send(new DescribeDBInstancesCommand({ MaxRecords, Marker }))),
      (page) => page.DBInstances,
    )
  const clusterEndpoints = () =>
    allPages(
      (Marker) => asking('DescribeDBClusterEndpoints', () => client.send(new DescribeDBClusterEndpointsCommand({ MaxRecords, Marker }))),
      (page) => page.DBClusterEndpoints,
    )
  const allProxies = () =>
    allPages(
      (Marker) => asking('DescribeDBProxies', () => client.send(new DescribeDBProxiesCommand({ MaxRecords, Marker }))),
      (page) => page.DBProxies,
    )
  const proxyEndpoints = () =>
    allPages(
      (Marker) => asking('DescribeDBProxyEndpoints', () => client.send(new DescribeDBProxyEndpointsCommand({ MaxRecords, Marker }))),
      (page) => page.DBProxyEndpoints,
    )
  const tagsOf = async (arn: string) =>
    given((await asking('ListTagsForResource', () => client.send(new ListTagsForResourceCommand({ ResourceName: arn })))).TagList)

  const clusters = async () => {
    const ours = (await allClusters()).filter(isClusterOfOurs)
    return { ours, endpoints: ours.length === 0 ? [] : await unlessRefused('cluster endpoints', clusterEndpoints) }
  }
  const proxies = async () => {
    const ours = (await allProxies()).filter(isProxyOfOurs)
    const endpoints = ours.length === 0 ? [] : await unlessRefused('proxy endpoints', proxyEndpoints)
    return atMost(TAGS_AT_ONCE, ours, async (proxy) => foundProxy(proxy, endpoints, await tagsOf(given(proxy.DBProxyArn))))
  }
  const [ofClusters, instances, foundProxies] = await Promise.all([clusters(), allInstances(), unlessRefused('proxies', proxies)])
  const found = [
    ...ofClusters.ours.map((cluster) => foundCluster(cluster, ofClusters.endpoints, instances)),
    ...instances.filter(isInstanceOfOurs).map(foundInstance),
    ...foundProxies,
  ]
  return { databases: found.filter(({ resourceId }) => nameable.test(resourceId)), unread: unread.sort(byList) }
}

const byList = (one: Unread, other: Unread): number => (one.list < other.list ? -1 : 1)

/** The forms of resource ids that IAM policies name; anything else could be granted to nobody. */
const nameable = /^(?:(?:cluster|db)-[A-Z0-9]+|prx-[A-Za-z0-9]+)$/

/**
 * What a region answers that is not enabled in the account: it does not know the account's credentials there. They are
 * good in the account, because whoever gave them out is AWS itself, or another region takes them.
 */
const notHere = new Set(['AuthFailure', 'InvalidClientTokenId', 'UnrecognizedClient'])

/** RDS's answer in a region. Throws AwsError, `region_disabled` among them. */
export async function answered<T>(doing: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const told = toAwsError(doing, error, true)
    if (told === error || !notHere.has(told.awsCode ?? '')) throw told // an AwsError is that of assuming the role
    const { message, awsCode, awsRequestId, answered, cause } = told
    throw new AwsError(message, { reason: 'region_disabled', awsCode, awsRequestId, answered, cause })
  }
}
