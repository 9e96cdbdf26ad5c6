import { expect } from 'vitest'
import type { testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'

/** The demo with SCIM switched on: developers and dba come from there too. */
export const withScim =
  (...groups: string[]): RuleChange =>
  (file) =>
    Object.assign(file, { scim: { groups } })

export interface Told {
  readonly status: number
  readonly type: string | null
  // As a SCIM client has it: JSON of whatever shape.
  readonly body: Record<string, unknown>
}

/** SCIM as an identity provider uses it, with a key of its own. */
export async function provider(api: ReturnType<typeof testApi>, name = 'provider') {
  const { token } = await api.key({ name, scopes: ['scim'] })
  const send = async (method: string, path: string, body?: unknown): Promise<Told> => {
    const response = await fetch(`${api.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, type: response.headers.get('content-type'), body: text === '' ? {} : JSON.parse(text) }
  }
  const id = (told: Told): string => {
    expect(told.status, JSON.stringify(told.body)).toBe(201)
    return String(told.body['id'])
  }
  return {
    token,
    send,
    user: async (userName: string, more: object = {}) => id(await send('POST', '/Users', { schemas: [userSchema], userName, ...more })),
    group: async (displayName: string, ...users: string[]) =>
      id(await send('POST', '/Groups', { displayName, members: users.map((value) => ({ value })) })),
    patch: (path: string, ...Operations: object[]) => send('PATCH', path, { schemas: [patchOp], Operations }),
  }
}
