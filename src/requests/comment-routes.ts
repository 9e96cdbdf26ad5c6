import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerOnce, problems } from '../http/index.ts'
import type { Id } from '../kernel/ids.ts'
import { commentOnRequest } from './comment-on-request.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { printRequest } from './print-request.ts'
import type { ReadRequest } from './request-view.ts'
import { commentBody, requestId, requestSchema } from './schemas.ts'

/** /v1/requests/{id}/comments. */
export const commentRoutes: FastifyPluginAsyncZod<RequestParts> = async (app, parts) => {
  app.post(
    '/v1/requests/:id/comments',
    {
      config: { scope: 'ask', idempotent: true },
      schema: {
        operationId: 'commentOnRequest',
        summary: 'Say something about a request',
        description:
          'By whoever sees it, before or after it is decided; shown to all who see it. A comment cannot be changed. The audit log has that there is one, and not its text.',
        tags: ['requests'],
        params: z.strictObject({ id: requestId }),
        body: commentBody,
        response: { 201: requestSchema, ...problems('request_not_found', 'not_permitted', 'person_required', 'too_many_comments') },
      },
    },
    async (request, reply) => {
      const requestId = request.params.id as Id<'req'> // the schema has checked its form
      const command = { requestId, caller: request.caller, text: request.body.text }
      return answerOnce<ReadRequest>(request, reply, {
        db: parts.db,
        run: (db) => commentOnRequest({ ...parts, db })(command),
        shape: async ({ request: read, inForce }) => ({
          status: 201,
          body: printRequest(read, (await activeRules(parts, inForce)).file, parts.deploymentId),
        }),
      })
    },
  )
}
