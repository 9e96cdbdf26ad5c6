import { describe, expect, test } from 'vitest'
import { PATIENCE, settle, waitAfter } from '../../src/webhooks/outcome.ts'

const refused = { status: 500, trouble: 'refused', detail: 'It answered 500.' } as const

test('ten attempts are spread over three days', () => {
  const waits = Array.from({ length: 10 }, (_, index) => waitAfter(index + 1, 0.5))
  expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null])
})

test.each([0, 1])('a wait is at most a tenth longer or shorter (%j)', (random) => {
  expect(waitAfter(2, random)).toBeCloseTo(300 * (random === 0 ? 0.9 : 1.1))
})

describe('a delivery', () => {
  const tried = { attempts: 3, failingFor: 60, random: 0.5 }
  test('that was received is settled', () => {
    expect(settle({ ...tried, outcome: { status: 204, trouble: null, detail: null } })).toEqual({
      status: 'succeeded',
      wait: null,
      pause: null,
    })
  })
  test('that failed is tried again', () => {
    expect(settle({ ...tried, outcome: refused })).toEqual({ status: 'pending', wait: 1_800, pause: null })
  })
  test('that failed ten times is given up', () => {
    expect(settle({ ...tried, attempts: 10, outcome: refused })).toEqual({ status: 'failed', wait: null, pause: null })
  })
  test('that is answered 410 is given up and pauses its webhook', () => {
    const outcome = { status: 410, trouble: 'gone', detail: 'It answered 410.' } as const
    expect(settle({ ...tried, outcome })).toEqual({ status: 'failed', wait: null, pause: 'gone' })
  })
  test('that fails after three days without a success pauses its webhook, and waits', () => {
    expect(settle({ ...tried, failingFor: PATIENCE, outcome: refused })).toEqual({ status: 'pending', wait: 1_800, pause: 'failing' })
  })
})
