import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam'
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll } from 'vitest'
import { openOnSet } from '../../src/grants/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { newId } from '../../src/kernel/ids.ts'
import { managedPath, namesOn, permissionSetKey } from '../../src/policy/index.ts'
import { assign, makeSet, type Organisation, openOrganisation } from '../dev/aws/identity-center/organisation.ts'
import { keysOf } from '../dev/aws/support.ts'
import { testWorld } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

/** Where the set is as well; the database is in ACCOUNT. */
export const ELSEWHERE = '111122223333'

const actor: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })

/** An organisation of two accounts, both managed, whose permission sets are administered in the first. */
export function setWorld() {
  const world = testWorld()
  const made: { organisation?: Organisation; elsewhere?: IAMClient } = {}
  const organisation = (): Organisation => given(made.organisation)
  const iamIn = (account: string): IAMClient => (account === ACCOUNT ? world.iam : given(made.elsewhere))

  beforeAll(async () => {
    made.organisation = await openOrganisation(world.standIn)
    const iam = new IAMClient({ endpoint: world.standIn.url, region: 'us-east-2', credentials: keysOf(ELSEWHERE) })
    made.elsewhere = iam
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'sallyport', AssumeRolePolicyDocument }))
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: everything }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'sallyport', PolicyArn: Policy?.Arn }))
    await world.db.prisma.account.create({
      data: { id: ELSEWHERE, name: 'elsewhere', partition: 'aws', regions: ['us-east-2'], roleArn: Role?.Arn ?? '' },
    })
    await world.db.prisma.identityCenter.create({
      data: { instanceArn: made.organisation.InstanceArn, region: 'us-east-2', accountId: ACCOUNT },
    })
  })
  afterAll(() => {
    made.elsewhere?.destroy()
    made.organisation?.sso.destroy()
  })

  const roleIn = async (account: string, set: string): Promise<string | null> => {
    const { Roles = [] } = await iamIn(account).send(new ListRolesCommand({ PathPrefix: '/aws-reserved/' }))
    return Roles.find(({ RoleName = '' }) => RoleName.startsWith(`AWSReservedSSO_${set}_`))?.RoleName ?? null
  }
  const policyName = (arn: string, placement = 1) => namesOn(world.deploymentId, permissionSetKey(arn))(placement)

  return {
    world,
    organisation,
    iamIn,
    roleIn,
    policyName,

    /** A permission set that is assigned in these accounts. */
    set: async (name: string, ...accounts: readonly string[]) => {
      const arn = await makeSet(organisation(), name)
      for (const account of accounts) await assign(organisation(), arn, account)
      return { arn, name, instanceArn: organisation().InstanceArn, foreign: { characters: 0, attached: 0 } }
    },

    /** An approved request for database users through a permission set. Answers the first of its grants. */
    open: (
      set: { arn: string; name: string; instanceArn: string },
      dbUsers: string | readonly string[],
      way: 'reference' | 'inline' = 'reference',
    ) =>
      world.db.inTransaction(async (tx) => {
        const now = await tx.now()
        const requestId = newId('req')
        await tx.prisma.request.create({
          data: {
            id: requestId,
            status: 'approved',
            requesterId: 'developer',
            beneficiaryId: 'developer',
            askedBy: {},
            principalArn: set.arn,
            principalKind: 'permissionSet',
            principalUniqueId: set.arn.split('/')[2] ?? '',
            path: 'direct',
            durationSeconds: 3_600,
            reason: 'test',
            judgement: {},
            ruleSetHash: 'none',
            approverGroups: [],
            approverPeople: [],
            createdAt: now,
            expiresAt: new Date(now.getTime() + 86_400_000),
            decidedAt: now,
          },
        })
        const times = { startsAt: now, endsAt: new Date(now.getTime() + 3_600_000) }
        const grants = new Map([[ACCOUNT, [dbUsers].flat().map((dbUser) => ({ ...world.newGrant(requestId, dbUser), ...times }))]])
        const foreign = { characters: 0, attached: 0 }
        await openOnSet(tx, { set: { ...set, foreign, way }, grants, deploymentId: world.deploymentId, actor, now })
        const row = await tx.prisma.grant.findFirstOrThrow({ where: { requestId } })
        return { id: row.id as Id<'grt'>, targetId: row.targetId as Id<'tgt'> } // as the stores make them
      }),

    /** Reconciles again and again, as the worker's alarms would have it, until nothing is under way any more. */
    settle: async (targetId: Id<'tgt'>, most = 12): Promise<void> => {
      for (let round = 0; round < most; round++) {
        await world.reconcile(targetId)
        const open = await world.db.prisma.iamWrite.count({ where: { targetId, settledAt: null } })
        const waiting = await world.db.prisma.grant.count({ where: { targetId, status: { in: ['applying', 'revoking'] } } })
        if (open === 0 && waiting === 0) return
      }
    },

    /** Lets a set refer to a policy, as an administrator would. */
    refer: (PermissionSetArn: string, CustomerManagedPolicyReference: { Name: string; Path: string }) => {
      const { sso, InstanceArn } = organisation()
      const input = { InstanceArn, PermissionSetArn, CustomerManagedPolicyReference }
      return sso.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(input))
    },
    /** The names of the policies that a set refers to. */
    references: async (PermissionSetArn: string): Promise<(string | undefined)[]> => {
      const { sso, InstanceArn } = organisation()
      const { CustomerManagedPolicyReferences = [] } = await sso.send(
        new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ InstanceArn, PermissionSetArn }),
      )
      return CustomerManagedPolicyReferences.map(({ Name }) => Name)
    },

    /** What the managed policy of a set says in an account; null if there is none. */
    document: async (account: string, arn: string, placement = 1): Promise<string | null> => {
      const PolicyArn = `arn:aws:iam::${account}:policy${managedPath(world.deploymentId)}${policyName(arn, placement)}`
      try {
        const { Policy } = await iamIn(account).send(new GetPolicyCommand({ PolicyArn }))
        const { PolicyVersion } = await iamIn(account).send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }))
        return decodeURIComponent(PolicyVersion?.Document ?? '')
      } catch (error) {
        if (error instanceof NoSuchEntityException) return null
        throw error
      }
    },
    /** The names of the managed policies that the role of a set has in an account. */
    attached: async (account: string, set: string): Promise<(string | undefined)[]> => {
      const { AttachedPolicies = [] } = await iamIn(account).send(
        new ListAttachedRolePoliciesCommand({ RoleName: (await roleIn(account, set)) ?? '' }),
      )
      return AttachedPolicies.map(({ PolicyName }) => PolicyName)
    },
    /** The inline policy that the role of a set has in an account; null if it has none. */
    inline: async (account: string, set: string): Promise<string | null> => {
      try {
        const { PolicyDocument } = await iamIn(account).send(
          new GetRolePolicyCommand({ RoleName: (await roleIn(account, set)) ?? '', PolicyName: 'AwsSSOInlinePolicy' }),
        )
        return decodeURIComponent(PolicyDocument ?? '')
      } catch (error) {
        if (error instanceof NoSuchEntityException) return null
        throw error
      }
    },
  }
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the world is made by the time the first test runs')
  return value
}
