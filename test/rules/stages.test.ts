import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Stage } from '../../src/kernel/rule.ts'
import { escalate, tally } from '../../src/rules/index.ts'
import { unionOfStages } from '../../src/rules/stages.ts'
import { person } from './world.ts'

const of = (...groups: string[]) => ({ groups, people: [] })
const stage = (count: number, after?: number, ...to: string[]): Stage => ({
  from: of('dba'),
  count,
  ...(after === undefined ? {} : { escalate: { after, to: of(...to) } }),
})

describe('the approvals of several rules together', () => {
  it.each<[string, readonly (readonly Stage[])[], readonly Stage[]]>([
    ['one that escalates and one that does not, do not', [[stage(1, 60, 'security')], [stage(1)]], [stage(1)]],
    ['two that escalate alike, do so', [[stage(1, 60, 'security')], [stage(1, 60, 'security')]], [stage(1, 60, 'security')]],
    [
      'two that escalate otherwise, do so to those of both after the longer wait',
      [[stage(1, 60, 'security', 'heads')], [stage(1, 90, 'heads')]],
      [stage(1, 90, 'heads')],
    ],
    ['two that escalate to others each, do not', [[stage(1, 60, 'security')], [stage(1, 60, 'heads')]], [stage(1)]],
    [
      'more places of one rule escalate as they would alone',
      [[stage(2, 60, 'security')], [stage(1)]],
      [stage(1), stage(1, 60, 'security')],
    ],
    [
      'places of one rule stay what they are',
      [[stage(1, 60, 'security'), stage(1), stage(1, 60, 'security')]],
      [stage(2, 60, 'security'), stage(1)],
    ],
  ])('%s', (_, perRule, expected) => {
    expect(unionOfStages(perRule)).toEqual(expected)
    if (perRule.length > 1) expect(unionOfStages([...perRule].reverse())).toEqual(expect.arrayContaining([...expected]))
  })
})

test('whoever satisfies the union satisfies every rule of it, after whatever wait', () => {
  const groups = fc.constantFrom(of('dba'), of('security'), of('dba', 'security'))
  const anyStage = fc.record({
    from: groups,
    count: fc.integer({ min: 1, max: 2 }),
    escalate: fc.option(fc.record({ after: fc.integer({ min: 1, max: 5 }), to: groups }), { nil: undefined }),
  })
  const people = Array.from({ length: 9 }, (_, index) =>
    person(`p${index}`, { groups: [['dba'], ['security'], ['dba', 'security']][index % 3] ?? [] }),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(anyStage, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      fc.shuffledSubarray(people),
      fc.integer({ min: 0, max: 6 }),
      (perRule, approving, waited) => {
        const since = new Date(0)
        const given = approving.map((each) => ({ person: each, at: since }))
        const satisfied = (stages: readonly Stage[]) =>
          tally(escalate(stages, given, new Set(), { since, until: new Date(waited * 1_000) }), approving, new Set()).satisfied
        if (satisfied(unionOfStages(perRule))) for (const stages of perRule) expect(satisfied(stages)).toBe(true)
      },
    ),
  )
})
