import { quoted } from '../quoted.ts'

/** Where a text stops being JSON (RFC 8259), and why. */
export interface JsonFault {
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly detail: string
  readonly cure: string
}

const blank = /(?<blank>[ \t\n\r]+)/
const text = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const token = new RegExp(`${blank.source}|(?<value>${text.source}|${number.source}|true|false|null)|(?<sign>[{}[\\],:])`, 'y')

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or }' | ', or ]' | 'end'

const inWords: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or "}"',
  ':': '":" after the name',
  ', or }': '"," or "}"',
  ', or ]': '"," or "]"',
  end: 'nothing more',
}

/** Null for JSON. Engines word their own message differently, and most of them leave out the place. */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let lastComma = -1
  let at = 0
  const after = (): Expected => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]')
  while (at < text.length) {
    token.lastIndex = at
    const groups = token.exec(text)?.groups
    if (groups === undefined) return faultAt(text, at, expected)
    const { blank, value, sign } = groups
    const wantsValue = expected === 'value' || expected === 'value or ]'
    const wantsName = expected === 'name' || expected === 'name or }'
    if (value !== undefined && wantsValue) expected = after()
    else if (value?.startsWith('"') && wantsName) expected = ':'
    else if (sign === ':' && expected === ':') expected = 'value'
    else if ((sign === '{' || sign === '[') && wantsValue) {
      open.push(sign)
      expected = sign === '{' ? 'name or }' : 'value or ]'
    } else if (
      (sign === '}' && (expected === 'name or }' || expected === ', or }')) ||
      (sign === ']' && (expected === 'value or ]' || expected === ', or ]'))
    ) {
      open.pop()
      expected = after()
    } else if (sign === ',' && (expected === ', or }' || expected === ', or ]')) {
      lastComma = at
      expected = expected === ', or }' ? 'name' : 'value'
    } else if (blank === undefined) {
      return (sign === '}' && expected === 'name') || (sign === ']' && expected === 'value' && open.at(-1) === '[')
        ? { ...placeOf(text, lastComma), detail: `a "," stands before ${JSON.stringify(sign)}`, cure: 'Take the comma out.' }
        : faultAt(text, at, expected)
    }
    at = token.lastIndex
  }
  return expected === 'end' ? null : faultAt(text, text.length, expected)
}

function faultAt(text: string, at: number, expected: Expected): JsonFault {
  const place = placeOf(text, at)
  const rest = text.slice(at, at + 2)
  if (rest === '') return { ...place, detail: `it ends where ${inWords[expected]} should come`, cure: 'Complete it.' }
  if (rest.startsWith("'")) return { ...place, detail: "a text stands in '…'", cure: 'Write texts in double quotes.' }
  if (rest === '//' || rest === '/*' || rest.startsWith('#'))
    return { ...place, detail: 'a comment', cure: 'Take it out: JSON has no comments.' }
  if (rest.startsWith('"') && !closes(text, at)) {
    return {
      ...place,
      detail: 'a text begins that does not end on its line, or holds an escape that JSON has not',
      cure: 'Close it, or mend the escape.',
    }
  }
  if (rest.startsWith('\ufeff')) {
    return { ...place, detail: 'a byte order mark (U+FEFF), which cannot be seen', cure: 'Save the file as UTF-8 without one.' }
  }
  const comma = rest.startsWith('"') && expected.startsWith(',')
  return {
    ...place,
    detail: `${quoted(rest.slice(0, 1))} stands where ${inWords[expected]} should come`,
    cure: comma ? 'Put a comma before it.' : 'Mend it there.',
  }
}

function closes(text: string, at: number): boolean {
  token.lastIndex = at
  return token.test(text)
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
