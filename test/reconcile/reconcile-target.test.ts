import { describe, expect, test } from 'vitest'
import { documentFor, testWorld } from './world.ts'

const world = testWorld()
const reads = ['GetRole', 'ListRolePolicies', 'ListAttachedRolePolicies']

describe('granting and taking away', () => {
  test('a grant becomes the document of the page, is read back, and is active', async () => {
    const role = await world.role('apply')
    const { id, targetId } = await world.grant(role, 'db_user')
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(await world.document(role)).toBe(documentFor('db_user'))
    expect(await world.status(id)).toBe('active')
    expect(calls.filter((call) => call.startsWith('Put'))).toEqual(['PutRolePolicy'])
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.done'])
    expect(await world.payloads(targetId, 'iam.write.done')).toMatchObject([
      { operation: 'put_inline', settledBy: 'answer', awsRequestId: expect.any(String) },
    ])
  })

  test('a user is a target like a role', async () => {
    const user = await world.user('jane')
    const { id, targetId } = await world.grant(user, 'jane_doe')
    await world.reconcile(targetId)
    expect(await world.document(user)).toBe(documentFor('jane_doe'))
    expect(await world.status(id)).toBe('active')
  })

  test('a revoked grant is taken away, and its policy with the last one', async () => {
    const role = await world.role('revoke')
    const kept = await world.grant(role, 'jane_doe')
    const revoked = await world.grant(role, 'mary_roe')
    await world.reconcile(kept.targetId)
    expect(await world.document(role)).toBe(documentFor('jane_doe', 'mary_roe'))
    await world.revoke(revoked.id)
    await world.reconcile(kept.targetId)
    expect(await world.document(role)).toBe(documentFor('jane_doe'))
    expect([await world.status(kept.id), await world.status(revoked.id)]).toEqual(['active', 'ended'])
    await world.revoke(kept.id)
    await world.reconcile(kept.targetId)
    expect(await world.document(role)).toBeNull()
    expect(await world.status(kept.id)).toBe('ended')
  })

  test('of two grants of the same entitlement, the end of one leaves the other', async () => {
    const role = await world.role('overlapping')
    const first = await world.grant(role, 'db_user')
    const second = await world.grant(role, 'db_user')
    await world.reconcile(first.targetId)
    await world.expire(first.id)
    const calls = await world.callsDuring(() => world.reconcile(first.targetId))
    expect(await world.document(role)).toBe(documentFor('db_user'))
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'active'])
    expect(calls).toEqual(expect.not.arrayContaining([expect.stringMatching(/^(Put|Delete)/)]))
  })

  test('a grant begins at its start, and the alarm is set for it', async () => {
    const role = await world.role('scheduled')
    const { id, targetId } = await world.grant(role, 'db_user', { startsIn: 600 })
    await world.reconcile(targetId)
    expect([await world.status(id), await world.document(role)]).toEqual(['scheduled', null])
    const { startsAt } = await world.db.prisma.grant.findUniqueOrThrow({ where: { id } })
    expect((await world.target(targetId)).nextCheckAt).toEqual(startsAt)
  })

  test('a grant whose start has come is applied in that run, and the alarm is set for the end that the rules of now allow', async () => {
    const role = await world.role('starting')
    const { id, targetId } = await world.grant(role, 'db_user', { startsIn: 0.001 })
    await world.reconcile(targetId, { mayStart: async (_tx, starting) => new Map(starting.map((grant) => [grant.id, 60])) })
    expect([await world.status(id), await world.document(role)]).toEqual(['active', documentFor('db_user')])
    const { startsAt, endsAt } = await world.db.prisma.grant.findUniqueOrThrow({ where: { id } })
    expect(endsAt.getTime() - startsAt.getTime()).toBe(60_000)
    expect((await world.target(targetId)).nextCheckAt).toEqual(endsAt)
  })

  test('a grant that the rules of now refuse does not begin', async () => {
    const role = await world.role('refused')
    const { id, targetId } = await world.grant(role, 'db_user', { startsIn: 0.001 })
    await world.reconcile(targetId, { mayStart: async () => new Map() })
    expect([await world.status(id), await world.document(role)]).toEqual(['ended', null])
  })

  test('a target that is as it should be is only read', async () => {
    const role = await world.role('unchanged')
    const { targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    const events = await world.events(targetId)
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(calls.sort()).toEqual([...reads, 'GetRolePolicy'].sort())
    expect(await world.events(targetId)).toEqual(events)
  })

  test('other people’s policies are left alone', async () => {
    const role = await world.role('shared')
    const foreign = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }'
    const session = world.aws.session({ id: role.accountId, partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null })
    await session.putInlinePolicy(role, 'sallyport-other', foreign, () => {})
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.revoke(id)
    await world.reconcile(targetId)
    expect(await session.listInlinePolicies(role)).toEqual([{ name: 'sallyport-other', document: foreign }])
  })
})
