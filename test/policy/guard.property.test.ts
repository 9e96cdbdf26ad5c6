import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConnectArn } from '../../src/policy/connect-arn.ts'
import {
  applyWrite,
  compileTarget,
  effective,
  type HeldPolicies,
  type HeldPolicy,
  type PolicyDocuments,
  printGuard,
  roomOn,
} from '../../src/policy/index.ts'
import { type Circumstances, evaluate } from './evaluate.ts'
import { asHeld, deployment, guard, planFor, uniqueId } from './held.ts'
import { anyObserved } from './observed.ts'
import { arnText, everyArn, someArns, someWideArns } from './world.ts'

const administrator = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })

/** All documents of a target; where an ARN stands among its policies is told by its place in the list. */
const compiled = (arns: readonly ConnectArn[], guarded: boolean): PolicyDocuments =>
  compileTarget(
    deployment,
    { uniqueId, guarded },
    arns.map((arn, index) => ({ arn: arnText(arn), placement: index % 3 })),
  )

const arns = fc.oneof(someArns, someWideArns)
const ownDocuments = fc.tuple(arns, fc.boolean()).map(([granted, guarded]) => asHeld(compiled(granted, guarded)))

const guardHeld = (document: fc.Arbitrary<string>): fc.Arbitrary<HeldPolicy> =>
  fc.record({ document, attached: fc.boolean(), spares: fc.integer({ min: 0, max: 4 }) }).map(({ attached, spares, ...rest }) => ({
    ...rest,
    managed: { attached, version: `v${spares + 3}`, spares: Array.from({ length: spares }, (_, index) => `v${index + 1}`) },
  }))

/** What Sallyport left there, its guard perhaps detached, of other grants, or gone. */
const untouched: fc.Arbitrary<HeldPolicies> = fc
  .tuple(ownDocuments, fc.option(guardHeld(arns.map((some) => printGuard(some.map(arnText))))))
  .map(([held, other]) => (other === null ? held : new Map([...held, [guard, other]])))

/** The same with a guard that somebody has rewritten. */
const tampered: fc.Arbitrary<HeldPolicies> = fc
  .tuple(
    ownDocuments,
    anyObserved(guard).chain((found) => guardHeld(fc.constant(found.get(guard) ?? '{}'))),
  )
  .map(([held, other]) => new Map([...held, [guard, other]]))

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  conditionsHold: fc.boolean(),
  variable: fc.constantFrom('db_user', 'jan', 'nobody'),
})

const planOf = (desired: PolicyDocuments, held: HeldPolicies) => planFor(desired, held, roomOn('role', { characters: 0, attached: 0 }))

function prefixes(desired: PolicyDocuments, observed: HeldPolicies): HeldPolicies[] {
  const states = [observed]
  for (const write of planOf(desired, observed)) states.push(applyWrite(states.at(-1) ?? observed, write))
  return states
}

/** To what somebody with these rights besides can connect. */
function connectable(held: HeldPolicies, when: Circumstances, besides: string | null): Set<string> {
  const allows = evaluate(new Map([...effective(held), ...(besides === null ? [] : [['besides', besides] as const])]), when)
  return new Set(everyArn.map(arnText).filter((arn) => allows('rds-db:connect', arn)))
}

const whatever = fc.record({ granted: arns, held: fc.oneof(untouched, tampered) })
const left = fc.record({ granted: arns, held: untouched })

describe('whatever is granted to a guarded administrator and whatever is found', () => {
  test('in the end it can connect to exactly what is granted, and a second plan is empty', () => {
    fc.assert(
      fc.property(whatever, circumstances, ({ granted, held }, when) => {
        const desired = compiled(granted, true)
        const last = prefixes(desired, held).at(-1) ?? held
        expect(effective(last)).toEqual(new Map(desired))
        expect(planOf(desired, last)).toEqual([])
        expect(connectable(last, when, administrator)).toEqual(connectable(asHeld(compiled(granted, false)), when, null))
      }),
      { numRuns: 300 },
    )
  })

  test('no prefix of the plan gives access that is not granted and was not there', () => {
    fc.assert(
      fc.property(whatever, circumstances, fc.constantFrom(administrator, null), ({ granted, held }, when, besides) => {
        const permitted = new Set([...connectable(asHeld(compiled(granted, false)), when, null), ...connectable(held, when, besides)])
        for (const state of prefixes(compiled(granted, true), held))
          expect([...connectable(state, when, besides)].filter((arn) => !permitted.has(arn))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('no prefix of the plan denies what is granted and was allowed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          whatever.map((each) => ({ ...each, besides: administrator })),
          left.map((each) => ({ ...each, besides: null })),
        ),
        circumstances,
        ({ granted, held, besides }, when) => {
          const before = connectable(held, when, besides)
          const kept = [...connectable(asHeld(compiled(granted, false)), when, null)].filter((arn) => before.has(arn))
          for (const state of prefixes(compiled(granted, true), held)) {
            const now = connectable(state, when, besides)
            expect(kept.filter((arn) => !now.has(arn))).toEqual([])
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('after phase 1 it can connect to nothing that is not granted', () => {
    fc.assert(
      fc.property(whatever, circumstances, ({ granted, held }, when) => {
        const first = planOf(compiled(granted, true), held).filter(({ phase }) => phase === 1)
        const state = first.reduce<HeldPolicies>(applyWrite, held)
        const permitted = connectable(asHeld(compiled(granted, false)), when, null)
        expect([...connectable(state, when, administrator)].filter((arn) => !permitted.has(arn))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('a plan taken up again after any of its writes ends at the same bytes', () => {
    fc.assert(
      fc.property(whatever, ({ granted, held }) => {
        const desired = compiled(granted, true)
        for (const state of prefixes(desired, held)) expect(effective(prefixes(desired, state).at(-1) ?? state)).toEqual(new Map(desired))
      }),
    )
  })
})

describe('a principal that is guarded no longer', () => {
  test('has its guard removed with all that belongs to it, and nothing granted is denied on the way', () => {
    fc.assert(
      fc.property(whatever, circumstances, ({ granted, held }, when) => {
        const desired = compiled(granted, false)
        const before = connectable(held, when, administrator)
        const states = prefixes(desired, held)
        const kept = [...connectable(asHeld(desired), when, null)].filter((arn) => before.has(arn))
        for (const state of states) {
          const now = connectable(state, when, administrator)
          expect(kept.filter((arn) => !now.has(arn))).toEqual([])
        }
        const last = states.at(-1) ?? held
        expect([...last.keys()].sort()).toEqual([...desired.keys()].sort())
        expect(planOf(desired, last)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('without rights besides gets nothing on the way that is not granted and was not there', () => {
    fc.assert(
      fc.property(whatever, circumstances, ({ granted, held }, when) => {
        const allowedOnly = new Map([...held].filter(([name]) => name !== guard))
        const permitted = new Set([
          ...connectable(asHeld(compiled(granted, false)), when, null),
          ...connectable(held, when, null),
          ...connectable(allowedOnly, when, null),
        ])
        for (const state of prefixes(compiled(granted, false), held))
          expect([...connectable(state, when, null)].filter((arn) => !permitted.has(arn))).toEqual([])
      }),
    )
  })
})
