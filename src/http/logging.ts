import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'idempotency-key']

/** Where headers stand when someone logs `{ headers }`, `{ req }` or `{ request: { headers } }`. */
const redact = {
  paths: secretHeaders.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`]),
  censor: '[redacted]',
}

/** A logger for requests that never writes a credential, a cookie or an idempotency key. */
export const redacted = (log: Logger): FastifyBaseLogger => log.child({}, { redact })

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the problem that was answered, for the log. */
    problemCode: string | null
  }
}

/** One line for each answer. A route with `logLevel: 'warn'` is left out. */
export function logAnswers(app: FastifyInstance): void {
  app.decorateReply('problemCode', null)
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        url: request.url,
        status: reply.statusCode,
        ...(reply.problemCode === null ? {} : { problem: reply.problemCode }),
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}
