import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConnectVerdict, evaluate } from '../../src/policy/evaluate.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { readPolicy } from '../../src/policy/read-policy.ts'
import { requestContext } from '../../src/policy/request-context.ts'
import { type OracleCase, type OraclePolicy, oracle } from './oracle.ts'
import { someCase, somePolicy } from './some-policies.ts'

function read(document: OraclePolicy): Policy {
  const { policy, faults } = readPolicy(document)
  if (policy === null) throw new Error(JSON.stringify(faults))
  return policy
}

const judge = ({ policies, boundary, resource, context }: OracleCase): ConnectVerdict =>
  evaluate({
    policies: policies.map(read),
    boundary: boundary === null ? null : read(boundary),
    resource,
    context: requestContext(context),
  })

const result = (asked: OracleCase): string => judge(asked).result

/** How much a result lets: what is conditional may turn out as either. */
const width = { denied: 0, 'implicitly-denied': 0, conditional: 1, allowed: 2 }

const runs = { numRuns: 1_000 }

describe('evaluate', () => {
  test('agrees with a naive oracle on thousands of cases, of which every result is a good part', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(someCase, (asked) => {
        const found = result(asked)
        seen.set(found, (seen.get(found) ?? 0) + 1)
        expect(found).toBe(oracle(asked))
      }),
      { numRuns: 10_000 },
    )
    for (const one of Object.keys(width)) expect(seen.get(one)).toBeGreaterThan(500)
  })

  test('gives the same for the statements in any order, in one policy or in several', () => {
    fc.assert(
      fc.property(someCase, fc.infiniteStream(fc.nat()), (asked, order) => {
        const shuffled = asked.policies
          .flatMap(({ Version, Statement }) =>
            [Statement].flat().map((one) => ({ ...(Version === undefined ? {} : { Version }), Statement: [one] })),
          )
          .map((policy) => ({ policy, at: order.next().value }))
          .sort((one, other) => one.at - other.at)
          .map(({ policy }) => policy)
        expect(result({ ...asked, policies: shuffled })).toBe(result(asked))
      }),
      runs,
    )
  })

  test('never lets more with one more Deny, nor less with one more Allow', () => {
    fc.assert(
      fc.property(someCase, somePolicy, (asked, more) => {
        const effects = (Effect: string) => ({ ...more, Statement: [more.Statement].flat().map((statement) => ({ ...statement, Effect })) })
        const before = width[judge(asked).result]
        expect(width[judge({ ...asked, policies: [...asked.policies, effects('Deny')] }).result]).toBeLessThanOrEqual(before)
        expect(width[judge({ ...asked, policies: [...asked.policies, effects('Allow')] }).result]).toBeGreaterThanOrEqual(before)
      }),
      runs,
    )
  })

  test('never lets more within a boundary, and nothing that the boundary alone would not', () => {
    fc.assert(
      fc.property(someCase, somePolicy, (asked, boundary) => {
        const within = width[judge({ ...asked, boundary }).result]
        expect(within).toBeLessThanOrEqual(width[judge({ ...asked, boundary: null }).result])
        expect(within).toBeLessThanOrEqual(width[judge({ ...asked, boundary: null, policies: [boundary] }).result])
      }),
      runs,
    )
  })

  test('changes a result that is not conditional for nothing that becomes known', () => {
    fc.assert(
      fc.property(someCase, someCase, (asked, { context: more }) => {
        const before = result(asked)
        fc.pre(before !== 'conditional')
        // Denied may become clear where there was no Allow anyhow; whether one can connect does not change.
        const after = judge({ ...asked, context: { ...more, ...asked.context } }).result
        expect(after === 'allowed').toBe(before === 'allowed')
        expect(after).not.toBe('conditional')
      }),
      runs,
    )
  })

  test('names statements that decide by themselves, and the conditions of those that may', () => {
    fc.assert(
      fc.property(someCase, (asked) => {
        const { result, by, conditions } = judge(asked)
        const only = {
          ...asked,
          policies: asked.policies.map((policy, index) => keep(policy, index)),
          boundary: asked.boundary && keep(asked.boundary, 'boundary'),
        }
        if (result !== 'conditional') expect(judge(only).result).toBe(result)
        expect(conditions.map(({ by }) => by)).toEqual(result === 'conditional' ? by : [])
        for (const { conditions: unmet, resources } of conditions) expect(unmet.length + resources.length).toBeGreaterThan(0)

        function keep(policy: OraclePolicy, ref: number | 'boundary'): OraclePolicy {
          const kept = (_: unknown, index: number) => by.some((one) => one.policy === ref && one.statement === index)
          return { ...policy, Statement: [policy.Statement].flat().filter(kept) }
        }
      }),
      runs,
    )
  })
})
