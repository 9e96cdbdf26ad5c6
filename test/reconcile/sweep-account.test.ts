import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Id } from '../../src/kernel/ids.ts'
import { managedPath, namesOn } from '../../src/policy/index.ts'
import { enqueueForgottenSweeps, sweepAccount } from '../../src/reconcile/index.ts'
import { testDatabase } from '../support/database.ts'
import { snapshotOf } from '../support/snapshot.ts'
import { documentFor, silent, testWorld } from './world.ts'
import { ACCOUNT, account } from './world-aws.ts'

const database = testDatabase()
const world = testWorld(database.db)

const sweep = () => sweepAccount(world.parts(), silent)(ACCOUNT)
const state = () => database.db.prisma.accountSnapshot.findUniqueOrThrow({ where: { accountId: ACCOUNT } })
const principal = (arn: string) => database.db.prisma.snapshotPrincipal.findFirst({ where: { accountId: ACCOUNT, arn } })
const orphans = async () => {
  const events = await database.db.prisma.auditEvent.findMany({ where: { type: 'target.orphan_found' }, orderBy: { seq: 'asc' } })
  return events.map(({ payload, targetId }) => ({ payload: payload as Record<string, unknown>, targetId: targetId as Id<'tgt'> | null }))
}

/** Runs the reconciles that are due now until there are none, as workers do. */
async function reconcileAll(): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const { rows } = await database.db.pool.query<{ id: string; target: Id<'tgt'> }>(
      `delete from graphile_worker._private_jobs where key like 'tgt_%:now' returning id, payload->>'targetId' as target`,
    )
    if (rows.length === 0) return done
    for (const { target } of rows) {
      await world.reconcile(target)
      done.push(target)
    }
  }
}

beforeEach(async () => {
  await reconcileAll()
})
afterEach(async () => {
  world.standIn.faults.clear()
})

describe('a sweep', () => {
  test('keeps the account as it is, and writes nothing but its time when it comes again', async () => {
    const role = await world.role('kept')
    await world.iam.send(new PutRolePolicyCommand({ RoleName: 'kept', PolicyName: 'own', PolicyDocument: documentFor('anybody') }))
    await sweep()
    await reconcileAll()
    const first = await state()
    expect(await principal(role.arn)).toMatchObject({ uniqueId: role.uniqueId, kind: 'role', inline: [{ name: 'own', connects: true }] })
    const rows = () =>
      database.db.pool
        .query<{ xmins: string[] }>(
          `select array(select xmin::text from snapshot_principal union all select xmin::text from snapshot_policy order by 1) as xmins`,
        )
        .then(({ rows: [row] }) => row?.xmins)
    const before = [await snapshotOf(database.db), await rows()] as const
    await sweep()
    const after = [await snapshotOf(database.db), await rows()] as const
    const { 'graphile_worker._private_jobs': _jobs, ...unchanged } = before[0]
    expect(after[0]).toMatchObject(unchanged)
    expect(after[1]).toEqual(before[1])
    expect((await state()).asOf?.getTime()).toBeGreaterThan(first.asOf?.getTime() ?? 0)
  })

  test.each([
    ['denied', { kind: 'error', code: 'AccessDenied', status: 403, action: 'GetAccountAuthorizationDetails', times: null }, 'aws_denied'],
    ['cut off', { kind: 'lost-answer', action: 'GetAccountAuthorizationDetails', times: null }, 'aws_unavailable'],
  ] as const)('that is %s erases nothing and says what is wrong until one comes to its end', async (_how, fault, code) => {
    const role = await world.role(`still-here-${code.replaceAll('_', '-')}`)
    await sweep()
    const { asOf } = await state()
    await world.deleteRole(role.name)
    world.standIn.faults.add(fault)
    await sweep()
    expect(await state()).toMatchObject({ asOf, attentionCode: code, attempts: 1 })
    await sweep()
    expect(await state()).toMatchObject({ asOf, attentionCode: code, attempts: 2 })
    expect(await principal(role.arn)).not.toBeNull()
    world.standIn.faults.clear()
    await sweep()
    expect(await state()).toMatchObject({ attentionCode: null, attempts: 0 })
    expect(await principal(role.arn)).toBeNull()
  })

  test('has access that was taken away by others given back, and what others changed put right', async () => {
    const [lost, changed] = [await world.role('lost'), await world.role('changed')]
    const grants = [await world.grant(lost, 'db_user'), await world.grant(changed, 'db_user')]
    await reconcileAll()
    for (const { targetId } of grants) await world.pass(targetId, 61) // by then IAM shows what was written
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: 'lost', PolicyName: world.policy }))
    await world.iam.send(
      new PutRolePolicyCommand({ RoleName: 'changed', PolicyName: world.policy, PolicyDocument: documentFor('admin', 'db_user') }),
    )
    await sweep()
    expect(new Set(await reconcileAll())).toEqual(new Set(grants.map(({ targetId }) => targetId)))
    expect(await world.document(lost)).toBe(documentFor('db_user'))
    expect(await world.document(changed)).toBe(documentFor('db_user'))
    for (const { targetId } of grants) expect(await world.events(targetId)).toContain('target.drift_found')
    await sweep()
    expect(await reconcileAll()).toEqual([])
  })

  test('finds nothing wrong with a grant on every database user', async () => {
    await world.grant(await world.role('wildcard'), '*')
    await reconcileAll()
    await sweep()
    expect(await reconcileAll()).toEqual([])
  })

  test('waits while the account’s budget of calls is spent', async () => {
    await database.db.pool.query('update call_budget set calls = 0, as_of = now()')
    const { triedAt } = await state()
    expect(await world.callsDuring(sweep)).toEqual([])
    expect((await state()).triedAt).toEqual(triedAt)
    await database.db.pool.query("update call_budget set as_of = now() - interval '1 hour'")
    expect(await world.callsDuring(sweep)).toContain('GetAccountAuthorizationDetails')
  })

  test('leaves what others granted alone', async () => {
    await world.role('of-others')
    await world.iam.send(new PutRolePolicyCommand({ RoleName: 'of-others', PolicyName: 'theirs', PolicyDocument: documentFor('db_user') }))
    await sweep()
    expect(await reconcileAll()).toEqual([])
  })

  test('finds that a principal with grants is gone', async () => {
    const role = await world.role('leaves')
    const { targetId } = await world.grant(role, 'db_user')
    await reconcileAll()
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: 'leaves', PolicyName: world.policy }))
    await world.iam.send(new DeleteRoleCommand({ RoleName: 'leaves' }))
    await sweep()
    expect(await reconcileAll()).toEqual([targetId])
    expect(await world.target(targetId)).toMatchObject({ attentionCode: 'principal_gone' })
  })
})

describe('a policy of ours that no grant explains is taken away, with its writes on record', () => {
  const writes = ['iam.write.intended', 'iam.write.done']

  test('on an entity that Sallyport never wrote to', async () => {
    const role = await world.role('strange')
    await world.iam.send(
      new PutRolePolicyCommand({ RoleName: 'strange', PolicyName: world.policy, PolicyDocument: documentFor('db_user') }),
    )
    await sweep()
    const found = (await orphans()).at(-1)
    expect(found).toMatchObject({ payload: { on: role.arn, policyName: world.policy, because: 'no_grant', removes: true } })
    await reconcileAll()
    expect(await world.document(role)).toBeNull()
    expect(found?.targetId == null ? [] : await world.events(found.targetId)).toEqual(
      expect.arrayContaining(['target.orphan_found', 'target.drift_found', ...writes]),
    )
  })

  test('if it is a managed policy, where it is attached to somebody else, and only from there', async () => {
    const [owner, other] = [await world.fullRole('owner'), await world.role('other')]
    await world.grant(owner, 'db_user', { foreign: { characters: 10_240, attached: 0 } })
    await reconcileAll()
    const name = namesOn(world.deploymentId, owner.uniqueId)(1)
    const arn = `arn:aws:iam::${ACCOUNT}:policy${managedPath(world.deploymentId)}${name}`
    await world.iam.send(new AttachRolePolicyCommand({ RoleName: 'other', PolicyArn: arn }))
    await sweep()
    expect((await orphans()).at(-1)).toMatchObject({ payload: { on: other.arn, policyArn: arn, because: 'attached_elsewhere' } })
    for (let round = 0; round < 2; round++) {
      await reconcileAll()
      expect(await attachedTo('other')).toEqual([])
      expect(await attachedTo('owner')).toEqual([arn])
      expect((await world.aws.session(account).getManagedPolicy(arn))?.document).toBe(documentFor('db_user'))
      await sweep()
    }
  })

  test('if it is left of an entity that nobody knows any more', async () => {
    const name = namesOn(world.deploymentId, 'AROAQQQQQQQQQQQQQQQQQ')(3)
    const arn = await leftover(name)
    await sweep()
    const found = (await orphans()).at(-1)
    expect(found).toMatchObject({ payload: { on: null, policyArn: arn, because: 'unattached', removes: true } })
    await reconcileAll()
    if (found?.targetId != null) await world.reconcile(found.targetId) // that the entity is gone is believed when it is seen twice
    await expect(world.iam.send(new GetPolicyCommand({ PolicyArn: arn }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    expect(found?.targetId == null ? [] : await world.events(found.targetId)).toEqual(expect.arrayContaining(writes))
  })

  test('if it is left of an entity that was deleted and of one that has it in no use', async () => {
    const role = await world.fullRole('deleted')
    const grant = await world.grant(role, 'db_user', { foreign: { characters: 10_240, attached: 0 } })
    const here = await world.role('unused')
    const { targetId } = await world.grant(here, 'db_user')
    await reconcileAll()
    const unused = await leftover(namesOn(world.deploymentId, here.uniqueId)(2))
    const arn = `arn:aws:iam::${ACCOUNT}:policy${managedPath(world.deploymentId)}${namesOn(world.deploymentId, role.uniqueId)(1)}`
    await world.iam.send(new DetachRolePolicyCommand({ RoleName: 'deleted', PolicyArn: arn }))
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: 'deleted', PolicyName: 'of-others' }))
    await world.deleteRole('deleted')
    await sweep()
    expect(new Set(await reconcileAll())).toEqual(new Set([grant.targetId, targetId]))
    await world.reconcile(grant.targetId)
    for (const gone of [arn, unused]) {
      await expect(world.iam.send(new GetPolicyCommand({ PolicyArn: gone }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    }
    expect(await world.document(here)).toBe(documentFor('db_user'))
  })

  test('unless nobody can tell whose it is: then it is reported, once', async () => {
    const arn = await leftover('by-hand')
    await sweep()
    await sweep()
    const found = (await orphans()).filter(({ payload }) => payload['policyArn'] === arn)
    expect(found).toEqual([{ targetId: null, payload: expect.objectContaining({ because: 'unknown_name', removes: false }) }])
    expect(await reconcileAll()).toEqual([])
  })

  const leftover = async (PolicyName: string): Promise<string> => {
    const { Policy } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName, Path: managedPath(world.deploymentId), PolicyDocument: documentFor('db_user') }),
    )
    return Policy?.Arn ?? ''
  }
  const attachedTo = async (RoleName: string) => {
    const { AttachedPolicies = [] } = await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
    return AttachedPolicies.map(({ PolicyArn }) => PolicyArn)
  }
})

test('a sweep sets the time of the next, within fifteen minutes, and one that is lost is set again', async () => {
  const job = async () => {
    const { rows } = await database.db.pool.query<{ run_at: Date }>(
      `select run_at from graphile_worker.jobs where key = 'sweep:${ACCOUNT}'`,
    )
    return rows.map(({ run_at }) => run_at)
  }
  const forgotten = () => database.db.inTransaction(enqueueForgottenSweeps.run)
  await sweep()
  const { nextAt, triedAt } = await state()
  expect(await job()).toEqual([nextAt])
  expect(nextAt.getTime() - triedAt.getTime()).toBeLessThanOrEqual(900_000)
  await database.db.pool.query(`delete from graphile_worker._private_jobs where key like 'sweep:%'`)
  await forgotten()
  expect(await job()).toEqual([])
  await database.db.pool.query(`update account_snapshot set next_at = now() - interval '1 minute'`)
  await forgotten()
  await forgotten()
  expect(await job()).toHaveLength(1)
})
