import type { FastifyInstance, FastifyRequest } from 'fastify'
import { SallyportError } from '../kernel/errors.ts'

/**
 * Tells "nothing is here" (404) from "not with this method" (405, with Allow). Fastify has only the former, so
 * the routes are kept as they are registered. The caller must register this before any route.
 */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  const known: { readonly method: string; readonly path: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const path = new RegExp(`^${url.split('/').map(segmentPattern).join('/')}$`)
    known.push(...[method].flat().map((each) => ({ method: each, path })))
  })

  const refusal = (request: FastifyRequest): { error: SallyportError; allow: string | null } => {
    const path = decodeURI(request.url.split('?', 1)[0] ?? '')
    const allowed = [...new Set(known.filter((route) => route.path.test(path)).map((route) => route.method))]
    if (allowed.length === 0 || allowed.includes(request.method))
      return { error: new SallyportError('route_not_found', `There is no ${path}.`), allow: null }
    const allow = allowed.sort().join(', ')
    return { error: new SallyportError('method_not_allowed', `${path} takes ${allow}, not ${request.method}.`), allow }
  }

  // Before the body is read: what is wrong with it does not matter at an address that is not there.
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 && !lacksParameter(request)) return
    const { error, allow } = refusal(request)
    if (allow !== null) reply.header('allow', allow)
    throw error
  })
  // For routes that find out themselves that there is nothing, as static files do.
  app.setNotFoundHandler((request) => {
    throw refusal(request).error
  })
}

/** `/v1/requests/` would else be taken for the request whose id is empty. */
const lacksParameter = ({ params }: FastifyRequest): boolean =>
  typeof params === 'object' && params !== null && Object.entries(params).some(([name, value]) => value === '' && name !== '*')

const segmentPattern = (segment: string): string => {
  if (segment.startsWith(':')) return '[^/]+'
  return segment === '*' ? '.*' : segment.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}
