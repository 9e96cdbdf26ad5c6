import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Stage } from '../../src/kernel/rule.ts'
import { approversOf, asksLater, escalate, escalatedBy, tally } from '../../src/rules/index.ts'
import { person } from './world.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const since = new Date('2026-01-31T09:00:00Z')
const at = (seconds: number) => new Date(since.getTime() + seconds * 1_000)
const of = (...groups: string[]) => ({ groups, people: [] })

const afterAnHour: Stage = { from: of('dba'), count: 1, escalate: { after: HOUR, to: of('security') } }
const nobody: ReadonlySet<string> = new Set()
const dba = person('dba', { groups: ['dba'] })
const security = person('security', { groups: ['security'] })
const head = person('head', { groups: ['heads'] })

const until = (seconds: number | null, stages: readonly Stage[] = [afterAnHour], given: Parameters<typeof escalate>[1] = []) =>
  escalate(stages, given, nobody, { since, until: seconds === null ? null : at(seconds) })

describe('a stage that escalates', () => {
  it.each([
    [null, ['dba'], false],
    [HOUR - 1, ['dba'], false],
    [HOUR, ['dba', 'security'], true],
    [5 * HOUR, ['dba', 'security'], true],
  ])('known to have waited for %s seconds asks %s', (seconds, groups, escalated) => {
    expect(until(seconds)).toEqual([{ ...afterAnHour, from: of(...groups), escalatesAt: at(HOUR), escalated }])
  })

  it('says who will be asked later, until they are', () => {
    expect(until(null).some((stage) => asksLater(stage, security))).toBe(true)
    expect(until(HOUR).some((stage) => asksLater(stage, security))).toBe(false)
    expect(until(null).some((stage) => asksLater(stage, head))).toBe(false)
  })

  it('could be filled by those whom it will ask before a deadline, and by no others', () => {
    const filled = (deadline: number) => tally(escalatedBy(until(null), at(deadline)), [security], nobody).satisfied
    expect([filled(HOUR), filled(HOUR + 1)]).toEqual([false, true])
  })

  it('is as it was where it names nobody else', () => {
    const plain: Stage = { from: of('dba'), count: 2 }
    expect(until(5 * HOUR, [plain])).toEqual([{ ...plain, escalatesAt: null, escalated: false }])
  })
})

describe('stages in order', () => {
  const second: Stage = { ...afterAnHour, from: of('heads'), turn: 2 }
  const stages = [afterAnHour, second]

  it('wait from when their turn came', () => {
    expect(until(2 * HOUR, stages)).toMatchObject([{ escalated: true }, { escalated: false, escalatesAt: null }])
    const given = [{ person: dba, at: at(30 * MINUTE) }]
    expect(until(90 * MINUTE - 1, stages, given)[1]).toMatchObject({ escalated: false, escalatesAt: at(90 * MINUTE) })
    expect(until(90 * MINUTE, stages, given)[1]).toMatchObject({ escalated: true, from: of('heads', 'security') })
  })

  it('come to their turn by an approval of one to whom the stage before escalated', () => {
    const given = [{ person: security, at: at(2 * HOUR) }]
    expect(until(HOUR - 1, stages, given)[1]).toMatchObject({ escalatesAt: null })
    expect(until(2 * HOUR, stages, given)[1]).toMatchObject({ escalatesAt: at(3 * HOUR), escalated: false })
  })
})

describe('whatever the stages, the approvals and the wait', () => {
  const groups = fc.subarray(['dba', 'security', 'heads'], { minLength: 1 })
  const people = ['a', 'b', 'c', 'd', 'e'].map((id, index) =>
    person(id, { groups: ['dba', 'security', 'heads'].filter((_, bit) => ((index + 1) >> bit) % 2 === 1) }),
  )
  const stage = fc
    .record({
      from: groups,
      count: fc.integer({ min: 1, max: 2 }),
      turn: fc.integer({ min: 1, max: 3 }),
      to: groups,
      after: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ from, count, turn, to, after }): Stage => ({ from: of(...from), count, turn, escalate: { after, to: of(...to) } }))
  const story = fc.record({
    stages: fc.array(stage, { minLength: 1, maxLength: 4 }),
    given: fc.subarray(people).chain((those) => fc.shuffledSubarray(those, { minLength: those.length })),
    own: fc
      .subarray(
        people.map(({ id }) => id),
        { maxLength: 2 },
      )
      .map((ids) => new Set(ids)),
    waited: fc.integer({ min: 0, max: 30 }),
    longer: fc.integer({ min: 0, max: 30 }),
  })
  type Told = typeof story extends fc.Arbitrary<infer Value> ? Value : never
  const told = ({ stages, given, own, waited }: Told) =>
    escalate(
      stages,
      given.map((each, index) => ({ person: each, at: at(3 * index) })),
      own,
      { since, until: at(waited) },
    )

  test('an escalation takes no approval and no approver away, and a longer wait neither', () => {
    fc.assert(
      fc.property(story, (one) => {
        const before = told(one)
        const after = told({ ...one, waited: one.waited + one.longer })
        for (const [index, { from }] of before.entries()) {
          expect(from.groups).toEqual(expect.arrayContaining([...(one.stages[index]?.from.groups ?? [])]))
          expect(after[index]?.from.groups).toEqual(expect.arrayContaining([...from.groups]))
        }
        if (tally(one.stages, one.given, one.own).satisfied) expect(tally(before, one.given, one.own).satisfied).toBe(true)
        if (tally(before, one.given, one.own).satisfied) expect(tally(after, one.given, one.own).satisfied).toBe(true)
      }),
    )
  })

  test('it satisfies nothing that has fewer different people than places, and counts nobody for their own', () => {
    fc.assert(
      fc.property(story, (one) => {
        const { satisfied, counted } = tally(told(one), one.given, one.own)
        expect(counted.filter((id) => one.own.has(id))).toEqual([])
        if (satisfied) expect(new Set(counted).size).toBe(one.stages.reduce((sum, { count }) => sum + count, 0))
      }),
    )
  })

  test('nobody may approve who is neither asked first nor by an escalation that is over', () => {
    fc.assert(
      fc.property(story, (one) => {
        const able = approversOf(told({ ...one, given: [] }), people, one.own)
        const named = one.stages.flatMap(({ from, escalate: to }) => [
          ...from.groups,
          ...(to !== undefined && to.after <= one.waited ? to.to.groups : []),
        ])
        for (const id of able) expect(people.find((each) => each.id === id)?.groups.some((group) => named.includes(group))).toBe(true)
      }),
    )
  })
})
