import { countedCharacters } from './document.ts'

/**
 * Statements of ours in a policy that is others' too. Ours are known by their `Sid`; all other text of the policy stays as it
 * is, byte for byte, and in its order.
 */

/** A part of a text, `end` excluded. */
interface Span {
  readonly start: number
  readonly end: number
}

interface Shape {
  /** The brackets of the list of statements included; null if the policy has one statement without a list. */
  readonly list: Span | null
  readonly statements: readonly (Span & { readonly sid: string | null; readonly value: Json })[]
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What the statements with this Sid say, as a policy of its own without the Sid: for one that `withStatement` wrote the very
 * document that it was given. Null if there is none; `unreadable` if the policy cannot be taken apart.
 */
export function statementOf(policy: string | null, sid: string): string | null | 'unreadable' {
  if (policy === null) return null
  const shape = shapeOf(policy)
  if (shape === null) return 'unreadable'
  const found = shape.statements.filter((statement) => statement.sid === sid)
  if (found.length === 0) return null
  return JSON.stringify({ Version: '2012-10-17', Statement: found.map(({ value: { Sid: _, ...rest } }) => rest) })
}

/**
 * The policy with these statements under this Sid in place of those that it has under it, or at its end; `document` null:
 * without any. Null if nothing is left; `unreadable` as above. `document` must be one of one statement, as compile makes them.
 */
export function withStatement(policy: string | null, sid: string, document: string | null): string | null | 'unreadable' {
  const own = document === null ? null : JSON.stringify({ Sid: sid, ...onlyStatement(document) })
  if (policy === null) return own === null ? null : `{"Version":"2012-10-17","Statement":[${own}]}`
  const shape = shapeOf(policy)
  if (shape === null) return 'unreadable'
  const { list, statements } = shape
  const mine = statements.filter((statement) => statement.sid === sid)
  const [first, ...more] = mine
  if (own === null && mine.length === statements.length) return null
  if (first === undefined) return own === null ? policy : appended(policy, shape, own)
  if (list === null) return own === null ? null : replaced(policy, first, own)
  // From the end, so that the places of those before stay what they are.
  const rest = [...more].reverse().reduce((text, span) => without(text, span, list), policy)
  return own === null ? without(rest, first, list) : replaced(rest, first, own)
}

/**
 * What of the quotas of a set's inline policy is taken up by all but the statements whose Sids begin so, in counted
 * characters. Blanks count where there are so many that the whole could come to be too long (IAM Identity Center User
 * Guide, "Quotas").
 */
export function foreignCharacters(policy: string | null, ours: string): number {
  const shape = policy === null ? null : shapeOf(policy)
  if (policy === null) return 0
  const own = (shape?.statements ?? [])
    .filter(({ sid }) => sid?.startsWith(ours) === true)
    .map(({ start, end }) => policy.slice(start, end))
  const counted = countedCharacters(policy) - own.reduce((sum, text) => sum + countedCharacters(text), 0)
  const blanks = policy.length - countedCharacters(policy)
  return counted + Math.max(0, blanks - BLANKS)
}

/** It may have 32,768 characters, blanks included, and 10,240 without them. */
const BLANKS = 32_768 - 10_240

function onlyStatement(document: string): Json {
  const { Statement } = JSON.parse(document)
  const [statement, ...others] = Array.isArray(Statement) ? Statement : []
  if (!isObject(statement) || others.length > 0) throw new Error('a permission set was to be given a document that is not one statement')
  return statement
}

function appended(policy: string, { list, statements }: Shape, own: string): string {
  const last = statements.at(-1)
  if (last === undefined) return list === null ? policy : replaced(policy, list, `[${own}]`)
  if (list === null) return `${policy.slice(0, last.start)}[${policy.slice(last.start, last.end)},${own}]${policy.slice(last.end)}`
  return `${policy.slice(0, last.end)},${own}${policy.slice(last.end)}`
}

const replaced = (policy: string, { start, end }: Span, by: string): string => policy.slice(0, start) + by + policy.slice(end)

/** Takes a statement out of a list with the comma before it, or for the first one with the comma after it. */
function without(policy: string, { start, end }: Span, list: Span): string {
  const before = policy.slice(list.start, start)
  const comma = before.lastIndexOf(',')
  const isFirst = /^\[[ \t\n\r]*$/.test(before)
  if (!isFirst) return policy.slice(0, list.start + comma) + policy.slice(end)
  return policy.slice(0, start) + policy.slice(end).replace(/^[ \t\n\r]*,[ \t\n\r]*/, '')
}

/** Null for what is no JSON object with statements, or has them twice. */
function shapeOf(policy: string): Shape | null {
  const whole = parsed(policy)
  if (!isObject(whole)) return null
  const members = partsOf(policy, { start: policy.indexOf('{'), end: policy.lastIndexOf('}') + 1 })
  const [found, ...twice] = members.filter(({ name }) => name === 'Statement')
  if (found === undefined || twice.length > 0) return null
  const list = policy[found.start] === '[' ? { start: found.start, end: found.end } : null
  const statements = (list === null ? [found] : partsOf(policy, list)).map(({ start, end }) => ({
    start,
    end,
    value: parsed(policy.slice(start, end)),
  }))
  const read = statements.flatMap(({ value, ...span }) =>
    isObject(value) ? [{ ...span, value, sid: typeof value['Sid'] === 'string' ? value['Sid'] : null }] : [],
  )
  return read.length === statements.length ? { list, statements: read } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const token = /[ \t\n\r]+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^ \t\n\r"{}[\],:]+/y

/** The values of an object or a list at one level, where they stand, and of an object their names. The text is valid JSON. */
function partsOf(text: string, { start, end }: Span): readonly (Span & { readonly name: string | null })[] {
  const parts: (Span & { name: string | null })[] = []
  let [depth, from, name]: [number, number | null, string | null] = [0, null, null]
  let last = start
  const close = (): void => {
    if (from !== null) parts.push({ start: from, end: last, name })
    from = null
    name = null
  }
  for (let at = start; at < end; at = token.lastIndex) {
    token.lastIndex = at
    const [piece = ''] = token.exec(text) ?? []
    if (piece === '') return parts
    if (piece === '}' || piece === ']') depth -= 1
    if (depth === 0 && at > start) close()
    else if (depth === 1 && piece === ',') close()
    else if (depth === 1 && piece === ':') [name, from] = [from === null ? null : String(parsed(text.slice(from, last))), null]
    else if (piece.trim() !== '' && at > start) {
      from ??= at
      last = token.lastIndex
    }
    if (piece === '{' || piece === '[') depth += 1
  }
  return parts
}
