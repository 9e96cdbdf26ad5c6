import { expect, test } from 'vitest'
import { backoff } from '../../src/reconcile/backoff.ts'

const tries = Array.from({ length: 2_000 }, (_, index) => index + 1)

test('the waits double from two seconds to five minutes and stay there', () => {
  expect(tries.slice(0, 10).map((attempts) => backoff(attempts, 0))).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
  expect(tries.map((attempts) => backoff(attempts, 0)).filter((seconds) => seconds > 300)).toEqual([])
})

test('chance makes a wait up to a quarter shorter, never longer', () => {
  expect(backoff(3, 1)).toBe(6)
  expect(backoff(2_000, 1)).toBe(225)
})
