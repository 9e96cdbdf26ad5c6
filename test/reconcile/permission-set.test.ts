import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam'
import { DeletePermissionSetCommand, DetachCustomerManagedPolicyReferenceFromPermissionSetCommand } from '@aws-sdk/client-sso-admin'
import { afterEach, describe, expect, test } from 'vitest'
import type { Aws } from '../../src/aws/index.ts'
import { managedPath, nothingGranted } from '../../src/policy/index.ts'
import { assign, provision, unassign } from '../dev/aws/identity-center/organisation.ts'
import { ELSEWHERE, setWorld } from './set-world.ts'
import { documentFor } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const sets = setWorld()
const { world } = sets
const nothing = nothingGranted('aws')
const isWrite = (call: string): boolean => !/^(Describe|Get|List|AssumeRole)/.test(call)
const attention = async (targetId: Parameters<typeof world.target>[0]) => {
  const { attentionCode, attentionMessage } = await world.target(targetId)
  return { code: attentionCode, message: attentionMessage }
}

afterEach(() => {
  world.standIn.pace.calls = 2
  world.standIn.faults.clear()
})

describe('a permission set, by reference', () => {
  test('refers once to a policy that every account has, and from then on each grant is a change of that policy', async () => {
    const set = await sets.set('reader', ACCOUNT, ELSEWHERE)
    const first = await sets.open(set, 'jane_doe')
    world.standIn.pace.calls = null
    const calls = await world.callsDuring(() => world.reconcile(first.targetId))
    expect(calls.filter(isWrite)).toEqual([
      'CreatePolicy',
      'CreatePolicy',
      'AttachCustomerManagedPolicyReferenceToPermissionSet',
      'ProvisionPermissionSet',
    ])
    expect(await world.status(first.id)).toBe('applying')
    world.standIn.pace.calls = 1
    await sets.settle(first.targetId)

    expect(await world.status(first.id)).toBe('active')
    expect(await sets.attached(ACCOUNT, 'reader')).toEqual([sets.policyName(set.arn)])
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('jane_doe'))
    expect(await sets.document(ELSEWHERE, set.arn)).toBe(nothing)
    const writes = ['iam.write.intended', 'iam.write.done']
    expect(await world.events(first.targetId)).toEqual([
      ...writes,
      ...writes,
      ...writes,
      'iam.write.intended',
      'iam.write.accepted',
      'iam.write.done',
    ])

    const second = await sets.open(set, 'mary_roe')
    expect((await world.callsDuring(() => world.reconcile(second.targetId))).filter(isWrite)).toEqual(['CreatePolicyVersion'])
    expect(await world.status(second.id)).toBe('active')
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('jane_doe', 'mary_roe'))
    expect((await world.callsDuring(() => world.reconcile(second.targetId))).filter(isWrite)).toEqual([])

    await world.revoke(first.id)
    await world.revoke(second.id)
    expect((await world.callsDuring(() => world.reconcile(first.targetId))).filter(isWrite)).toEqual(['CreatePolicyVersion'])
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'ended'])
    expect(await sets.document(ACCOUNT, set.arn)).toBe(nothing)
    expect(await sets.attached(ACCOUNT, 'reader')).toEqual([sets.policyName(set.arn)])
    expect((await world.callsDuring(() => world.reconcile(first.targetId))).filter(isWrite)).toEqual([])
  })

  test('is not provisioned again while that is under way, and what ends meanwhile does not wait for it', async () => {
    const set = await sets.set('patient', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    world.standIn.pace.calls = null
    await world.reconcile(grant.targetId)
    const other = await sets.open(set, 'mary_roe')
    await world.revoke(grant.id)
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter(isWrite)).toEqual(['CreatePolicyVersion', 'CreatePolicyVersion'])
    expect(calls).toContain('DescribePermissionSetProvisioningStatus')
    expect([await world.status(grant.id), await world.status(other.id)]).toEqual(['ended', 'applying'])
    expect((await world.target(grant.targetId)).nextCheckAt).not.toBeNull()
    world.standIn.pace.calls = 1
    await sets.settle(grant.targetId)
    expect(await world.status(other.id)).toBe('active')
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('mary_roe'))
  })

  test('that cannot be provisioned gets attention with AWS’s reason, and is tried again', async () => {
    const set = await sets.set('crowded', ACCOUNT)
    const { sso, InstanceArn } = sets.organisation()
    const grant = await sets.open(set, 'jane_doe')
    const reference = { Name: 'not-there', Path: '/' }
    await sets.refer(set.arn, reference)
    await sets.settle(grant.targetId, 6)
    expect(await world.status(grant.id)).toBe('applying')
    expect(await attention(grant.targetId)).toEqual({
      code: 'provisioning_failed',
      message: expect.stringMatching(/tried again by itself\. AWS says: Received a 404 .*policy\/not-there/),
    })
    expect(await world.events(grant.targetId)).toContain('iam.write.failed')

    await sso.send(
      new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({
        InstanceArn,
        PermissionSetArn: set.arn,
        CustomerManagedPolicyReference: reference,
      }),
    )
    await sets.settle(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
    expect((await attention(grant.targetId)).code).toBeNull()
  })

  test('is finished by the next run when a worker dies between the reference and the provisioning', async () => {
    const set = await sets.set('interrupted', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    const dying: Aws = {
      ...world.aws,
      identityCenter: (...args) => ({
        ...world.aws.identityCenter(...args),
        provision: () => {
          throw new Error('killed')
        },
      }),
    }
    await expect(world.reconcile(grant.targetId, { aws: dying })).rejects.toThrow('killed')
    expect(await sets.references(set.arn)).toEqual([sets.policyName(set.arn)])
    const calls = await world.callsDuring(() => sets.settle(grant.targetId))
    expect(calls.filter(isWrite)).toEqual(['ProvisionPermissionSet'])
    expect(await world.status(grant.id)).toBe('active')
    expect(await world.payloads(grant.targetId, 'iam.write.failed')).toMatchObject([{ operation: 'provision', settledBy: 'read_back' }])
  })

  test('is no drift when the answer to its provisioning was lost', async () => {
    const set = await sets.set('unanswered', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    world.standIn.faults.add({ kind: 'lost-answer', service: 'sso', action: 'ProvisionPermissionSet', times: 1 })
    await sets.settle(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
    expect(await world.events(grant.targetId)).not.toContain('target.drift_found')
  })

  test('that others have changed is drift, and is put right', async () => {
    const set = await sets.set('tampered', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    await sets.settle(grant.targetId)
    await world.pass(grant.targetId, 120)

    const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy${managedPath(world.deploymentId)}${sets.policyName(set.arn)}`
    const PolicyDocument = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"rds-db:*","Resource":"*"}}'
    await world.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
    await world.reconcile(grant.targetId)
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('jane_doe'))
    expect(await world.payloads(grant.targetId, 'target.drift_found')).toMatchObject([{ policyName: sets.policyName(set.arn) }])
    await world.pass(grant.targetId, 120)

    const { sso, InstanceArn } = sets.organisation()
    const reference = { Name: sets.policyName(set.arn), Path: managedPath(world.deploymentId) }
    const ofSet = { InstanceArn, PermissionSetArn: set.arn }
    await sso.send(
      new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({ ...ofSet, CustomerManagedPolicyReference: reference }),
    )
    await provision(sets.organisation(), set.arn, ACCOUNT)
    expect(await sets.attached(ACCOUNT, 'tampered')).toEqual([])
    for (let round = 0; round < 6; round++) await world.reconcile(grant.targetId)
    expect(await sets.attached(ACCOUNT, 'tampered')).toEqual([sets.policyName(set.arn)])
    expect(await world.payloads(grant.targetId, 'target.drift_found')).toHaveLength(2)
  })

  test('gives nothing while nobody is assigned to it, and nothing that has ended when somebody is again', async () => {
    const set = await sets.set('abandoned', ACCOUNT, ELSEWHERE)
    const [kept, ended] = [await sets.open(set, 'jane_doe'), await sets.open(set, 'mary_roe')]
    await sets.settle(kept.targetId)
    await unassign(sets.organisation(), set.arn, ACCOUNT)
    await world.revoke(ended.id)
    const third = await sets.open(set, 'bob')
    await world.reconcile(kept.targetId)
    expect(await world.status(ended.id)).toBe('ended')
    expect(await world.status(third.id)).toBe('applying')
    expect((await attention(kept.targetId)).code).toBe('permission_set_not_provisioned')
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('bob', 'jane_doe'))
    await assign(sets.organisation(), set.arn, ACCOUNT)
    await sets.settle(kept.targetId)
    expect(await world.status(third.id)).toBe('active')
  })

  test('cannot be made while the set is in an account that is not managed, and says so', async () => {
    const set = await sets.set('wide', ACCOUNT, '999988887777')
    const grant = await sets.open(set, 'jane_doe')
    await world.reconcile(grant.targetId)
    expect((await attention(grant.targetId)).code).toBe('permission_set_elsewhere')
    expect(await sets.references(set.arn)).toEqual([])
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('ended')
    expect((await attention(grant.targetId)).code).toBeNull()
  })

  test('is taken away by IAM alone while Identity Center is away, and given by it too', async () => {
    const set = await sets.set('independent', ACCOUNT)
    const first = await sets.open(set, 'jane_doe')
    await sets.settle(first.targetId)
    world.standIn.faults.add({ kind: 'error', service: 'sso', action: '*', code: 'InternalServerException', status: 500 })
    const second = await sets.open(set, 'mary_roe')
    await world.revoke(first.id)
    await world.reconcile(first.targetId)
    expect(await sets.document(ACCOUNT, set.arn)).toBe(documentFor('mary_roe'))
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'active'])
    expect((await attention(first.targetId)).code).toBe('aws_unavailable')
    world.standIn.faults.clear()
    expect((await world.callsDuring(() => world.reconcile(first.targetId))).filter(isWrite)).toEqual([])
    expect((await attention(first.targetId)).code).toBeNull()
  })

  test('that is deleted takes its access with it', async () => {
    const set = await sets.set('deleted', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    await sets.settle(grant.targetId)
    await unassign(sets.organisation(), set.arn, ACCOUNT)
    await sets
      .organisation()
      .sso.send(new DeletePermissionSetCommand({ InstanceArn: sets.organisation().InstanceArn, PermissionSetArn: set.arn }))
    await world.reconcile(grant.targetId)
    expect((await attention(grant.targetId)).code).toBe('principal_gone')
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('ended')
    expect(await sets.document(ACCOUNT, set.arn)).toBeNull()
  })
})
