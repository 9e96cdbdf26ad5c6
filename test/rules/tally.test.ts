import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/kernel/actor.ts'
import { includes, type Stage } from '../../src/kernel/rule.ts'
import { approversOf, stagesNow, tally } from '../../src/rules/index.ts'
import { person } from './world.ts'

const stage = (groups: readonly string[], count = 1): Stage => ({ from: { groups, people: [] }, count })
const nobody: ReadonlySet<string> = new Set()

const dba1 = person('dba-1', { groups: ['dba'] })
const dba2 = person('dba-2', { groups: ['dba'] })
const both = person('both', { groups: ['dba', 'security'] })

describe('a tally', () => {
  it('is satisfied from the start where no approval is needed', () => {
    expect(tally([], [], nobody)).toEqual({ satisfied: true, counted: [], missing: [] })
  })

  it('says what is still missing', () => {
    expect(tally([stage(['dba'], 2), stage(['security'])], [dba1], nobody)).toEqual({
      satisfied: false,
      counted: ['dba-1'],
      missing: [stage(['dba'], 1), stage(['security'])],
    })
  })

  it('does not count one person for two stages', () => {
    expect(tally([stage(['dba']), stage(['security'])], [both], nobody).satisfied).toBe(false)
  })

  it('does not count one person’s approval twice', () => {
    expect(tally([stage(['dba'], 2)], [dba1, dba1], nobody)).toMatchObject({ satisfied: false, counted: ['dba-1'] })
  })

  it.each([[[both, dba1]], [[dba1, both]]])('places people where others cannot stand in, in whatever order they approved', (approvals) => {
    expect(tally([stage(['dba']), stage(['security'])], approvals, nobody).satisfied).toBe(true)
  })

  it('counts nobody who is excluded', () => {
    expect(tally([stage(['dba'])], [dba1], new Set(['dba-1']))).toEqual({ satisfied: false, counted: [], missing: [stage(['dba'])] })
  })

  it('does not count who is in no stage', () => {
    expect(tally([stage(['dba'])], [person('developer', { groups: ['developers'] })], nobody).counted).toEqual([])
  })
})

describe('who could still approve', () => {
  it('is everybody of a stage who is not excluded', () => {
    expect(approversOf([stage(['dba'])], [dba1, dba2, both, person('x')], new Set(['dba-2']))).toEqual(['both', 'dba-1'])
  })

  it('is nobody whose stage is full', () => {
    expect(approversOf([stage(['dba']), stage(['security'])], [dba1, dba2, both], nobody, [dba1])).toEqual(['both'])
  })

  it('is also who lets an earlier approver move to the stage that only they can fill', () => {
    expect(approversOf([stage(['dba']), stage(['security'])], [dba1, both], nobody, [both])).toEqual(['dba-1'])
  })
})

describe('stages in order', () => {
  const dbaThenSecurity = [stage(['dba']), { ...stage(['security']), turn: 2 }]
  const security = person('security-1', { groups: ['security'] })

  it('are satisfied one after the other', () => {
    expect(tally(dbaThenSecurity, [dba1, security], nobody)).toMatchObject({ satisfied: true, counted: ['dba-1', 'security-1'] })
  })

  it('do not count an approval that came before its turn', () => {
    expect(tally(dbaThenSecurity, [security, dba1], nobody)).toMatchObject({ satisfied: false, counted: ['dba-1'] })
  })

  it('do not let who approved in an earlier turn serve in a later one', () => {
    expect(tally(dbaThenSecurity, [both, dba1], nobody)).toMatchObject({ satisfied: false, counted: ['both'] })
    expect(approversOf(dbaThenSecurity, [dba2, security], nobody, [both])).toEqual(['security-1'])
  })

  it('ask those first whose turn it is, and tell who could come later', () => {
    expect(approversOf(dbaThenSecurity, [dba1, security, both], nobody)).toEqual(['both', 'dba-1'])
    expect(stagesNow(dbaThenSecurity, [dba1, security, both], nobody)).toMatchObject([
      { state: 'open', filledBy: [], approvers: ['both', 'dba-1'] },
      { state: 'later', filledBy: [], approvers: ['both', 'security-1'] },
    ])
    expect(stagesNow(dbaThenSecurity, [security, both], nobody, [dba1])).toMatchObject([
      { state: 'complete', filledBy: ['dba-1'], approvers: [] },
      { state: 'open', filledBy: [], approvers: ['both', 'security-1'] },
    ])
  })

  it('have turns of several places, which any of their own people fill', () => {
    const twoThenOne = [stage(['dba'], 2), { ...stage(['security']), turn: 2 }]
    expect(tally(twoThenOne, [dba1, security, dba2], nobody)).toMatchObject({ satisfied: false, missing: [{ turn: 2, count: 1 }] })
    expect(tally(twoThenOne, [dba1, dba2, security], nobody).satisfied).toBe(true)
  })
})

describe('whatever the stages and approvals', () => {
  const group = fc.constantFrom('a', 'b', 'c')
  const people: fc.Arbitrary<Person[]> = fc.uniqueArray(
    fc
      .record({ id: fc.constantFrom('p', 'q', 'r', 's', 't'), groups: fc.uniqueArray(group, { maxLength: 3 }) })
      .map(({ id, groups }) => person(id, { groups })),
    { selector: ({ id }) => id, maxLength: 5 },
  )
  const stages = fc.array(
    fc.record({
      from: fc.record({ groups: fc.uniqueArray(group, { maxLength: 2 }), people: fc.subarray(['p', 'q']) }),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 3 },
  )
  const excluded = fc.subarray(['p', 'q', 'r']).map((ids) => new Set(ids))

  /** The most places that can be filled, by trying everything. */
  const best = (places: readonly Stage[], who: readonly Person[]): number => {
    const [first, ...rest] = places
    if (first === undefined) return 0
    const filled = who
      .filter((one) => includes(first.from, one))
      .map(
        (one) =>
          1 +
          best(
            rest,
            who.filter((other) => other !== one),
          ),
      )
    return Math.max(best(rest, who), ...filled)
  }
  const places = (of: readonly Stage[]): Stage[] => of.flatMap((one) => Array.from({ length: one.count }, () => ({ ...one, count: 1 })))

  it('as many places are filled as can be', () => {
    fc.assert(
      fc.property(stages, people, excluded, (needed, approvals, without) => {
        const most = best(
          places(needed),
          approvals.filter(({ id }) => !without.has(id)),
        )
        const result = tally(needed, approvals, without)
        expect(result.counted.length).toBe(most)
        expect(result.satisfied).toBe(most === places(needed).length)
        expect(places(result.missing).length).toBe(places(needed).length - most)
      }),
    )
  })

  it('nobody counts twice, and nobody counts who is excluded', () => {
    fc.assert(
      fc.property(stages, people, excluded, (needed, approvals, without) => {
        const { counted } = tally(needed, [...approvals, ...approvals], without)
        expect(new Set(counted).size).toBe(counted.length)
        expect(counted.some((id) => without.has(id))).toBe(false)
      }),
    )
  })

  it('the order of approvals changes nothing', () => {
    fc.assert(
      fc.property(stages, people, excluded, (needed, approvals, without) => {
        expect(tally(needed, approvals.toReversed(), without)).toEqual(tally(needed, approvals, without))
      }),
    )
  })

  const ordered = stages.map((all) => all.map((one, index) => ({ ...one, turn: index + 1 })))

  it('in order never counts more, or is satisfied by less, than at once', () => {
    fc.assert(
      fc.property(ordered, people, excluded, (needed, approvals, without) => {
        const atOnce = tally(
          needed.map(({ from, count }) => ({ from, count })),
          approvals,
          without,
        )
        const result = tally(needed, approvals, without)
        expect(result.counted.length).toBeLessThanOrEqual(atOnce.counted.length)
        expect(atOnce.satisfied || !result.satisfied).toBe(true)
        expect(new Set(result.counted).size).toBe(result.counted.length)
      }),
    )
  })

  it('in order, what was counted is counted whatever comes after it', () => {
    fc.assert(
      fc.property(ordered, people, excluded, fc.nat(5), (needed, all, without, some) => {
        const before = tally(needed, all.slice(0, some), without).counted.length
        expect(tally(needed, all, without).counted.length).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('in order, whoever could approve now fills one more place by it, and nobody else does', () => {
    fc.assert(
      fc.property(ordered, people, excluded, fc.nat(5), (needed, all, without, some) => {
        const approvals = all.slice(0, some)
        const now = tally(needed, approvals, without).counted.length
        const helpful = all.slice(some).filter((one) => tally(needed, [...approvals, one], without).counted.length > now)
        expect(approversOf(needed, all, without, approvals)).toEqual(helpful.map(({ id }) => id).sort())
      }),
    )
  })

  it('those who could still approve are exactly those whose approval fills one more place', () => {
    fc.assert(
      fc.property(stages, people, excluded, fc.nat(5), (needed, all, without, some) => {
        const approvals = all.slice(0, some)
        const now = tally(needed, approvals, without).counted.length
        const helpful = all.slice(some).filter((one) => tally(needed, [...approvals, one], without).counted.length > now)
        expect(approversOf(needed, all, without, approvals)).toEqual(helpful.map(({ id }) => id).sort())
      }),
    )
  })
})
