import { anyRun, literally, matches, type Pieces, withWildcards } from './match-pattern.ts'
import type { Policy } from './policy.ts'
import type { RequestContext } from './request-context.ts'
import type { Truth } from './truth.ts'

/** What a text of a policy is read with. */
export interface Scope {
  readonly version: Policy['version']
  readonly context: RequestContext
}

/** A text of a policy for one request. If it is not certain, `anyRun` stands for each variable whose value is unknown. */
export interface Resolved {
  readonly pieces: Pieces
  readonly certain: boolean
}

/** The second form is one that is not closed; it takes the rest of the text. */
const variable = /(\$\{(?:[^'}]|'[^']*')*\}|\$\{.*$)/s
const inside = /^\$\{([^,']*)(?:,\s*'([^']*)'\s*)?\}$/
const escapes: ReadonlyMap<string, string> = new Map([
  ['${*}', '*'],
  ['${?}', '?'],
  ['${$}', '$'],
])

/**
 * Puts the request's values in the place of variables: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
 * What is put in has no wildcards. A key that is known to be absent takes the default; without one the whole text is
 * null, which nothing is equal to or like. A key of several values cannot be a variable, and a variable that is written
 * wrongly means nothing AWS says: both stay unknown. In the language of 2008 there are no variables.
 */
export function resolve(text: string, { version, context }: Scope, read: (text: string) => Pieces = withWildcards): Resolved | null {
  if (version === '2008-10-17' || !text.includes('${')) return { pieces: read(text), certain: true }
  const pieces: Pieces[] = []
  let certain = true
  for (const part of text.split(variable)) {
    const value = part.startsWith('${') ? valueOf(part, context) : { read: part }
    if (value === 'null') return null
    if (value === 'unknown') pieces.push([anyRun])
    else pieces.push('read' in value ? read(value.read) : literally(value.text))
    certain &&= value !== 'unknown'
  }
  return { pieces: pieces.flat(), certain }
}

function valueOf(part: string, context: RequestContext): { readonly text: string } | 'unknown' | 'null' {
  const escaped = escapes.get(part)
  if (escaped !== undefined) return { text: escaped }
  const [, key, otherwise] = inside.exec(part) ?? []
  const values = key === undefined ? undefined : context.get(key.trim().toLowerCase())
  if (values === undefined || values.length > 1) return 'unknown'
  const [value] = values
  if (value !== undefined) return value === '' ? 'unknown' : { text: value } // AWS calls an empty value null in some places
  return otherwise === undefined ? 'null' : { text: otherwise }
}

/** Whether a text is what a resolved pattern matches. */
export function matchesResolved(pattern: Resolved | null, text: Pieces): Truth {
  if (pattern === null || !matches(pattern.pieces, text)) return 'no'
  return pattern.certain ? 'yes' : 'unknown'
}
