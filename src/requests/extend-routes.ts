import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { grantId } from '../grants/index.ts'
import { answerKept, problems } from '../http/index.ts'
import type { Id } from '../kernel/ids.ts'
import { extendAccess } from './extend-access.ts'
import type { RequestParts } from './parts.ts'
import { printRequest } from './print-request.ts'
import { extendBody, requestSchema } from './schemas.ts'

/** /v1/grants/{id}/extend. */
export const extendRoutes: FastifyPluginAsyncZod<RequestParts> = async (app, parts) => {
  app.post(
    '/v1/grants/:id/extend',
    {
      config: { scope: 'ask', idempotent: true },
      schema: {
        operationId: 'extendGrant',
        summary: 'Ask for more time before the end',
        description:
          'By the requester or the beneficiary, where the rule has `extensions`: a request of its own, with the approvals that the rule wants of extensions. Once it is approved the end of the grant moves; until then the grant ends when it did. The answer is the request.',
        tags: ['grants'],
        params: z.strictObject({ id: grantId }),
        body: extendBody,
        response: {
          201: requestSchema,
          ...problems(
            'grant_not_found',
            'not_permitted',
            'person_required',
            'grant_ended',
            'not_extendable',
            'extension_waits',
            'refused_by_rules',
            'invalid_duration',
            'unknown_principal',
            'aws_unavailable',
            'aws_denied',
          ),
        },
      },
    },
    async (request, reply) => {
      const { duration, reason, ticket } = request.body
      return answerKept(request, reply, {
        db: parts.db,
        run: (claim, shaped) =>
          extendAccess(parts)({
            caller: request.caller,
            grantId: request.params.id as Id<'grt'>, // the schema has checked its form
            duration: duration ?? null,
            reason,
            ticket,
            claim,
            answer: (made, file) => shaped({ status: 201, body: printRequest(made, file, parts.deploymentId) }),
          }),
      })
    },
  )
}
