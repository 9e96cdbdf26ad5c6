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
import { given } from './answer.ts'
import type { FoundDatabase } from './databases.ts'
import { AwsError, toAwsError } from './errors.ts'
import { foundCluster, foundInstance, foundProxy, isClusterOfOurs, isInstanceOfOurs, isProxyOfOurs } from './found-database.ts'

/** The most that RDS gives in a page (API_DescribeDBClusters.html). */
const MaxRecords = 100
/** How many proxies' tags are asked for at the same time. */
const TAGS_AT_ONCE = 4

/** `findDatabases` of Aws by the API of RDS, over a client of the region that has the account's credentials. */
export async function findDatabases(client: RDSClient, region: string): Promise<FoundDatabase[]> {
  const asking = <T>(action: string, answer: Promise<T>): Promise<T> => answered(`${action} in ${region}`, answer)

  const allClusters = pages(
    (Marker) => asking('DescribeDBClusters', client.send(new DescribeDBClustersCommand({ MaxRecords, Marker }))),
    (page) => page.DBClusters,
  )
  const allProxies = pages(
    (Marker) => asking('DescribeDBProxies', client.send(new DescribeDBProxiesCommand({ MaxRecords, Marker }))),
    (page) => page.DBProxies,
  )
  const clusterEndpoints = pages(
    (Marker) => asking('DescribeDBClusterEndpoints', client.send(new DescribeDBClusterEndpointsCommand({ MaxRecords, Marker }))),
    (page) => page.DBClusterEndpoints,
  )
  const proxyEndpoints = pages(
    (Marker) => asking('DescribeDBProxyEndpoints', client.send(new DescribeDBProxyEndpointsCommand({ MaxRecords, Marker }))),
    (page) => page.DBProxyEndpoints,
  )
  const allInstances = pages(
    (Marker) => asking('DescribeDBInstances', client.send(new DescribeDBInstancesCommand({ MaxRecords, Marker }))),
    (page) => page.DBInstances,
  )
  const tagsOf = async (arn: string) =>
    (await asking('ListTagsForResource', client.send(new ListTagsForResourceCommand({ ResourceName: arn })))).TagList ?? []

  const clusters = async () => {
    const ours = (await allClusters()).filter(isClusterOfOurs)
    return { ours, endpoints: ours.length === 0 ? [] : await clusterEndpoints() }
  }
  const proxies = async () => {
    const ours = (await allProxies()).filter(isProxyOfOurs)
    const endpoints = ours.length === 0 ? [] : await proxyEndpoints()
    return atMost(TAGS_AT_ONCE, ours, async (proxy) => foundProxy(proxy, endpoints, await tagsOf(given(proxy.DBProxyArn))))
  }
  const [ofClusters, instances, foundProxies] = await Promise.all([clusters(), allInstances(), proxies()])
  const found = [
    ...ofClusters.ours.map((cluster) => foundCluster(cluster, ofClusters.endpoints, instances)),
    ...instances.filter(isInstanceOfOurs).map(foundInstance),
    ...foundProxies,
  ]
  return found.filter(({ resourceId }) => nameable.test(resourceId))
}

/** The forms of resource ids that IAM policies name; anything else could be granted to nobody. */
const nameable = /^(?:(?:cluster|db)-[A-Z0-9]+|prx-[A-Za-z0-9]+)$/

/** A walk over all items of an answer that comes in pages: RDS gives a Marker as long as there is another one. */
const pages =
  <Page extends { readonly Marker?: string | undefined }, Item>(
    ask: (marker: string | undefined) => Promise<Page>,
    itemsOf: (page: Page) => readonly Item[] | undefined,
  ) =>
  async (): Promise<Item[]> => {
    const items: Item[] = []
    let marker: string | undefined
    do {
      const page = await ask(marker)
      items.push(...(itemsOf(page) ?? []))
      marker = page.Marker
    } while (marker !== undefined)
    return items
  }

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
