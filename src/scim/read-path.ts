import { refuse } from './scim.ts'

/** Where an operation changes something: an attribute, those of its values that match, a part of either (RFC 7644, 3.5.2). */
export interface Path {
  readonly attribute: string
  readonly where: { readonly attribute: string; readonly value: string } | null
  readonly part: string | null
}

const form = /^([A-Za-z$][\w$-]*)(?:\[\s*([A-Za-z][\w$-]*)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*\])?(?:\.([A-Za-z$][\w$-]*))?$/i

/** Reads the path of an operation; one of an extension has an attribute that nobody knows. Throws `invalid_path`. */
export function readPath(text: string): Path {
  const core = text.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i, '')
  if (/^urn:[\w:.-]+$/i.test(core)) return { attribute: core, where: null, part: null }
  const match = text.length > 500 ? null : form.exec(core)
  if (match === null) throw refuse('invalid_path', `${JSON.stringify(text.slice(0, 100))} is no path that Sallyport reads.`)
  const [, attribute = '', by, value, part] = match
  return { attribute, where: by === undefined || value === undefined ? null : { attribute: by, value: literal(value) }, part: part ?? null }
}

function literal(text: string): string {
  try {
    return String(JSON.parse(text.toLowerCase() === 'true' || text.toLowerCase() === 'false' ? text.toLowerCase() : text))
  } catch {
    throw refuse('invalid_path', `${text.slice(0, 100)} is not a JSON value.`)
  }
}
