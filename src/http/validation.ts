import type { FastifyInstance, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { fieldErrors, wordingOf } from './field-errors.ts'

/** So that a hostile body of thousands of unknown fields is not answered with thousands of errors. */
const MOST_FIELDS = 100

const places: ReadonlyMap<string, string> = new Map([
  ['params', 'path'],
  ['querystring', 'query'],
  ['headers', 'header'],
])

/**
 * Compiles a zod schema into Fastify's validator. A value that does not fit becomes `invalid_request` with all
 * its wrong fields at once; a body that is needed and absent becomes `malformed_json`.
 */
export const zodValidator: FastifySchemaCompiler<z.core.$ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = z.core.safeParse(schema, data, { error: wordingOf })
    if (result.success) return { value: result.data }
    // Fastify hands over null where there is no body.
    if (httpPart === 'body' && data === null) return { error: new SallyportError('malformed_json', 'The body is missing.') }
    const place = places.get(httpPart ?? '')
    const fields = fieldErrors(result.error.issues, (path) => (place === undefined ? pointerTo(path) : place + pointerTo(path)))
    return { error: invalidRequest(fields) }
  }

/** The error for wrong fields: its detail names the first few, `fields` all. */
export function invalidRequest(fields: readonly FieldError[]): SallyportError {
  const named = fields.slice(0, 3).map(({ pointer, detail }) => `${pointer || 'the body'} ${detail}`)
  const more = fields.length > named.length ? `; and ${fields.length - named.length} more` : ''
  return new SallyportError('invalid_request', `${named.join('; ')}${more}.`, { fields: fields.slice(0, MOST_FIELDS) })
}

/** Unknown fields are refused: so are a body and a query where a route's schema has none. */
export function refuseUnasked(app: FastifyInstance): void {
  app.addHook('preValidation', async (request: FastifyRequest) => {
    const schema = request.routeOptions.schema
    if (schema?.hide === true) return
    const fields = [
      ...(schema?.querystring === undefined ? unasked(request.query, 'query/', 'parameter') : []),
      ...(schema?.body === undefined ? unasked(request.body, '/', 'field') : []),
    ]
    if (fields.length > 0) throw invalidRequest(fields)
  })
}

const unasked = (sent: unknown, place: string, what: string): FieldError[] => {
  if (sent === undefined || sent === null) return []
  if (typeof sent !== 'object' || Array.isArray(sent)) return [{ pointer: '', detail: 'must be empty here' }]
  return Object.keys(sent).map((name) => ({ pointer: place + name, detail: `${JSON.stringify(name)} is not a known ${what}` }))
}
