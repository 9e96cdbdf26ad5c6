import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { hashDocument } from '../../src/policy/index.ts'
import { documentFor, testWorld } from './world.ts'

const world = testWorld()

const put = (role: string, document: string) =>
  world.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: world.policy, PolicyDocument: document }))

describe('what others change is put right', () => {
  test('a policy that somebody widened is found and repaired in one run', async () => {
    const role = await world.role('widened')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await put(role.name, documentFor('admin', 'db_user'))
    await world.reconcile(targetId)
    expect(await world.document(role)).toBe(documentFor('db_user'))
    expect(await world.payloads(targetId, 'target.drift_found')).toEqual([
      {
        policyName: world.policy,
        expected: hashDocument(documentFor('db_user')),
        found: hashDocument(documentFor('admin', 'db_user')),
      },
    ])
    expect(await world.status(id)).toBe('active')
  })

  test('a policy that somebody deleted is put back', async () => {
    const role = await world.role('deleted')
    const { targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.pass(targetId, 61)
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: world.policy }))
    await world.reconcile(targetId)
    expect(await world.document(role)).toBe(documentFor('db_user'))
    expect(await world.payloads(targetId, 'target.drift_found')).toMatchObject([{ found: null }])
  })

  test('a policy under our name that gives back what has ended is taken away', async () => {
    const role = await world.role('revived')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.revoke(id)
    await world.reconcile(targetId)
    await world.pass(targetId, 61)
    await put(role.name, documentFor('db_user'))
    await world.reconcile(targetId)
    expect(await world.document(role)).toBeNull()
    expect(await world.events(targetId)).toContain('target.drift_found')
  })

  test('drift that is found while something is granted is noted as well', async () => {
    const role = await world.role('both')
    const { targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await put(role.name, documentFor('admin'))
    await world.grant(role, 'jane_doe')
    await world.reconcile(targetId)
    expect(await world.document(role)).toBe(documentFor('db_user', 'jane_doe'))
    expect(await world.payloads(targetId, 'target.drift_found')).toHaveLength(1)
  })

  test('a target is looked at every quarter of an hour, also when nothing is granted on it any more', async () => {
    const role = await world.role('watched')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.revoke(id)
    await world.reconcile(targetId)
    const { nextCheckAt, checkedAt } = await world.target(targetId)
    const minutes = ((nextCheckAt?.getTime() ?? 0) - (checkedAt?.getTime() ?? 0)) / 60_000
    expect(minutes).toBeGreaterThan(13)
    expect(minutes).toBeLessThanOrEqual(15)
  })
})

describe('principals that go', () => {
  test('grants in force wait, with attention, while their principal is gone, and end in time', async () => {
    const role = await world.role('gone')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: world.policy }))
    await world.deleteRole(role.name)
    await world.reconcile(targetId)
    expect(await world.target(targetId)).toMatchObject({ attentionCode: 'principal_gone', attempts: 1 })
    expect(await world.status(id)).toBe('active')
    await world.expire(id)
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('ended')
    expect(await world.target(targetId)).toMatchObject({ attentionCode: null, nextCheckAt: null })
  })

  test('that a principal is gone is believed when it is seen twice', async () => {
    const role = await world.role('gone-early')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.revoke(id)
    await world.deleteRole(role.name)
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('revoking')
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('ended')
  })

  test('one made again under the same name inherits nothing', async () => {
    const role = await world.role('made-again')
    const ended = await world.grant(role, 'db_user')
    const waiting = await world.grant(role, 'jane_doe')
    await world.deleteRole(role.name)
    const again = await world.role('made-again')
    expect(again.uniqueId).not.toBe(role.uniqueId)
    await world.revoke(ended.id)
    const calls = await world.callsDuring(() => world.reconcile(ended.targetId))
    expect(calls.filter((call) => /^(Put|Delete)/.test(call))).toEqual([])
    expect(await world.document(again)).toBeNull()
    expect([await world.status(ended.id), await world.status(waiting.id)]).toEqual(['ended', 'applying'])
    expect(await world.target(ended.targetId)).toMatchObject({ attentionCode: 'principal_replaced' })
  })
})
