import { comparisons } from './compare-values.ts'
import type { Condition } from './policy.ts'
import { booleanOf } from './read-values.ts'
import type { Scope } from './resolve-variables.ts'
import { every, not, some, type Truth, truth } from './truth.ts'

/**
 * Whether a request meets a condition. A key that the context does not have leaves it unknown; one with values, or known
 * to be absent, is decided by AWS's rules
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html). Where those are silent, it stays unknown.
 */
export function meets({ set, test, ifExists, key, values }: Condition, scope: Scope): Truth {
  const given = scope.context.get(key.toLowerCase())
  if (given === undefined) return 'unknown'
  if (test === 'Null') return isNull(given, values)
  const negated = test.includes('Not')
  const one = (theirs: string): Truth => {
    const found = some(values.map((ours) => comparisons[test](ours, theirs, scope)))
    return negated ? not(found) : found
  }
  // An empty text is to these no value at all.
  const nothing = given.every((value) => value === '')
  if (set === 'ForAllValues') return nothing ? 'yes' : every(given.map(one))
  if (set === 'ForAnyValue') {
    // AWS says of IfExists that it makes an absent key a match, and of ForAnyValue that it makes it none.
    return nothing ? (ifExists && given.length === 0 ? 'unknown' : 'no') : some(given.map(one))
  }
  if (given.length === 0) return truth(ifExists || negated)
  return unanimous(given.map(one))
}

/** `true` asks that the key is absent, `false` that it is there. Whether an empty text is there AWS does not say. */
function isNull(given: readonly string[], values: readonly string[]): Truth {
  const absent = given.length === 0
  if (!absent && given.every((value) => value === '')) return 'unknown'
  return some(
    values.map((value) => {
      const wanted = booleanOf(value)
      return wanted === null ? 'unknown' : truth(wanted === absent)
    }),
  )
}

/** For several values AWS wants a set operator and does not say what happens without: only what holds of each is certain. */
function unanimous(results: readonly Truth[]): Truth {
  const [first = 'unknown'] = results
  return results.every((result) => result === first) ? first : 'unknown'
}
