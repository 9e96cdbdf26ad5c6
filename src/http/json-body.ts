import type { FastifyRequest } from 'fastify'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { repeatedName } from '../kernel/repeated-name.ts'
import { invalidRequest } from './validation.ts'

/** Far beyond what any schema needs, and far below what makes recursive code overflow its stack. */
const DEEPEST = 32

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON body strictly (RFC 8259, and I-JSON, RFC 7493, where that one is stricter). An empty body is
 * `undefined`: whether one is needed is the schema's business. Throws `unsupported_media_type`,
 * `malformed_json`, and `invalid_request` for what no field could hold.
 */
export function readJsonBody(request: FastifyRequest, bytes: Buffer): unknown {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new SallyportError('unsupported_media_type', 'The body is compressed; send it without Content-Encoding.')
  }
  if (bytes.length === 0) return undefined
  const text = decode(bytes)
  const value = parse(text)
  const wrong = unstorable(value)
  if (wrong !== null) throw invalidRequest([wrong])
  const repeated = repeatedName(text)
  if (repeated !== null) {
    throw new SallyportError(
      'malformed_json',
      `An object has the name ${JSON.stringify(repeated.at(-1))} twice; readers differ in which one they take.`,
    )
  }
  return value
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new SallyportError('malformed_json', 'The body is not UTF-8.', { cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SallyportError('malformed_json', `The body cannot be read as JSON: ${cause instanceof Error ? cause.message : 'unknown'}.`, {
      cause,
    })
  }
}

/**
 * A place that Postgres, canonical JSON or JavaScript could not hold: U+0000 and lone surrogates
 * (postgresql.org/docs/current/datatype-json.html), numbers beyond a double, `__proto__`, endless nesting.
 * Walks without recursion, so that depth costs no stack. Null if there is none.
 */
function unstorable(body: unknown): FieldError | null {
  const open: { container: unknown; path: readonly string[] }[] = [{ container: [body], path: [] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { container, path } = next
    if (typeof container !== 'object' || container === null) continue
    const entries: [string, unknown][] = Object.entries(container)
    for (const [name, value] of entries) {
      const wrong = (Array.isArray(container) ? null : wrongName(name)) ?? wrongValue(value, path.length)
      if (wrong !== null) return { pointer: pointerTo([...path, name].slice(1)), detail: wrong }
      if (typeof value === 'object') open.push({ container: value, path: [...path, name] })
    }
  }
  return null
}

function wrongName(name: string): string | null {
  if (name === '__proto__') return 'is not a known field'
  const wrong = wrongText(name)
  return wrong === null ? null : `has a name that ${wrong}`
}

function wrongValue(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return wrongText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'is a number too large to hold'
  return depth > DEEPEST && typeof value === 'object' ? `is nested more than ${DEEPEST} levels deep` : null
}

function wrongText(text: string): string | null {
  if (text.includes('\u0000')) return 'contains the character U+0000'
  return /\p{Surrogate}/u.test(text) ? 'contains half of a surrogate pair' : null
}
