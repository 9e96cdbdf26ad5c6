/** Code points, and among them, in a pattern, what stands for wildcards. */
export type Pieces = readonly number[]

/** What `*` means: any characters, or none. */
export const anyRun = -1
/** What `?` means: any one character. */
const anyOne = -2

/** Every character as itself. */
export const literally = (text: string): Pieces => Array.from(text, codePoint)

/** A pattern of IAM's. */
export const withWildcards = (text: string): Pieces =>
  Array.from(text, (character) => (character === '*' ? anyRun : character === '?' ? anyOne : codePoint(character)))

const codePoint = (character: string): number => character.codePointAt(0) ?? 0

/**
 * Whether a pattern matches the whole of a text. Wildcards reach across `/` and `:`. Of the colon AWS says only that a
 * `*` at the end of a segment of an ARN reaches across it, and recommends to rely on no other
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html); reading every `*` alike never
 * hides access that exists. The time is bounded by the product of the lengths, however many wildcards there are.
 */
export function matches(pattern: Pieces, text: Pieces): boolean {
  let at = 0
  let read = 0
  let star = -1
  let resume = 0
  while (read < text.length) {
    const piece = pattern[at]
    if (piece === anyRun) {
      star = at
      at += 1
      resume = read
    } else if (piece === anyOne || (piece !== undefined && piece === text[read])) {
      at += 1
      read += 1
    } else if (star < 0) return false
    else {
      // Only the last star needs to be tried longer: what stands before it has matched as early as possible.
      resume += 1
      read = resume
      at = star + 1
    }
  }
  while (pattern[at] === anyRun) at += 1
  return at === pattern.length
}
