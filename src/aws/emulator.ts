import { CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateDBClusterCommand, CreateDBInstanceCommand, CreateDBProxyCommand, RDSClient } from '@aws-sdk/client-rds'
import type { AwsCredentials } from './credentials.ts'

/** What a demo needs in an emulator of AWS. */
export interface EmulatedWorld {
  readonly roles: readonly { readonly name: string; readonly trust: unknown }[]
  readonly users: readonly string[]
  readonly databases: readonly EmulatedDatabase[]
}

interface EmulatedDatabase {
  readonly kind: 'cluster' | 'instance' | 'proxy'
  readonly identifier: string
  readonly resourceId: string
  readonly region: string
  readonly engine: string
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
}

export interface Emulator {
  readonly endpoint: string
  readonly region: string
  readonly credentials: AwsCredentials
}

/** Answers of an emulator that mean: it is there already (from an earlier start). */
const alreadyThere = new Set([
  'EntityAlreadyExistsException',
  'DBClusterAlreadyExistsFault',
  'DBInstanceAlreadyExistsFault',
  'DBProxyAlreadyExistsFault',
])

/**
 * Makes roles, users and databases in an emulator by ordinary calls; what is there already stays as it is.
 * The stand-in gives a database the resource id that its tag asks for, other emulators one of their own.
 */
export async function makeEmulatedWorld(emulator: Emulator, world: EmulatedWorld): Promise<void> {
  const iam = new IAMClient(emulator)
  try {
    for (const { name, trust } of world.roles) {
      await unlessThere(iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) })))
    }
    for (const name of world.users) await unlessThere(iam.send(new CreateUserCommand({ UserName: name })))
    for (const database of world.databases) await makeDatabase(emulator, database)
  } finally {
    iam.destroy()
  }
}

async function makeDatabase(emulator: Emulator, database: EmulatedDatabase): Promise<void> {
  const rds = new RDSClient({ ...emulator, region: database.region })
  const tags = Object.entries({ ...database.tags, 'standin:resource-id': database.resourceId })
  const Tags = tags.map(([Key, Value]) => ({ Key, Value }))
  const common = {
    Engine: database.engine,
    EnableIAMDatabaseAuthentication: database.iamAuth,
    MasterUsername: 'owner',
    MasterUserPassword: 'not-a-secret',
    Tags,
  }
  try {
    switch (database.kind) {
      case 'cluster':
        await unlessThere(rds.send(new CreateDBClusterCommand({ ...common, DBClusterIdentifier: database.identifier })))
        break
      case 'instance':
        await unlessThere(
          rds.send(
            new CreateDBInstanceCommand({
              ...common,
              DBInstanceIdentifier: database.identifier,
              DBInstanceClass: 'db.t4g.micro',
              AllocatedStorage: 20,
            }),
          ),
        )
        break
      case 'proxy':
        await unlessThere(
          rds.send(
            new CreateDBProxyCommand({
              DBProxyName: 'orders-proxy',
              EngineFamily: database.engine.includes('postgres') ? 'POSTGRESQL' : 'MYSQL',
              DefaultAuthScheme: database.iamAuth ? 'IAM_AUTH' : 'NONE',
              RoleArn: 'arn:aws:iam::123456789012:role/sallyport',
              VpcSubnetIds: ['subnet-1', 'subnet-2'],
              Tags,
            }),
          ),
        )
    }
  } finally {
    rds.destroy()
  }
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error) || !alreadyThere.has(error.name)) throw error
  }
}
