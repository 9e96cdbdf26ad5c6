import { describe, expect, it } from 'vitest'
import { dueEscalations } from '../../src/requests/due-escalations.ts'
import { after, approvalBy, askedAt, dbaApproves, fileOf, requestOf, without } from './world.ts'

const HOUR = 3_600
const to = { groups: ['security'], people: [] }
const from = { groups: ['dba'], people: [] }
const escalating = (wait: string) => [{ from: { groups: ['dba'] }, escalate: { after: wait, to: { groups: ['security'] } } }]
const file = (approvals: unknown = escalating('PT1H'), facts: object = {}) => fileOf([{ ...dbaApproves, approvals, ...facts }])
const recorded = { turn: 1, from, to, at: after(HOUR) }

describe('what is due', () => {
  it.each([
    ['before the wait is over', file(), requestOf(), HOUR - 1, [], after(HOUR)],
    ['when it is', file(), requestOf(), HOUR, [{ turn: 1, from, to, after: HOUR }], null],
    ['after it was recorded', file(), requestOf({ escalations: [recorded] }), 2 * HOUR, [], null],
    [
      'by rules that ask sooner, though it was recorded',
      file(escalating('PT30M')),
      requestOf({ escalations: [recorded] }),
      2 * HOUR,
      [],
      null,
    ],
    [
      'by rules that ask later, though it was recorded',
      file(escalating('PT3H')),
      requestOf({ escalations: [recorded] }),
      2 * HOUR,
      [],
      after(3 * HOUR),
    ],
    [
      'once the stage is complete',
      file([...escalating('PT1H'), { from: { groups: ['security'] } }]),
      requestOf({ decisions: [approvalBy('dba')] }),
      2 * HOUR,
      [],
      null,
    ],
    ['where the rules refuse', fileOf([]), requestOf(), 2 * HOUR, [], null],
    [
      'where whoever asked has left',
      fileOf([{ ...dbaApproves, approvals: escalating('PT1H') }], without('developer')),
      requestOf(),
      2 * HOUR,
      [],
      null,
    ],
  ])('%s', (_, rules, request, seconds, due, nextAt) => {
    expect(dueEscalations(rules, request, after(seconds))).toEqual({ due, nextAt })
  })

  it('is of an extension what its own approvals say', () => {
    const extensions = { count: 1, total: 'P1D', approvals: escalating('PT2H') }
    const extending = {
      grantId: 'grt_01kazv5vb4pex5vsknk084sn02' as const,
      since: askedAt,
      endsAt: after(HOUR),
      lives: true,
      extensions: 0,
    }
    const request = requestOf({ manner: 'extension', extending })
    const due = (seconds: number) => dueEscalations(file([{ from: { groups: ['dba'] } }], { extensions }), request, after(seconds)).due
    expect([due(HOUR), due(2 * HOUR)]).toEqual([[], [{ turn: 1, from, to, after: 2 * HOUR }]])
  })

  it('is also what new rules say, where the wait that is known is longer than theirs', () => {
    const heads = { groups: ['developers'], people: [] }
    const other = file([{ from: { groups: ['dba'] }, escalate: { after: 'PT30M', to: { groups: ['developers'] } } }])
    expect(dueEscalations(other, requestOf({ escalations: [recorded] }), after(2 * HOUR)).due).toMatchObject([
      { to: heads, after: HOUR / 2 },
    ])
  })
})
