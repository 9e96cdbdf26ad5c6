import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { beforeEach, describe, expect, test } from 'vitest'
import { declareGuards, openGrants } from '../../src/grants/index.ts'
import type { EntityIdentity } from '../../src/grants/target-store.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { guardName, managedPolicyArn, printGuard } from '../../src/policy/index.ts'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { testDatabase } from '../support/database.ts'
import { documentFor, makeRequest, silent, testWorld } from './world.ts'
import { ACCOUNT, account } from './world-aws.ts'

const { db } = testDatabase()
const world = testWorld(db)
const operator: ActorRecord = { kind: 'system', person: null, credential: 'test', via: 'cli' }

const arnOf = (dbUser: string) => `arn:aws:rds-db:us-east-2:${ACCOUNT}:dbuser:cluster-ABCDEFGHIJKL01234/${dbUser}`
const guardOf = (...dbUsers: readonly string[]) => printGuard(dbUsers.map(arnOf))
const guardArn = ({ uniqueId }: EntityIdentity) => managedPolicyArn(account, world.deploymentId, guardName(world.deploymentId, uniqueId))

/** What the guard says that IAM holds on a user; null if none is attached. */
async function guardOn(user: EntityIdentity): Promise<string | null> {
  const { AttachedPolicies } = await world.iam.send(new ListAttachedUserPoliciesCommand({ UserName: user.name }))
  if (!AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === guardArn(user))) return null
  return (await world.aws.session(account).getManagedPolicy(guardArn(user)))?.document ?? null
}

const declare = (...arns: readonly string[]) =>
  db.inTransaction((tx) =>
    declareGuards(
      tx,
      arns.map((arn) => ({ arn, partition: 'aws', accountId: ACCOUNT })),
      operator,
    ),
  )
const sweep = async () => {
  await db.prisma.$executeRaw`update call_budget set calls = 600`
  await sweepAccount(world.parts(), silent)(ACCOUNT)
}
const jobs = async (key: string) =>
  (await db.pool.query<{ key: string }>('select key from graphile_worker.jobs where key like $1 and run_at <= now()', [key])).rows.map(
    (row) => row.key,
  )

/** Runs the reconciles that are due now until there are none, as workers do. */
async function reconcileAll(): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query<{ target: Id<'tgt'> }>(
      `delete from graphile_worker._private_jobs where key like 'tgt_%:now' returning payload->>'targetId' as target`,
    )
    if (rows.length === 0) return
    for (const { target } of rows) await world.reconcile(target)
  }
}

const targetOf = async ({ uniqueId }: EntityIdentity) =>
  (await db.prisma.target.findFirstOrThrow({ where: { uniqueId }, select: { id: true } })).id as Id<'tgt'> // as the stores make them

async function guarded(name: string): Promise<EntityIdentity> {
  const user = await world.user(name)
  await declare(user.arn)
  await sweep()
  await reconcileAll()
  return user
}

const writesIn = (calls: readonly string[]) => calls.filter((call) => /^(Put|Delete|Create|Attach|Detach)/.test(call))

beforeEach(async () => {
  await reconcileAll()
})

describe('a principal that is to be guarded', () => {
  test('has its account swept at once, and gets a guard that denies everything', async () => {
    const user = await world.user('jane_doe')
    await db.pool.query('delete from graphile_worker._private_jobs')
    await declare(user.arn)
    expect(await jobs('sweep:%')).toEqual([`sweep:${ACCOUNT}`])
    await sweep()
    const target = await targetOf(user)
    expect(await jobs('tgt_%')).toEqual([`${target}:now`])
    const calls = await world.callsDuring(reconcileAll)
    expect(writesIn(calls)).toEqual(['CreatePolicy', 'AttachUserPolicy'])
    expect(await guardOn(user)).toBe(guardOf())
    expect(await world.payloads(target, 'target.guarded')).toEqual([{ principal: user.arn, uniqueId: user.uniqueId }])
    expect(await world.events(target)).toEqual([
      'target.guarded',
      'iam.write.intended',
      'iam.write.done',
      'iam.write.intended',
      'iam.write.done',
    ])
    expect(await world.target(target)).toMatchObject({ guarded: true, attentionCode: null })
  })

  test('is let through to what it is granted, when that is allowed, and no longer than it is', async () => {
    const user = await guarded('granted')
    const first = await world.grant(user, 'db_user')
    expect(writesIn(await world.callsDuring(reconcileAll))).toEqual(['PutUserPolicy', 'CreatePolicyVersion'])
    expect([await world.document(user), await guardOn(user)]).toEqual([documentFor('db_user'), guardOf('db_user')])
    expect(await world.status(first.id)).toBe('active')
    const second = await world.grant(user, 'jane_doe')
    await world.revoke(first.id)
    expect(writesIn(await world.callsDuring(reconcileAll))).toEqual(['CreatePolicyVersion', 'DeleteUserPolicy', 'PutUserPolicy'])
    expect(await guardOn(user)).toBe(guardOf('jane_doe'))
    await world.revoke(second.id)
    expect(writesIn(await world.callsDuring(reconcileAll))).toEqual(['CreatePolicyVersion', 'DeleteUserPolicy'])
    expect([await world.document(user), await guardOn(user)]).toEqual([null, guardOf()])
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'ended'])
  })

  test('is only read when all is as it should be, by reconcile and by the sweep', async () => {
    const user = await guarded('unchanged')
    await world.grant(user, 'db_user')
    await reconcileAll()
    const target = await targetOf(user)
    expect(writesIn(await world.callsDuring(() => world.reconcile(target)))).toEqual([])
    await sweep()
    expect(await jobs('tgt_%:now')).toEqual([])
  })

  test('keeps versions within IAM’s quota however often its grants change', async () => {
    const user = await guarded('often')
    for (let round = 0; round < 4; round++) {
      const { id } = await world.grant(user, 'db_user')
      await reconcileAll()
      await world.revoke(id)
      await reconcileAll()
      expect(await world.status(id)).toBe('ended')
    }
    expect(await guardOn(user)).toBe(guardOf())
  })

  test('that has no place left for it says so, and what has ended is taken out all the same', async () => {
    const user = await world.user('crowded')
    const grant = await world.grant(user, 'db_user')
    await reconcileAll()
    for (let index = 0; index < 10; index++) {
      const { Policy } = await world.iam.send(
        new CreatePolicyCommand({ PolicyName: `of-others-${index}`, PolicyDocument: documentFor('x') }),
      )
      await world.iam.send(new AttachUserPolicyCommand({ UserName: user.name, PolicyArn: Policy?.Arn }))
    }
    await declare(user.arn)
    await sweep()
    await world.revoke(grant.id)
    await reconcileAll()
    expect(await world.target(grant.targetId)).toMatchObject({ attentionCode: 'quota_exceeded' })
    expect([await world.document(user), await guardOn(user)]).toEqual([null, null])
  })
})

describe('a guard that somebody', () => {
  test.each([
    ['detaches', (user: EntityIdentity) => world.iam.send(new DetachUserPolicyCommand({ UserName: user.name, PolicyArn: guardArn(user) }))],
    [
      'rewrites',
      (user: EntityIdentity) =>
        world.iam.send(new CreatePolicyVersionCommand({ PolicyArn: guardArn(user), PolicyDocument: guardOf('admin'), SetAsDefault: true })),
    ],
    [
      'deletes',
      async (user: EntityIdentity) => {
        await world.iam.send(new DetachUserPolicyCommand({ UserName: user.name, PolicyArn: guardArn(user) }))
        await world.iam.send(new DeletePolicyVersionCommand({ PolicyArn: guardArn(user), VersionId: 'v1' })).catch(() => null)
        await world.iam.send(new DeletePolicyCommand({ PolicyArn: guardArn(user) }))
      },
    ],
  ])('%s is found by the sweep, put right and on record', async (how, tamper) => {
    const user = await guarded(`somebody-${how}`)
    const target = await targetOf(user)
    await world.pass(target, 61) // by then IAM shows what was written
    await tamper(user)
    await sweep()
    await reconcileAll()
    expect(await guardOn(user)).toBe(guardOf())
    expect(await world.payloads(target, 'target.drift_found')).toMatchObject([{ policyName: guardName(world.deploymentId, user.uniqueId) }])
  })
})

describe('a guard is removed', () => {
  test('at once when the file no longer names its principal, and what is granted stays', async () => {
    const user = await guarded('let-go')
    const { id } = await world.grant(user, 'db_user')
    await reconcileAll()
    const target = await targetOf(user)
    await declare()
    expect(await jobs('tgt_%:now')).toEqual([`${target}:now`])
    const calls = await world.callsDuring(reconcileAll)
    expect(writesIn(calls)).toEqual(['DetachUserPolicy', 'DeletePolicyVersion', 'DeletePolicy'])
    expect([await world.document(user), await guardOn(user), await world.status(id)]).toEqual([documentFor('db_user'), null, 'active'])
    expect(await world.payloads(target, 'target.unguarded')).toEqual([
      { principal: user.arn, uniqueId: user.uniqueId, because: 'not_declared' },
    ])
    await sweep()
    await reconcileAll()
    expect(await guardOn(user)).toBeNull()
  })

  test('with its principal, and one made again under the name is guarded anew', async () => {
    const user = await guarded('again')
    await world.iam.send(new DetachUserPolicyCommand({ UserName: user.name, PolicyArn: guardArn(user) }))
    await world.iam.send(new DeleteUserCommand({ UserName: user.name }))
    const { User } = await world.iam.send(new CreateUserCommand({ UserName: user.name }))
    const next = { ...user, uniqueId: User?.UserId ?? '' }
    await sweep()
    await reconcileAll()
    expect(await guardOn(next)).toBe(guardOf())
    const old = await targetOf(user)
    expect(await world.payloads(old, 'target.unguarded')).toMatchObject([{ because: 'gone' }])
    expect(await world.aws.session(account).getManagedPolicy(guardArn(user))).toBeNull()
    expect(await world.target(old)).toMatchObject({ guarded: false, attentionCode: null })
  })

  test('if nothing explains it any more: it is an orphan like every other policy of ours', async () => {
    const user = await world.user('stranger')
    const path = `/sallyport/${world.deploymentId}/`
    const { Policy } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName: guardName(world.deploymentId, user.uniqueId), Path: path, PolicyDocument: guardOf() }),
    )
    await world.iam.send(new AttachUserPolicyCommand({ UserName: user.name, PolicyArn: Policy?.Arn }))
    await sweep()
    await reconcileAll()
    expect(await guardOn(user)).toBeNull()
    expect(await world.payloads(await targetOf(user), 'target.orphan_found')).toMatchObject([{ on: user.arn, because: 'no_grant' }])
  })

  test('from whoever else it has been attached to, and stays where it belongs', async () => {
    const [user, other] = [await guarded('owner'), await world.user('other')]
    await world.iam.send(new AttachUserPolicyCommand({ UserName: other.name, PolicyArn: guardArn(user) }))
    await sweep()
    await reconcileAll()
    const { AttachedPolicies } = await world.iam.send(new ListAttachedUserPoliciesCommand({ UserName: other.name }))
    expect([AttachedPolicies, await guardOn(user)]).toEqual([[], guardOf()])
  })
})

test('what is not the guard’s stays as it is, byte for byte', async () => {
  const user = await world.user('with-others')
  await world.iam.send(new PutUserPolicyCommand({ UserName: user.name, PolicyName: 'theirs', PolicyDocument: ` ${documentFor('admin')}` }))
  await declare(user.arn)
  await sweep()
  await reconcileAll()
  await declare()
  await reconcileAll()
  const policies = await world.aws.session(account).listInlinePolicies(user)
  expect(policies?.map(({ name, document }) => [name, document])).toEqual([['theirs', ` ${documentFor('admin')}`]])
})

test('a guarded principal that the account does not have is no target, until it is there', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:user/not-yet`
  await declare(arn)
  await sweep()
  expect(await db.prisma.target.count({ where: { arn } })).toBe(0)
  const user = await world.user('not-yet')
  await sweep()
  await reconcileAll()
  expect(await guardOn(user)).toBe(guardOf())
})

describe('an approval', () => {
  test('is refused when the guard has no room for it, and says so; what is ended makes room', async () => {
    const user = await guarded('filling')
    const names = Array.from({ length: 67 }, (_, index) => `user_${index}`.padEnd(16, 'x'))
    const full = { characters: 2_048, attached: 0 }
    await db.inTransaction(async (tx) => {
      const now = await tx.now()
      const requestId = await makeRequest(tx, user, now)
      const grants = names.map((name) => ({
        ...world.newGrant(requestId, name),
        startsAt: now,
        endsAt: new Date(now.getTime() + 3_600_000),
      }))
      await openGrants(tx, { target: { ...user, foreign: full }, actor: operator, now, grants })
    })
    await expect(world.grant(user, 'x'.repeat(16), { foreign: full })).rejects.toMatchObject({
      code: 'quota_exceeded',
      message: expect.stringContaining(`The guard of ${user.arn} has no room`),
    })
    await reconcileAll()
    expect([await guardOn(user), (await world.target(await targetOf(user))).attentionCode]).toEqual([guardOf(...names), null])
    const [first] = await db.prisma.grant.findMany({ where: { target: { uniqueId: user.uniqueId } }, take: 1 })
    await world.revoke((first?.id ?? '') as Id<'grt'>) // as the stores make them
    await expect(world.grant(user, 'x'.repeat(16), { foreign: full })).resolves.toBeDefined()
  })

  test('leaves the guard one of the ten attachments', async () => {
    const user = await guarded('nine')
    await expect(world.grant(user, 'db_user', { foreign: { characters: 2_048, attached: 9 } })).rejects.toMatchObject({
      code: 'quota_exceeded',
      message: expect.stringContaining('and its guard one'),
    })
    await expect(world.grant(user, 'db_user', { foreign: { characters: 2_048, attached: 8 } })).resolves.toBeDefined()
  })
})
