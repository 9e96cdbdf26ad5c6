import { listOf, type Statement } from '../iam/policy-document.ts'
import { Refusal } from '../protocol/refusal.ts'
import { type Context, fits } from './pattern.ts'

/** Whether one value of the context fits one value of the policy. */
type Test = (wanted: string, value: string, context: Context) => boolean

const text =
  (how: { wildcards: boolean; ignoreCase?: boolean }): Test =>
  (wanted, value, context) =>
    fits(wanted, value, context, how)

/** The six parts of an ARN are compared one by one: no wildcard reaches over a colon, save in the last. */
const arn: Test = (wanted, value, context) => {
  const [patterns, parts] = [partsOf(wanted), partsOf(value)]
  return patterns.length === 6 && patterns.every((pattern, place) => fits(pattern, parts[place] ?? '', context, { wildcards: true }))
}

const partsOf = (text: string): string[] => {
  const parts = text.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}

const number =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (wanted, value) =>
    compare(Number(value), Number(wanted))

const date =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (wanted, value) =>
    compare(instantOf(value), instantOf(wanted))

/** Milliseconds; the policy language has dates as ISO 8601 or as seconds since 1970. */
const instantOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text))

const orders: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  Equals: (value, wanted) => value === wanted,
  LessThan: (value, wanted) => value < wanted,
  LessThanEquals: (value, wanted) => value <= wanted,
  GreaterThan: (value, wanted) => value > wanted,
  GreaterThanEquals: (value, wanted) => value >= wanted,
}

const tests: ReadonlyMap<string, Test> = new Map([
  ['StringEquals', text({ wildcards: false })],
  ['StringEqualsIgnoreCase', text({ wildcards: false, ignoreCase: true })],
  ['StringLike', text({ wildcards: true })],
  ['ArnEquals', arn],
  ['ArnLike', arn],
  ['Bool', text({ wildcards: false, ignoreCase: true })],
  ...Object.entries(orders).flatMap(([name, compare]): [string, Test][] => [
    [`Numeric${name}`, number(compare)],
    [`Date${name}`, date(compare)],
  ]),
])

/**
 * Whether all conditions of a statement hold (IAM User Guide, "IAM JSON policy elements: Condition operators").
 * Throws NotImplemented for an operator unknown here: to guess would make the stand-in more lax, or more strict, than AWS.
 */
export const conditionsHold = (condition: Statement['Condition'], context: Context): boolean =>
  Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operator, context.get(key.toLowerCase()) ?? [], listOf(wanted).map(String), context),
    ),
  )

function holds(operator: string, values: readonly string[], wanted: readonly string[], context: Context): boolean {
  if (operator === 'Null') return wanted.some((absent) => (absent === 'true') === (values.length === 0))
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  const test = tests.get(name.replace(/^(String|Arn|Numeric|Date)Not(?=Equals|Like)/, '$1'))
  if (!test) throw new Refusal(501, 'NotImplemented', `The stand-in cannot judge the condition operator ${operator}`)
  const negated = !tests.has(name)
  const one = (value: string): boolean => wanted.some((each) => test(each, value, context)) !== negated
  if (set === 'ForAllValues') return values.every(one)
  if (values.length === 0) return ifExists !== undefined || (negated && set === undefined)
  return values.some(one)
}
