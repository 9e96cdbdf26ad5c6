import type { ParamsOption, RequestBodyOption } from 'openapi-fetch'
import type { components, paths } from './api.ts'

/** The HTTP methods that the API has. */
export type Method = 'get' | 'post' | 'patch' | 'delete'

/** The addresses that take a method, as the OpenAPI document writes them: `/v1/requests/{id}`. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths]

type Operation<M extends Method, P extends PathOf<M>> = paths[P][M]

/** What is sent: `params` with `path` and `query`, `body`, and a signal to give up by. */
export type Init<M extends Method, P extends PathOf<M>> = ParamsOption<Operation<M, P>> &
  RequestBodyOption<Operation<M, P>> & { readonly signal?: AbortSignal }

/** It may be left out where nothing of it is needed. */
export type Args<M extends Method, P extends PathOf<M>> = Record<never, never> extends Init<M, P> ? [init?: Init<M, P>] : [init: Init<M, P>]

/** What a call answers when it succeeds. */
export type Answer<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { responses: infer Responses } ? Said<Responses[keyof Responses & Success]> : never
type Success = 200 | 201 | 202 | 204
type Said<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** The addresses of lists that come in pages. */
export type ListPath = { [P in PathOf<'get'>]: Answer<'get', P> extends PageOf<unknown> ? P : never }[PathOf<'get'>]
export type Item<P extends ListPath> = Answer<'get', P> extends PageOf<infer One> ? One : never

type Schemas = components['schemas']
export type Request = Schemas['Request']
export type RequestPreview = Schemas['RequestPreview']
export type AskForAccess = Schemas['AskForAccess']
export type Grant = Schemas['Grant']
export type Review = Schemas['Review']
export type ConnectInstructions = Schemas['ConnectInstructions']
export type Database = Schemas['Database']
export type AccessReport = Schemas['AccessReport']
export type Problem = Schemas['Problem']
