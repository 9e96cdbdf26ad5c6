import { describe, expect, test } from 'vitest'
import type { Id } from '../../src/kernel/ids.ts'
import { forgottenTargets } from '../../src/reconcile/due-view.ts'
import { testDatabase } from '../support/database.ts'
import { testWorld } from './world.ts'

const database = testDatabase()
const world = testWorld(database.db)
const forgotten = async (targetId: Id<'tgt'>) => {
  const found = await world.db.inTransaction(forgottenTargets)
  return found.find(({ id }) => id === targetId) ?? null
}

describe('a target counts as forgotten', () => {
  test('while a grant on it is to be applied and nobody is at it', async () => {
    const { targetId } = await world.grant(await world.role('waiting'), 'db_user')
    expect(await forgotten(targetId)).toEqual({ id: targetId, revokes: false })
  })

  test('while a grant on it is to be taken away and nobody is at it', async () => {
    const { id, targetId } = await world.grant(await world.role('ending'), 'db_user')
    await world.reconcile(targetId)
    await world.revoke(id)
    expect(await forgotten(targetId)).toEqual({ id: targetId, revokes: true })
  })

  test('not when it is as it should be', async () => {
    const { targetId } = await world.grant(await world.role('settled'), 'db_user')
    await world.reconcile(targetId)
    expect(await forgotten(targetId)).toBeNull()
  })

  test('not while it waits for its next try, and when that did not take place', async () => {
    const role = await world.role('failing')
    const { targetId } = await world.grant(role, 'db_user')
    await world.deleteRole(role.name)
    await world.reconcile(targetId)
    expect(await forgotten(targetId)).toBeNull()
    await world.pass(targetId, 15)
    expect(await forgotten(targetId)).toEqual({ id: targetId, revokes: false })
  })

  test('when its run broke off', async () => {
    const { targetId } = await world.grant(await world.role('broken-off'), 'db_user')
    await world.reconcile(targetId)
    const client = await database.client()
    await client.query(`update target set lease_holder = 'dead', lease_until = now() - interval '11 seconds' where id = $1`, [targetId])
    expect(await forgotten(targetId)).toEqual({ id: targetId, revokes: false })
  })
})
