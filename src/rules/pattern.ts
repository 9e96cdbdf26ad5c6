import type { Person } from '../kernel/actor.ts'

const anyText = Symbol('*')
const anyCharacter = Symbol('?')
type Piece = string | typeof anyText | typeof anyCharacter

/** True if the whole of `text` fits the pattern: `*` stands for any characters, `?` for one. Case matters. */
export const matchesPattern = (pattern: string, text: string): boolean => fits(pieces(pattern), [...text])

/**
 * True if a principal's ARN fits the pattern, in which `${person.username}` and `${person.id}` name a person.
 * The five fields before the kind and name are matched one by one, so a wildcard in one does not reach into
 * the next; within kind, path and name `*` also stands for `/`, as in IAM's own policies. What is put in for
 * a person is taken letter by letter: a name that holds `*` is no wildcard, and one that holds `/` or `:`
 * fits nothing, because it would stand for more than a name.
 */
export function matchesPrincipal(pattern: string, arn: string, person: Person): boolean {
  const wanted = fields(pattern)
  const given = fields(arn)
  return wanted.length === given.length && wanted.every((field, index) => fitsField(field, given[index] ?? '', person))
}

/** The fields of an ARN, the sixth of which may hold colons (docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
function fields(arn: string): string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function fitsField(field: string, text: string, person: Person): boolean {
  const values: Readonly<Record<string, string>> = { '${person.username}': person.username, '${person.id}': person.id }
  const parts = field.split(/(\$\{[^}]*\})/)
  const wanted: Piece[] = []
  for (const part of parts) {
    if (!part.startsWith('${')) wanted.push(...pieces(part))
    else {
      const value = values[part]
      if (value === undefined || value === '' || /[/:]/.test(value)) return false
      wanted.push(...value)
    }
  }
  return fits(wanted, [...text])
}

const pieces = (pattern: string): Piece[] =>
  [...pattern].map((character) => (character === '*' ? anyText : character === '?' ? anyCharacter : character))

/** Goes back to the latest `*` only, so the time is at most the product of both lengths, whatever the pattern. */
function fits(wanted: readonly Piece[], text: readonly string[]): boolean {
  let piece = 0
  let position = 0
  let star: { piece: number; position: number } | null = null
  while (position < text.length) {
    const current = wanted[piece]
    if (current === anyText) {
      star = { piece, position }
      piece += 1
    } else if (current === anyCharacter || (current !== undefined && current === text[position])) {
      piece += 1
      position += 1
    } else if (star !== null) {
      star.position += 1
      piece = star.piece + 1
      position = star.position
    } else return false
  }
  return wanted.slice(piece).every((rest) => rest === anyText)
}
