import { type Actions, type Call, writes } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Cluster, Instance, Proxy } from './database-state.ts'
import { databasesOf, findDatabase, membersOf } from './find-database.ts'
import { listing } from './listing.ts'
import { arnOf } from './new-database.ts'
import { invalidCombination, required } from './rds-parameters.ts'

/** What a proxy leads to: a cluster and each of its instances, or one instance. Every proxy has the one target group `default`. */
export const proxyTargetActions: Actions = [
  [
    'RegisterDBProxyTargets',
    writes((call) => {
      const proxy = proxyOf(call)
      const [target, ...more] = [
        ...call.parameters.texts('DBClusterIdentifiers.member').map((name) => findDatabase(call, 'cluster', name)),
        ...call.parameters.texts('DBInstanceIdentifiers.member').map((name) => findDatabase(call, 'instance', name)),
      ]
      if (target === undefined || more.length > 0) throw invalidCombination('A proxy has one database: one DB cluster or one DB instance')
      if (proxy.target !== null) {
        throw new Refusal(400, 'DBProxyTargetAlreadyRegisteredFault', `${proxy.identifier} already has a registered database`)
      }
      proxy.target = target.resourceId
      return { DBProxyTargets: { member: targetsOf(call, proxy).map(describe) } }
    }),
  ],
  [
    'DeregisterDBProxyTargets',
    writes((call) => {
      proxyOf(call).target = null
      return null
    }),
  ],
  [
    'DescribeDBProxyTargets',
    listing<Target>({ list: 'Targets', member: 'member', filters: {}, keyOf: ({ database }) => database.resourceId, describe }, (call) =>
      targetsOf(call, proxyOf(call)),
    ),
  ],
  [
    'DescribeDBProxyTargetGroups',
    listing<Proxy>(
      {
        list: 'TargetGroups',
        member: 'member',
        filters: {},
        keyOf: ({ identifier }) => identifier,
        describe: (proxy, call) => ({
          DBProxyName: proxy.identifier,
          TargetGroupName: 'default',
          TargetGroupArn: arnOf(call, 'target-group', proxy.resourceId.replace('prx-', 'prx-tg-')),
          IsDefault: true,
          Status: 'available',
          CreatedDate: proxy.created,
        }),
      },
      (call) => [proxyOf(call)],
    ),
  ],
]

interface Target {
  readonly database: Cluster | Instance
  /** The cluster that an instance is there for. */
  readonly tracked: Cluster | null
}

/** The proxy that the call names. Throws DBProxyNotFoundFault, or DBProxyTargetGroupNotFoundFault for a group other than `default`. */
function proxyOf(call: Call): Proxy {
  const proxy = findDatabase(call, 'proxy', required(call, 'DBProxyName'))
  const group = call.parameters.get('TargetGroupName') ?? 'default'
  if (group !== 'default') throw new Refusal(404, 'DBProxyTargetGroupNotFoundFault', `Target group ${group} not found.`)
  return proxy
}

function targetsOf(call: Call, { target }: Proxy): Target[] {
  const cluster = databasesOf(call, 'cluster').find(({ resourceId }) => resourceId === target)
  if (cluster)
    return [{ database: cluster, tracked: null }, ...membersOf(call, cluster).map((database) => ({ database, tracked: cluster }))]
  const instance = databasesOf(call, 'instance').find(({ resourceId }) => resourceId === target)
  return instance ? [{ database: instance, tracked: null }] : []
}

function describe({ database, tracked }: Target): XmlElement {
  return {
    Type: database.kind === 'cluster' ? 'TRACKED_CLUSTER' : 'RDS_INSTANCE',
    RdsResourceId: database.identifier,
    TargetArn: database.arn,
    TrackedClusterId: tracked?.identifier ?? null,
    Endpoint: database.kind === 'cluster' ? null : database.host,
    Port: database.port,
    TargetHealth: { State: 'AVAILABLE' },
  }
}
