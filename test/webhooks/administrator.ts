import type { z } from 'zod'
import { deliveryPage, deliverySchema, redelivered, webhookPage, webhookSchema, webhookWithSecret } from '../../src/webhooks/schemas.ts'
import type { testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'

type Api = ReturnType<typeof testApi>
type Headers = Readonly<Record<string, string>>

/** /v1/webhooks as one caller uses it. What is refused is thrown as Refused. */
export function administrator(api: Api, credentials: Headers = { authorization: 'Bearer dev-admin' }) {
  const call = async <Schema extends z.ZodType>(
    schema: Schema | null,
    method: string,
    path: string,
    body?: object,
    headers: Headers = {},
  ) => {
    const response = await fetch(`${api.url}/v1/webhooks${path}`, {
      method,
      headers: { ...credentials, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status >= 400) throw new Refused({ status: response.status, headers: response.headers, text })
    return (schema === null ? null : schema.parse(JSON.parse(text))) as z.output<Schema>
  }
  return {
    create: (body: object, headers?: Headers) => call(webhookWithSecret, 'POST', '', body, headers),
    list: (query = '') => call(webhookPage, 'GET', query),
    get: (id: string) => call(webhookSchema, 'GET', `/${id}`),
    change: (id: string, body: object) => call(webhookSchema, 'PATCH', `/${id}`, body),
    remove: (id: string) => call(null, 'DELETE', `/${id}`),
    rotate: (id: string, body: object = {}, headers?: Headers) => call(webhookWithSecret, 'POST', `/${id}/rotate-secret`, body, headers),
    ping: (id: string) => call(deliverySchema, 'POST', `/${id}/test`),
    pause: (id: string) => call(webhookSchema, 'POST', `/${id}/pause`),
    resume: (id: string) => call(webhookSchema, 'POST', `/${id}/resume`),
    deliveries: (id: string, query = '') => call(deliveryPage, 'GET', `/${id}/deliveries${query}`),
    delivery: (id: string, event: string) => call(deliverySchema, 'GET', `/${id}/deliveries/${event}`),
    redeliver: (id: string, event: string) => call(deliverySchema, 'POST', `/${id}/deliveries/${event}/redeliver`),
    redeliverFailed: (id: string, since: string) => call(redelivered, 'POST', `/${id}/redeliver`, { since }),
  }
}
