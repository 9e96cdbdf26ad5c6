import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComparedFile } from '../../src/rules/compare-rule-sets.ts'
import { changesInWords, compareRuleSets } from '../../src/rules/index.ts'
import { allow, dba, deny, developer, person } from './world.ts'

const nobody = { groups: [], people: [] }
const file = (facts: Partial<ComparedFile> = {}): ComparedFile => ({
  rules: [allow('a'), allow('b')],
  people: [developer, dba],
  admins: nobody,
  auditors: nobody,
  activation: null,
  ...facts,
})
const words = (after: Partial<ComparedFile>, before: Partial<ComparedFile> = {}) =>
  changesInWords(compareRuleSets(file(before), file(after)))

const seniors = { groups: ['seniors'], people: [] }
const emergency = { who: seniors, longest: 60, review: seniors, notify: { ...nobody, channels: [] } }

const escalating = (after: number) =>
  allow('a', { approvals: [{ from: { groups: ['dba'], people: [] }, count: 1, escalate: { after, to: seniors } }] })

describe('what changes from one rule set to the next', () => {
  it.each<[string, Partial<ComparedFile>, readonly string[]]>([
    ['nothing', {}, ['nothing that is judged by changes']],
    ['a rule that denies', { rules: [deny('no'), allow('a'), allow('b')] }, ['+ rule no']],
    [
      'a rule that goes',
      { rules: [allow('a')] },
      ['- rule b', '- can ask by b: developer, group developers', '- can approve by b: dba, group dba'],
    ],
    ['a key of a rule', { rules: [allow('a', { waits: 60 }), allow('b')] }, ['~ rule a: waits']],
    ['the order', { rules: [allow('b'), allow('a')] }, ['~ the order of the rules']],
    [
      'who may take emergency access',
      { rules: [allow('a', { emergency }), allow('b')] },
      ['~ rule a: emergency', '+ can take emergency access by a: group seniors', '+ can review emergency access by a: group seniors'],
    ],
    [
      'whom a stage escalates to',
      { rules: [escalating(3_600), allow('b')] },
      ['~ rule a: approvals', '+ can approve by a after a wait of PT1H: group seniors'],
    ],
    [
      'somebody who comes into a group',
      { people: [developer, { ...dba, groups: ['dba', 'developers'] }] },
      ['+ can ask by a: dba', '+ can ask by b: dba', '~ person dba'],
    ],
    ['somebody who leaves', { people: [developer] }, ['- can approve by a: dba', '- can approve by b: dba', '- person dba']],
    ['who administers', { admins: { groups: [], people: ['dba'] } }, ['+ can administer: dba', '~ admins']],
    ['who confirms', { activation: { confirmedBy: seniors } }, ['+ can confirm rule sets: group seniors', '~ activation']],
  ])('is told of %s', (_, after, expected) => {
    expect(words(after)).toEqual(expected)
  })

  it.each([
    ['is sooner', 1_800, ['+ can approve by a after a wait of PT30M: group seniors']],
    ['is no more', null, []],
  ])('is told of an escalation that %s', (_, after, gained) => {
    const then = [escalating(3_600), allow('b')]
    const now = [after === null ? allow('a') : escalating(after), allow('b')]
    const told = words({ rules: now }, { rules: then })
    expect(told).toEqual(
      expect.arrayContaining(['~ rule a: approvals', '- can approve by a after a wait of PT1H: group seniors', ...gained]),
    )
    expect(told).toHaveLength(2 + gained.length)
  })

  it('is told of another part of the file by its key', () => {
    expect(changesInWords(compareRuleSets(file(), { ...file(), accounts: [] } as ComparedFile))).toEqual(['~ accounts']) // as a whole file has
  })

  it('is the other way round when it is taken back', () => {
    const groups = fc.subarray(['developers', 'dba', 'seniors'])
    const files = fc.record({ people: groups, who: groups, names: fc.subarray(['a', 'b', 'c']) }).map(({ people, who, names }) =>
      file({
        people: [person('x', { groups: people }), dba],
        rules: names.map((name) => allow(name, { who: { groups: who, people: [] } })),
      }),
    )
    fc.assert(
      fc.property(files, files, (one, other) => {
        const [there, back] = [compareRuleSets(one, other), compareRuleSets(other, one)]
        expect(back.added).toEqual(there.removed)
        const sorted = (powers: readonly { power: string; gained: readonly string[]; lost: readonly string[] }[]) =>
          [...powers].sort((a, b) => (a.power < b.power ? -1 : 1))
        expect(sorted(back.powers)).toEqual(sorted(there.powers.map(({ power, gained, lost }) => ({ power, gained: lost, lost: gained }))))
      }),
    )
  })
})
