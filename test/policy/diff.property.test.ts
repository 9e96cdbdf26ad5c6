import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyWrite,
  countedCharacters,
  diff,
  effective,
  type HeldPolicies,
  type HeldPolicy,
  isManaged,
  type PolicyDocuments,
  policyName,
  stateOf,
} from '../../src/policy/index.ts'
import { type Circumstances, evaluate } from './evaluate.ts'
import { asHeld, compileInline, deployment, diffAlone, nameOf } from './held.ts'
import { anyObserved, severalDesired, severalObserved } from './observed.ts'
import { arnText, everyArn, someArns, someWideArns } from './world.ts'

const name = policyName(deployment)

/** How IAM may hold managed policies with these documents: attached or not, with any number of versions. */
const heldAnyhow = (documents: PolicyDocuments): fc.Arbitrary<HeldPolicies> =>
  fc
    .tuple(
      ...[...documents].map(([name, document]) =>
        (isManaged(name) ? managed(document) : fc.constant({ document, managed: null })).map((policy): [string, HeldPolicy] => [
          name,
          policy,
        ]),
      ),
    )
    .map((policies) => new Map(policies))

const managed = (document: string): fc.Arbitrary<HeldPolicy> =>
  fc.record({ attached: fc.boolean(), spares: fc.integer({ min: 0, max: 4 }) }).map(({ attached, spares }) => ({
    document,
    managed: { attached, version: `v${spares + 3}`, spares: Array.from({ length: spares }, (_, index) => `v${index + 1}`) },
  }))

/** Desired and observed, as they may meet: inline policies, and managed ones beside them. */
const inlineOnly = fc.record({
  desired: fc.oneof(someArns, someWideArns).map(compileInline),
  observed: anyObserved(name).chain(heldAnyhow),
})
const names = [0, 1, 2, 3].map(nameOf)
const several = fc.record({
  desired: severalDesired(names.slice(1)),
  observed: severalObserved(names).chain(heldAnyhow),
})
const any = fc.oneof(inlineOnly, several)

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  conditionsHold: fc.boolean(),
  variable: fc.constantFrom('db_user', 'jan', 'nobody'),
})

/** What is held after none, one, two … and all writes of the plan. */
function prefixes(desired: PolicyDocuments, observed: HeldPolicies, inline = 10_240): HeldPolicies[] {
  const states = [observed]
  for (const write of diff(desired, observed, { inline })) states.push(applyWrite(states.at(-1) ?? observed, write))
  return states
}

function allowed(documents: PolicyDocuments, when: Circumstances): Set<string> {
  const allows = evaluate(documents, when)
  return new Set(everyArn.map(arnText).filter((arn) => allows('rds-db:connect', arn)))
}

describe('whatever is desired and whatever is observed', () => {
  test('the plan ends at exactly the desired bytes', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        const last = prefixes(desired, observed).at(-1) ?? observed
        expect(effective(last)).toEqual(new Map(desired))
        expect([...last.keys()].sort()).toEqual([...desired.keys()].sort())
      }),
      { numRuns: 1000 },
    )
  })

  test('a second plan after the first is empty', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        expect(diffAlone(desired, prefixes(desired, observed).at(-1) ?? observed)).toEqual([])
      }),
    )
  })

  test('a plan taken up again after any of its writes ends at the desired bytes too', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        for (const state of prefixes(desired, observed)) {
          expect(effective(prefixes(desired, state).at(-1) ?? state)).toEqual(new Map(desired))
        }
      }),
    )
  })

  test('no prefix of the plan takes away access that is still granted', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const before = allowed(effective(observed), when)
        const kept = [...allowed(desired, when)].filter((arn) => before.has(arn))
        for (const state of prefixes(desired, observed)) {
          const now = allowed(effective(state), when)
          expect(kept.filter((arn) => !now.has(arn))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  test('no prefix of the plan gives access that is not granted and was not there', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const permitted = new Set([...allowed(desired, when), ...allowed(effective(observed), when)])
        for (const state of prefixes(desired, observed))
          expect([...allowed(effective(state), when)].filter((arn) => !permitted.has(arn))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('after phase 1 nothing is left that is not granted', () => {
    fc.assert(
      fc.property(any, circumstances, ({ desired, observed }, when) => {
        const first = diffAlone(desired, observed).filter((write) => write.phase === 1)
        const granted = allowed(desired, when)
        expect([...allowed(effective(first.reduce<HeldPolicies>(applyWrite, observed)), when)].filter((arn) => !granted.has(arn))).toEqual(
          [],
        )
      }),
      { numRuns: 500 },
    )
  })

  test('writes come in the order of their phases, and each tells the policy’s state before and after it', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        const plan = diffAlone(desired, observed)
        expect(plan.map((write) => write.phase)).toEqual(plan.map((write) => write.phase).sort())
        let held = observed
        for (const write of plan) {
          expect(write.before).toBe(stateOf(held.get(write.policyName)))
          held = applyWrite(held, write)
          expect(write.after).toBe(stateOf(held.get(write.policyName)))
          if (write.operation !== 'delete_version') expect(write.after).not.toBe(write.before)
        }
      }),
    )
  })

  test('no managed policy ever has more than five versions, or is deleted while it is attached or has others', () => {
    fc.assert(
      fc.property(any, ({ desired, observed }) => {
        let held = observed
        for (const write of diffAlone(desired, observed)) {
          const before = held.get(write.policyName)?.managed
          if (write.operation === 'delete_policy') expect(before).toMatchObject({ attached: false, spares: [] })
          if (write.operation === 'delete_version') expect(before?.spares).toContain(write.versionId)
          if (write.operation === 'create_policy') expect(held.has(write.policyName)).toBe(false)
          held = applyWrite(held, write)
          expect(held.get(write.policyName)?.managed?.spares.length ?? 0).toBeLessThan(5)
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
        const kept = compileInline(granted.filter(isIn(before)))
        const added = !granted.every(isIn(before))
        const ended = !before.every(isIn(granted))
        const plan = diffAlone(compileInline(granted), asHeld(compileInline(before)))
        expect(plan.map((write) => write.phase)).toEqual([...(ended ? [1] : []), ...(added ? [2] : [])])
        const first = plan[0]
        if (ended && first !== undefined) expect('document' in first ? first.document : null).toBe(kept.get(name) ?? null)
      }),
      { numRuns: 500 },
    )
  })

  test('no write of phase 1 makes a document longer, so that no quota can refuse it', () => {
    fc.assert(
      fc.property(written, ([granted, before]) => {
        const observed = compileInline(before)
        for (const write of diffAlone(compileInline(granted), asHeld(observed)).filter(({ phase }) => phase === 1)) {
          expect(countedCharacters('document' in write ? write.document : '')).toBeLessThan(countedCharacters(observed.get(name) ?? ''))
        }
      }),
    )
  })
})

describe('when others leave no more room inline than what stands and what is desired there takes', () => {
  const tight = fc
    .record({ desired: severalDesired(names), observed: severalObserved(names).chain(heldAnyhow) })
    .map(({ desired, observed }) => {
      const sizes = [desired.get(name), observed.get(name)?.document].map((document) => countedCharacters(document ?? ''))
      return { desired, observed, inline: Math.max(...sizes) }
    })

  test('no write is refused for its size', () => {
    fc.assert(
      fc.property(tight, ({ desired, observed, inline }) => {
        for (const state of prefixes(desired, observed, inline))
          expect(countedCharacters(state.get(name)?.document ?? '')).toBeLessThanOrEqual(inline)
      }),
      { numRuns: 1000 },
    )
  })

  test('the plan ends at exactly the desired bytes, also if it is taken up again after any of its writes', () => {
    fc.assert(
      fc.property(tight, ({ desired, observed, inline }) => {
        for (const state of prefixes(desired, observed, inline))
          expect(effective(prefixes(desired, state, inline).at(-1) ?? state)).toEqual(new Map(desired))
      }),
    )
  })

  test('after phase 1 nothing is left that is not granted', () => {
    fc.assert(
      fc.property(tight, circumstances, ({ desired, observed, inline }, when) => {
        const first = diff(desired, observed, { inline }).filter((write) => write.phase === 1)
        const now = allowed(effective(first.reduce<HeldPolicies>(applyWrite, observed)), when)
        expect([...now].filter((arn) => !allowed(desired, when).has(arn))).toEqual([])
      }),
    )
  })

  test('no prefix of the plan takes away what stands where it has its place', () => {
    fc.assert(
      fc.property(tight, circumstances, ({ desired, observed, inline }, when) => {
        const inPlace = names.flatMap((each) => {
          const only = (documents: PolicyDocuments) => allowed(new Map([...documents].filter(([other]) => other === each)), when)
          return [...only(desired)].filter((arn) => only(effective(observed)).has(arn))
        })
        for (const state of prefixes(desired, observed, inline)) {
          const now = allowed(effective(state), when)
          expect(inPlace.filter((arn) => !now.has(arn))).toEqual([])
        }
      }),
    )
  })
})
