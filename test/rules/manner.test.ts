import { describe, expect, it } from 'vitest'
import { judge } from '../../src/rules/index.ts'
import { allow, dba, deny, developer, orders, place, question } from './world.ts'

const dbas = { groups: ['dba'], people: [] }
const developers = { groups: ['developers'], people: [] }
const emergency = { who: developers, longest: 1_800, review: dbas, notify: { groups: [], people: [], channels: ['#a'] } }
const standing = { reviewEvery: 7_776_000, remindBefore: 1_209_600, reviewers: dbas }
const two = (first: string, second: string) => [first, second].map((dbUser, position) => ({ position, database: orders, place, dbUser }))

describe('emergency access', () => {
  it('needs no approval, and lasts as long as the rule lets an emergency', () => {
    const judged = judge([allow('a', { emergency })], question({ manner: 'emergency' }))
    expect(judged).toMatchObject({
      allowed: true,
      stages: [],
      durationDefault: 1_800,
      durationLongest: 1_800,
      review: { kind: 'emergency', reviewers: dbas },
    })
  })

  it('leaves what is asked for in the ordinary way as it is', () => {
    expect(judge([allow('a', { emergency })], question())).toMatchObject({
      allowed: true,
      stages: [{ from: dbas, count: 1 }],
      durationLongest: 28_800,
      review: null,
    })
  })

  it('may be for longer than ordinary access', () => {
    const longer = { ...emergency, longest: 86_400 }
    expect(judge([allow('a', { emergency: longer })], question({ manner: 'emergency' }))).toMatchObject({
      durationDefault: 3_600,
      durationLongest: 86_400,
    })
  })

  it.each([
    ['a rule that gives none', [allow('a')], 'emergency'],
    ['a rule that gives others some', [allow('a', { emergency: { ...emergency, who: dbas } })], 'emergency'],
    ['a deny', [allow('a', { emergency }), deny('no', { dbUsers: ['db_user'] })], 'deny'],
    ['a rule after the first that allows it', [allow('a'), allow('b', { emergency })], 'emergency'],
    ['a rule for other database users', [allow('a', { emergency, dbUsers: ['x'] })], 'no_rule'],
  ])('is not given by %s', (_, rules, because) => {
    expect(judge(rules, question({ manner: 'emergency' }))).toMatchObject({ allowed: false, refusals: [{ because }] })
  })

  it('is not given to somebody else than those whom the rule lets have it', () => {
    const rule = allow('a', { who: { groups: ['developers', 'dba'], people: [] }, emergency })
    expect(judge([rule], question({ manner: 'emergency', requester: developer, beneficiary: dba }))).toMatchObject({ allowed: false })
  })

  it('is not given for parts that different people review, and tells everybody of parts that the same do', () => {
    const [first, second] = [
      allow('a', { emergency, dbUsers: ['one'] }),
      allow('b', { dbUsers: ['two'], emergency: { ...emergency, notify: { ...emergency.notify, channels: ['#b'] } } }),
    ]
    const asked = question({ manner: 'emergency', entitlements: two('one', 'two') })
    expect(judge([first, second], asked)).toMatchObject({ allowed: true, review: { notify: { channels: ['#a', '#b'] } } })
    const others = allow('b', { dbUsers: ['two'], emergency: { ...emergency, review: developers } })
    expect(judge([first, others], asked)).toMatchObject({
      allowed: false,
      refusals: [{ position: 0, because: 'emergency' }, { position: 1 }],
    })
  })
})

describe('standing access', () => {
  it('needs the approvals of the rule, and lasts until its first review is due', () => {
    const judged = judge([allow('a', { standing })], question({ manner: 'standing' }))
    expect(judged).toMatchObject({
      allowed: true,
      stages: [{ from: dbas, count: 1 }],
      durationDefault: 7_776_000,
      durationLongest: 7_776_000,
      review: { kind: 'standing', every: 7_776_000, remindBefore: 1_209_600 },
    })
  })

  it('is not given by a rule without it', () => {
    expect(judge([allow('a')], question({ manner: 'standing' }))).toMatchObject({ allowed: false, refusals: [{ because: 'standing' }] })
  })

  it('is reviewed the sooner of what several rules say', () => {
    const rules = [
      allow('a', { standing, dbUsers: ['one'] }),
      allow('b', { dbUsers: ['two'], standing: { ...standing, reviewEvery: 604_800, remindBefore: 86_400 } }),
    ]
    expect(judge(rules, question({ manner: 'standing', entitlements: two('one', 'two') }))).toMatchObject({
      review: { every: 604_800, remindBefore: 86_400 },
    })
  })
})
