import type { z } from 'zod'
import { accessReportSchema } from '../../src/access/access-schemas.ts'
import { eventPage, eventSchema } from '../../src/audit/schemas.ts'
import { accountPage, accountSchema, syncStarted, syncStatusPage } from '../../src/catalog/account-schemas.ts'
import { databaseSchema } from '../../src/catalog/schemas.ts'
import { connectSchema, endingGrantSchema, grantSchema, revokedGrantsSchema } from '../../src/grants/schemas.ts'
import { problemSchema } from '../../src/http/problem.ts'
import { ruleSetsSchema } from '../../src/identity/rule-set-schemas.ts'
import { pageOf } from '../../src/kernel/cursor.ts'
import { previewSchema, requestPage, requestSchema } from '../../src/requests/schemas.ts'
import { reviewPage, reviewSchema } from '../../src/reviews/schemas.ts'

export type Request = z.infer<typeof requestSchema>
export type Grant = z.infer<typeof grantSchema>

/** An answer as it came. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** An answer that was a problem, thrown by the calls that expect none. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly pointers: readonly string[]

  constructor(answer: Answer) {
    const problem = problemSchema.parse(JSON.parse(answer.text))
    super(`${problem.status} ${problem.code}: ${problem.detail}`)
    this.status = answer.status
    this.code = problem.code
    this.detail = problem.detail
    this.pointers = (problem.errors ?? []).map(({ pointer }) => pointer)
  }
}

/** What everything is asked with in these tests, where they do not say otherwise: the page's first example. */
export const firstExample = {
  principal: 'arn:aws:iam::123456789012:role/app-reader',
  entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' }],
  duration: 'PT1H',
  reason: 'Investigate slow invoices',
}

/** The API as one caller uses it. What succeeds must fit its schema; what is refused is thrown as Refused. */
export function client(baseUrl: () => string, credentials: Readonly<Record<string, string>>) {
  const send = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    const response = await fetch(`${baseUrl()}${path}`, {
      method,
      headers: { ...credentials, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const get = (path: string) => send('GET', path)
  const post = (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => send('POST', path, body, headers)
  const list = (path: string, query: Readonly<Record<string, string>>) => get(`${path}?${new URLSearchParams(query)}`)

  return {
    get,
    post,
    ask: async (changes: object = {}, headers?: Readonly<Record<string, string>>) =>
      as(requestSchema, await post('/v1/requests', { ...firstExample, ...changes }, headers)),
    preview: async (changes: object = {}) => as(previewSchema, await post('/v1/requests/preview', { ...firstExample, ...changes })),
    request: async (id: string) => as(requestSchema, await get(`/v1/requests/${id}`)),
    requests: async (query: Readonly<Record<string, string>> = {}) => as(requestPage, await list('/v1/requests', query)),
    approve: async (id: string, body: object = {}, headers?: Readonly<Record<string, string>>) =>
      as(requestSchema, await post(`/v1/requests/${id}/approve`, body, headers)),
    deny: async (id: string, body: object = {}) => as(requestSchema, await post(`/v1/requests/${id}/deny`, body)),
    withdraw: async (id: string) => as(requestSchema, await post(`/v1/requests/${id}/withdraw`)),
    grant: async (id: string) => as(grantSchema, await get(`/v1/grants/${id}`)),
    grants: async (query: Readonly<Record<string, string>> = {}) => as(pageOf(grantSchema), await list('/v1/grants', query)),
    connect: async (id: string, query: Readonly<Record<string, string>> = {}) =>
      as(connectSchema, await list(`/v1/grants/${id}/connect`, query)),
    revoke: async (id: string, body: object = {}) => as(endingGrantSchema, await post(`/v1/grants/${id}/revoke`, body)),
    revokeMany: async (filter: object, comment = 'Red button', headers?: Readonly<Record<string, string>>) =>
      as(revokedGrantsSchema, await post('/v1/grants/revoke', { filter, comment }, headers)),
    giveBack: async (id: string, body: object = {}) => as(endingGrantSchema, await post(`/v1/grants/${id}/return`, body)),
    extend: async (id: string, body: object = {}, headers?: Readonly<Record<string, string>>) =>
      as(requestSchema, await post(`/v1/grants/${id}/extend`, { reason: 'Still at it', ...body }, headers)),
    reviews: async (query: Readonly<Record<string, string>> = {}) => as(reviewPage, await list('/v1/reviews', query)),
    review: async (id: string) => as(reviewSchema, await get(`/v1/reviews/${id}`)),
    sign: async (id: string, outcome: string, note = 'Looked at it') =>
      as(reviewSchema, await post(`/v1/reviews/${id}/sign`, { outcome, note })),
    rules: async () => as(ruleSetsSchema, await get('/v1/rules')),
    confirm: async (hash: string) => as(ruleSetsSchema, await post('/v1/rules/pending/confirm', { hash })),
    access: async (query: Readonly<Record<string, string>>) => as(accessReportSchema, await list('/v1/access', query)),
    database: async (ref: string) => as(databaseSchema, await get(`/v1/databases/${ref}`)),
    account: async (id: string) => as(accountSchema, await get(`/v1/accounts/${id}`)),
    accounts: async (query: Readonly<Record<string, string>> = {}) => as(accountPage, await list('/v1/accounts', query)),
    sync: async (body: object = {}, headers?: Readonly<Record<string, string>>) =>
      as(syncStarted, await post('/v1/databases/sync', body, headers)),
    syncStatus: async () => as(syncStatusPage, await get('/v1/databases/sync')),
    event: async (id: string) => as(eventSchema, await get(`/v1/audit/${id}`)),
    events: async (query: Readonly<Record<string, string>> = {}) => as(eventPage, await list('/v1/audit', query)),
  }
}

function as<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  if (answer.status >= 400) throw new Refused(answer)
  return schema.parse(JSON.parse(answer.text))
}
