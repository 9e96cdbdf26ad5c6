import {
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import type { EntityIdentity } from '../../src/grants/target-store.ts'
import { documentFor, testWorld } from './world.ts'

const world = testWorld()
const full = { characters: 10_240, attached: 0 }
const grantOn = (role: EntityIdentity, dbUser: string) => world.grant(role, dbUser, { foreign: full })

const arnFor = (role: EntityIdentity) =>
  `arn:aws:iam::123456789012:policy/sallyport/${world.deploymentId}/${world.policy}-${role.uniqueId}-1`

async function attachedTo(role: EntityIdentity): Promise<string[]> {
  const { AttachedPolicies } = await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role.name }))
  return (AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? '')
}

async function versionsOf(arn: string) {
  const { Versions } = await world.iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }))
  return Versions ?? []
}

async function documentOf(arn: string): Promise<string> {
  const version = (await versionsOf(arn)).find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId
  const { PolicyVersion } = await world.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }))
  return decodeURIComponent(PolicyVersion?.Document ?? '')
}

const ourPolicies = async () =>
  (await world.iam.send(new ListPoliciesCommand({ Scope: 'Local', PathPrefix: `/sallyport/${world.deploymentId}/` }))).Policies ?? []

const writesIn = (calls: readonly string[]) => calls.filter((call) => /^(Put|Delete|Create|Attach|Detach)/.test(call))

describe('what does not fit inline', () => {
  test('goes to a managed policy under the deployment’s path, and is active once it is read back', async () => {
    const role = await world.fullRole('overflow')
    const { id, targetId } = await grantOn(role, 'db_user')
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(writesIn(calls)).toEqual(['CreatePolicy', 'AttachRolePolicy'])
    expect(await attachedTo(role)).toEqual([arnFor(role)])
    expect(await documentOf(arnFor(role))).toBe(documentFor('db_user'))
    expect([await world.status(id), await world.document(role)]).toEqual(['active', null])
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.done', 'iam.write.intended', 'iam.write.done'])
  })

  test('is only read when it is as it should be', async () => {
    const role = await world.fullRole('overflow-unchanged')
    const { targetId } = await grantOn(role, 'db_user')
    await world.reconcile(targetId)
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(writesIn(calls)).toEqual([])
    expect(calls.sort()).toEqual(
      ['GetRole', 'GetRolePolicy', 'ListRolePolicies', 'ListAttachedRolePolicies', 'ListPolicyVersions', 'GetPolicyVersion'].sort(),
    )
  })

  test('is detached, and its policy deleted, with the last grant', async () => {
    const role = await world.fullRole('overflow-ended')
    const first = await grantOn(role, 'db_user')
    await world.reconcile(first.targetId)
    const second = await grantOn(role, 'jane_doe')
    await world.reconcile(first.targetId)
    await world.revoke(first.id)
    await world.revoke(second.id)
    const calls = await world.callsDuring(() => world.reconcile(first.targetId))
    expect(writesIn(calls)).toEqual(['DetachRolePolicy', 'DeletePolicyVersion', 'DeletePolicy'])
    expect(await attachedTo(role)).toEqual([])
    expect((await ourPolicies()).filter(({ Arn }) => Arn === arnFor(role))).toEqual([])
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'ended'])
    expect((await world.target(first.targetId)).written).toEqual({})
  })

  test('changes more often than IAM keeps versions', async () => {
    const role = await world.fullRole('overflow-versions')
    const users = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    let target: Awaited<ReturnType<typeof grantOn>>['targetId'] | undefined
    for (const user of users) {
      target = (await grantOn(role, user)).targetId
      await world.reconcile(target)
    }
    expect(await documentOf(arnFor(role))).toBe(documentFor(...users))
    expect((await versionsOf(arnFor(role))).map(({ VersionId }) => VersionId)).toEqual(['v3', 'v4', 'v5', 'v6', 'v7'])
    expect(target === undefined ? null : (await world.target(target)).attentionCode).toBeNull()
  })
})

describe('a managed policy that others change', () => {
  test('is attached again if somebody has detached it', async () => {
    const role = await world.fullRole('detached')
    const { targetId } = await grantOn(role, 'db_user')
    await world.reconcile(targetId)
    await world.pass(targetId, 120)
    await world.iam.send(new DetachRolePolicyCommand({ RoleName: role.name, PolicyArn: arnFor(role) }))
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(writesIn(calls)).toEqual(['AttachRolePolicy'])
    expect(await attachedTo(role)).toEqual([arnFor(role)])
    expect(await world.payloads(targetId, 'target.drift_found')).toMatchObject([{ found: expect.stringContaining('detached:') }])
  })

  test('gets back what it should say if somebody has widened it', async () => {
    const role = await world.fullRole('widened')
    const { targetId } = await grantOn(role, 'db_user')
    await world.reconcile(targetId)
    await world.pass(targetId, 120)
    await world.iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: arnFor(role), PolicyDocument: documentFor('admin', 'db_user'), SetAsDefault: true }),
    )
    await world.reconcile(targetId)
    expect(await documentOf(arnFor(role))).toBe(documentFor('db_user'))
    expect(await world.events(targetId)).toContain('target.drift_found')
  })
})

describe('when an answer is lost', () => {
  test.each(['CreatePolicy', 'AttachRolePolicy', 'CreatePolicyVersion'])(
    'that of %s is settled, and the world becomes right',
    async (action) => {
      const role = await world.fullRole(`lost-${action}`)
      const first = await grantOn(role, 'db_user')
      if (action === 'CreatePolicyVersion') await world.reconcile(first.targetId)
      const second = await grantOn(role, 'jane_doe')
      world.standIn.faults.add({ kind: 'lost-answer', action, times: 3 })
      await world.reconcile(first.targetId)
      world.standIn.faults.clear()
      await world.reconcile(first.targetId)
      expect(await documentOf(arnFor(role))).toBe(documentFor('db_user', 'jane_doe'))
      expect(await attachedTo(role)).toEqual([arnFor(role)])
      expect([await world.status(first.id), await world.status(second.id)]).toEqual(['active', 'active'])
      expect(await world.events(first.targetId)).not.toContain('target.drift_found')
      const open = await world.db.prisma.iamWrite.count({ where: { targetId: first.targetId, settledAt: null } })
      expect(open).toBe(0)
    },
  )
})

test('a group is a target like a role', async () => {
  const group = await world.group('analysts')
  const { id, targetId } = await world.grant(group, 'db_user')
  await world.reconcile(targetId)
  expect([await world.document(group), await world.status(id)]).toEqual([documentFor('db_user'), 'active'])
  await world.revoke(id)
  await world.reconcile(targetId)
  expect([await world.document(group), await world.status(id)]).toEqual([null, 'ended'])
})
