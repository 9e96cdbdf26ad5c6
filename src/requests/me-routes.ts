import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listGrants } from '../grants/index.ts'
import { viewerOf } from '../identity/index.ts'
import type { Page } from '../kernel/cursor.ts'
import { listReviews, printReview } from '../reviews/index.ts'
import { meSchema, printCaller, printHeld } from './me-schemas.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { printRequest } from './print-request.ts'
import { listRequests, type ReadRequest } from './request-view.ts'

const firstPage = { limit: 50 }

/** /v1/me. */
export const meRoutes: FastifyPluginAsyncZod<RequestParts> = async (app, parts) => {
  const { db } = parts
  const wire = async ({ items, nextCursor }: Page<ReadRequest>) => ({
    items: await Promise.all(
      items.map(async ({ request, inForce }) => printRequest(request, (await activeRules(parts, inForce)).file, parts.deploymentId)),
    ),
    nextCursor,
  })

  app.get(
    '/v1/me',
    {
      schema: {
        operationId: 'getMe',
        summary: 'Who you are, what you have, and what waits for you',
        description:
          'For a portal’s first page. Any credential may ask who it is; what a person has is told with the scope `read`, and is null without, as for a program that acts for nobody.',
        tags: ['people'],
        response: { 200: meSchema },
      },
    },
    async ({ caller }) => {
      const me = printCaller(caller)
      if (me.person === null || !caller.credential.scopes.has('read'))
        return { ...me, grants: null, endsNext: null, toDecide: null, toReview: null, asked: null }
      const viewer = viewerOf(caller)
      const [held, toDecide, toReview, asked] = await Promise.all([
        listGrants(db, viewer, { beneficiary: 'me', status: 'live' }, { ...firstPage, order: 'end' }),
        listRequests(db, viewer, { approver: 'me' }, firstPage),
        listReviews(db, viewer, { reviewer: 'me' }, firstPage),
        listRequests(db, viewer, { person: 'me', status: 'pending' }, firstPage),
      ])
      const { people } = (await parts.ruleSets.current()).file
      return {
        ...me,
        ...printHeld(held),
        toDecide: await wire(toDecide),
        toReview: { ...toReview, items: toReview.items.map((review) => printReview(review, people)) },
        asked: await wire(asked),
      }
    },
  )
}
