import { type Actions, type Call, writes } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { Cluster, CustomEndpoint } from './database-state.ts'
import { readerHost } from './describe.ts'
import { databasesOf, findDatabase, membersOf } from './find-database.ts'
import { listing } from './listing.ts'
import { arnOf, hostOf } from './new-database.ts'
import { invalidCombination, invalidValue, newIdentifier, oneOf, required } from './rds-parameters.ts'

/** Amazon Aurora User Guide, "Custom endpoints for Amazon Aurora": five for each cluster. */
const CUSTOM_QUOTA = 5

/** An endpoint of a cluster: its writer's, its readers', or one that somebody made. */
interface Endpoint {
  readonly cluster: Cluster
  readonly type: 'WRITER' | 'READER' | 'CUSTOM'
  readonly host: string
  readonly custom: CustomEndpoint | null
}

export const clusterEndpointActions: Actions = [
  [
    'CreateDBClusterEndpoint',
    writes((call) => {
      const cluster = findDatabase(call, 'cluster', required(call, 'DBClusterIdentifier'))
      const custom = newEndpoint(call, cluster)
      cluster.endpoints.push(custom)
      return describe(customOf(cluster, custom))
    }),
  ],
  [
    'DeleteDBClusterEndpoint',
    writes((call) => {
      const [endpoint] = endpointsNamed(call, required(call, 'DBClusterEndpointIdentifier'))
      endpoint.cluster.endpoints = endpoint.cluster.endpoints.filter((each) => each !== endpoint.custom)
      return describe(endpoint)
    }),
  ],
  [
    'DescribeDBClusterEndpoints',
    listing<Endpoint>(
      {
        list: 'DBClusterEndpoints',
        member: 'DBClusterEndpointList',
        filters: {
          'db-cluster-endpoint-type': ({ type }) => [type.toLowerCase()],
          'db-cluster-endpoint-custom-type': ({ custom }) => [custom?.type.toLowerCase() ?? null],
          'db-cluster-endpoint-id': ({ custom }) => [custom?.identifier ?? null],
          'db-cluster-endpoint-status': () => ['available'],
        },
        keyOf: ({ cluster, host }) => `${cluster.identifier} ${host}`,
        describe,
      },
      (call) => {
        const [cluster, name] = ['DBClusterIdentifier', 'DBClusterEndpointIdentifier'].map((each) => call.parameters.get(each))
        const ofCluster = cluster == null ? databasesOf(call, 'cluster') : [findDatabase(call, 'cluster', cluster)]
        return name == null ? ofCluster.flatMap(endpointsOf) : endpointsNamed(call, name)
      },
    ),
  ],
]

function newEndpoint(call: Call, cluster: Cluster): CustomEndpoint {
  const identifier = newIdentifier(call, 'DBClusterEndpointIdentifier')
  if (databasesOf(call, 'cluster').some(({ endpoints }) => endpoints.some((other) => other.identifier === identifier))) {
    throw new Refusal(400, 'DBClusterEndpointAlreadyExistsFault', `There is already a DB cluster endpoint ${identifier}`)
  }
  if (cluster.endpoints.length >= CUSTOM_QUOTA) {
    throw new Refusal(403, 'DBClusterEndpointQuotaExceededFault', `${cluster.identifier} already has ${CUSTOM_QUOTA} custom endpoints`)
  }
  const [staticMembers, excludedMembers] = [membersNamed(call, cluster, 'StaticMembers'), membersNamed(call, cluster, 'ExcludedMembers')]
  if (staticMembers.length > 0 && excludedMembers.length > 0) {
    throw invalidCombination('Static members and excluded members cannot be specified together.')
  }
  return {
    identifier,
    arn: arnOf(call, 'cluster-endpoint', identifier),
    resourceId: randomId('cluster-endpoint-', 26),
    host: hostOf(call, `${identifier}.cluster-custom-`),
    type: oneOf('EndpointType', required(call, 'EndpointType'), ['READER', 'ANY']),
    staticMembers,
    excludedMembers,
  }
}

function membersNamed(call: Call, cluster: Cluster, list: string): string[] {
  const names = call.parameters.texts(`${list}.member`)
  const stranger = names.find((name) => !membersOf(call, cluster).some(({ identifier }) => identifier === name))
  if (stranger !== undefined) throw invalidValue(`${stranger} is not an instance of ${cluster.identifier}`)
  return names
}

const customOf = (cluster: Cluster, custom: CustomEndpoint): Endpoint => ({ cluster, type: 'CUSTOM', host: custom.host, custom })

const endpointsOf = (cluster: Cluster): Endpoint[] => [
  { cluster, type: 'WRITER', host: cluster.host, custom: null },
  { cluster, type: 'READER', host: readerHost(cluster), custom: null },
  ...cluster.endpoints.map((custom) => customOf(cluster, custom)),
]

/** The custom endpoint of that name. Throws DBClusterEndpointNotFoundFault. */
function endpointsNamed(call: Call, name: string): [Endpoint] {
  const all = databasesOf(call, 'cluster').flatMap(endpointsOf)
  const found = all.find(({ custom }) => custom?.identifier === name.toLowerCase())
  if (!found) throw new Refusal(400, 'DBClusterEndpointNotFoundFault', `DB cluster endpoint ${name} not found`)
  return [found]
}

function describe({ cluster, type, host, custom }: Endpoint): XmlElement {
  return {
    DBClusterEndpointIdentifier: custom?.identifier ?? null,
    DBClusterIdentifier: cluster.identifier,
    DBClusterEndpointResourceIdentifier: custom?.resourceId ?? null,
    DBClusterEndpointArn: custom?.arn ?? null,
    Endpoint: host,
    Status: 'available',
    EndpointType: type,
    CustomEndpointType: custom?.type ?? null,
    StaticMembers: { member: custom?.staticMembers ?? [] },
    ExcludedMembers: { member: custom?.excludedMembers ?? [] },
  }
}
