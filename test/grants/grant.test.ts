import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { canEnd, dueChange, type GrantStatus, nextChangeAt, openingStatus, whenToNotify } from '../../src/grants/grant.ts'

const at = (seconds: number) => new Date(1_769_850_000_000 + seconds * 1_000)
const statuses: readonly GrantStatus[] = ['scheduled', 'applying', 'active', 'revoking', 'ended']
const grant = (status: GrantStatus, startsAt = 10, endsAt = 20) => ({ status, startsAt: at(startsAt), endsAt: at(endsAt) })

describe('a grant', () => {
  it.each([
    [9, 'scheduled'],
    [10, 'applying'],
    [11, 'applying'],
  ])('opened at %i of a start at 10 is %s', (now, status) => {
    expect(openingStatus(at(10), at(now))).toBe(status)
  })

  it('can be ended until it is ending', () => {
    expect(statuses.filter(canEnd)).toEqual(['scheduled', 'applying', 'active'])
  })

  // What the passing of time asks at 9, 10, 19, 20 and 21 of a grant from 10 to 20.
  it.each<[GrantStatus, ...('end' | 'start' | null)[]]>([
    ['scheduled', null, 'start', 'start', 'end', 'end'],
    ['applying', null, null, null, 'end', 'end'],
    ['active', null, null, null, 'end', 'end'],
    ['revoking', null, null, null, null, null],
    ['ended', null, null, null, null, null],
  ])('that is %s is started or ended by time: at 9 %s, at 10 %s, at 19 %s, at 20 %s, at 21 %s', (status, ...expected) => {
    expect([9, 10, 19, 20, 21].map((now) => dueChange(grant(status), at(now)))).toEqual(expected)
  })
})

describe('notice of an end', () => {
  it.each([
    [60, 20, 40],
    [40, 20, 20],
    [39, 20, null],
    [1, 20, null],
  ])('of access of %i s, to be given %i s before, is given after %s s', (lasts, before, after) => {
    expect(whenToNotify({ startsAt: at(10), endsAt: at(10 + lasts) }, before)).toEqual(after === null ? null : at(10 + after))
  })

  it('is given in the second half of the access, as long before its end as it should be, or not at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }), (lasts, before) => {
        const notice = whenToNotify({ startsAt: at(0), endsAt: at(lasts) }, before)
        expect(notice).toEqual(lasts >= 2 * before ? at(lasts - before) : null)
        if (notice !== null) expect(notice.getTime()).toBeGreaterThanOrEqual(at(lasts / 2).getTime())
      }),
    )
  })
})

describe('the next change of several', () => {
  it('is the first start or end to come', () => {
    expect(nextChangeAt([grant('scheduled', 15, 90), grant('active', 1, 40)])).toEqual(at(15))
    expect(nextChangeAt([grant('scheduled', 50, 90), grant('active', 1, 40), grant('revoking', 1, 2)])).toEqual(at(40))
    expect(nextChangeAt([grant('revoking'), grant('ended')])).toBeNull()
  })

  test('is never later than anything that becomes due', () => {
    const any = fc
      .record({ status: fc.constantFrom(...statuses), start: fc.nat(100), lasts: fc.integer({ min: 1, max: 100 }) })
      .map(({ status, start, lasts }) => grant(status, start, start + lasts))
    fc.assert(
      fc.property(fc.array(any), fc.nat(250), (grants, now) => {
        const next = nextChangeAt(grants)
        const due = grants.some((one) => dueChange(one, at(now)) !== null)
        expect(due).toBe(next !== null && next <= at(now))
      }),
    )
  })
})
