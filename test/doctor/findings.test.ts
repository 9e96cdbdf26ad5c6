import { describe, expect, test } from 'vitest'
import { clockFindings } from '../../src/doctor/clock.ts'
import { listed } from '../../src/doctor/finding.ts'
import { inParallel } from '../../src/doctor/in-parallel.ts'
import { roomFindings, roomIn } from '../../src/doctor/quotas.ts'

describe('a clock', () => {
  test.each([
    ['AWS', null, null],
    ['AWS', 1_500, null],
    ['AWS', -6_000, 'warning'],
    ['AWS', 300_000, 'error'],
    ['AWS', -301_000, 'error'],
    ['Postgres', 600_000, 'warning'],
  ] as const)('of %s that is %s ms ahead is found as %s', (whose, ahead, level) => {
    expect(clockFindings('here', whose, ahead).map((finding) => finding.level)).toEqual(level === null ? [] : [level])
  })

  test('is said to be behind or ahead as this machine’s owner sees it', () => {
    expect(clockFindings('here', 'AWS', 6_000)[0]?.what).toBe('This machine’s clock is 6 s behind that of AWS')
    expect(clockFindings('here', 'AWS', -6_000)[0]?.what).toBe('This machine’s clock is 6 s ahead of that of AWS')
  })
})

describe('quotas of IAM', () => {
  const room = (used: number) =>
    roomIn(
      new Map([
        ['Roles', used],
        ['RolesQuota', 1_000],
      ]),
    )
  test.each([
    [899, []],
    [900, ['warning']],
    [999, ['warning']],
    [1_000, ['error']],
  ])('%i of 1,000 roles give %j', (used, levels) => {
    expect(roomFindings('here', room(used)).map(({ level }) => level)).toEqual(levels)
  })

  test('that IAM does not tell are left out', () => {
    expect(roomIn(new Map())).toEqual([])
  })
})

test('a long list is cut, and says how much is left', () => {
  expect(listed(['a', 'b', 'c'], 3)).toBe('a, b, c')
  expect(listed(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and 1 more')
})

test('work in parallel is bounded, and answers in the order of its items', async () => {
  let running = 0
  let most = 0
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve()
    running -= 1
    return item * 10
  })
  expect([results, most]).toEqual([[50, 10, 40, 20, 30], 2])
})
