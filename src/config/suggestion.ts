/** `; did you mean waits?` for a word that is at most two slips away from a known one, otherwise the known words. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({ candidate, slips: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips <= Math.min(2, candidate.length - 2))
    .sort((a, b) => a.slips - b.slips)[0]
  if (near !== undefined) return `; did you mean ${near.candidate}?`
  return known.length === 0 || known.length > 20 ? '' : `; known are ${known.join(', ')}`
}

/** Levenshtein distance: how many characters to insert, drop or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    let diagonal = index
    const next = [index + 1]
    for (let column = 1; column <= to.length; column++) {
      const above = row[column] ?? 0
      next.push(Math.min(above + 1, (next[column - 1] ?? 0) + 1, diagonal + (to[column - 1] === letter ? 0 : 1)))
      diagonal = above
    }
    row = next
  }
  return row[to.length] ?? 0
}
