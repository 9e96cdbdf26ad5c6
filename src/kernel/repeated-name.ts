const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

/** An object or a list that is being read, and how far. */
interface Open {
  readonly names: Set<string> | null
  at: string | number
}

/**
 * The path of a name that occurs twice in one object of a valid JSON text, or null if none does. `JSON.parse` would
 * silently take the last, and readers differ (RFC 8259, section 4). Works without recursion, so depth costs no stack.
 */
export function repeatedName(json: string): readonly (string | number)[] | null {
  const open: Open[] = []
  let text = ''
  for (const [token] of json.matchAll(tokens)) {
    const inner = open.at(-1)
    if (token === '{') open.push({ names: new Set(), at: '' })
    else if (token === '[') open.push({ names: null, at: 0 })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && typeof inner?.at === 'number') inner.at += 1
    else if (token === ':' && inner?.names) {
      inner.at = text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1)
      if (inner.names.has(inner.at)) return open.map(({ at }) => at)
      inner.names.add(inner.at)
    } else text = token
  }
  return null
}
