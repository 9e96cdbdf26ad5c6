/** Whether a text holds a wildcard of IAM's: `*` for any run of characters, `?` for any one. */
export const isPattern = (text: string): boolean => /[*?]/.test(text)

/**
 * Whether two patterns can match one and the same text; a text without wildcards matches itself alone.
 * Wildcards reach across `:` and `/`. The time is bounded by the product of the lengths, whatever the wildcards: a
 * hostile policy cannot make it slow, as it could a regular expression that backtracks.
 */
export function patternsOverlap(one: string, other: string): boolean {
  // How much of `other` can match the same text as what has been read of `one`: every possible length.
  let reached = throughStars(other, [0])
  for (const mine of one.split('')) {
    const next = mine === '*' ? range(Math.min(...reached), other.length) : [...reached].flatMap((at) => step(mine, other, at))
    if (next.length === 0) return false
    reached = throughStars(other, next)
  }
  return reached.has(other.length)
}

/** From each length, on past the stars that follow, since a star may match nothing. */
function throughStars(other: string, from: readonly number[]): Set<number> {
  const reached = new Set(from)
  for (const at of reached) if (other[at] === '*') reached.add(at + 1) // a set goes through what is added on the way
  return reached
}

/** Where one character of `one`, which is no star, leads from a length of `other`. */
function step(mine: string, other: string, at: number): number[] {
  const theirs = other[at]
  if (theirs === undefined) return []
  if (theirs === '*') return [at]
  return mine === theirs || mine === '?' || theirs === '?' ? [at + 1] : []
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
