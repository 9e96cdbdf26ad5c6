import { CreateRoleCommand, CreateUserCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { RDSClient } from '@aws-sdk/client-rds'
import type { AwsCredentials } from './credentials.ts'
import { type EmulatedDatabase, makeDatabases } from './emulated-databases.ts'
import { inPlaceOfAws } from './in-place-of-aws.ts'

/** What a demo needs in an emulator of AWS. */
export interface EmulatedWorld {
  /** `policy`: what a role itself may do, for one that calls AWS. */
  readonly roles: readonly { readonly name: string; readonly trust: unknown; readonly policy?: unknown }[]
  readonly users: readonly string[]
  readonly databases: readonly EmulatedDatabase[]
}

export interface Emulator {
  readonly endpoint: string
  readonly region: string
  readonly credentials: AwsCredentials
}

/** Makes roles, users and databases in an emulator by ordinary calls; what is there from an earlier start stays as it is. */
export async function makeEmulatedWorld({ endpoint, region, credentials }: Emulator, world: EmulatedWorld): Promise<void> {
  const settings = { ...inPlaceOfAws(endpoint), credentials }
  const iam = new IAMClient({ ...settings, region })
  try {
    for (const { name, trust, policy } of world.roles) {
      await unlessThere(iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) })))
      if (policy === undefined) continue
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'own', PolicyDocument: JSON.stringify(policy) }))
    }
    for (const name of world.users) await unlessThere(iam.send(new CreateUserCommand({ UserName: name })))
  } finally {
    iam.destroy()
  }
  for (const inRegion of new Set(world.databases.map((database) => database.region))) {
    const rds = new RDSClient({ ...settings, region: inRegion })
    try {
      await makeDatabases(
        rds,
        world.databases.filter((database) => database.region === inRegion),
      )
    } finally {
      rds.destroy()
    }
  }
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'EntityAlreadyExistsException') throw error
  }
}
