import { isUnavailable } from '../db/index.ts'
import { type ErrorCode, SallyportError } from '../kernel/errors.ts'

/** Fastify's own codes (fastify.dev/docs/latest/Reference/Errors) that a caller can bring about. */
const fastifyCodes: ReadonlyMap<string, readonly [ErrorCode, string]> = new Map([
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', ['unsupported_media_type', 'The Content-Type of the body is not application/json.']],
  ['FST_ERR_CTP_BODY_TOO_LARGE', ['body_too_large', 'The body is larger than 256 KiB.']],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', ['malformed_json', 'The body does not have the length that Content-Length says.']],
  ['FST_ERR_BAD_URL', ['invalid_request', 'The address has a `%` that does not begin a valid percent-encoding of UTF-8.']],
  ['FST_ERR_MAX_PARAM_LENGTH', ['invalid_request', 'A part of the address is too long.']],
])

/** Turns whatever was thrown into what the caller may see; the original becomes the cause, for the log. */
export function asSallyportError(thrown: unknown): SallyportError {
  if (thrown instanceof SallyportError) return thrown
  const known = fastifyCodes.get(stringOf(thrown, 'code'))
  if (known !== undefined) return new SallyportError(known[0], known[1], { cause: thrown })
  // Fastify gives a status to what goes wrong while it reads a request, a connection broken off by the caller included.
  if (isCallersFault(thrown)) return new SallyportError('invalid_request', 'The request could not be read.', { cause: thrown })
  if (isUnavailable(thrown)) return new SallyportError('database_unavailable', 'Postgres did not answer.', { cause: thrown })
  return new SallyportError('internal_error', 'The request failed for a reason that is not in the request.', { cause: thrown })
}

const stringOf = (thrown: unknown, key: string): string => {
  if (typeof thrown !== 'object' || thrown === null) return ''
  const value: unknown = Reflect.get(thrown, key)
  return typeof value === 'string' ? value : ''
}

const isCallersFault = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'statusCode' in thrown &&
  typeof thrown.statusCode === 'number' &&
  thrown.statusCode >= 400 &&
  thrown.statusCode < 500
