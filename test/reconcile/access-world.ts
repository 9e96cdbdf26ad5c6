import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  NoSuchEntityException,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll } from 'vitest'
import type { ObservedPrincipal } from '../../src/catalog/index.ts'
import { openAccess } from '../../src/grants/index.ts'
import type { AccessRoleIdentity, EntityIdentity } from '../../src/grants/target-store.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { accessRoleKey, accessRoleOf } from '../../src/policy/index.ts'
import { makeRequest, testWorld } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

/** Where the principals are; the database is in ACCOUNT. */
export const ELSEWHERE = '111122223333'

const actor: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const trusting = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  })
const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })

/** Two accounts, both managed: principals in the one, assuming access roles in the other. */
export function accessWorld() {
  const world = testWorld()
  const clients: { elsewhere?: IAMClient } = {}
  const elsewhere = (): IAMClient => {
    if (clients.elsewhere === undefined) throw new Error('the world is made by the time the first test runs')
    return clients.elsewhere
  }

  beforeAll(async () => {
    const endpoint = world.standIn.url
    clients.elsewhere = new IAMClient({
      endpoint,
      region: 'us-east-2',
      credentials: { accessKeyId: ELSEWHERE, secretAccessKey: 'secret' },
    })
    const roleArn = await newRole(elsewhere(), 'sallyport', trusting(`arn:aws:iam::${ACCOUNT}:root`))
    const { Policy } = await elsewhere().send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: everything }))
    await elsewhere().send(new AttachRolePolicyCommand({ RoleName: 'sallyport', PolicyArn: Policy?.Arn }))
    await world.db.prisma.account.create({
      data: { id: ELSEWHERE, name: 'elsewhere', partition: 'aws', regions: ['us-east-2'], roleArn: roleArn.arn },
    })
  })
  afterAll(() => clients.elsewhere?.destroy())

  /** A session of a role or user of a stand-in's account, as its owner would have it. */
  const sessionOf = async (account: string, roleArn: string) => {
    const sts = new STSClient({
      endpoint: world.standIn.url,
      region: 'us-east-2',
      credentials: { accessKeyId: account, secretAccessKey: 'secret' },
    })
    try {
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'developer' }))
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }
    } finally {
      sts.destroy()
    }
  }

  return {
    world,
    elsewhere,

    /** A role, here or elsewhere, that people of its account may assume. */
    principal: async (name: string, account = ELSEWHERE): Promise<EntityIdentity> => {
      const iam = account === ACCOUNT ? world.iam : elsewhere()
      const { arn, uniqueId } = await newRole(iam, name, trusting(`arn:aws:iam::${account}:root`))
      return { accountId: account, kind: 'role', name, arn, uniqueId }
    },
    user: async (name: string): Promise<EntityIdentity> => {
      const { User } = await elsewhere().send(new CreateUserCommand({ UserName: name }))
      return { accountId: ELSEWHERE, kind: 'user', name, arn: User?.Arn ?? '', uniqueId: User?.UserId ?? '' }
    },
    roleOf: ({ arn, uniqueId }: { arn: string; uniqueId: string | null }): AccessRoleIdentity => {
      const principal = { arn, uniqueId }
      return {
        kind: 'access_role',
        accountId: ACCOUNT,
        ...accessRoleOf({ id: ACCOUNT, partition: 'aws' }, world.deploymentId, accessRoleKey(principal)),
        uniqueId: accessRoleKey(principal),
        principal,
      }
    },

    /**
     * An approved request for database users through an access role; `caller` false: nobody writes the principal's own
     * policy. Answers the first of its grants.
     */
    open: (
      principal: EntityIdentity,
      role: AccessRoleIdentity,
      dbUsers: string | readonly string[],
      { startsIn = 0, endsIn = 3_600, caller = true }: { startsIn?: number; endsIn?: number; caller?: boolean } = {},
    ) =>
      world.db.inTransaction(async (tx) => {
        const now = await tx.now()
        const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
        const requestId = await makeRequest(tx, principal, now)
        const observed: ObservedPrincipal = { ...principal, foreign: { characters: 0, attached: 0 } }
        const grants = [dbUsers]
          .flat()
          .map((dbUser) => ({ ...world.newGrant(requestId, dbUser), startsAt: after(startsIn), endsAt: after(endsIn) }))
        await openAccess(tx, { caller: caller ? observed : null, roles: [{ role, grants }], actor, now })
        const row = await tx.prisma.grant.findFirstOrThrow({ where: { requestId }, include: { target: true } })
        const { callerTargetId } = row.target
        return { id: row.id as Id<'grt'>, targetId: row.targetId as Id<'tgt'>, callerId: callerTargetId as Id<'tgt'>, endsAt: row.endsAt }
      }),

    /** What IAM has of an access role, or null. */
    found: async (role: AccessRoleIdentity) => {
      try {
        const { Role } = await world.iam.send(new GetRoleCommand({ RoleName: role.name }))
        return Role ?? null
      } catch (error) {
        if (error instanceof NoSuchEntityException) return null
        throw error
      }
    },
    trustOf: async (role: AccessRoleIdentity): Promise<string> => {
      const { Role } = await world.iam.send(new GetRoleCommand({ RoleName: role.name }))
      return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
    },
    inline: async (iam: IAMClient, role: string): Promise<unknown> => {
      try {
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: world.policy }))
        return JSON.parse(decodeURIComponent(PolicyDocument ?? ''))
      } catch (error) {
        if (error instanceof NoSuchEntityException) return null
        throw error
      }
    },

    /** Whether a session of the principal, a role, can assume the access role. */
    canAssume: async (principal: EntityIdentity, role: AccessRoleIdentity): Promise<boolean> => {
      const credentials = await sessionOf(principal.accountId, principal.arn)
      const sts = new STSClient({ endpoint: world.standIn.url, region: 'us-east-2', credentials })
      try {
        await sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'developer' }))
        return true
      } catch (error) {
        if (error instanceof Error && error.name === 'AccessDenied') return false
        throw error
      } finally {
        sts.destroy()
      }
    },
  }
}

async function newRole(iam: IAMClient, name: string, trust: string): Promise<{ arn: string; uniqueId: string }> {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
  return { arn: Role?.Arn ?? '', uniqueId: Role?.RoleId ?? '' }
}
