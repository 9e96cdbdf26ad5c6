import createClient from 'openapi-fetch'
import type { paths } from './api.ts'
import { sendWith } from './send.ts'
import type { Answer, Args, Init, Item, ListPath, Method, PathOf } from './types.ts'

export interface SallyportOptions {
  /** Where the service is, such as `https://sallyport.example.com`; a path in front of `/v1` is kept. */
  readonly baseUrl: string
  /** An API key or a person's token; a function is asked before each attempt, so that it can renew a token. */
  readonly token: string | (() => string | Promise<string>)
  /** The id of the person acted for, where the token is an API key's. */
  readonly onBehalfOf?: string
  /** Instead of the platform's own. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Milliseconds for each attempt; 30 seconds unless given. */
  readonly timeout?: number
}

/** The API: addresses, what they take and what they answer are those of its OpenAPI document. */
export interface Sallyport {
  /** Reads. */
  get<P extends PathOf<'get'>>(path: P, ...init: Args<'get', P>): Promise<Answer<'get', P>>
  /** Asks for a change, or for an answer to a body. */
  post<P extends PathOf<'post'>>(path: P, ...init: Args<'post', P>): Promise<Answer<'post', P>>
  /** Changes the parts that are given. */
  patch<P extends PathOf<'patch'>>(path: P, ...init: Args<'patch', P>): Promise<Answer<'patch', P>>
  /** Deletes. */
  delete<P extends PathOf<'delete'>>(path: P, ...init: Args<'delete', P>): Promise<Answer<'delete', P>>
  /** Every item of a list, page by page as they are needed; `limit` is the size of a page. */
  each<P extends ListPath>(path: P, ...init: Args<'get', P>): AsyncGenerator<Item<P>, void, undefined>
}

/** Names the person acted for. The compiler refuses it unless the API has this header. */
const ON_BEHALF_OF = 'Sallyport-On-Behalf-Of' satisfies keyof NonNullable<paths['/v1/requests']['post']['parameters']['header']>

/**
 * A client of one Sallyport for one caller. Calls throw SallyportProblem when the service refuses or fails, and
 * SallyportUnreachable when nothing or something else answers. Throws a TypeError for a URL that cannot be used.
 */
export function createSallyport(options: SallyportOptions): Sallyport {
  const { token } = options
  const client = createClient<paths>({
    baseUrl: checkedUrl(options.baseUrl),
    headers: { accept: 'application/json', ...(options.onBehalfOf === undefined ? {} : { [ON_BEHALF_OF]: options.onBehalfOf }) },
    fetch: sendWith({
      fetch: options.fetch ?? ((request) => fetch(request)),
      timeout: options.timeout ?? 30_000,
      token: typeof token === 'string' ? () => token : token,
    }),
  })

  // openapi-fetch computes the same types from `paths`, and the compiler cannot see it while the path is a variable.
  const send = client.request as unknown as (method: Method, path: string, init: object) => Promise<{ readonly data: unknown }>
  const call = async <M extends Method, P extends PathOf<M>>(method: M, path: P, init: Init<M, P> | undefined) =>
    (await send(method, path, { ...init })).data as Answer<M, P>

  async function* each<P extends ListPath>(path: P, init: Init<'get', P> | undefined): AsyncGenerator<Item<P>, void, undefined> {
    for (let cursor: string | null = null; ; ) {
      const params = { ...init?.params, query: { ...init?.params?.query, ...(cursor === null ? {} : { cursor }) } }
      const { data } = await send('get', path, { ...init, params })
      const page = data as { readonly items: readonly Item<P>[]; readonly nextCursor: string | null } // what makes it a ListPath
      yield* page.items
      if (page.nextCursor === null) return
      cursor = page.nextCursor
    }
  }

  return {
    get: (path, ...[init]) => call('get', path, init),
    post: (path, ...[init]) => call('post', path, init),
    patch: (path, ...[init]) => call('patch', path, init),
    delete: (path, ...[init]) => call('delete', path, init),
    each: (path, ...[init]) => each(path, init),
  }
}

/** Credentials in it would be shown in messages. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new TypeError('The URL of Sallyport must be http or https, without user, password, query or fragment.')
  }
  return text
}
