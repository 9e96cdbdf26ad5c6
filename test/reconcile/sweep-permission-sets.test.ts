import { CreatePolicyCommand } from '@aws-sdk/client-iam'
import { PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin'
import { expect, test } from 'vitest'
import { managedPath } from '../../src/policy/index.ts'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { provision } from '../dev/aws/identity-center/organisation.ts'
import { ELSEWHERE, setWorld } from './set-world.ts'
import { documentFor, silent } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const sets = setWorld()
const { world } = sets

/** Sweeps an account and answers the targets that it has reconciled; those are taken out of the queue. */
async function astrayIn(account: string): Promise<(string | undefined)[]> {
  const taken = () =>
    world.db.pool.query<{ target: string }>(
      `delete from graphile_worker._private_jobs where key like 'tgt_%:now' returning payload->>'targetId' as target`,
    )
  await taken()
  await sweepAccount(world.parts(), silent)(account)
  return (await taken()).rows.map(({ target }) => target)
}
const orphans = async () => {
  const events = await world.db.prisma.auditEvent.findMany({ where: { type: 'target.orphan_found' }, orderBy: { seq: 'asc' } })
  return events.map(({ payload }) => payload)
}

test('sets that are as they should be are left alone, and so is what other accounts have for their sake', async () => {
  const [reference, inline] = [await sets.set('by-reference', ACCOUNT, ELSEWHERE), await sets.set('inline', ACCOUNT)]
  const grants = [await sets.open(reference, 'jane_doe'), await sets.open(inline, 'jane_doe', 'inline')]
  for (const { targetId } of grants) await sets.settle(targetId)
  expect(await astrayIn(ACCOUNT)).toEqual([])
  expect(await astrayIn(ELSEWHERE)).toEqual([])
  for (const { id, targetId } of grants) {
    await world.revoke(id)
    await sets.settle(targetId)
  }
  expect(await astrayIn(ACCOUNT)).toEqual([])
  expect(await orphans()).toEqual([])
})

test('a set from which ours was taken is put right', async () => {
  const set = await sets.set('astray', ACCOUNT)
  const { targetId } = await sets.open(set, 'jane_doe', 'inline')
  await sets.settle(targetId)
  const { sso, InstanceArn } = sets.organisation()
  const InlinePolicy = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
  await sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn: set.arn, InlinePolicy }))
  await provision(sets.organisation(), set.arn, ACCOUNT)
  expect(await astrayIn(ACCOUNT)).toEqual([targetId])
})

test('a policy of a set that no grant explains is reported', async () => {
  const set = await sets.set('forgotten', ACCOUNT)
  const PolicyName = sets.policyName(set.arn)
  await world.iam.send(
    new CreatePolicyCommand({ PolicyName, Path: managedPath(world.deploymentId), PolicyDocument: documentFor('jane_doe') }),
  )
  await astrayIn(ACCOUNT)
  expect(await orphans()).toMatchObject([{ policyName: PolicyName, because: 'unattached', removes: false }])
})
