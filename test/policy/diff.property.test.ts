import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyWrite, compile, countedCharacters, diff, hashDocument, type InlineDocuments, policyName } from '../../src/policy/index.ts'
import { type Circumstances, evaluate } from './evaluate.ts'
import { anyObserved, severalDesired, severalObserved } from './observed.ts'
import { arnText, everyArn, someArns, someWideArns } from './world.ts'

const deployment = 'abcdefghij'
const name = policyName(deployment)

/** Desired and observed, as they may meet: one document, as Sallyport has it now, and several, as it may have. */
const one = fc.record({ desired: fc.oneof(someArns, someWideArns).map((arns) => compile(arns, deployment)), observed: anyObserved(name) })
const several = fc.record({ desired: severalDesired(['p', 'q', 'r']), observed: severalObserved(['o', 'p', 'q', 'r']) })
const any = fc.oneof(one, several)

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  conditionsHold: fc.boolean(),
  variable: fc.constantFrom('db_user', 'jan', 'nobody'),
})

/** The documents after none, one, two … and all writes of the plan. */
function prefixes(desired: InlineDocuments, observed: InlineDocuments): InlineDocuments[] {
  const states = [observed]
  for (const write of diff(desired, observed)) states.push(applyWrite(states.at(-1) ?? observed, write))
  return states
}

function allowed(documents: InlineDocuments, when: Circumstances): Set<string> {
  const allows = evaluate(documents, when)
  return new Set(everyArn.map(arnText).filter((arn) => allows('rds-db:connect', arn)))
}

describe('whatever is desired and whatever is observed', () => {
  test('the plan ends at exactly the desired bytes', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        expect(new Map(prefixes(desired, observed).at(-1))).toEqual(new Map(desired))
      }),
      { numRuns: 1000 },
    )
  })

  test('a second plan after the first is empty', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        expect(diff(desired, prefixes(desired, observed).at(-1) ?? observed)).toEqual([])
      }),
    )
  })

  test('a plan taken up again after any of its writes ends at the desired bytes too', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        for (const state of prefixes(desired, observed)) expect(new Map(prefixes(desired, state).at(-1))).toEqual(new Map(desired))
      }),
    )
  })

  test('no prefix of the plan takes away access that is still granted', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const before = allowed(observed, when)
        const kept = [...allowed(desired, when)].filter((arn) => before.has(arn))
        for (const state of prefixes(desired, observed)) {
          const now = allowed(state, when)
          expect(kept.filter((arn) => !now.has(arn))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  test('no prefix of the plan gives access that is not granted and was not there', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const permitted = new Set([...allowed(desired, when), ...allowed(observed, when)])
        for (const state of prefixes(desired, observed)) expect([...allowed(state, when)].filter((arn) => !permitted.has(arn))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('after phase 1 nothing is left that is not granted', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const first = diff(desired, observed).filter((write) => write.phase === 1)
        const granted = allowed(desired, when)
        expect([...allowed(first.reduce(applyWrite, observed), when)].filter((arn) => !granted.has(arn))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('writes come in the order of their phases, each changes something, and each hash is that of its document', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        const plan = diff(desired, observed)
        expect(plan.map((write) => write.phase)).toEqual(plan.map((write) => write.phase).sort())
        let documents = observed
        for (const write of plan) {
          const before = documents.get(write.policyName)
          expect(write.document).not.toBe(before ?? null)
          expect(write.operation).toBe(write.document === null ? 'delete' : 'put')
          expect(write.hashBefore).toBe(before === undefined ? null : hashDocument(before))
          expect(write.hashAfter).toBe(write.document === null ? null : hashDocument(write.document))
          documents = applyWrite(documents, write)
        }
      }),
    )
  })
})

describe('when Sallyport wrote what is observed', () => {
  const written = fc.tuple(someArns, someArns)

  test('one write is enough if access is only added or only ended, and two are in any case', () => {
    fc.assert(
      fc.property(written, ([granted, before]) => {
        const isIn = (arns: typeof granted) => (arn: (typeof granted)[number]) => arns.includes(arn)
        const kept = compile(granted.filter(isIn(before)), deployment)
        const added = !granted.every(isIn(before))
        const ended = !before.every(isIn(granted))
        const plan = diff(compile(granted, deployment), compile(before, deployment))
        expect(plan.map((write) => write.phase)).toEqual([...(ended ? [1] : []), ...(added ? [2] : [])])
        if (ended) expect(plan[0]?.document).toBe(kept.get(name) ?? null)
      }),
      { numRuns: 500 },
    )
  })

  test('no write of phase 1 makes a document longer, so that no quota can refuse it', () => {
    fc.assert(
      fc.property(written, ([granted, before]) => {
        const observed = compile(before, deployment)
        for (const write of diff(compile(granted, deployment), observed).filter(({ phase }) => phase === 1)) {
          expect(countedCharacters(write.document ?? '')).toBeLessThan(countedCharacters(observed.get(name) ?? ''))
        }
      }),
    )
  })
})
