import { matches, type Pieces } from './match-pattern.ts'
import { matchesResolved, type Resolved } from './resolve-variables.ts'
import { type Truth, truth } from './truth.ts'

const colon = 0x3a

/**
 * Compares as ArnLike and ArnEquals do: each of the six parts by itself, so that a wildcard does not reach from one into
 * the next. Where that cannot be done, since one of the two is no ARN or a variable is unknown, only a no is certain.
 */
export function matchArn(pattern: Resolved | null, text: Pieces): Truth {
  const whole = matchesResolved(pattern, text)
  if (pattern === null || whole === 'no') return 'no'
  const wanted = partsOf(pattern.pieces)
  const given = partsOf(text)
  if (!pattern.certain || wanted === null || given === null) return 'unknown'
  return truth(wanted.every((part, index) => matches(part, given[index] ?? [])))
}

/** The six parts of an ARN, of which the last may hold more colons; null if there are fewer. */
function partsOf(pieces: Pieces): readonly Pieces[] | null {
  const parts: Pieces[] = []
  let from = 0
  while (parts.length < 5) {
    const end = pieces.indexOf(colon, from)
    if (end < 0) return null
    parts.push(pieces.slice(from, end))
    from = end + 1
  }
  return [...parts, pieces.slice(from)]
}
