import { describe, expect, test } from 'vitest'
import { takeCalls } from '../../src/jobs/index.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { reconcileTarget } from '../../src/reconcile/index.ts'
import { documentFor, silent, testWorld } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const world = testWorld()
const take = (calls: number, urgency: Parameters<typeof takeCalls>[3]) =>
  world.db.inTransaction((tx) => takeCalls(tx, ACCOUNT, calls, urgency))
/** With the budget as it is. */
const reconcile = (targetId: Id<'tgt'>) => reconcileTarget(world.parts(), silent)(targetId)
/** Makes it so many calls, as of so many seconds ago. */
const leave = (calls: number, ago = 0) => world.db.prisma.$executeRaw`
  insert into call_budget (account_id, service, calls, as_of) values (${ACCOUNT}, 'iam', ${calls}, now() - ${ago} * interval '1 second')
  on conflict (account_id, service) do update set calls = excluded.calls, as_of = excluded.as_of`

describe('an account’s budget of calls', () => {
  test('leaves for revocations what grants may not take, for both what checks may not, and for all what looking for databases may not', async () => {
    await leave(350)
    expect(await take(1, 'sync')).toBeGreaterThan(0)
    expect(await take(4, 'check')).toBe(0)
    await leave(299)
    expect(await take(4, 'check')).toBeGreaterThan(0)
    expect(await take(10, 'grant')).toBe(0)
    await leave(155)
    expect(await take(10, 'grant')).toBeGreaterThan(0)
    expect(await take(10, 'revoke')).toBe(0)
  })

  test('fills up with the time, and tells when there will be enough', async () => {
    await leave(0)
    expect(await take(10, 'revoke')).toBeCloseTo(0.5, 0)
    await leave(0, 2)
    expect(await take(10, 'revoke')).toBe(0)
    await leave(0, 3_600)
    expect(await take(600, 'revoke')).toBe(0)
    expect(await take(600, 'revoke')).toBeGreaterThan(29)
  })

  test('is one for all who take at the same time', async () => {
    await leave(600)
    const began = performance.now()
    const taken = await Promise.all(Array.from({ length: 100 }, () => takeCalls(world.db, ACCOUNT, 10, 'revoke')))
    const granted = taken.filter((wait) => wait === 0).length
    expect(granted).toBeGreaterThanOrEqual(60)
    expect(granted * 10).toBeLessThanOrEqual(600 + 20 * ((performance.now() - began) / 1_000)) // what it filled up by meanwhile
  })

  test('is not taken from by what is refused, nor by a clock that steps back', async () => {
    await leave(5, -3_600)
    expect(await take(10, 'revoke')).toBeGreaterThan(0)
    expect(await take(5, 'revoke')).toBe(0)
  })
})

describe('when an account’s budget is low', () => {
  test('a look at an unchanged target is put off, and a revocation on the same target is not', async () => {
    const role = await world.role('low')
    await leave(600)
    const { id, targetId } = await world.grant(role, 'db_user')
    await reconcile(targetId)
    await leave(40)
    expect(await world.callsDuring(() => reconcile(targetId))).toEqual([])
    const { nextCheckAt, leaseHolder } = await world.target(targetId)
    expect(leaseHolder).toBeNull()
    expect(nextCheckAt?.getTime()).toBeGreaterThan(Date.now())
    expect(await world.document(role)).toBe(documentFor('db_user'))

    await world.revoke(id)
    await reconcile(targetId)
    expect([await world.document(role), await world.status(id)]).toEqual([null, 'ended'])
  })

  test('an end that has been reached is stored all the same, and taken away when there are calls again', async () => {
    const role = await world.role('spent')
    await leave(600)
    const { id, targetId } = await world.grant(role, 'db_user')
    await reconcile(targetId)
    await world.expire(id)
    await leave(0)
    await reconcile(targetId)
    expect(await world.status(id)).toBe('revoking')
    await leave(600)
    await reconcile(targetId)
    expect([await world.document(role), await world.status(id)]).toEqual([null, 'ended'])
  })
})
