import { describe, expect, test } from 'vitest'
import type { Aws, WriteGuard } from '../../src/aws/index.ts'
import { LeaseHeld, LeaseLost, leaseOf } from '../../src/reconcile/lease.ts'
import { documentFor, testWorld } from './world.ts'

const world = testWorld()

/** AWS as it is, but `between` happens before each write is sent, after everything else has been done. */
const interrupted = (aws: Aws, between: (guard: WriteGuard) => Promise<WriteGuard>): Aws => ({
  ...aws,
  session: (account, planId) => {
    const session = aws.session(account, planId)
    return {
      ...session,
      putInlinePolicy: async (entity, name, document, guard) => session.putInlinePolicy(entity, name, document, await between(guard)),
      deleteInlinePolicy: async (entity, name, guard) => session.deleteInlinePolicy(entity, name, await between(guard)),
    }
  },
})

describe('a lease', () => {
  test('is no longer good for sending once an attempt might outlast it', () => {
    const now = performance.now()
    expect(() => leaseOf('tgt_1', 1n, now - 17_000).guard()).not.toThrow()
    expect(() => leaseOf('tgt_1', 1n, now - 18_001).guard()).toThrow(LeaseLost)
  })

  test('is good again when it has been renewed', () => {
    const lease = leaseOf('tgt_1', 1n, performance.now() - 60_000)
    lease.extend(performance.now())
    expect(() => lease.guard()).not.toThrow()
  })
})

describe('two runs on one target', () => {
  test('the second does nothing while the first holds the lease, and fails so that it is tried again', async () => {
    const role = await world.role('held')
    const { id, targetId } = await world.grant(role, 'db_user')
    const second: unknown[] = []
    const aws = interrupted(world.aws, async (guard) => {
      second.push(await world.reconcile(targetId, { holder: 'second' }).catch((error: unknown) => error))
      return guard
    })
    const calls = await world.callsDuring(() => world.reconcile(targetId, { aws, holder: 'first' }))
    expect(second).toEqual([expect.any(LeaseHeld)])
    expect(calls.filter((call) => call === 'PutRolePolicy')).toHaveLength(1)
    expect(await world.status(id)).toBe('active')
  })

  test('a holder whose lease has run out sends nothing more', async () => {
    const role = await world.role('stale')
    const { targetId } = await world.grant(role, 'db_user')
    // As if the process had been frozen between the intent and the sending.
    const aws = interrupted(world.aws, async () => leaseOf(targetId, 0n, performance.now() - 60_000).guard)
    const calls = await world.callsDuring(() => expect(world.reconcile(targetId, { aws })).rejects.toThrow(LeaseLost))
    expect(calls).not.toContain('PutRolePolicy')
    expect(await world.document(role)).toBeNull()
    expect(await world.payloads(targetId, 'iam.write.failed')).toMatchObject([{ code: 'lease_lost' }])
  })

  test('one that takes over says so, does the work, and has the target looked at again after 30 s, 2 min and 10 min', async () => {
    const role = await world.role('taken-over')
    const { id, targetId } = await world.grant(role, 'db_user')
    const aws = interrupted(world.aws, async (guard) => {
      await world.pass(targetId, 31)
      await world.reconcile(targetId, { holder: 'second' })
      return guard
    })
    await expect(world.reconcile(targetId, { aws, holder: 'first' })).rejects.toThrow(LeaseLost)
    expect(await world.payloads(targetId, 'target.changed_hands')).toEqual([{ from: 'first', to: 'second' }])
    expect(await world.status(id)).toBe('active')
    const { recheckAt, nextCheckAt, checkedAt } = await world.target(targetId)
    expect(recheckAt.map((at) => Math.round((at.getTime() - (checkedAt?.getTime() ?? 0)) / 10_000))).toEqual([3, 12, 60])
    expect(nextCheckAt).toEqual(recheckAt[0])
  })

  test('a run that broke off does not keep its own worker waiting', async () => {
    const role = await world.role('broken-off')
    const { id, targetId } = await world.grant(role, 'db_user')
    const broken = interrupted(world.aws, async () => {
      throw new Error('the process has no memory left')
    })
    await expect(world.reconcile(targetId, { aws: broken, holder: 'same' })).rejects.toThrow('memory')
    await expect(world.reconcile(targetId, { holder: 'other' })).rejects.toThrow(LeaseHeld)
    await world.reconcile(targetId, { holder: 'same' })
    expect(await world.status(id)).toBe('active')
    expect(await world.events(targetId)).toContain('target.changed_hands')
  })

  test('a late write of a holder that was frozen is put right by the next look', async () => {
    const role = await world.role('late')
    const { id, targetId } = await world.grant(role, 'db_user')
    const late = interrupted(world.aws, async () => {
      await world.pass(targetId, 31)
      await world.revoke(id)
      await world.reconcile(targetId, { holder: 'second' })
      expect(await world.status(id)).toBe('ended')
      return () => {} // frozen right after the guard was asked
    })
    await expect(world.reconcile(targetId, { aws: late, holder: 'first' })).rejects.toThrow(LeaseLost)
    expect(await world.document(role)).toBe(documentFor('db_user'))
    await world.reconcile(targetId, { holder: 'second' })
    expect(await world.document(role)).toBeNull()
  })
})
