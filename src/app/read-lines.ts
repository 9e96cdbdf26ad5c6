const newline = 0x0a

/**
 * Splits bytes at each newline, and nowhere else; what follows the last is a line if there is anything. A line of more
 * than `longest` bytes is null, and is not kept in memory.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Buffer | null> {
  let pieces: Buffer[] = []
  let length = 0
  const add = (piece: Buffer): void => {
    length += piece.length
    if (length > longest) pieces = []
    else pieces.push(piece)
  }
  const take = (): Buffer | null => {
    const line = length > longest ? null : Buffer.concat(pieces)
    pieces = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    add(chunk.subarray(from))
  }
  if (length > 0) yield take()
}
