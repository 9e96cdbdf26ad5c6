import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/cli/failure.ts'
import { readDuration, readTime } from '../../src/cli/time.ts'

describe('a duration', () => {
  test.each([
    ['90m', 'PT90M'],
    ['1h30m', 'PT1H30M'],
    ['1h 30m', 'PT1H30M'],
    ['2d', 'P2D'],
    ['PT8H', 'PT8H'],
  ])('%j is %s', (text, iso) => expect(readDuration(text)).toBe(iso))

  test.each(['', '90', '1.5h', 'h', '30s'])('%j is none', (text) => expect(() => readDuration(text)).toThrow(UsageError))
})

describe('a time', () => {
  test('without an offset is local', () => {
    expect(readTime('2026-11-24 09:00')).toBe(new Date(2026, 10, 24, 9).toISOString())
  })

  test.each([
    ['2026-11-24T09:00:00Z', '2026-11-24T09:00:00.000Z'],
    ['2026-11-24 09:00+02:00', '2026-11-24T07:00:00.000Z'],
  ])('%j is %s', (text, iso) => expect(readTime(text)).toBe(iso))

  test.each(['', 'tomorrow', '2026-11-24', '2026-13-01 09:00', '1'])('%j is none', (text) =>
    expect(() => readTime(text)).toThrow(UsageError),
  )
})
