import { describe, expect, test } from 'vitest'
import { type HeldPolicies, hashDocument, type PolicyDocuments, stateOf, statesHeld, statesOf } from '../../src/policy/index.ts'
import { driftIn, waitIn } from '../../src/reconcile/drift.ts'
import type { IamWrite } from '../../src/reconcile/write-store.ts'

const now = new Date('2026-01-01T00:01:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const inline = 'sallyport-abcdefghij'
const managed = 'sallyport-abcdefghij-AROAEXAMPLE-1'

type Text = string | null
const state = (text: Text) => (text === null ? null : hashDocument(text))

function write(before: Text, after: Text, change: Partial<IamWrite> = {}): IamWrite {
  const settled = { settledAt: ago(4), outcome: 'done' } as const
  const states = { before: state(before), after: state(after) }
  return {
    id: 'wrt_1',
    planId: 'pln_1',
    operation: 'put_inline',
    policyName: inline,
    intendedAt: ago(5),
    provisioning: null,
    ...states,
    ...settled,
    ...change,
  }
}
const open = { settledAt: null, outcome: 'unknown' } as const
const failed = { settledAt: ago(4), outcome: 'failed' } as const

const held = (text: Text): HeldPolicies => new Map(text === null ? [] : [[inline, { document: text, managed: null }]])
const detached = (text: string): HeldPolicies =>
  new Map([[managed, { document: text, managed: { attached: false, version: 'v1', spares: [] } }]])

describe('what was found is drift', () => {
  test.each([
    { name: 'not if it is what was written', found: 'a', written: 'a', recent: [], drift: false },
    { name: 'if it is another document', found: 'b', written: 'a', recent: [], drift: true },
    { name: 'if it is gone', found: null, written: 'a', recent: [], drift: true },
    { name: 'if there is one where none was left', found: 'a', written: null, recent: [], drift: true },
    { name: 'not if IAM may not show the last write yet', found: 'a', written: 'b', recent: [write('a', 'b')], drift: false },
    {
      name: 'not if a write of ours took effect whose answer was lost',
      found: 'b',
      written: 'a',
      recent: [write('a', 'b', open)],
      drift: false,
    },
    { name: 'if it is neither before nor after a write of ours', found: 'c', written: 'b', recent: [write('a', 'b')], drift: true },
    {
      name: 'if only a write to another policy would explain it',
      found: 'b',
      written: 'a',
      recent: [write('a', 'b', { policyName: managed })],
      drift: true,
    },
  ])('$name', ({ found, written, recent, drift }) => {
    const expected = state(written)
    const answer = driftIn(statesHeld(held(found)), expected === null ? {} : { [inline]: expected }, recent)
    expect(answer).toEqual(drift ? [{ policyName: inline, expected, found: state(found) }] : [])
  })

  test('if somebody has detached a managed policy', () => {
    const found = detached('a')
    expect(driftIn(statesHeld(found), { [managed]: hashDocument('a') }, [])).toEqual([
      { policyName: managed, expected: hashDocument('a'), found: `detached:${hashDocument('a')}` },
    ])
    expect(stateOf(found.get(managed))).toBe(`detached:${hashDocument('a')}`)
  })
})

describe('IAM only does not show the write yet', () => {
  test.each([
    { name: 'so it is looked at again in as long as the write is old', found: 'a', recent: [write('a', 'b')], wait: 4 },
    { name: 'a second at the least', found: 'a', recent: [write('a', 'b', { settledAt: now })], wait: 1 },
    { name: 'also if it still shows what was before the last but one', found: null, recent: [write(null, 'a'), write('a', 'b')], wait: 4 },
    { name: 'not if nothing was written lately', found: 'a', recent: [], wait: null },
    { name: 'not if the write failed', found: 'a', recent: [write('a', 'b', failed)], wait: null },
    { name: 'not if something else is wanted by now', found: 'a', recent: [write('a', 'c')], wait: null },
    { name: 'not if it shows what no write of ours knows', found: 'd', recent: [write('a', 'b')], wait: null },
  ])('$name', ({ found, recent, wait }) => {
    const desired: PolicyDocuments = new Map([[inline, 'b']])
    expect(waitIn(statesHeld(held(found)), statesOf(desired), recent, now)).toBe(wait)
  })

  test('not if that is true of one policy and not of another', () => {
    const desired: PolicyDocuments = new Map([
      [inline, 'b'],
      [managed, 'c'],
    ])
    expect(waitIn(statesHeld(held('a')), statesOf(desired), [write('a', 'b')], now)).toBeNull()
  })
})
