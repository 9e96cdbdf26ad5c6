import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { problems } from './problem-responses.ts'
import { whyNotReady } from './readiness-view.ts'

export interface HealthOptions {
  readonly db: Database
}

/** GET /healthz: the process is alive. GET /readyz: it can serve requests; if not, what is missing. */
export const healthRoutes: FastifyPluginAsyncZod<HealthOptions> = async (app, { db }) => {
  app.get(
    '/healthz',
    {
      logLevel: 'warn',
      config: { public: true },
      schema: {
        operationId: 'getHealth',
        summary: 'Is the process alive?',
        description: 'Asks nothing else. For the liveness probe of an orchestrator.',
        tags: ['operation'],
        response: { 200: z.strictObject({ status: z.literal('alive') }).describe('The process is alive.') },
      },
    },
    async () => ({ status: 'alive' as const }),
  )

  app.get(
    '/readyz',
    {
      logLevel: 'warn',
      config: { public: true },
      schema: {
        operationId: 'getReadiness',
        summary: 'Can requests be served?',
        description:
          'Postgres answers, its schema is the one expected, and a rule set is active; if not, the detail says which of them fails.',
        tags: ['operation'],
        response: { 200: z.strictObject({ status: z.literal('ready') }).describe('Requests can be served.'), ...problems('not_ready') },
      },
    },
    async () => {
      const why = await whyNotReady(db)
      if (why !== null) throw new SallyportError('not_ready', why)
      return { status: 'ready' as const }
    },
  )
}
