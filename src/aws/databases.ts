import type { AwsError } from './errors.ts'

/** A host name under which a database answers. */
export interface DatabaseEndpoint {
  readonly kind: 'writer' | 'reader' | 'custom' | 'instance' | 'proxy'
  readonly host: string
}

/** An instance of a cluster. IAM database authentication goes by the cluster: policies cannot name a member. */
export interface ClusterMember {
  /** `db-…` */
  readonly resourceId: string
  readonly identifier: string
  readonly arn: string
}

/** A database as RDS describes it. The same in AWS is the same here, part for part: lists have an order of their own. */
export interface FoundDatabase {
  readonly kind: 'cluster' | 'instance' | 'proxy'
  /** `cluster-…`, `db-…` or `prx-…` */
  readonly resourceId: string
  /** Its name; for a proxy its resource id, as its ARN has it. */
  readonly identifier: string
  readonly arn: string
  /** One that knows IAM database authentication; for a proxy `postgres` or `mysql`, by its family. */
  readonly engine: string
  /** Null for a proxy. */
  readonly engineVersion: string | null
  /** Where to connect; null while it is being made. */
  readonly host: string | null
  readonly port: number
  /** Whether IAM database authentication is switched on. */
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
  readonly endpoints: readonly DatabaseEndpoint[]
  /** Of a cluster; nothing else has any. */
  readonly members: readonly ClusterMember[]
}

/** All databases of a region, but for what RDS would not tell. */
export interface FoundInRegion {
  readonly databases: readonly FoundDatabase[]
  readonly unread: readonly Unread[]
}

/** A list that could not be read, though clusters and instances could: `proxies` then are not among the databases. */
export interface Unread {
  readonly list: 'cluster endpoints' | 'proxies' | 'proxy endpoints'
  readonly error: AwsError
}

/** Waited for before each call is made. What it throws ends the walk, and comes out unchanged. */
export type BeforeCall = () => Promise<void>
