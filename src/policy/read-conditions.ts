import { pointerTo } from '../kernel/json-pointer.ts'
import type { Faults } from './faults.ts'
import { isObject, kindOf } from './json-kind.ts'
import { type Condition, type ConditionTest, conditionTests } from './policy.ts'
import { quoted } from './quoted.ts'

type Operator = Pick<Condition, 'set' | 'test' | 'ifExists'>

/** Reads the Condition element: operators, each with keys, each with values. */
export function readConditions(json: unknown, pointer: string, faults: Faults): readonly Condition[] {
  if (json === undefined) return []
  if (!isObject(json)) {
    faults.note(pointer, `must be an object of operators, not ${kindOf(json)}`)
    return []
  }
  return Object.entries(json).flatMap(([name, keys]) => readOperator(name, keys, pointer + pointerTo([name]), faults))
}

function readOperator(name: string, json: unknown, pointer: string, faults: Faults): readonly Condition[] {
  const operator = parseOperator(name)
  if (operator === null) faults.note(pointer, `${quoted(name)} is not a condition operator of IAM`)
  if (!isObject(json)) faults.note(pointer, `must be an object of condition keys, not ${kindOf(json)}`)
  if (operator === null || !isObject(json)) return []
  const seen = new Set<string>()
  return Object.entries(json).flatMap(([key, value]) => {
    const place = pointer + pointerTo([key])
    if (seen.has(key.toLowerCase())) faults.note(place, 'is given twice with different capitals, which count for nothing in a key')
    seen.add(key.toLowerCase())
    const values = readValues(value, place, faults)
    return values === undefined ? [] : [{ ...operator, key, values, pointer: place }]
  })
}

const tests: ReadonlyMap<string, ConditionTest> = new Map(conditionTests.map((test) => [test.toLowerCase(), test]))

/**
 * `ForAllValues:StringLikeIfExists` → its parts; null if IAM has no such operator. Capitals do not count: where IAM
 * stores a policy with others, it means the same operator. Whether a key exists cannot be asked of itself: no NullIfExists.
 */
function parseOperator(name: string): Operator | null {
  const [, set, base = '', suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/is.exec(name) ?? []
  const test = tests.get(base.toLowerCase())
  const ifExists = suffix !== undefined
  if (test === undefined || (test === 'Null' && ifExists)) return null
  if (set === undefined) return { set: null, test, ifExists }
  return { set: set.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue', test, ifExists }
}

/** One value or a list, of texts, numbers and booleans. */
function readValues(json: unknown, pointer: string, faults: Faults): readonly string[] | undefined {
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  if (!Array.isArray(json)) {
    const only = text(json)
    return only === undefined ? faults.note(pointer, `must be a value or a list of values, not ${kindOf(json)}`) : [only]
  }
  return json.flatMap((item: unknown, index) => {
    const value = text(item)
    return value ?? faults.note(`${pointer}/${index}`, `must be a text, a number or a boolean, not ${kindOf(item)}`) ?? []
  })
}
