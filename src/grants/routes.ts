import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '../db/index.ts'
import { answerOnce, problems } from '../http/index.ts'
import { viewerOf } from '../identity/index.ts'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { printUnmanaged } from '../snapshot/index.ts'
import { connectInstructions } from './connect-command.ts'
import { connectTo } from './connect-to.ts'
import { type EndGrantParts, returnGrant, revokeGrant } from './end-grant.ts'
import { canEnd } from './grant.ts'
import { type GrantDetails, getGrant, listGrants } from './grant-view.ts'
import { revokeGrants } from './revoke-grants.ts'
import {
  connectSchema,
  endGrantBody,
  endingGrantSchema,
  grantId,
  grantOrder,
  grantSchema,
  grantStatus,
  printConnect,
  printGrant,
  revokedGrantsSchema,
  revokeGrantsBody,
  some,
  whichGrants,
} from './schemas.ts'
import { unmanagedBeside } from './unmanaged-beside.ts'

const tags = ['grants']
const params = z.strictObject({ id: grantId })

export interface GrantRouteParts extends EndGrantParts {
  readonly deploymentId: string
}

/** /v1/grants: list, get, connect, revoke one or many, return. */
export const grantRoutes: FastifyPluginAsyncZod<GrantRouteParts> = async (app, { db, ruleSets, deploymentId }) => {
  const ended = async (grant: GrantDetails, tx: Tx) => {
    const warnings = (await unmanagedBeside(tx, grant, deploymentId)).map(printUnmanaged)
    return { status: 200, body: { ...printGrant(grant), warnings } }
  }

  app.get(
    '/v1/grants',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listGrants',
        summary: 'The grants that concern you',
        description:
          'Those of requests you made, will use, or may decide; all of them for admins, auditors, and programs that act for nobody. Filters narrow each other down. What you have, and what of it ends next: `beneficiary=me&status=live&order=end`.',
        tags,
        querystring: z.strictObject({
          ...pageQuery,
          status: z
            .enum([...grantStatus.options, 'live'])
            .optional()
            .describe('`live`: any that gives access or will: `scheduled`, `applying` or `active`.'),
          order: grantOrder,
          ...whichGrants,
          beneficiary: some.optional().describe('The id of the person who uses them; `me`: you.'),
        }),
        response: { 200: pageOf(grantSchema).meta({ id: 'GrantPage' }), ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { limit, cursor, order, ...filter } = request.query
      const page = await listGrants(db, viewerOf(request.caller), filter, { limit, cursor, order })
      return { items: page.items.map(printGrant), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/grants/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getGrant',
        summary: 'One grant',
        description: 'Where it stands in AWS, and what is wrong with it at this moment, if anything is.',
        tags,
        params,
        response: { 200: grantSchema, ...problems('grant_not_found', 'not_permitted') },
      },
    },
    async (request) => printGrant(await getGrant(db, viewerOf(request.caller), idOf(request.params))),
  )

  app.get(
    '/v1/grants/:id/connect',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getConnectInstructions',
        summary: 'How to connect with a grant',
        description:
          'The commands to paste: a token of `aws rds generate-db-auth-token`, then the engine’s own client with TLS verified. Where the grant has a wildcard, say which database and which user.',
        tags,
        params,
        querystring: z.strictObject({
          database: some
            .optional()
            .describe('For a grant for every database of a region: which one, by its resource id, ARN, or Sallyport’s id.'),
          dbUser: some.optional().describe('For a grant for every user: which one.'),
        }),
        response: {
          200: connectSchema,
          ...problems('grant_not_found', 'not_permitted', 'grant_ended', 'database_not_found', 'ambiguous_database', 'invalid_db_user'),
        },
      },
    },
    async (request) => {
      const grant = await getGrant(db, viewerOf(request.caller), idOf(request.params))
      if (canEnd(grant.status)) return printConnect(connectInstructions(await connectTo(db, grant, request.query)))
      throw new SallyportError('grant_ended', `Grant ${grant.id} is ${grant.status}: new connections are refused.`)
    },
  )

  app.post(
    '/v1/grants/:id/revoke',
    {
      config: { scope: 'revoke', idempotent: true },
      schema: {
        operationId: 'revokeGrant',
        summary: 'Take a grant away',
        description:
          'By an admin, or an approver of its request, or a program with the scope. New connections are refused once IAM has been written; a token made before lives up to 15 minutes, and an open session stays open.',
        tags,
        params,
        body: endGrantBody,
        response: { 200: endingGrantSchema, ...problems('grant_not_found', 'not_permitted', 'grant_ended') },
      },
    },
    async (request, reply) =>
      answerOnce<GrantDetails>(request, reply, {
        db,
        run: (each) =>
          revokeGrant({ db: each, ruleSets })({ grantId: idOf(request.params), caller: request.caller, comment: request.body.comment }),
        shape: ended,
      }),
  )

  app.post(
    '/v1/grants/revoke',
    {
      config: { scope: 'revoke', idempotent: true },
      schema: {
        operationId: 'revokeGrants',
        summary: 'Take many grants away at once',
        description:
          'Those of a person, a principal, a database or an account, and those yet to start: all that match the filter, together or not at all. By an admin, or a program with the scope; approvers revoke one by one. What can still be done with open sessions and tokens is said at `revokeGrant`.',
        tags,
        body: revokeGrantsBody,
        response: { 200: revokedGrantsSchema, ...problems('not_permitted') },
      },
    },
    async (request, reply) =>
      answerOnce<readonly Id<'grt'>[]>(request, reply, {
        db,
        run: (each) =>
          revokeGrants({ db: each, ruleSets })({ which: request.body.filter, caller: request.caller, comment: request.body.comment }),
        shape: (revoked) => ({ status: 200, body: { revoked: revoked.length, grants: [...revoked] } }),
      }),
  )

  app.post(
    '/v1/grants/:id/return',
    {
      config: { scope: 'ask', idempotent: true },
      schema: {
        operationId: 'returnGrant',
        summary: 'Give a grant back',
        description: 'By its requester or beneficiary, who need nobody’s leave for it.',
        tags,
        params,
        body: endGrantBody,
        response: { 200: endingGrantSchema, ...problems('grant_not_found', 'not_permitted', 'grant_ended') },
      },
    },
    async (request, reply) =>
      answerOnce<GrantDetails>(request, reply, {
        db,
        run: (each) =>
          returnGrant({ db: each, ruleSets })({ grantId: idOf(request.params), caller: request.caller, comment: request.body.comment }),
        shape: ended,
      }),
  )
}

/** The schema has checked its form. */
const idOf = (checked: { readonly id: string }): Id<'grt'> => checked.id as Id<'grt'>
