import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { type SweepWork, startSweep } from '../../src/jobs/index.ts'
import { testDatabase } from '../support/database.ts'
import { signal } from './signal.ts'

const { db } = testDatabase()
const patiently = { timeout: 15_000 }
const silent = pino({ level: 'silent' })

test('work that fails holds up no other, and is undone', async () => {
  const done = vi.fn(async () => {})
  const failing: SweepWork = {
    name: 'failing',
    run: async (tx) => {
      await tx.prisma.person.create({ data: { id: 'half', username: 'half', displayName: 'half' } })
      throw new Error('no')
    },
  }
  const sweep = startSweep(db, [failing, { name: 'good', run: done }], silent)
  await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1), patiently)
  await sweep.stop()
  expect(await db.prisma.person.count()).toBe(0)
})

test('of two workers that sweep at the same moment one does the work', async () => {
  const ending = signal()
  const begun = signal()
  const slow = startSweep(
    db,
    [
      {
        name: 'once',
        run: () => {
          begun.resolve()
          return ending.promise
        },
      },
    ],
    silent,
  )
  await begun.promise
  const refused = vi.fn(async () => {})
  const after = vi.fn(async () => {})
  const quick = startSweep(
    db,
    [
      { name: 'once', run: refused },
      { name: 'another', run: after },
    ],
    silent,
  )
  await vi.waitFor(() => expect(after).toHaveBeenCalledTimes(1), patiently)
  ending.resolve()
  await Promise.all([slow.stop(), quick.stop()])
  expect(refused).not.toHaveBeenCalled()
})
