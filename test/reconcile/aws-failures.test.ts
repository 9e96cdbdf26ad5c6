import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AccountSession, Aws } from '../../src/aws/index.ts'
import { documentFor, testWorld } from './world.ts'

const world = testWorld()
beforeEach(() => world.standIn.faults.clear())

describe('what AWS refuses becomes attention, and heals', () => {
  test.each([
    { code: 'Throttling', status: 400, attention: 'aws_throttled' },
    { code: 'AccessDenied', status: 403, attention: 'aws_denied' },
    { code: 'LimitExceeded', status: 409, attention: 'quota_exceeded' },
    { code: 'MalformedPolicyDocument', status: 400, attention: 'document_refused' },
    { code: 'EntityTemporarilyUnmodifiable', status: 409, attention: 'aws_conflict' },
    { code: 'UnmodifiableEntity', status: 400, attention: 'principal_protected' },
    { code: 'NobodyKnows', status: 400, attention: 'aws_failed' },
  ])('a write that fails with $code is $attention until it succeeds', async ({ code, status, attention }) => {
    const role = await world.role(code)
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', code, status })
    await world.reconcile(targetId)
    const { attentionSince } = await world.target(targetId)
    await world.reconcile(targetId)
    expect(await world.target(targetId)).toMatchObject({ attentionCode: attention, attentionSince, attempts: 2, leaseHolder: null })
    expect(await world.status(id)).toBe('applying')

    world.standIn.faults.clear()
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('active')
    expect(await world.target(targetId)).toMatchObject({ attentionCode: null, attempts: 0 })
    const writes = ['iam.write.intended', 'iam.write.failed']
    expect(await world.events(targetId)).toEqual([
      ...writes,
      'target.attention_raised',
      ...writes,
      'iam.write.intended',
      'iam.write.done',
      'target.attention_cleared',
    ])
  })

  test('the next try comes within two seconds of the first failure', async () => {
    const role = await world.role('soon')
    const { targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', code: 'AccessDenied', status: 403 })
    await world.reconcile(targetId)
    const { nextCheckAt, attentionSince } = await world.target(targetId)
    expect((nextCheckAt?.getTime() ?? 0) - (attentionSince?.getTime() ?? 0)).toBeLessThanOrEqual(2_000)
  })

  test('a target that cannot be read is attention too, and nothing is written', async () => {
    const role = await world.role('unreadable')
    const { targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'error', action: 'GetRole', code: 'AccessDenied', status: 403 })
    await world.reconcile(targetId)
    expect(await world.target(targetId)).toMatchObject({ attentionCode: 'aws_denied' })
    expect(await world.events(targetId)).toEqual(['target.attention_raised'])
  })

  test('an addition that AWS refuses holds up no removal', async () => {
    const role = await world.role('phases')
    const ending = await world.grant(role, 'jane_doe')
    const staying = await world.grant(role, 'mary_roe')
    await world.reconcile(ending.targetId)
    await fillUp(role.name, 10_240 - documentFor('jane_doe', 'mary_roe').length)
    await world.revoke(ending.id)
    const wanted = await world.grant(role, 'a_name_that_makes_the_document_longer')
    await world.reconcile(ending.targetId)
    expect(await world.document(role)).toBe(documentFor('mary_roe'))
    expect(await Promise.all([ending, staying, wanted].map(({ id }) => world.status(id)))).toEqual(['ended', 'active', 'applying'])
    expect(await world.target(ending.targetId)).toMatchObject({ attentionCode: 'quota_exceeded' })
  })

  /** Gives the role another policy that takes up so many non-blank characters. */
  async function fillUp(role: string, characters: number): Promise<void> {
    const document = (resource: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${resource}` } })
    const PolicyDocument = document('x'.repeat(characters - document('').length))
    await world.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'foreign', PolicyDocument }))
  }
})

describe('answers that are lost', () => {
  test('a write whose answer was lost is settled by reading back, and is not written again', async () => {
    const role = await world.role('lost-answer')
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'lost-answer', action: 'PutRolePolicy', times: 3 })
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('active')
    expect(await world.target(targetId)).toMatchObject({ attentionCode: null })
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.unknown', 'iam.write.done'])
    expect(await world.payloads(targetId, 'iam.write.done')).toMatchObject([{ settledBy: 'read_back' }])
    const calls = await world.callsDuring(() => world.reconcile(targetId))
    expect(calls).not.toContain('PutRolePolicy')
  })

  test('a write that did not arrive is settled as failed by the next run, and made again', async () => {
    const role = await world.role('lost-request')
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'lost-request', action: 'PutRolePolicy', times: 3 })
    await world.reconcile(targetId)
    expect(await world.target(targetId)).toMatchObject({ attentionCode: 'aws_unavailable' })
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.unknown', 'target.attention_raised'])
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('active')
    expect(await world.events(targetId)).toEqual([
      'iam.write.intended',
      'iam.write.unknown',
      'target.attention_raised',
      'iam.write.failed',
      'iam.write.intended',
      'iam.write.done',
      'target.attention_cleared',
    ])
  })

  test('a server error leaves open whether the write took effect', async () => {
    const role = await world.role('server-error')
    const { targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', code: 'ServiceFailure', status: 500, times: 3 })
    await world.reconcile(targetId)
    expect(await world.target(targetId)).toMatchObject({ attentionCode: 'aws_unavailable' })
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.unknown', 'target.attention_raised'])
  })

  test('a deletion whose answer was lost, with the reading after it failing too, is settled by the next run', async () => {
    const role = await world.role('lost-deletion')
    const { id, targetId } = await world.grant(role, 'db_user')
    await world.reconcile(targetId)
    await world.revoke(id)
    world.standIn.faults.add({ kind: 'lost-answer', action: 'DeleteRolePolicy', times: 3 })
    await world.reconcile(targetId, { aws: failingAfter(world.aws, 'deleteInlinePolicy') })
    expect(await world.status(id)).toBe('revoking')
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('ended')
    expect((await world.payloads(targetId, 'iam.write.done')).at(-1)).toMatchObject({ operation: 'delete_inline', settledBy: 'read_back' })
    expect(await world.events(targetId)).not.toContain('target.drift_found')
  })
})

/** AWS as it is, until this call has been made: then every other one finds it throttled. */
function failingAfter(aws: Aws, method: keyof AccountSession): Aws {
  return {
    ...aws,
    session: (account, planId) =>
      new Proxy(aws.session(account, planId), {
        get: (session, name) => {
          if (name === method) world.standIn.faults.add({ kind: 'error', action: 'GetRole', code: 'Throttling', status: 400, times: 3 })
          return Reflect.get(session, name)
        },
      }),
  }
}

/** A look at a target without a policy of ours is three reads: the principal, and the two lists. */
describe('IAM is eventually consistent', () => {
  test('a write that does not show yet is waited for, not written again, and not taken for drift', async () => {
    const role = await world.role('delayed')
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'delayed-visibility', action: 'PutRolePolicy', reads: 6, times: 1 })
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('applying')
    const { nextCheckAt, checkedAt, attentionCode } = await world.target(targetId)
    expect(attentionCode).toBeNull()
    expect((nextCheckAt?.getTime() ?? 0) - (checkedAt?.getTime() ?? 0)).toBe(1_000)

    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('applying')
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.done'])
  })

  test('what shows at last settles the grants', async () => {
    const role = await world.role('delayed-a-little')
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'delayed-visibility', action: 'PutRolePolicy', reads: 3, times: 1 })
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('applying')
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('active')
    expect(await world.events(targetId)).toEqual(['iam.write.intended', 'iam.write.done'])
  })

  test('what does not show after a minute is written again', async () => {
    const role = await world.role('delayed-for-long')
    const { id, targetId } = await world.grant(role, 'db_user')
    world.standIn.faults.add({ kind: 'delayed-visibility', action: 'PutRolePolicy', reads: 6, times: 1 })
    await world.reconcile(targetId)
    await world.pass(targetId, 61)
    await world.reconcile(targetId)
    expect(await world.status(id)).toBe('active')
    expect(await world.events(targetId)).toEqual([
      'iam.write.intended',
      'iam.write.done',
      'target.drift_found',
      'iam.write.intended',
      'iam.write.done',
    ])
  })
})
