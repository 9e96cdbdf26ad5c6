import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { Cluster, Database, Instance } from './database-state.ts'

type Kind = Database['kind']
export type DatabaseOf<K extends Kind> = Extract<Database, { kind: K }>

const notFound = {
  cluster: { code: 'DBClusterNotFoundFault', noun: 'DBCluster' },
  instance: { code: 'DBInstanceNotFound', noun: 'DBInstance' },
  proxy: { code: 'DBProxyNotFoundFault', noun: 'DBProxy' },
} as const satisfies Record<Kind, { code: string; noun: string }>

/** What the caller's account has of one kind in the call's region. */
export const databasesOf = <K extends Kind>({ account, region }: Call, kind: K): DatabaseOf<K>[] =>
  account.databases.filter((database): database is DatabaseOf<K> => database.kind === kind && database.region === region)

/** One by identifier or ARN, or the fault that RDS has for each kind. */
export function findDatabase<K extends Kind>(call: Call, kind: K, name: string): DatabaseOf<K> {
  const found = databasesOf(call, kind).find(({ identifier, arn }) => identifier === name.toLowerCase() || arn === name)
  if (!found) throw new Refusal(404, notFound[kind].code, `${notFound[kind].noun} ${name} not found.`)
  return found
}

const arnTypes: Readonly<Record<string, Kind>> = { cluster: 'cluster', db: 'instance', 'db-proxy': 'proxy' }

/** Whatever an ARN names. Throws InvalidParameterValue for what is no such ARN, and the kind's fault for nothing there. */
export function findByArn(call: Call, arn: string): Database {
  const [, type = ''] = /^arn:[\w-]+:rds:[a-z0-9-]+:\d{12}:([a-z-]+):[^:]+$/.exec(arn) ?? []
  const kind = arnTypes[type]
  if (kind === undefined) throw new Refusal(400, 'InvalidParameterValue', `Invalid resource name: ${arn}`)
  return findDatabase(call, kind, arn)
}

/** The instances of a cluster, in the order of their making; the first is the writer. */
export const membersOf = (call: Call, { identifier }: Cluster): Instance[] =>
  databasesOf(call, 'instance').filter(({ cluster }) => cluster === identifier)
