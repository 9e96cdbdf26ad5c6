import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerOnce, problems } from '../http/index.ts'
import { viewerOf } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { Review } from './review.ts'
import { getReview, listReviews } from './review-view.ts'
import { listQuery, printReview, reviewId, reviewPage, reviewSchema, signBody } from './schemas.ts'
import { mayRead, type ReviewParts, signReview } from './sign-review.ts'

const tags = ['reviews']
const params = z.strictObject({ id: reviewId })

/** /v1/reviews: list, get, sign. */
export const reviewRoutes: FastifyPluginAsyncZod<ReviewParts> = async (app, parts) => {
  const { db, ruleSets, reviewNow } = parts
  const people = async () => (await ruleSets.current()).file.people
  const ok = async (review: Review) => ({ status: 200, body: printReview(review, await people()) })

  app.get(
    '/v1/reviews',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listReviews',
        summary: 'The reviews that concern you',
        description:
          'Of emergency access, after it was taken, and of standing access, before it would end. Open ones come first. Reviewers see those that they were asked for, requesters and beneficiaries their own; admins and auditors see all.',
        tags,
        querystring: listQuery,
        response: { 200: reviewPage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const page = await listReviews(db, viewerOf(request.caller), filter, { limit, cursor })
      const directory = await people()
      return { ...page, items: page.items.map((review) => printReview(review, directory)) }
    },
  )

  app.get(
    '/v1/reviews/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getReview',
        summary: 'One review',
        description: 'For those whom it concerns, and whom the rules of now name as its reviewers.',
        tags,
        params,
        response: { 200: reviewSchema, ...problems('review_not_found', 'not_permitted') },
      },
    },
    async (request) => {
      const review = await getReview(db, idOf(request.params))
      if (!mayRead(review, await reviewNow(db, review.requestId), viewerOf(request.caller)))
        throw new SallyportError(
          'not_permitted',
          'This review concerns other people; its reviewers, requester, beneficiary, admins and auditors see it.',
        )
      return printReview(review, await people())
    },
  )

  app.post(
    '/v1/reviews/:id/sign',
    {
      config: { scope: 'decide', idempotent: true },
      schema: {
        operationId: 'signReview',
        summary: 'Sign a review',
        description:
          'By somebody whom the rules of now name as a reviewer; never by requester or beneficiary. Standing access that is kept lasts until its next review; what is `unjustified` or to `end` is taken away at once.',
        tags,
        params,
        body: signBody,
        response: {
          200: reviewSchema,
          ...problems(
            'review_not_found',
            'not_a_reviewer',
            'person_required',
            'self_approval',
            'same_credential',
            'review_not_open',
            'refused_by_rules',
          ),
        },
      },
    },
    async (request, reply) =>
      answerOnce<Review>(request, reply, {
        db,
        run: (each) => signReview({ ...parts, db: each })({ ...request.body, reviewId: idOf(request.params), caller: request.caller }),
        shape: ok,
      }),
  )
}

/** The schema has checked its form. */
const idOf = (checked: { readonly id: string }): Id<'rev'> => checked.id as Id<'rev'>
