import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/kernel/actor.ts'
import type { DatabaseScope, Rule, Stage } from '../../src/kernel/rule.ts'
import { judge, type Question } from '../../src/rules/index.ts'
import { allow, dba, deny, developer, orders, person, place, question } from './world.ts'

const stage = (group: string, count = 1): Stage => ({ from: { groups: [group], people: [] }, count })

const refusal = (rules: readonly Rule[], asked: Question) => {
  const judgement = judge(rules, asked)
  return judgement.allowed ? null : (judgement.refusals[0] ?? null)
}

describe('what the rules allow', () => {
  it('is decided by the first rule in the file that contains it', () => {
    const rules = [allow('others', { dbUsers: ['admin'] }), allow('first', { waits: 60 }), allow('second', { approvals: [] })]
    expect(judge(rules, question())).toEqual({
      allowed: true,
      matched: [{ position: 0, rule: 'first' }],
      stages: [stage('dba')],
      durationDefault: 3_600,
      durationLongest: 28_800,
      waits: 60,
      startsWithin: 31_622_400,
      notifyBefore: 900,
      decisionsFrom: [],
      review: null,
      extensions: null,
    })
  })

  it('needs no approval where the rule says so', () => {
    expect(judge([allow('auto', { approvals: [] })], question())).toMatchObject({ allowed: true, stages: [] })
  })

  it('needs, for several entitlements, the approvals of every rule, the smallest of each limit and the earliest notice', () => {
    const rules = [
      allow('pages', {
        dbUsers: ['db_user'],
        approvals: [stage('dba', 2)],
        duration: { default: 7_200, longest: 7_200 },
        waits: 100,
        notifyBefore: 1_800,
      }),
      allow('admin', {
        dbUsers: ['admin'],
        approvals: [stage('dba'), stage('security')],
        duration: { default: 60, longest: 28_800 },
        waits: 200,
      }),
    ]
    const entitlements = ['db_user', 'admin', 'db_user'].map((dbUser, position) => ({ position, database: orders, place, dbUser }))
    expect(judge(rules, question({ entitlements }))).toEqual({
      allowed: true,
      matched: [
        { position: 0, rule: 'pages' },
        { position: 1, rule: 'admin' },
        { position: 2, rule: 'pages' },
      ],
      stages: [stage('dba', 2), stage('security')],
      durationDefault: 60,
      durationLongest: 7_200,
      waits: 100,
      startsWithin: 31_622_400,
      notifyBefore: 1_800,
      decisionsFrom: [],
      review: null,
      extensions: null,
    })
  })

  it('adds up stages of one rule that name the same people, since each is approved by different ones', () => {
    expect(judge([allow('twice', { approvals: [stage('dba'), stage('dba')] })], question())).toMatchObject({ stages: [stage('dba', 2)] })
  })

  it('is nothing when nothing is asked for', () => {
    expect(judge([allow('all')], question({ entitlements: [] }))).toEqual({ allowed: false, refusals: [] })
  })
})

describe('what no rule allows', () => {
  it('is refused when there are no rules', () => {
    expect(refusal([], question())).toEqual({
      position: 0,
      rule: null,
      because: 'no_rule',
      detail: 'No rule allows db_user on orders: there are no rules that allow anything.',
    })
  })

  const production: DatabaseScope = { tags: { environment: 'production' } }
  const cases: readonly (readonly [string, Rule, Question, string])[] = [
    ['another requester', allow('r'), question({ requester: dba, beneficiary: developer }), 'its `who` does not include dba'],
    ['another beneficiary', allow('r'), question({ beneficiary: dba }), 'its `who` does not include dba'],
    [
      'another account',
      allow('r', { databases: { accounts: ['999999999999'] } }),
      question(),
      'its `databases.accounts` do not include 123456789012',
    ],
    [
      'another region',
      allow('r', { databases: { regions: ['eu-west-1'] } }),
      question(),
      'its `databases.regions` do not include us-east-2',
    ],
    [
      'another identifier',
      allow('r', { databases: { identifiers: ['bill*'] } }),
      question(),
      'its `databases.identifiers` do not include orders',
    ],
    [
      'a database without the tag',
      allow('r', { databases: production }),
      question({ entitlements: [{ position: 0, database: { ...orders, tags: {} }, place, dbUser: 'db_user' }] }),
      'its `databases.tags` need environment: production, which orders does not have',
    ],
    [
      'a tag that every object has by inheritance',
      allow('r', { databases: { tags: { constructor: 'x' } } }),
      question(),
      'its `databases.tags` need constructor: x, which orders does not have',
    ],
    ['another database user', allow('r', { dbUsers: ['jane_*'] }), question(), 'its `dbUsers` do not include db_user'],
    [
      'another principal',
      allow('r', { principals: ['arn:aws:iam::*:user/${person.username}'] }),
      question(),
      'its `principals` do not include arn:aws:iam::123456789012:role/app-reader for developer',
    ],
  ]
  it.each(cases)('is refused for %s, which the detail names', (_, rule, asked, reason) => {
    expect(refusal([rule], asked)).toMatchObject({
      rule: 'r',
      because: 'no_rule',
      detail: `No rule allows db_user on orders. The nearest is r: ${reason}.`,
    })
  })

  it('names the rule that misses least, before one for other people, before a later one', () => {
    const far = allow('far', { who: { groups: ['dba'], people: [] }, dbUsers: ['x'] })
    const forOthers = allow('for-others', { who: { groups: ['dba'], people: [] } })
    const near = allow('near', { dbUsers: ['x'] })
    expect(refusal([far, forOthers, near, allow('later', { dbUsers: ['y'] })], question())).toMatchObject({ rule: 'near' })
    expect(refusal([far, forOthers], question())).toMatchObject({ rule: 'for-others' })
  })

  it('refuses the whole when one of several entitlements is refused, and says which', () => {
    const entitlements = ['db_user', 'root'].map((dbUser, position) => ({ position, database: orders, place, dbUser }))
    expect(judge([allow('r', { dbUsers: ['db_user'] })], question({ entitlements }))).toMatchObject({
      allowed: false,
      refusals: [{ position: 1 }],
    })
  })

  it('lets the pattern name the beneficiary, not whoever asks for them', () => {
    const rules = [allow('own', { principals: ['arn:aws:iam::*:user/${person.username}'] })]
    const jane = person('jane', { groups: ['developers'] })
    const principal = (name: string) => ({ arn: `arn:aws:iam::123456789012:user/${name}`, account: '123456789012', managed: true })
    expect(judge(rules, question({ beneficiary: jane, principal: principal('jane') })).allowed).toBe(true)
    expect(judge(rules, question({ beneficiary: jane, principal: principal('developer') })).allowed).toBe(false)
  })
})

describe('a deny', () => {
  it('wins wherever it stands in the file', () => {
    expect(refusal([allow('r'), deny('no-db-user', { dbUsers: ['db_*'] })], question())).toEqual({
      position: 0,
      rule: 'no-db-user',
      because: 'deny',
      detail: 'Rule no-db-user denies db_user on orders.',
    })
  })

  it('without any part denies everything', () => {
    expect(refusal([allow('r'), deny('closed')], question())).toMatchObject({ rule: 'closed' })
  })

  it('needs only one of requester and beneficiary among its people', () => {
    const rules = [
      allow('r', { who: { groups: ['developers', 'dba'], people: [] } }),
      deny('not-dba', { who: { groups: ['dba'], people: [] } }),
    ]
    expect(refusal(rules, question())).toBeNull()
    expect(refusal(rules, question({ beneficiary: dba }))).toMatchObject({ because: 'deny' })
    expect(refusal(rules, question({ requester: dba, beneficiary: developer }))).toMatchObject({ because: 'deny' })
  })

  it('touches only what all its parts touch', () => {
    const rule = deny('d', { dbUsers: ['db_user'], databases: { identifiers: ['billing'] } })
    expect(refusal([allow('r'), rule], question())).toBeNull()
  })
})

describe('whatever the rules', () => {
  const groups = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
  const people: fc.Arbitrary<Person> = fc
    .record({ id: fc.constantFrom('p', 'q', 'r'), groups })
    .map(({ id, groups: of }) => person(id, { groups: of }))
  const who = fc.record({ groups, people: fc.uniqueArray(fc.constantFrom('p', 'q', 'r'), { maxLength: 2 }) })
  const databases: fc.Arbitrary<DatabaseScope> = fc.record(
    {
      identifiers: fc.constantFrom(['*'], ['o*'], ['billing']),
      tags: fc.constantFrom({ environment: 'production' }, { environment: 'test' }),
    },
    { requiredKeys: [] },
  )
  const dbUsers = fc.constantFrom(['*'], ['db_*'], ['admin'])
  const allowRule = fc.record({
    who,
    databases,
    dbUsers,
    approvals: fc.array(fc.record({ from: who, count: fc.nat(2) }), { maxLength: 2 }),
  })
  const denyRule = fc.record({ who, databases, dbUsers }, { requiredKeys: [] })
  const rules: fc.Arbitrary<Rule[]> = fc
    .array(
      fc.oneof(
        allowRule.map((facts) => allow('allow', facts)),
        denyRule.map((facts) => deny('deny', facts)),
      ),
      { maxLength: 5 },
    )
    .map((all) => all.map((rule, index) => ({ ...rule, name: `rule-${index}` })))
  const asked: fc.Arbitrary<Question> = fc
    .record({
      requester: people,
      beneficiary: people,
      users: fc.uniqueArray(fc.constantFrom('db_user', 'admin', 'root'), { minLength: 1, maxLength: 3 }),
    })
    .map(({ requester, beneficiary, users }) =>
      question({ requester, beneficiary, entitlements: users.map((dbUser, position) => ({ position, database: orders, place, dbUser })) }),
    )

  it('one more deny never allows more, and changes nothing that stays allowed', () => {
    fc.assert(
      fc.property(rules, denyRule, fc.nat(5), asked, (before, added, at, what) => {
        const after = judge([...before.slice(0, at), deny('added', added), ...before.slice(at)], what)
        if (after.allowed) expect(after).toEqual(judge(before, what))
      }),
    )
  })

  it('one more allow at the end changes nothing that was allowed', () => {
    fc.assert(
      fc.property(rules, allowRule, asked, (before, added, what) => {
        const judgement = judge(before, what)
        if (judgement.allowed) expect(judge([...before, allow('added', added)], what)).toEqual(judgement)
      }),
    )
  })

  it('the order of groups and people in them changes nothing', () => {
    const turned = <Item>(items: readonly Item[]): Item[] => [...items].reverse()
    const turnWho = (of: { groups: readonly string[]; people: readonly string[] }) => ({
      groups: turned(of.groups),
      people: turned(of.people),
    })
    const turnRule = (rule: Rule): Rule =>
      rule.effect === 'deny'
        ? { ...rule, who: rule.who && turnWho(rule.who) }
        : { ...rule, who: turnWho(rule.who), approvals: rule.approvals.map(({ from, count }) => ({ from: turnWho(from), count })) }
    const turnPerson = (of: Person): Person => ({ ...of, groups: turned(of.groups) })
    fc.assert(
      fc.property(rules, asked, (all, what) => {
        const other = { ...what, requester: turnPerson(what.requester), beneficiary: turnPerson(what.beneficiary) }
        expect(judge(all.map(turnRule), other)).toEqual(judge(all, what))
      }),
    )
  })

  it('every entitlement of an allowed question is covered by an allow rule of the set and touched by no deny alone', () => {
    fc.assert(
      fc.property(rules, asked, (all, what) => {
        const judgement = judge(all, what)
        if (!judgement.allowed) return
        expect(judgement.matched.map(({ position }) => position)).toEqual(what.entitlements.map(({ position }) => position))
        for (const { position, rule } of judgement.matched) {
          const single = { ...what, entitlements: what.entitlements.filter((one) => one.position === position) }
          expect(
            judge(
              all.filter((one) => one.effect === 'deny' || one.name === rule),
              single,
            ).allowed,
          ).toBe(true)
        }
      }),
    )
  })
})

describe('the path', () => {
  it.each([
    ['direct', {}, {}, true],
    ['access-role', {}, {}, false],
    ['access-role', { paths: ['access-role'] }, {}, true],
    ['direct', { paths: ['access-role'] }, {}, false],
    ['access-role', { paths: ['direct', 'access-role'] }, { paths: ['access-role'] }, false],
    ['direct', {}, { paths: ['access-role'] }, true],
  ] as const)('%s, with a rule for %j and a deny for %j: %s', (path, rule, denied, allowed) => {
    const denials = Object.keys(denied).length === 0 ? [] : [deny('d', denied)]
    expect(judge([...denials, allow('r', rule)], question({ path })).allowed).toBe(allowed)
  })

  it('is not given to accounts that are not managed, unless a rule names them', () => {
    const stranger = { arn: 'arn:aws:iam::999999999999:role/app-reader', account: '999999999999', managed: false }
    const asked = question({ path: 'access-role', principal: stranger })
    const paths = ['access-role'] as const
    expect(refusal([allow('any', { paths })], asked)?.detail).toContain('do not name account 999999999999')
    expect(judge([allow('any', { paths })], question({ path: 'access-role', principal: { ...stranger, managed: true } })).allowed).toBe(
      true,
    )
    expect(judge([allow('named', { paths, principals: ['arn:aws:iam::999999999999:role/app-*'] })], asked).allowed).toBe(true)
  })

  it('that the nearest rule does not have is named', () => {
    expect(refusal([allow('near')], question({ path: 'access-role' }))?.detail).toContain('its `paths` do not include access-role')
  })
})

describe('a wildcard', () => {
  const every = { position: 0, database: null, place, dbUser: 'db_user' }
  const everyUser = { position: 0, database: orders, place, dbUser: '*' }
  const wild = { wildcards: { dbUsers: true, databases: true } }
  const asked = (entitlement: object) => question({ entitlements: [{ ...every, ...entitlement }] })

  it.each([
    ['all databases of a region', every, wild, true],
    ['all databases, by a rule without wildcards', every, {}, false],
    ['all databases, by a rule for some tags', every, { ...wild, databases: { tags: { environment: 'production' } } }, false],
    ['all databases, by a rule for some identifiers', every, { ...wild, databases: { identifiers: ['*'] } }, false],
    ['all databases, by a rule for another region', every, { ...wild, databases: { regions: ['us-east-1'] } }, false],
    ['all users', everyUser, wild, true],
    ['all users, by a rule without wildcards', everyUser, {}, false],
    ['all users, by a rule for some', everyUser, { ...wild, dbUsers: ['jane_*', '?'] }, false],
  ])('is allowed by what contains it: %s', (_, entitlement, rule, allowed) => {
    expect(judge([allow('r', rule)], asked(entitlement)).allowed).toBe(allowed)
  })

  it.each([
    ['a tag', every, { databases: { tags: { environment: 'production' } } }, false],
    ['an identifier', every, { databases: { identifiers: ['orders'] } }, false],
    ['another region', every, { databases: { regions: ['us-east-1'] } }, true],
    ['another user', every, { dbUsers: ['admin'] }, true],
    ['a user, when all are asked for', everyUser, { dbUsers: ['admin'] }, false],
    [
      'a user of another database, when all of this one are asked for',
      everyUser,
      { dbUsers: ['admin'], databases: { identifiers: ['x'] } },
      true,
    ],
  ])('is denied by what overlaps it: a deny for %s', (_, entitlement, denied, allowed) => {
    expect(judge([deny('d', denied), allow('r', wild)], asked(entitlement)).allowed).toBe(allowed)
  })
})
