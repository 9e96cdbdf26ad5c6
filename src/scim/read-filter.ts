import { refuse } from './scim.ts'

/** What a list is narrowed to: attributes with a value, joined. */
export type Filter =
  | { readonly attribute: string; readonly type: string | null; readonly value: string | boolean }
  | { readonly join: 'and' | 'or'; readonly parts: readonly Filter[] }

const LONGEST = 1_000
const token = /\s*(?:(\()|(\))|("(?:[^"\\]|\\.)*")|([A-Za-z$][\w$.:-]*(?:\[[^\]]*\])?[\w$.]*))/y
const ofType = /^([\w$]+)\[\s*type\s+eq\s+("(?:[^"\\]|\\.)*")\s*\](\.[\w$]+)$/i

/**
 * Reads a filter (RFC 7644, 3.4.2.2): comparisons by `eq` of the attributes given, joined by `and` and `or`, in parentheses. A
 * name such as `emails[type].value` stands for that of any one type. Throws `invalid_filter` for everything else.
 */
export function readFilter(text: string, attributes: readonly string[]): Filter {
  const tokens = tokensOf(text)
  let at = 0
  const next = (): string => tokens[at++] ?? ''
  const word = (): string => (tokens[at] ?? '').toLowerCase()

  const comparison = (depth: number): Filter => {
    if (depth > 10) throw unusable('is nested too deeply')
    if (word() === '(') {
      at += 1
      const inside = either(depth + 1)
      if (next() !== ')') throw unusable('lacks a closing parenthesis')
      return inside
    }
    const said = next()
    const [, list, quoted, part] = ofType.exec(said) ?? []
    const type = quoted === undefined ? null : String(valueOf(quoted))
    const name = type === null ? said : `${list}[type]${part}`
    const attribute = attributes.find((known) => known.toLowerCase() === name.toLowerCase())
    if (attribute === undefined) throw unusable(`compares ${JSON.stringify(said)}, and can compare ${attributes.join(', ')}`)
    if (next().toLowerCase() !== 'eq') throw unusable('compares otherwise than by `eq`')
    return { attribute, type, value: valueOf(next()) }
  }
  const joined =
    (join: 'and' | 'or', part: (depth: number) => Filter) =>
    (depth: number): Filter => {
      const parts = [part(depth)]
      while (word() === join) {
        at += 1
        parts.push(part(depth))
      }
      const [only] = parts
      return parts.length === 1 && only !== undefined ? only : { join, parts }
    }
  const either = joined('or', joined('and', comparison))
  const filter = either(0)
  if (at < tokens.length) throw unusable(`goes on with ${JSON.stringify(tokens[at])}`)
  return filter
}

function tokensOf(text: string): string[] {
  if (text.length > LONGEST) throw unusable(`is longer than ${LONGEST} characters`)
  const tokens: string[] = []
  const trimmed = text.trimEnd()
  for (token.lastIndex = 0; token.lastIndex < trimmed.length; ) {
    const from = token.lastIndex
    const match = token.exec(trimmed)
    if (match === null) throw unusable(`cannot be read from ${JSON.stringify(trimmed.slice(from, from + 20))}`)
    tokens.push(match[0].trim())
  }
  return tokens
}

function valueOf(token: string): string | boolean {
  if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true'
  try {
    const value: unknown = JSON.parse(token)
    // What Postgres cannot hold is nobody's.
    if (typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value)) return value
  } catch {
    // Not JSON: refused below like any other value.
  }
  throw unusable(`has no text in double quotes where ${JSON.stringify(token)} is`)
}

const unusable = (why: string) => refuse('invalid_filter', `The filter ${why}.`)
