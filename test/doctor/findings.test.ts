import { describe, expect, test } from 'vitest'
import { attachedFindings, attachedRoom } from '../../src/doctor/attached.ts'
import { clockFindings } from '../../src/doctor/clock.ts'
import { listed } from '../../src/doctor/finding.ts'
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

describe('managed policies on principals that have grants', () => {
  const on = (kind: 'role' | 'user', attached: number) => ({ arn: `${kind} with ${attached}`, kind, attached })

  test('are told with the least room first, and against no quota that is raised', () => {
    const summary = new Map([
      ['AttachedPoliciesPerRoleQuota', 20],
      ['AttachedPoliciesPerUserQuota', 5],
    ])
    expect(attachedRoom([on('role', 3), on('user', 4), on('role', 11)], summary)).toEqual([
      { arn: 'role with 11', attached: 11, quota: 10 },
      { arn: 'user with 4', attached: 4, quota: 5 },
      { arn: 'role with 3', attached: 3, quota: 10 },
    ])
  })

  test.each([
    [[], 0],
    [[8], 0],
    [[8, 9, 10], 1],
  ])('%j of ten are %i findings', (attached, findings) => {
    const room = attachedRoom(
      attached.map((each) => on('role', each)),
      new Map(),
    )
    expect(attachedFindings('here', room)).toHaveLength(findings)
  })
})

test('a long list is cut, and says how much is left', () => {
  expect(listed(['a', 'b', 'c'], 3)).toBe('a, b, c')
  expect(listed(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and 1 more')
})
