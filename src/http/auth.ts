import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'

/** Who calls, by the headers `Authorization` and `Sallyport-On-Behalf-Of`; throws `unauthenticated`, `unknown_person` and the like. */
export type Authenticate = (authorization: string | undefined, person: string | undefined) => Promise<Caller>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anyone may call this route. Every route that does not say so is closed. */
    readonly public?: true
    /** The scope that the caller's credential must have. */
    readonly scope?: Scope
  }
  interface FastifyRequest {
    /** Whether there is a caller: not on a public route, and not before the credential was found good. */
    readonly isKnown: boolean
    /** Who calls. Throws on a public route, where nobody was asked. */
    readonly caller: Caller
  }
}

/**
 * Closes every route but those whose config says `public: true`, and asks for the scope that it names; all of
 * it before the body is read.
 */
export function closeRoutes(app: FastifyInstance, authenticate: Authenticate): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      const caller = callers.get(this)
      if (caller === undefined) throw new Error(`${this.routeOptions.url ?? this.url} is public: it has no caller`)
      return caller
    },
  })
  app.decorateRequest('isKnown', {
    getter(this: FastifyRequest) {
      return callers.has(this)
    },
  })
  app.addHook('onRequest', async (request) => {
    const { config } = request.routeOptions
    if (config.public === true) return
    const caller = await authenticate(request.headers.authorization, oneHeader(request, 'sallyport-on-behalf-of'))
    callers.set(request, caller)
    if (config.scope !== undefined) requireScope(caller, config.scope)
  })
}

/** Refuses a caller whose credential was not given this scope: 403 `missing_scope`. */
function requireScope(caller: Caller, scope: Scope): void {
  if (caller.credential.scopes.has(scope)) return
  const has = [...caller.credential.scopes].map((each) => `"${each}"`).join(', ')
  throw new SallyportError('missing_scope', `This needs the scope "${scope}"; the credential ${caller.credential.id} has ${has || 'none'}.`)
}

const oneHeader = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
