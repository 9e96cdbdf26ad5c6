import { type Actions, type Call, writes } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { Proxy, ProxyEndpoint } from './database-state.ts'
import { databasesOf, findDatabase } from './find-database.ts'
import { listing } from './listing.ts'
import { arnOf, hostOf } from './new-database.ts'
import { newIdentifier, oneOf, required } from './rds-parameters.ts'

interface OfProxy {
  readonly proxy: Proxy
  readonly endpoint: ProxyEndpoint
  readonly isDefault: boolean
}

/** The endpoints of proxies: RDS makes the default one, with the proxy's host name. */
export const proxyEndpointActions: Actions = [
  [
    'CreateDBProxyEndpoint',
    writes((call) => {
      const proxy = findDatabase(call, 'proxy', required(call, 'DBProxyName'))
      const endpoint = newEndpoint(call)
      proxy.endpoints.push(endpoint)
      return { DBProxyEndpoint: describe({ proxy, endpoint, isDefault: false }) }
    }),
  ],
  [
    'DescribeDBProxyEndpoints',
    listing<OfProxy>(
      {
        list: 'DBProxyEndpoints',
        member: 'member',
        filters: {},
        keyOf: ({ proxy, endpoint }) => `${proxy.identifier} ${endpoint.host}`,
        describe,
      },
      (call) => {
        const proxyName = call.parameters.get('DBProxyName')
        const proxies = proxyName === null ? databasesOf(call, 'proxy') : [findDatabase(call, 'proxy', proxyName)]
        const name = call.parameters.get('DBProxyEndpointName')
        const found = proxies.flatMap(endpointsOf).filter(({ endpoint }) => name === null || endpoint.identifier === name.toLowerCase())
        if (name !== null && found.length === 0) {
          throw new Refusal(404, 'DBProxyEndpointNotFoundFault', `DB proxy endpoint ${name} not found.`)
        }
        return found
      },
    ),
  ],
]

function newEndpoint(call: Call): ProxyEndpoint {
  const identifier = newIdentifier(call, 'DBProxyEndpointName')
  if (databasesOf(call, 'proxy').some(({ endpoints }) => endpoints.some((other) => other.identifier === identifier))) {
    throw new Refusal(400, 'DBProxyEndpointAlreadyExistsFault', `There is already a DB proxy endpoint ${identifier}`)
  }
  return {
    identifier,
    arn: arnOf(call, 'db-proxy-endpoint', randomId('prx-endpoint-', 17).toLowerCase()),
    host: hostOf(call, `${identifier}.endpoint.proxy-`),
    role: oneOf('TargetRole', call.parameters.get('TargetRole') ?? 'READ_WRITE', ['READ_WRITE', 'READ_ONLY']),
    created: new Date().toISOString(),
  }
}

const endpointsOf = (proxy: Proxy): OfProxy[] => [
  {
    proxy,
    endpoint: { identifier: 'default', arn: proxy.arn, host: proxy.host, role: 'READ_WRITE', created: proxy.created },
    isDefault: true,
  },
  ...proxy.endpoints.map((endpoint) => ({ proxy, endpoint, isDefault: false })),
]

function describe({ proxy, endpoint, isDefault }: OfProxy): XmlElement {
  return {
    DBProxyEndpointName: endpoint.identifier,
    DBProxyEndpointArn: endpoint.arn,
    DBProxyName: proxy.identifier,
    Status: 'available',
    VpcId: proxy.vpc,
    Endpoint: endpoint.host,
    TargetRole: endpoint.role,
    IsDefault: isDefault,
    CreatedDate: endpoint.created,
  }
}
