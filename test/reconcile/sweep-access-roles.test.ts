import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { Id } from '../../src/kernel/ids.ts'
import { DEPLOYMENT_TAG, managedPath } from '../../src/policy/index.ts'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { accessWorld, ELSEWHERE } from './access-world.ts'
import { documentFor, silent } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const access = accessWorld()
const { world } = access

/** Sweeps an account and answers the targets that it has reconciled; those are taken out of the queue. */
async function astrayIn(account: string): Promise<Id<'tgt'>[]> {
  const taken = () =>
    world.db.pool.query<{ target: Id<'tgt'> }>(
      `delete from graphile_worker._private_jobs where key like 'tgt_%:now' returning payload->>'targetId' as target`,
    )
  await taken()
  await sweepAccount(world.parts(), silent)(account)
  const { rows } = await taken()
  return rows.map(({ target }) => target)
}

const orphans = async () => {
  const events = await world.db.prisma.auditEvent.findMany({ where: { type: 'target.orphan_found' }, orderBy: { seq: 'asc' } })
  return events.map(({ payload, targetId }) => ({ ...(payload as Record<string, unknown>), targetId: targetId as Id<'tgt'> | null }))
}

test('an access role and the principal that may assume it, both as they should be, are left alone', async () => {
  const principal = await access.principal('settled')
  const role = access.roleOf(principal)
  const { targetId, callerId } = await access.open(principal, role, 'jane_doe')
  await world.reconcile(targetId)
  await world.reconcile(callerId)
  expect(await astrayIn(ACCOUNT)).toEqual([])
  expect(await astrayIn(ELSEWHERE)).toEqual([])
  expect(await orphans()).toEqual([])
})

test('an access role that no grant explains is reported and deleted, with whom it was made for found in its trust policy', async () => {
  const principal = await access.principal('forgotten')
  const role = access.roleOf(principal)
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal.arn }, Action: 'sts:AssumeRole' }],
  })
  await world.iam.send(
    new CreateRoleCommand({
      RoleName: role.name,
      Path: managedPath(world.deploymentId),
      AssumeRolePolicyDocument: trust,
      Tags: [{ Key: DEPLOYMENT_TAG, Value: world.deploymentId }],
    }),
  )
  await world.iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName: world.policy, PolicyDocument: documentFor('jane_doe') }))

  const [targetId, ...others] = await astrayIn(ACCOUNT)
  if (targetId === undefined) throw new Error('nothing was found')
  expect(others).toEqual([])
  expect(await orphans()).toEqual([
    { account: ACCOUNT, policyName: 'access-role', policyArn: null, on: role.arn, because: 'no_grant', removes: true, targetId },
  ])
  expect(await world.db.prisma.target.findUniqueOrThrow({ where: { id: targetId } })).toMatchObject({
    kind: 'access_role',
    uniqueId: role.uniqueId,
    principalArn: principal.arn,
    principalUniqueId: principal.uniqueId,
  })
  await world.reconcile(targetId)
  expect(await access.found(role)).toBeNull()
  expect(await astrayIn(ACCOUNT)).toEqual([])
})

test('a role of such a name that is not the deployment’s is left as it is', async () => {
  const { name } = access.roleOf({ arn: `arn:aws:iam::${ELSEWHERE}:role/other`, uniqueId: 'AROAOTHEROTHER' })
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
  })
  await world.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
  const before = (await orphans()).length
  expect(await astrayIn(ACCOUNT)).toEqual([])
  expect(await orphans()).toHaveLength(before)
})

test('what others change on an access role, or on who may assume it, has each of them looked at', async () => {
  const principal = await access.principal('changed')
  const role = access.roleOf(principal)
  const { targetId, callerId } = await access.open(principal, role, 'jane_doe')
  await world.reconcile(targetId)
  await world.reconcile(callerId)
  await world.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: world.policy }))
  await access
    .elsewhere()
    .send(new PutRolePolicyCommand({ RoleName: 'changed', PolicyName: world.policy, PolicyDocument: documentFor('x') }))
  expect(await astrayIn(ACCOUNT)).toEqual([targetId])
  expect(await astrayIn(ELSEWHERE)).toEqual([callerId])
})
