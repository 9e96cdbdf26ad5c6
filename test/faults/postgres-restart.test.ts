import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, migrate } from '../../src/db/index.ts'
import { documentFor, testWorld } from '../reconcile/world.ts'
import { type Gate, openGate } from './gate.ts'
import { restartablePostgres } from './restartable-postgres.ts'
import { spawnWorker, type WorkerUnderTest } from './worker-under-test.ts'

const postgres = await restartablePostgres()
await migrate(postgres.url, 'development')
const db = connect({ connectionString: postgres.url, applicationName: 'test', poolSize: 3, onIdleError: () => {} })
afterAll(async () => {
  await db.close()
  await postgres.close()
})
const world = testWorld(db)

const patiently = { timeout: 60_000, interval: 200 }
let gate: Gate
let worker: WorkerUnderTest
beforeAll(async () => {
  gate = await openGate(world.standIn.url)
  worker = spawnWorker(postgres.url, gate.url)
})
afterAll(async () => {
  await worker.kill()
  await gate.close()
})

test('a worker that Postgres restarts under, in the middle of a write, goes on by itself', { timeout: 120_000 }, async () => {
  const role = await world.role('restart')
  const held = gate.hold(role.name, 'PutRolePolicy', 'answer')
  const first = await world.grant(role, 'jane_doe')
  await held.reached
  await postgres.stop()
  held.letThrough()
  await postgres.start()
  const second = await vi.waitFor(() => world.grant(role, 'mary_roe'), patiently)

  const statuses = () => Promise.all([first, second].map(({ id }) => world.status(id)))
  await vi.waitFor(async () => expect(await statuses()).toEqual(['active', 'active']), patiently)
  expect(await world.document(role)).toBe(documentFor('jane_doe', 'mary_roe'))
  expect(await world.events(first.targetId)).not.toContain('target.drift_found')
  expect(await world.payloads(first.targetId, 'iam.write.done')).toMatchObject([{ settledBy: 'read_back' }, { settledBy: 'answer' }])

  await world.revoke(first.id)
  await vi.waitFor(async () => expect(await world.status(first.id)).toBe('ended'), patiently)
  expect(await worker.terminate()).toBeNull() // it is still the same process
})
