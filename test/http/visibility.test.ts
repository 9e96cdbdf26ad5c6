import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { accessReportSchema } from '../../src/access/access-schemas.ts'
import { eventually, testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'
import { withPerson } from '../support/rules.ts'

const api = testApi({ rules: withPerson('stranger'), worker: true })
type Caller = ReturnType<typeof api.as>

const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
/** What everything that is made here is called in the tables below. */
const names = new Map<string, string>()
const ids = { request: '', grant: '', connectable: '', event: '', key: '', webhook: '', delivery: '' }
const callers: Record<string, Caller> = {}

beforeAll(async () => {
  const lent = await api.as('developer').ask({ beneficiary: 'developer-2' })
  const { grants } = await api.as('dba').approve(lent.id)
  const own = await api.as('developer-2').ask()
  const atOnce = await api.as('developer-2').ask(staging)
  const named = { lent: lent.id, own: own.id, 'at-once': atOnce.id, 'grant-lent': grants[0]?.id, 'grant-at-once': atOnce.grants[0]?.id }
  for (const [name, id] of Object.entries(named)) names.set(id ?? '', name)
  Object.assign(ids, { request: lent.id, grant: grants[0]?.id })

  const read = (answer: { status: number; headers: Headers; text: string }) => {
    if (answer.status >= 400) throw new Refused(answer)
    return JSON.parse(answer.text)
  }
  const admin = api.as('admin')
  ids.webhook = read(await admin.post('/v1/webhooks', { url: 'https://portal.example.com/hook' })).id
  ids.delivery = read(await admin.post(`/v1/webhooks/${ids.webhook}/test`)).id
  const reader = await api.key({ name: 'reader', scopes: ['read'] })
  const portal = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
  const asks = await api.key({ name: 'asks-only', scopes: ['ask'] })
  ids.key = reader.key.id
  const { items } = await admin.events({ request: lent.id })
  ids.event = items[0]?.id ?? ''
  for (const person of ['developer', 'developer-2', 'dba-2', 'security', 'stranger', 'admin', 'auditor']) callers[person] = api.as(person)
  Object.assign(callers, {
    'a key that reads': api.withKey(reader.token),
    'a key for developer': api.withKey(portal.token, 'developer'),
    'a key for admin': api.withKey(portal.token, 'admin'),
    'a key that only asks': api.withKey(asks.token, 'developer'),
    'nobody we know': api.withKey('sp_nothing'),
  })
  await eventually(async () => {
    await admin.access({ database: 'cluster-ABCDEFGHIJKL01234' })
    expect((await admin.grant(ids.grant)).status).toBe('active')
  })
})

const everybody = [
  'developer',
  'developer-2',
  'dba-2',
  'security',
  'stranger',
  'admin',
  'auditor',
  'a key that reads',
  'a key for developer',
  'a key for admin',
  'a key that only asks',
  'nobody we know',
] as const
type Name = (typeof everybody)[number]

/** What each gets: those not named get `others`; whoever only asks lacks the scope, and nobody is let in unknown. */
interface Row {
  readonly route: string
  readonly path: () => string
  /** Of a good answer, what matters. */
  readonly of?: (body: Body) => unknown
  readonly others: unknown
  readonly but?: Partial<Readonly<Record<Name, unknown>>>
}
type Body = { readonly items: readonly { readonly id: string }[] } & Readonly<Record<string, unknown>>

const namesOf = ({ items }: Body) => items.map(({ id }) => names.get(id)).sort()
const accessOf = (body: Body) => {
  const { shows, items } = body as unknown as z.infer<typeof accessReportSchema> // what this route answers
  return [shows, ...new Set(items.flatMap(({ access }) => access.flatMap(({ grants }) => grants.map(({ grant }) => names.get(grant)))))]
}
const whom = ({ person, admin, auditor }: Body) => [(person as { id: string } | null)?.id ?? null, admin, auditor]
const notYours = '403 not_permitted'
const noScope = '403 missing_scope'
const fine = '200'

const onlyAdmins = { others: notYours, but: { admin: fine } as const }
const lent = {
  others: notYours,
  but: {
    developer: fine,
    'developer-2': fine,
    'dba-2': fine,
    admin: fine,
    auditor: fine,
    'a key that reads': fine,
    'a key for developer': fine,
    'a key for admin': fine,
  } as const,
}
const scoped = { 'a key that reads': noScope, 'a key for developer': noScope, 'a key for admin': noScope } as const
const all = ['at-once', 'lent', 'own']
const allGrants = ['grant-at-once', 'grant-lent']

const rows: readonly Row[] = [
  {
    route: '/v1/requests',
    path: () => '/v1/requests',
    of: namesOf,
    others: [],
    but: {
      developer: ['lent'],
      'developer-2': all,
      'dba-2': ['lent', 'own'],
      admin: all,
      auditor: all,
      'a key that reads': all,
      'a key for developer': ['lent'],
      'a key for admin': all,
    },
  },
  { route: '/v1/requests/{id}', path: () => `/v1/requests/${ids.request}`, ...lent },
  {
    route: '/v1/grants',
    path: () => '/v1/grants',
    of: namesOf,
    others: [],
    but: {
      developer: ['grant-lent'],
      'developer-2': allGrants,
      'dba-2': ['grant-lent'],
      admin: allGrants,
      auditor: allGrants,
      'a key that reads': allGrants,
      'a key for developer': ['grant-lent'],
      'a key for admin': allGrants,
    },
  },
  { route: '/v1/grants/{id}', path: () => `/v1/grants/${ids.grant}`, ...lent },
  { route: '/v1/grants/{id}/connect', path: () => `/v1/grants/${ids.grant}/connect`, ...lent },
  {
    route: '/v1/access',
    path: () => '/v1/access?database=cluster-ABCDEFGHIJKL01234',
    of: accessOf,
    others: ['own grants'],
    but: {
      developer: ['own grants', 'grant-lent'],
      'developer-2': ['own grants', 'grant-lent'],
      'dba-2': ['own grants', 'grant-lent'],
      admin: ['everything', 'grant-lent'],
      auditor: ['everything', 'grant-lent'],
      'a key that reads': ['everything', 'grant-lent'],
      'a key for developer': ['own grants', 'grant-lent'],
      'a key for admin': ['everything', 'grant-lent'],
    },
  },
  ...['/v1/audit', '/v1/audit/{id}'].map((route) => ({
    route,
    path: () => route.replace('{id}', ids.event),
    others: notYours,
    but: { admin: fine, auditor: fine, ...scoped },
  })),
  ...['/v1/keys', '/v1/keys/{ref}'].map((route) => ({ route, path: () => route.replace('{ref}', ids.key), ...onlyAdmins })),
  ...['/v1/webhooks', '/v1/webhooks/{id}', '/v1/webhooks/{id}/deliveries', '/v1/webhooks/{id}/deliveries/{delivery}'].map((route) => ({
    route,
    path: () => route.replace('{id}', ids.webhook).replace('{delivery}', ids.delivery),
    others: notYours,
    but: { admin: fine, ...scoped },
  })),
  // The catalog is for everybody who may ask.
  ...['/v1/databases', '/v1/databases/{ref}', '/v1/databases/sync', '/v1/accounts', '/v1/accounts/{id}'].map((route) => ({
    route,
    path: () => route.replace('{ref}', 'cluster-ABCDEFGHIJKL01234').replace('{id}', '123456789012'),
    others: fine,
  })),
  // Whom one may ask is no secret, nor that there is nothing to review.
  ...['/v1/people', '/v1/people/{id}'].map((route) => ({ route, path: () => route.replace('{id}', 'dba'), others: fine })),
  { route: '/v1/reviews', path: () => '/v1/reviews', of: namesOf, others: [] },
  { route: '/v1/reviews/{id}', path: () => '/v1/reviews/rev_01h455vb4pex5vsknk084sn02q', others: '404 review_not_found' },
  {
    route: '/v1/rules',
    path: () => '/v1/rules',
    others: notYours,
    but: { admin: fine, auditor: fine, 'a key that reads': fine, 'a key for admin': fine },
  },
  {
    route: '/v1/me',
    path: () => '/v1/me',
    of: whom,
    others: null,
    but: {
      ...Object.fromEntries(['developer', 'developer-2', 'dba-2', 'security', 'stranger'].map((id) => [id, [id, false, false]])),
      admin: ['admin', true, false],
      auditor: ['auditor', false, true],
      'a key that reads': [null, false, false],
      'a key for developer': ['developer', false, false],
      'a key for admin': ['admin', true, false],
      'a key that only asks': ['developer', false, false],
    },
  },
]

/** Where a route asks for no scope, whoever only asks is refused for who they are, or told. */
const withoutScope = ['/v1/keys', '/v1/keys/{ref}', '/v1/me']

function expected({ route, others, but }: Row, name: Name): unknown {
  if (name === 'nobody we know') return '401 unauthenticated'
  if (name === 'a key that only asks' && !withoutScope.includes(route)) return noScope
  return but?.[name] ?? others
}

describe.each(rows)('GET $route', (row) => {
  test('shows everybody what is theirs, and nobody more', async () => {
    const told: Record<string, unknown> = {}
    for (const name of everybody) {
      const answer = await callers[name]?.get(row.path())
      if (answer === undefined) throw new Error(`there is no ${name}`)
      const body = JSON.parse(answer.text)
      told[name] = answer.status !== 200 ? `${answer.status} ${body.code}` : (row.of?.(body) ?? fine)
    }
    expect(told).toEqual(Object.fromEntries(everybody.map((name) => [name, expected(row, name)])))
  })
})

test('no route that answers is missing from these tables', async () => {
  const { paths } = JSON.parse((await api.as('admin').get('/openapi.json')).text)
  const closed = Object.entries<{ get?: { security?: unknown } }>(paths).flatMap(([path, { get }]) =>
    get === undefined || get.security !== undefined ? [] : [path],
  )
  expect(closed.sort()).toEqual(rows.map(({ route }) => route).sort())
})
