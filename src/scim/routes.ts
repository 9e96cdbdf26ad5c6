import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asSallyportError, readJsonBody, refusal } from '../http/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { createGroup, existingGroup, modifyGroup, removeGroup, replaceGroup } from './change-group.ts'
import { createUser, existing, modifyUser, removeUser, replaceUser } from './change-user.ts'
import { refuseIfOff, refuseUnlessProvider } from './directory-change.ts'
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts'
import { printGroup, printList, printUser, projected } from './print-resource.ts'
import { readProjection, readQuery, wantsMembers } from './query.ts'
import { refuse, type ScimParts, scimError } from './scim.ts'
import { groupFilters, listGroups } from './scim-group-store.ts'
import { listUsers, userFilters } from './scim-user-store.ts'

const SCIM_JSON = 'application/scim+json'
/** A group of 10,000 members is 1 MiB. */
const BODY_LIMIT = 8 * 1024 * 1024

type One = { readonly Params: { readonly id: string } }

/**
 * /scim/v2 (RFC 7644): users and groups, as an identity provider pushes them. It has SCIM's own forms of errors and lists, and
 * is described by its own Schemas in place of the OpenAPI document.
 */
export const scimRoutes = async (app: FastifyInstance, parts: ScimParts): Promise<void> => {
  const { db, ruleSets } = parts
  const route = { config: { scope: 'scim' }, schema: { hide: true }, bodyLimit: BODY_LIMIT } as const

  app.addContentTypeParser<Buffer>(SCIM_JSON, { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) =>
    readJsonBody(request, bytes),
  )
  app.setErrorHandler((error, request, reply) => {
    const known = wordsFor(asSallyportError(error))
    return refusal(request, reply, known)
      .type(SCIM_JSON)
      .send(JSON.stringify(scimError(known)))
  })
  app.addHook('preHandler', async (request) => {
    refuseUnlessProvider(request.caller)
    await refuseIfOff(db, ruleSets)
  })

  app.get('/scim/v2/ServiceProviderConfig', route, async (_request, reply) => answer(reply, 200, serviceProviderConfig))
  for (const [path, all] of [
    ['ResourceTypes', resourceTypes],
    ['Schemas', schemas],
  ] as const) {
    app.get(`/scim/v2/${path}`, route, async (_request, reply) =>
      answer(reply, 200, printList({ total: all.length, items: [...all] }, { startIndex: 1, count: all.length })),
    )
    app.get<One>(`/scim/v2/${path}/:id`, route, async (request, reply) => {
      const found = [...all].find(({ id }) => id === request.params.id)
      if (found === undefined) throw refuse('scim_not_found', `There is no ${request.params.id} in ${path}.`)
      return answer(reply, 200, found)
    })
  }

  app.get('/scim/v2/Users', route, async (request, reply) => {
    const { filter, part } = readQuery(request.query, userFilters)
    const { total, items } = await listUsers(db, filter, part)
    const shown = items.map((user) => projected(printUser(user), readProjection(request.query)))
    return answer(reply, 200, printList({ total, items: shown }, part))
  })
  app.get<One>('/scim/v2/Users/:id', route, async (request, reply) =>
    answer(reply, 200, projected(printUser(await existing(db, request.params.id)), readProjection(request.query))),
  )
  app.post('/scim/v2/Users', route, async (request, reply) => {
    const user = await createUser(parts)(request.caller, request.body)
    return answer(reply.header('location', `/scim/v2/Users/${user.id}`), 201, printUser(user))
  })
  app.put<One>('/scim/v2/Users/:id', route, async (request, reply) =>
    answer(reply, 200, printUser(await replaceUser(parts)(request.caller, request.params.id, request.body))),
  )
  app.patch<One>('/scim/v2/Users/:id', route, async (request, reply) =>
    answer(reply, 200, printUser(await modifyUser(parts)(request.caller, request.params.id, request.body))),
  )
  app.delete<One>('/scim/v2/Users/:id', route, async (request, reply) => {
    await removeUser(parts)(request.caller, request.params.id)
    return reply.code(204).send()
  })

  app.get('/scim/v2/Groups', route, async (request, reply) => {
    const { filter, part } = readQuery(request.query, groupFilters)
    const projection = readProjection(request.query)
    const { total, items } = await listGroups(db, filter, part, wantsMembers(projection))
    return answer(reply, 200, printList({ total, items: items.map((group) => projected(printGroup(group), projection)) }, part))
  })
  app.get<One>('/scim/v2/Groups/:id', route, async (request, reply) => {
    const projection = readProjection(request.query)
    return answer(reply, 200, projected(printGroup(await existingGroup(db, request.params.id, wantsMembers(projection))), projection))
  })
  app.post('/scim/v2/Groups', route, async (request, reply) => {
    const group = await createGroup(parts)(request.caller, request.body)
    return answer(reply.header('location', `/scim/v2/Groups/${group.id}`), 201, printGroup(group))
  })
  app.put<One>('/scim/v2/Groups/:id', route, async (request, reply) =>
    answer(reply, 200, printGroup(await replaceGroup(parts)(request.caller, request.params.id, request.body))),
  )
  // Without the group: it may have thousands of members, of which one was added.
  app.patch<One>('/scim/v2/Groups/:id', route, async (request, reply) => {
    await modifyGroup(parts)(request.caller, request.params.id, request.body)
    return reply.code(204).send()
  })
  app.delete<One>('/scim/v2/Groups/:id', route, async (request, reply) => {
    await removeGroup(parts)(request.caller, request.params.id)
    return reply.code(204).send()
  })
}

const answer = (reply: FastifyReply, status: number, body: object): FastifyReply =>
  reply.code(status).type(SCIM_JSON).send(JSON.stringify(body))

/** What a body may be is more here than elsewhere. */
function wordsFor(error: SallyportError): SallyportError {
  if (error.code === 'body_too_large') return new SallyportError('body_too_large', 'The body is larger than 8 MiB.')
  return error
}
