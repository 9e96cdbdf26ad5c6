import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { SallyportError } from '../kernel/errors.ts'
import { type Authenticate, closeRoutes } from './auth.ts'
import { answerClientError } from './client-error.ts'
import { readJsonBody } from './json-body.ts'
import { logAnswers, redacted } from './logging.ts'
import { describeApi, type OpenApiWebhooks } from './openapi.ts'
import { sendProblem } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { asSallyportError } from './translate-error.ts'
import { refuseUnknownRoutes } from './unknown-route.ts'
import { refuseUnasked, zodValidator } from './validation.ts'

export interface ServerOptions {
  readonly log: Logger
  readonly authenticate: Authenticate
  /** Of Sallyport, for the OpenAPI document. */
  readonly version: string
  /** The messages that are sent to others, for the same; none unless given. */
  readonly webhooks?: OpenApiWebhooks
}

const BODY_LIMIT = 256 * 1024
/** An ARN of a database or principal, percent-encoded, fits in a part of the address. */
const LONGEST_PARAMETER = 2048

/**
 * A Fastify server that speaks JSON and RFC 9457 only, with closed routes and an OpenAPI document of whatever
 * is registered on it. Add routes before it is ready; nothing listens yet.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: redacted(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    genReqId: requestIdOf,
    return503OnClosing: false, // what still arrives on an open connection is answered, and the connection closed
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, asSallyportError(error)),
    clientErrorHandler: answerClientError,
  })
  app.setValidatorCompiler(zodValidator)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, asSallyportError(error)))
  readJsonOnly(app)
  logAnswers(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' })
    refuseUnreadableAddress(request.url)
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
  })
  refuseUnknownRoutes(app)
  closeRoutes(app, options.authenticate)
  refuseUnasked(app)
  await describeApi(app, options.version, options.webhooks ?? {})
  return app
}

function readJsonOnly(app: FastifyInstance): void {
  app.decorateRequest('sentBody', undefined)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
    request.sentBody = readJsonBody(request, bytes)
    return request.sentBody
  })
}

/** Fastify leaves a wrong percent-encoding in a query as it is, and Postgres cannot store U+0000. */
function refuseUnreadableAddress(url: string): void {
  let decoded: string
  try {
    decoded = decodeURIComponent(url)
  } catch (cause) {
    throw new SallyportError('invalid_request', 'The address has a `%` that does not begin a valid percent-encoding of UTF-8.', { cause })
  }
  if (decoded.includes('\u0000')) throw new SallyportError('invalid_request', 'The address contains the character U+0000.')
}
