import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerKept, answerOnce, problems } from '../http/index.ts'
import { viewerOf } from '../identity/index.ts'
import { parseDuration } from '../kernel/duration.ts'
import { type ErrorCode, SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { askedInBody } from './asked-in-body.ts'
import { createRequest } from './create-request.ts'
import { decideRequest } from './decide-request.ts'
import { mayRead } from './judging.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { previewRequest } from './preview-request.ts'
import { printPreview, printRequest } from './print-request.ts'
import { getRequest, listRequests, type ReadRequest } from './request-view.ts'
import { approveBody, askBody, denyBody, listQuery, previewSchema, requestId, requestPage, requestSchema } from './schemas.ts'
import { withdrawRequest } from './withdraw-request.ts'

const tags = ['requests']
const params = z.strictObject({ id: requestId })

const askProblems = [
  'invalid_arn',
  'unsupported_principal',
  'unsupported_path',
  'unknown_account',
  'invalid_db_user',
  'invalid_duration',
  'invalid_start',
  'unknown_database',
  'ambiguous_database',
  'iam_authentication_off',
  'unknown_beneficiary',
  'cross_account',
  'person_required',
  'not_ready',
] as const satisfies readonly ErrorCode[]

const grantingProblems = [
  'unknown_principal',
  'permission_set_not_provisioned',
  'quota_exceeded',
  'aws_unavailable',
  'aws_denied',
] as const satisfies readonly ErrorCode[]

const decisionProblems = [
  'request_not_found',
  'request_decided',
  'already_decided_by_you',
  'self_approval',
  'not_an_approver',
  'same_credential',
  'person_required',
] as const satisfies readonly ErrorCode[]

/** /v1/requests: ask, preview, list, get, approve, deny, withdraw. */
export const requestRoutes: FastifyPluginAsyncZod<RequestParts> = async (app, parts) => {
  const wire = async ({ request, inForce }: ReadRequest) =>
    printRequest(request, (await activeRules(parts, inForce)).file, parts.deploymentId)
  const ok = async (read: ReadRequest) => ({ status: 200, body: await wire(read) })

  app.post(
    '/v1/requests',
    {
      config: { scope: 'ask', idempotent: true },
      schema: {
        operationId: 'createRequest',
        summary: 'Ask for access',
        description:
          'Records who asks for which database users, through which principal, for how long and why. Where the rules need no approval, it is approved at once.',
        tags,
        body: askBody,
        response: { 201: requestSchema, ...problems(...askProblems, ...grantingProblems, 'refused_by_rules') },
      },
    },
    async (request, reply) =>
      answerKept(request, reply, {
        db: parts.db,
        run: (claim, shaped) =>
          createRequest(parts)({
            caller: request.caller,
            asked: askedInBody(request.body),
            claim,
            answer: (made, file) => shaped({ status: 201, body: printRequest(made, file, parts.deploymentId) }),
          }),
      }),
  )

  app.post(
    '/v1/requests/preview',
    {
      config: { scope: 'ask' },
      schema: {
        operationId: 'previewRequest',
        summary: 'See what asking would come to',
        description:
          'Judges a request without making it: whether the rules allow it, who would be asked, and Sallyport’s policies on the principal before and after. AWS is asked only about what the rules allow.',
        tags,
        body: askBody,
        response: { 200: previewSchema, ...problems(...askProblems) },
      },
    },
    async (request) => printPreview(await previewRequest(parts)({ caller: request.caller, asked: askedInBody(request.body) })),
  )

  app.get(
    '/v1/requests',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listRequests',
        summary: 'The requests that concern you',
        description:
          'Newest first: those you made, will use, or may decide; all of them for admins, auditors, and programs that act for nobody. Filters narrow each other down.',
        tags,
        querystring: listQuery,
        response: { 200: requestPage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const page = await listRequests(parts.db, viewerOf(request.caller), filter, { limit, cursor })
      return { items: await Promise.all(page.items.map(wire)), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/requests/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getRequest',
        summary: 'One request, whole',
        description: 'With its decisions, who can approve it now, and the grants that it became.',
        tags,
        params,
        response: { 200: requestSchema, ...problems('request_not_found', 'not_permitted') },
      },
    },
    async (request) => {
      const read = await getRequest(parts.db, idOf(request.params))
      const { file } = await activeRules(parts, read.inForce)
      if (mayRead(file, read.request, viewerOf(request.caller))) return printRequest(read.request, file, parts.deploymentId)
      throw new SallyportError(
        'not_permitted',
        'This request concerns other people; its requester, beneficiary, approvers, admins and auditors see it.',
      )
    },
  )

  app.post(
    '/v1/requests/:id/approve',
    {
      config: { scope: 'decide', idempotent: true },
      schema: {
        operationId: 'approveRequest',
        summary: 'Approve, or approve less',
        description:
          'An approval may shorten the duration and leave entitlements out, never widen. When the rules are satisfied, the request becomes grants and the worker writes the policy.',
        tags,
        params,
        body: approveBody,
        response: {
          200: requestSchema,
          ...problems(
            ...decisionProblems,
            ...grantingProblems,
            'refused_by_rules',
            'principal_replaced',
            'grant_ended',
            'approval_widens',
            'invalid_duration',
          ),
        },
      },
    },
    async (request, reply) => {
      const { duration, entitlements, comment } = request.body
      const command = {
        requestId: idOf(request.params),
        caller: request.caller,
        verdict: 'approve' as const,
        durationSeconds: secondsOf(duration),
        entitlements,
        comment,
      }
      return answerOnce<ReadRequest | null>(request, reply, {
        db: parts.db,
        run: (db) => decideRequest({ ...parts, db })(command),
        shape: (read) => (read === null ? null : ok(read)),
      })
    },
  )

  app.post(
    '/v1/requests/:id/deny',
    {
      config: { scope: 'decide', idempotent: true },
      schema: {
        operationId: 'denyRequest',
        summary: 'Deny',
        description: 'One denial ends the request.',
        tags,
        params,
        body: denyBody,
        response: { 200: requestSchema, ...problems(...decisionProblems) },
      },
    },
    async (request, reply) => {
      const command = {
        requestId: idOf(request.params),
        caller: request.caller,
        verdict: 'deny' as const,
        durationSeconds: null,
        entitlements: null,
        comment: request.body.comment,
      }
      return answerOnce<ReadRequest>(request, reply, { db: parts.db, run: (db) => decideRequest({ ...parts, db })(command), shape: ok })
    },
  )

  app.post(
    '/v1/requests/:id/withdraw',
    {
      config: { scope: 'ask', idempotent: true },
      schema: {
        operationId: 'withdrawRequest',
        summary: 'Take a request back',
        description: 'By its requester, while nobody has decided it.',
        tags,
        params,
        response: { 200: requestSchema, ...problems('request_not_found', 'request_decided', 'not_permitted', 'person_required') },
      },
    },
    async (request, reply) => {
      const command = { requestId: idOf(request.params), caller: request.caller }
      return answerOnce<ReadRequest>(request, reply, { db: parts.db, run: (db) => withdrawRequest({ ...parts, db })(command), shape: ok })
    },
  )
}

/** The schema has checked its form. */
const idOf = (checked: { readonly id: string }): Id<'req'> => checked.id as Id<'req'>

function secondsOf(duration: string | null): number | null {
  if (duration === null) return null
  const seconds = parseDuration(duration)
  if (seconds !== null) return seconds
  const detail = 'must be an ISO 8601 duration above zero in weeks, days, hours, minutes or seconds, such as PT1H'
  throw new SallyportError('invalid_duration', `${JSON.stringify(duration)} ${detail}.`, { fields: [{ pointer: '/duration', detail }] })
}
