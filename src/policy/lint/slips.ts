/** How many characters to insert, drop, replace or swap with their neighbour make one text of the other; 3 for more than 2. */
export function slips(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 2) return 3
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[line - 1] === to[column - 1]
      const least = Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + (same ? 0 : 1))
      const swapped = from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1]
      next.push(swapped ? Math.min(least, (before[column - 2] ?? 0) + 1) : least)
    }
    before = row
    row = next
  }
  return Math.min(3, row[to.length] ?? 3)
}
