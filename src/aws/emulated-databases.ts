import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBProxyCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxiesCommand,
  type RDSClient,
} from '@aws-sdk/client-rds'

export interface EmulatedDatabase {
  readonly kind: 'cluster' | 'instance' | 'proxy'
  readonly identifier: string
  readonly resourceId: string
  readonly region: string
  readonly engine: string
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
}

/** Makes the databases of one region that are not there yet, with the resource ids that their tags ask the stand-in for. */
export async function makeDatabases(rds: RDSClient, databases: readonly EmulatedDatabase[]): Promise<void> {
  const present = await presentIn(rds)
  for (const database of databases) if (!present.has(keyOf(database.kind, database.identifier))) await makeDatabase(rds, database)
}

/** RDS keeps identifiers in lower case. */
const keyOf = (kind: EmulatedDatabase['kind'], identifier = ''): string => `${kind} ${identifier.toLowerCase()}`

async function presentIn(rds: RDSClient): Promise<ReadonlySet<string>> {
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand())
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand())
  const { DBProxies = [] } = await rds.send(new DescribeDBProxiesCommand())
  return new Set([
    ...DBClusters.map((cluster) => keyOf('cluster', cluster.DBClusterIdentifier)),
    ...DBInstances.map((instance) => keyOf('instance', instance.DBInstanceIdentifier)),
    ...DBProxies.map((proxy) => keyOf('proxy', proxy.DBProxyName)),
  ])
}

async function makeDatabase(rds: RDSClient, { kind, identifier, resourceId, engine, iamAuth, tags }: EmulatedDatabase): Promise<void> {
  const Tags = Object.entries({ ...tags, 'standin:resource-id': resourceId }).map(([Key, Value]) => ({ Key, Value }))
  const common = {
    Engine: engine,
    EnableIAMDatabaseAuthentication: iamAuth,
    MasterUsername: 'owner',
    MasterUserPassword: 'not-a-secret',
    Tags,
  }
  switch (kind) {
    case 'cluster':
      await rds.send(new CreateDBClusterCommand({ ...common, DBClusterIdentifier: identifier }))
      break
    case 'instance': {
      const size = { DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 20 }
      await rds.send(new CreateDBInstanceCommand({ ...common, ...size, DBInstanceIdentifier: identifier }))
      break
    }
    case 'proxy':
      await rds.send(
        new CreateDBProxyCommand({
          DBProxyName: identifier,
          EngineFamily: engine.includes('postgres') ? 'POSTGRESQL' : 'MYSQL',
          DefaultAuthScheme: iamAuth ? 'IAM_AUTH' : 'NONE',
          RoleArn: 'arn:aws:iam::123456789012:role/sallyport',
          VpcSubnetIds: ['subnet-1', 'subnet-2'],
          Tags,
        }),
      )
  }
}
