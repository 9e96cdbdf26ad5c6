import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { errorCatalogue, type SallyportError } from '../kernel/errors.ts'

export const PROBLEM_JSON = 'application/problem+json'

/** What every failure looks like on the wire: problem details (RFC 9457) with a stable code. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('`urn:sallyport:error:` and the code.'),
    title: z.string().describe('What the code means; the same for each occurrence.'),
    status: z.number().int().describe('The HTTP status.'),
    detail: z.string().describe('What is wrong with this very request.'),
    code: z.string().describe('A stable name to act on.'),
    remedy: z.string().describe('What the caller can do.'),
    instance: z.string().describe('`urn:sallyport:request-id:` and the X-Request-Id of this answer, by which the log knows it.'),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().describe('A JSON pointer (RFC 6901) into the body, or `query/…`, `path/…`, `header/…`.'),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('Each wrong field.'),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' })

export type Problem = z.output<typeof problemSchema>

/** Seconds after which trying again makes sense, for the codes where waiting helps. */
const retryAfter = (error: SallyportError): number | null => {
  if (error.code === 'idempotency_in_progress') return 1
  return error.status === 503 ? 5 : null
}

/** The public face of an error: nothing of its cause, nothing of its stack. */
export function problemOf(error: SallyportError, requestId: string): Problem {
  const { title, status, remedy } = errorCatalogue[error.code]
  return {
    type: `urn:sallyport:error:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    remedy,
    instance: `urn:sallyport:request-id:${requestId}`,
    ...(error.fields.length > 0 ? { errors: error.fields.map(({ pointer, detail }) => ({ pointer, detail })) } : {}),
  }
}

/** Answers with the problem. A 500 is logged with its cause at ERROR: someone must look. A 503 passes by itself: WARN. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: SallyportError): FastifyReply {
  return refusal(request, reply, error)
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problemOf(error, request.id)))
}

/** The answer for an error but for its body, whatever form that has; logged as above. */
export function refusal(request: FastifyRequest, reply: FastifyReply, error: SallyportError): FastifyReply {
  if (error.status === 500) request.log.error({ err: error }, error.message)
  else if (error.status > 500) request.log.warn({ err: error }, error.message)
  const wait = retryAfter(error)
  if (wait !== null) reply.header('retry-after', wait)
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="sallyport"')
  reply.problemCode = error.code
  return reply.code(error.status).header('x-request-id', request.id).header('cache-control', 'no-store')
}
