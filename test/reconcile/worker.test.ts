import { afterEach, expect, test, vi } from 'vitest'
import { buildWorker, type Worker } from '../../src/app/build-worker.ts'
import { testDatabase } from '../support/database.ts'
import { documentFor, silent, testWorld } from './world.ts'

const database = testDatabase()
const world = testWorld(database.db)
const patiently = { timeout: 15_000 }

const workers: Worker[] = []
function startWorker(): void {
  const { database, aws, deploymentId, mayStart } = world.parts()
  const worker = buildWorker({
    database,
    aws,
    deploymentId,
    mayStart,
    matchLater: async () => {},
    settleDeparture: async () => {},
    log: silent,
    sweepWork: [],
    concurrency: 2,
  })
  worker.start()
  workers.push(worker)
}
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})

test('many approvals for one target are one write', async () => {
  const role = await world.role('many')
  const grants: Awaited<ReturnType<typeof world.grant>>[] = []
  for (let number = 0; number < 30; number++) grants.push(await world.grant(role, `user_${number}`))
  const calls = await world.callsDuring(async () => {
    startWorker()
    await vi.waitFor(async () => expect(await Promise.all(grants.map(({ id }) => world.status(id)))).not.toContain('applying'), patiently)
  })
  expect(calls.filter((call) => call === 'PutRolePolicy')).toHaveLength(1)
})

test('a grant comes, and goes when its time ends, by itself', async () => {
  startWorker()
  const role = await world.role('by-itself')
  const { id } = await world.grant(role, 'db_user', { endsIn: 3 })
  await vi.waitFor(async () => expect(await world.document(role)).toBe(documentFor('db_user')), patiently)
  await vi.waitFor(async () => expect(await world.status(id)).toBe('ended'), patiently)
  expect(await world.document(role)).toBeNull()
})

test('what AWS throttled is tried again by itself', async () => {
  startWorker()
  const role = await world.role('throttled')
  world.standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', code: 'Throttling', status: 400, times: 3 })
  const { id, targetId } = await world.grant(role, 'db_user')
  await vi.waitFor(async () => expect(await world.status(id)).toBe('active'), patiently)
  expect(await world.events(targetId)).toContain('target.attention_raised')
})

test('two workers on the same targets write each document once', async () => {
  const roles = await Promise.all(['one', 'two', 'three', 'four'].map((name) => world.role(`shared-${name}`)))
  const grants = await Promise.all(roles.map((role) => world.grant(role, 'db_user')))
  const calls = await world.callsDuring(async () => {
    startWorker()
    startWorker()
    await vi.waitFor(
      async () => expect(new Set(await Promise.all(grants.map(({ id }) => world.status(id))))).toEqual(new Set(['active'])),
      patiently,
    )
  })
  expect(calls.filter((call) => call === 'PutRolePolicy')).toHaveLength(4)
})

test('what was forgotten with its jobs is found by the sweep', async () => {
  const role = await world.role('forgotten')
  const { id: kept, targetId } = await world.grant(role, 'jane_doe')
  const { id: overdue } = await world.grant(role, 'mary_roe', { startsIn: -60 })
  await world.reconcile(targetId)
  await world.expire(overdue, 11)
  const client = await database.client()
  await client.query(`delete from graphile_worker._private_jobs`)
  startWorker()
  await vi.waitFor(async () => expect(await world.status(overdue)).toBe('ended'), patiently)
  expect(await world.document(role)).toBe(documentFor('jane_doe'))
  expect(await world.status(kept)).toBe('active')
})
