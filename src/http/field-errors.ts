import type { z } from 'zod'
import type { FieldError } from '../kernel/errors.ts'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]
type Path = readonly PropertyKey[]

/** What is wrong, in words, where zod's own text is for programmers. A schema's own message goes before it. */
export function wordingOf(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; give ${nameOf(issue.expected)}`
        : `must be ${nameOf(issue.expected)}${received(issue.input)}`
    case 'too_small':
      return `must ${bound(issue.origin, Number(issue.minimum), issue.inclusive ? 'at least' : 'more than')}`
    case 'too_big':
      return `must ${bound(issue.origin, Number(issue.maximum), issue.inclusive ? 'at most' : 'less than')}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_format':
      return formats.get(issue.format)
    case 'invalid_union':
      return 'has none of the forms that are possible here'
    default:
      return undefined
  }
}

/** Every issue as a wrong field; each unknown field is one of its own. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], pointer: (path: Path) => string): FieldError[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: `${JSON.stringify(key)} is not a known field` }))
      : [{ pointer: pointer(issue.path), detail: issue.message }],
  )
}

const formats: ReadonlyMap<string, string> = new Map([
  ['datetime', 'must be a time in UTC such as "2026-01-31T09:00:00Z"'],
  ['date', 'must be a date such as "2026-01-31"'],
  ['url', 'must be a URL such as "https://example.com/"'],
  ['email', 'must be an e-mail address'],
  ['uuid', 'must be a UUID'],
])

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
  ['null', 'null'],
])

const nameOf = (expected: string): string => typeNames.get(expected) ?? expected

/** Nothing where the kind is right and the value is not, as with 1.5 for a whole number. */
function received(input: unknown): string {
  if (input === null) return ', not null'
  if (typeof input === 'number') return Number.isFinite(input) ? `, not ${input}` : ''
  return `, not ${nameOf(Array.isArray(input) ? 'array' : typeof input)}`
}

function bound(origin: string, limit: number, words: string): string {
  if (origin === 'string') return `have ${words} ${limit} ${limit === 1 ? 'character' : 'characters'}`
  if (origin === 'array' || origin === 'set') return `have ${words} ${limit} ${limit === 1 ? 'item' : 'items'}`
  return `be ${words} ${limit}`
}
