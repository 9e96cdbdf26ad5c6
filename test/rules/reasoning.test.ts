import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/kernel/rule.ts'
import { judge, reasoning } from '../../src/rules/index.ts'
import { allow, deny, developer, orders, person, place, question } from './world.ts'

const readings = (rules: readonly Rule[], asked = question()) => reasoning(rules, asked)[0]?.readings ?? []

describe('the reasoning', () => {
  it('tells of every rule, in the order of the file, how it stands', () => {
    const rules = [
      allow('others', { who: { groups: ['testers'], people: [] }, dbUsers: ['admin'] }),
      deny('owners', { dbUsers: ['postgres'] }),
      allow('first'),
      allow('second'),
    ]
    expect(readings(rules)).toEqual([
      {
        rule: 'others',
        effect: 'allow',
        result: 'does_not_match',
        because: ['its `who` does not include developer', 'its `dbUsers` do not include db_user'],
      },
      { rule: 'owners', effect: 'deny', result: 'does_not_match', because: ['its `dbUsers` do not include db_user'] },
      { rule: 'first', effect: 'allow', result: 'decides', because: [] },
      { rule: 'second', effect: 'allow', result: 'overruled', because: [] },
    ])
  })

  it('of what is denied has no rule decide, wherever the denial stands in the file', () => {
    const results = readings([allow('first'), deny('everything'), deny('this-too')]).map(({ result }) => result)
    expect(results).toEqual(['overruled', 'denies', 'denies'])
  })

  it.each([
    ['who', deny('d', { who: { groups: ['testers'], people: [] } }), 'its `who` does not include developer or mary_roe'],
    ['databases', deny('d', { databases: { identifiers: ['billing'] } }), 'its `databases.identifiers` do not include orders'],
    ['dbUsers', deny('d', { dbUsers: ['rds*'] }), 'its `dbUsers` do not include db_user'],
    [
      'principals',
      deny('d', { principals: ['arn:aws:iam::*:user/*'] }),
      'its `principals` do not include arn:aws:iam::123456789012:role/app-reader for developer or mary_roe',
    ],
    ['paths', deny('d', { paths: ['access-role'] }), 'its `paths` do not include direct'],
  ])('says why a denial does not touch what is asked for: %s', (_part, rule, because) => {
    const asked = question({ beneficiary: person('mary_roe') })
    expect(readings([rule], asked)).toMatchObject([{ result: 'does_not_match', because: [because] }])
  })

  it('settles whatever is asked as judge does', () => {
    const users = fc.constantFrom('db_user', 'admin', '*')
    const rule = fc.record({ users: fc.array(users, { minLength: 1, maxLength: 2 }), denies: fc.boolean(), staging: fc.boolean() })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), users, fc.boolean(), (drawn, dbUser, all) => {
        const rules = drawn.map(({ users: dbUsers, denies, staging }, index) => {
          const databases = staging ? { tags: { environment: 'staging' } } : {}
          const wildcards = { dbUsers: true, databases: true }
          return denies ? deny(`rule-${index}`, { dbUsers, databases }) : allow(`rule-${index}`, { dbUsers, databases, wildcards })
        })
        const asked = question({ requester: developer, entitlements: [{ position: 0, database: all ? null : orders, place, dbUser }] })
        const judgement = judge(rules, asked)
        const settling = readings(rules, asked).filter(({ result }) => result === 'decides' || result === 'denies')
        if (judgement.allowed) expect(settling.map(({ rule }) => rule)).toEqual(judgement.matched.map(({ rule }) => rule))
        else if (judgement.refusals[0]?.because === 'deny')
          expect(settling[0]).toMatchObject({ rule: judgement.refusals[0].rule, result: 'denies' })
        else expect(settling).toEqual([])
      }),
    )
  })
})
