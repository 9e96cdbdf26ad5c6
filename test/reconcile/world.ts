import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import type { Aws } from '../../src/aws/index.ts'
import type { Database, Tx } from '../../src/db/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import { endGrants, lockGrant } from '../../src/grants/grant-store.ts'
import { openGrants } from '../../src/grants/index.ts'
import type { EntityIdentity } from '../../src/grants/target-store.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { type Foreign, policyName } from '../../src/policy/index.ts'
import { type ReconcileParts, reconcileTarget } from '../../src/reconcile/index.ts'
import { testDatabase } from '../support/database.ts'
import { ACCOUNT, account, credentials, openAws } from './world-aws.ts'

const actor: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
})
export const silent = pino({ level: 'silent' })

const arnOf = (dbUser: string): string => `arn:aws:rds-db:us-east-2:${ACCOUNT}:dbuser:cluster-ABCDEFGHIJKL01234/${dbUser}`

/** The document that allows exactly these database users, as AWS's page shows it. */
export const documentFor = (...dbUsers: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource: dbUsers.map(arnOf).sort() }],
  })

/**
 * A stand-in for AWS, and in Postgres one account, one database and one person; made before the file's tests, gone
 * after them.
 */
export function testWorld(db: Database = testDatabase().db) {
  const databaseId = newId('dbs')
  const things: { standIn?: AwsStandIn; aws?: Aws; iam?: IAMClient; deploymentId?: string } = {}
  const given = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the world is made by the time the first test runs')
    return value
  }

  beforeAll(async () => {
    things.standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
    things.aws = openAws(things.standIn.url)
    things.iam = new IAMClient({ endpoint: things.standIn.url, region: 'us-east-2', credentials })
    things.deploymentId = (await db.prisma.deployment.findFirstOrThrow()).id
    await makeCatalog(db, databaseId)
  })
  afterAll(async () => {
    things.aws?.close()
    things.iam?.destroy()
    await things.standIn?.close()
  })

  const world = {
    db,
    get standIn() {
      return given(things.standIn)
    },
    get aws() {
      return given(things.aws)
    },
    get iam() {
      return given(things.iam)
    },
    get deploymentId() {
      return given(things.deploymentId)
    },
    get policy() {
      return policyName(given(things.deploymentId))
    },

    /** A new IAM role, as a target would know it. */
    role: async (name: string): Promise<EntityIdentity> => {
      const { Role } = await world.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
      return { accountId: ACCOUNT, kind: 'role', name, arn: Role?.Arn ?? '', uniqueId: Role?.RoleId ?? '' }
    },
    user: async (name: string): Promise<EntityIdentity> => {
      const { User } = await world.iam.send(new CreateUserCommand({ UserName: name }))
      return { accountId: ACCOUNT, kind: 'user', name, arn: User?.Arn ?? '', uniqueId: User?.UserId ?? '' }
    },
    group: async (name: string): Promise<EntityIdentity> => {
      const { Group } = await world.iam.send(new CreateGroupCommand({ GroupName: name }))
      return { accountId: ACCOUNT, kind: 'group', name, arn: Group?.Arn ?? '', uniqueId: Group?.GroupId ?? '' }
    },
    /** A role whose inline quota other people have used up: what it is granted goes to managed policies. */
    fullRole: async (name: string): Promise<EntityIdentity> => {
      const role = await world.role(name)
      const frame = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::"}]}'
      const document = frame.replace(':::', `:::${'x'.repeat(10_240 - frame.length)}`)
      await world.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'of-others', PolicyDocument: document }))
      return role
    },
    deleteRole: (name: string) => world.iam.send(new DeleteRoleCommand({ RoleName: name })),

    /** What an approved request opens for one database user, its times left out. */
    newGrant: (requestId: Id<'req'>, dbUser: string) => ({
      requestId,
      databaseId,
      dbUser,
      arn: arnOf(dbUser),
      beneficiaryId: 'developer',
      requesterId: 'developer',
      approverGroups: [],
      approverPeople: [],
      standing: false,
      notifyBefore: 900,
    }),

    /** An approved request for one database user; times are seconds from the database's now. */
    grant: (identity: EntityIdentity, dbUser: string, times: { startsIn?: number; endsIn?: number; foreign?: Foreign } = {}) =>
      db.inTransaction(async (tx) => {
        const now = await tx.now()
        const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
        const requestId = await makeRequest(tx, identity, now)
        await openGrants(tx, {
          target: { ...identity, foreign: times.foreign ?? { characters: 0, attached: 0 } },
          actor,
          now,
          grants: [{ ...world.newGrant(requestId, dbUser), startsAt: after(times.startsIn ?? 0), endsAt: after(times.endsIn ?? 3_600) }],
        })
        return grantOf(await tx.prisma.grant.findFirstOrThrow({ where: { requestId }, select: { id: true, targetId: true } }))
      }),

    revoke: (grantId: Id<'grt'>) =>
      db.inTransaction(async (tx) => {
        const grant = await lockGrant(tx, grantId)
        if (grant !== null) await endGrants(tx, [grant], { reason: 'revoked', comment: null, actor, now: await tx.now() })
      }),

    parts: (changes: Partial<ReconcileParts> = {}): ReconcileParts => ({
      database: db,
      aws: world.aws,
      deploymentId: world.deploymentId,
      mayStart: async (_tx, grants) => new Map(grants.map((grant) => [grant.id, Number.POSITIVE_INFINITY])),
      holder: 'test',
      ...changes,
    }),
    /** With a full budget of calls, since a file of tests makes in seconds what an account sees in hours. */
    reconcile: async (targetId: Id<'tgt'>, changes?: Partial<ReconcileParts>) => {
      await db.prisma.$executeRaw`update call_budget set calls = 600`
      await reconcileTarget(world.parts(changes), silent)(targetId)
    },

    /** What reconciling did at AWS: the actions called, with how they ended. */
    callsDuring: async (work: () => Promise<unknown>): Promise<string[]> => {
      world.standIn.calls.reset()
      await work()
      return world.standIn.calls.list().map(({ action, outcome }) => (outcome === 'ok' ? action : `${action}: ${outcome}`))
    },

    /** The document of ours that IAM holds, or null. */
    document: async (identity: EntityIdentity): Promise<string | null> => {
      const policies = await world.aws.session(account).listInlinePolicies(identity)
      return policies?.find(({ name }) => name === world.policy)?.document ?? null
    },
    target: (id: Id<'tgt'>) => db.prisma.target.findUniqueOrThrow({ where: { id } }),
    status: async (id: Id<'grt'>) => (await db.prisma.grant.findUniqueOrThrow({ where: { id } })).status,
    /** The types of the target's audit events, in order, those of grants left out. */
    events: async (targetId: Id<'tgt'>): Promise<string[]> => {
      const events = await db.prisma.auditEvent.findMany({
        where: { targetId, NOT: { type: { startsWith: 'grant.' } } },
        orderBy: { seq: 'asc' },
      })
      return events.map(({ type }) => type)
    },
    payloads: async (targetId: Id<'tgt'>, type: string) => {
      const events = await db.prisma.auditEvent.findMany({ where: { targetId, type }, orderBy: { seq: 'asc' } })
      return events.map(({ payload }) => payload)
    },
    /** Makes a time of the target's, or of its writes, so many seconds earlier: as if they had passed. */
    pass: async (targetId: Id<'tgt'>, seconds: number) => {
      await db.prisma.$executeRaw`
        update target set lease_until = lease_until - ${seconds} * interval '1 second', next_check_at = next_check_at - ${seconds} * interval '1 second'
        where id = ${targetId}`
      await db.prisma.$executeRaw`
        update iam_write set intended_at = intended_at - ${seconds} * interval '1 second', settled_at = settled_at - ${seconds} * interval '1 second'
        where target_id = ${targetId}`
    },
    /** Makes a grant one that ended so many seconds ago, though not before its start. */
    expire: async (grantId: Id<'grt'>, ago = 0) => {
      await db.prisma.$executeRaw`
        update "grant" set ends_at = greatest(starts_at + interval '1 millisecond', now() - ${ago} * interval '1 second') where id = ${grantId}`
    },
  }
  return world
}

const grantOf = (row: { id: string; targetId: string }) => ({ id: row.id as Id<'grt'>, targetId: row.targetId as Id<'tgt'> }) // as the stores make them

async function makeCatalog(db: Database, databaseId: Id<'dbs'>): Promise<void> {
  const { id, ...rest } = account
  await db.prisma.account.create({ data: { id, name: 'test', ...rest, regions: [...rest.regions] } })
  await db.prisma.person.create({ data: { id: 'developer', username: 'developer', displayName: 'Developer' } })
  await db.prisma.database.create({
    data: {
      id: databaseId,
      accountId: ACCOUNT,
      partition: 'aws',
      region: 'us-east-2',
      kind: 'cluster',
      resourceId: 'cluster-ABCDEFGHIJKL01234',
      identifier: 'orders',
      arn: `arn:aws:rds:us-east-2:${ACCOUNT}:cluster:orders`,
      engine: 'aurora-postgresql',
      host: 'orders.example',
      port: 5432,
      iamAuth: true,
    },
  })
}

export async function makeRequest(tx: Tx, identity: EntityIdentity, now: Date): Promise<Id<'req'>> {
  const id = newId('req')
  await tx.prisma.request.create({
    data: {
      id,
      status: 'approved',
      requesterId: 'developer',
      beneficiaryId: 'developer',
      askedBy: {},
      principalArn: identity.arn,
      principalKind: identity.kind,
      principalUniqueId: identity.uniqueId,
      accountId: ACCOUNT,
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
  return id
}
