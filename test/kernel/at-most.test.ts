import { expect, test } from 'vitest'
import { atMost } from '../../src/kernel/at-most.ts'

test('work in parallel is bounded, and answers in the order of its items', async () => {
  let running = 0
  let most = 0
  const results = await atMost(2, [5, 1, 4, 2, 3], async (item) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve()
    running -= 1
    return item * 10
  })
  expect([results, most]).toEqual([[50, 10, 40, 20, 30], 2])
})
