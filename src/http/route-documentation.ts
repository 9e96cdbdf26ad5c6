import { STATUS_CODES } from 'node:http'
import type { FastifySchema, RouteOptions } from 'fastify'
import type { ErrorCode } from '../kernel/errors.ts'
import { PROBLEM_JSON } from './problem.ts'
import { codesOf, isProblemResponse, problems } from './problem-responses.ts'

/** The schema of a route with the problems that it can answer only because it is a route; throws if its document would have gaps. */
export function completed({ method, url, schema = {}, config }: RouteOptions): FastifySchema {
  const { operationId, summary, description, tags, response } = schema
  if (!operationId || !summary || !description || !tags || typeof response !== 'object' || response === null) {
    throw new Error(`${String(method)} ${url} needs operationId, summary, description, tags and response in its schema`)
  }
  const own = Object.entries(response).filter(([, each]) => !isProblemResponse(each))
  const codes = new Set([...commonCodes(schema, config), ...codesOf(response)])
  return {
    ...schema,
    description: config?.scope === undefined ? description : `${description} Needs the scope \`${config.scope}\`.`,
    ...(config?.public === true ? { security: [] } : {}),
    response: { ...Object.fromEntries(own), ...problems(...codes) },
  }
}

function commonCodes(schema: FastifySchema, config: RouteOptions['config']): ErrorCode[] {
  return [
    'invalid_request',
    ...(schema.body === undefined ? [] : (['malformed_json', 'body_too_large', 'unsupported_media_type'] as const)),
    ...(config?.public === true
      ? []
      : ([
          'unauthenticated',
          'unknown_person',
          'identity_not_linked',
          'missing_scope',
          'not_permitted',
          'issuer_unavailable',
          'database_unavailable',
          'not_ready',
        ] as const)),
    ...(config?.idempotent === true ? (['invalid_idempotency_key', 'idempotency_in_progress', 'idempotency_mismatch'] as const) : []),
    'internal_error',
  ]
}

const person = {
  'Sallyport-On-Behalf-Of': {
    type: 'string',
    description: 'The id of the person acted for, where the credential is an API key that may act for people.',
  },
}

const idempotencyKey = {
  'Idempotency-Key': {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    description:
      'Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`.',
  },
}

/**
 * Adds to a route's JSON schema what only its document needs: an example of each problem, and the headers that
 * every route reads by itself.
 */
export function documented(schema: FastifySchema, { config, schema: declared }: RouteOptions): FastifySchema {
  if (schema.hide === true) return schema
  const properties = { ...(config?.public === true ? {} : person), ...(config?.idempotent === true ? idempotencyKey : {}) }
  const response = Object.entries(declared?.response ?? {}).map(([status, each]) => [
    status,
    isProblemResponse(each)
      ? problemWithExamples(each.description, each.codes)
      : success(status, Reflect.get(schema.response ?? {}, status)),
  ])
  return {
    ...schema,
    ...(Object.keys(properties).length > 0 ? { headers: { type: 'object', properties } } : {}),
    response: Object.fromEntries(response),
  }
}

const success = (status: string, schema: { readonly description?: string }) => ({
  description: schema.description ?? STATUS_CODES[status],
  content: { 'application/json': { schema } },
})

const problemWithExamples = (description: string, codes: readonly ErrorCode[]) => ({
  description,
  content: {
    [PROBLEM_JSON]: {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
})
