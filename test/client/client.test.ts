import { readFile } from 'node:fs/promises'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { parse } from 'yaml'
import { createSallyport, type Grant, type Request, type Sallyport, SallyportProblem } from '../../src/client/index.ts'
import { testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'

const api = testApi()
const as = (person: string, options: { onBehalfOf?: string; baseUrl?: string } = {}) =>
  createSallyport({ baseUrl: api.url, token: `dev-${person}`, ...options })

describe('the client, against the running service', () => {
  test('asks, approves, reads and gives back', async () => {
    const asked = await as('developer').post('/v1/requests', { body: firstExample })
    expect(asked.status).toBe('pending')
    const path = { id: asked.id }
    const approved = await as('dba').post('/v1/requests/{id}/approve', { params: { path }, body: {} })
    expect(approved.grants.map(({ status }) => status)).toEqual(['applying'])
    const [grant] = approved.grants
    const connect = await as('developer').get('/v1/grants/{id}/connect', { params: { path: { id: grant?.id ?? '' } } })
    expect(connect).toMatchObject({ user: 'db_user', port: 5432 })
    const returned = await as('developer').post('/v1/grants/{id}/return', { params: { path: { id: grant?.id ?? '' } }, body: {} })
    expect(returned.endReason).toBe('returned')
  })

  test('throws what the service refuses, with its code, detail, remedy and fields', async () => {
    const refused = as('developer').post('/v1/requests', { body: { ...firstExample, principal: 'nobody' } })
    await expect(refused).rejects.toBeInstanceOf(SallyportProblem)
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_arn',
      status: 422,
      message: expect.stringContaining('nobody'),
      remedy: 'See the detail for what is wrong in it.',
      fields: [{ pointer: '/principal' }],
      requestId: expect.stringMatching(/./),
    })
  })

  test('walks through every page of a list, and reads no page that nobody asks for', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.push((await as('developer-2').post('/v1/requests', { body: { ...firstExample, reason: `${n}` } })).id)
    const calls: string[] = []
    const sallyport = createSallyport({
      baseUrl: api.url,
      token: 'dev-developer-2',
      fetch: (request) => {
        calls.push(request.url)
        return fetch(request)
      },
    })
    const query = { requester: 'developer-2', limit: 2 }
    const walk = sallyport.each('/v1/requests', { params: { query } })
    expect((await walk.next()).value).toMatchObject({ id: ids.at(-1) })
    expect(calls).toHaveLength(1)
    const rest: string[] = []
    for await (const { id } of walk) rest.push(id)
    expect(rest).toEqual(ids.toReversed().slice(1))
    expect(calls).toHaveLength(3)
  })

  test('acts for a person with an API key', async () => {
    const { token } = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
    const portal = (onBehalfOf?: string) =>
      createSallyport({ baseUrl: api.url, token, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) })
    expect(await portal('developer').post('/v1/requests', { body: firstExample })).toMatchObject({ requester: 'developer' })
    await expect(portal().post('/v1/requests', { body: firstExample })).rejects.toMatchObject({ code: 'person_required' })
    await expect(portal('nobody').get('/v1/grants')).rejects.toMatchObject({ code: 'unknown_person' })
  })

  test('asks for the token before each call, so that it can be renewed', async () => {
    const tokens = ['dev-developer', 'dev-dba']
    const sallyport = createSallyport({ baseUrl: `${api.url}/`, token: async () => tokens.shift() ?? '' })
    const asked = await sallyport.post('/v1/requests', { body: firstExample })
    const seen = await sallyport.get('/v1/requests', { params: { query: { approver: 'me' } } })
    expect(seen.items.map(({ id }) => id)).toContain(asked.id)
  })

  test('is done once, though the answer to it was lost', async () => {
    let lost = 0
    const sallyport = createSallyport({
      baseUrl: api.url,
      token: 'dev-developer',
      fetch: async (request) => {
        const response = await fetch(request)
        if (lost++ > 0) return response
        await response.text()
        throw new TypeError('fetch failed')
      },
    })
    const before = (await as('auditor').get('/v1/requests', { params: { query: { limit: 200 } } })).items.length
    await sallyport.post('/v1/requests', { body: firstExample })
    expect((await as('auditor').get('/v1/requests', { params: { query: { limit: 200 } } })).items).toHaveLength(before + 1)
    expect(lost).toBe(2)
  })
})

describe('an endpoint that is told of events', () => {
  test('is made, changed and deleted', async () => {
    const admin = as('admin')
    const { id } = await admin.post('/v1/webhooks', { body: { url: 'https://portal.example/hooks', description: 'Portal' } })
    const params = { path: { id } }
    expect(await admin.patch('/v1/webhooks/{id}', { params, body: { description: 'The portal' } })).toMatchObject({
      description: 'The portal',
    })
    expect(await admin.delete('/v1/webhooks/{id}', { params })).toBeUndefined()
    await expect(admin.get('/v1/webhooks/{id}', { params })).rejects.toMatchObject({ code: 'webhook_not_found' })
  })
})

describe('the types', () => {
  const sallyport: Sallyport = createSallyport({ baseUrl: 'http://127.0.0.1', token: 'none' })

  test('are those of the API: addresses, bodies, answers', () => {
    expectTypeOf<ReturnType<typeof sallyport.get<'/v1/requests/{id}'>>>().resolves.toEqualTypeOf<Request>()
    expectTypeOf<ReturnType<typeof sallyport.post<'/v1/requests'>>>().resolves.toEqualTypeOf<Request>()
    expectTypeOf<ReturnType<typeof sallyport.each<'/v1/grants'>>>().toEqualTypeOf<AsyncGenerator<Grant, void, undefined>>()
    expectTypeOf<Grant['status']>().toEqualTypeOf<'scheduled' | 'applying' | 'active' | 'revoking' | 'ended'>()
  })

  test('refuse what the API would refuse', () => {
    const wrong = [
      // @ts-expect-error: there is no such address
      () => sallyport.get('/v1/request'),
      // @ts-expect-error: it cannot be read
      () => sallyport.get('/v1/grants/revoke'),
      // @ts-expect-error: which request?
      () => sallyport.get('/v1/requests/{id}'),
      // @ts-expect-error: a reason is needed
      () => sallyport.post('/v1/requests', { body: { principal: '', entitlements: [] } }),
      // @ts-expect-error: no such status
      () => sallyport.get('/v1/grants', { params: { query: { status: 'done' } } }),
      // @ts-expect-error: an unknown field
      () => sallyport.post('/v1/requests/{id}/deny', { params: { path: { id: '' } }, body: { reason: '' } }),
      // @ts-expect-error: it cannot be deleted
      () => sallyport.delete('/v1/requests/{id}', { params: { path: { id: '' } } }),
      // @ts-expect-error: not a list
      () => sallyport.each('/v1/requests/{id}', { params: { path: { id: '' } } }),
    ]
    expect(wrong).toHaveLength(8)
  })

  test('cover every method that the API has', async () => {
    const { paths } = parse(await readFile('openapi/openapi.yaml', 'utf8')) as { readonly paths: Readonly<Record<string, object>> } // our own file
    expect([...new Set(Object.values(paths).flatMap(Object.keys))].toSorted()).toEqual(
      Object.keys(sallyport)
        .filter((name) => name !== 'each')
        .toSorted(),
    )
  })
})
