/**
 * Characters that a terminal would obey instead of showing: control characters but for line feed and tab, and those
 * that turn the direction of text.
 */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

const shown = (character: string): string =>
  character === '\n' || character === '\t' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The same text or data, in which what others wrote cannot steer the terminal that it is shown on. */
export function clean<Value>(value: Value): Value {
  return cleaned(value) as Value // each text becomes a text, and nothing else changes
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(OBEYED, shown)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each)]))
}

/** As JSON. JSON escapes no control characters beyond U+001F; in JSON they can only stand in texts, where an escape means the same. */
export const printJson = (value: unknown): string => cleaned(JSON.stringify(value, null, 2)) as string // a text stays a text
