import { beforeAll, describe, expect, it, test } from 'vitest'
import { testApi } from '../support/api.ts'

const api = testApi()
const auditor = api.as('auditor')
const story = { request: '', grant: '' }

beforeAll(async () => {
  const { id } = await api.as('developer').ask()
  const { grants } = await api.as('dba').approve(id)
  Object.assign(story, { request: id, grant: grants[0]?.id })
})

describe('the audit log', () => {
  it('is for auditors, admins, and programs with the scope', async () => {
    expect((await api.as('admin').events()).items.length).toBeGreaterThan(0)
    const { token } = await api.key({ name: 'siem', scopes: ['audit'] })
    expect((await api.withKey(token).events()).items.length).toBeGreaterThan(0)
    for (const person of ['developer', 'dba', 'security']) {
      await expect(api.as(person).events()).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    }
    const reader = await api.key({ name: 'reader', scopes: ['read'] })
    await expect(api.withKey(reader.token).events()).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
  })

  it('tells a story newest first, each event the same when it is read alone', async () => {
    const { items } = await auditor.events({ request: story.request })
    expect(items.map(({ type }) => type)).toEqual(['grant.opened', 'request.approved', 'decision.recorded', 'request.created'])
    expect(items.map(({ actor }) => actor.person)).toEqual(['dba', 'dba', 'dba', 'developer'])
    for (const event of items) expect(await auditor.event(event.id)).toEqual(event)
    const seqs = items.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
  })

  it('says what each event changed', async () => {
    const { items } = await auditor.events({ request: story.request })
    expect(Object.fromEntries(items.map(({ type, payload }) => [type, payload]))).toMatchObject({
      'request.created': {
        before: null,
        after: 'pending',
        requester: 'developer',
        principal: 'arn:aws:iam::123456789012:role/app-reader',
        entitlements: [{ database: 'arn:aws:rds:us-east-2:123456789012:cluster:orders', dbUser: 'db_user', rule: 'production-with-a-dba' }],
        duration: 'PT1H',
        reason: 'Investigate slow invoices',
      },
      'decision.recorded': { verdict: 'approve', comment: null, entitlements: [0] },
      'request.approved': { before: 'pending', after: 'approved', approvedBy: ['dba'] },
      'grant.opened': { before: null, after: 'applying', resource: expect.stringContaining('dbuser:cluster-ABCDEFGHIJKL01234/db_user') },
    })
  })

  it('is narrowed by each filter', async () => {
    const typesOf = async (query: Record<string, string>) => new Set((await auditor.events(query)).items.map(({ type }) => type))
    expect(await typesOf({ type: 'request.created' })).toEqual(new Set(['request.created']))
    expect(await typesOf({ grant: story.grant })).toEqual(new Set(['grant.opened']))
    expect(await typesOf({ person: 'developer' })).toEqual(new Set(['request.created', 'authority.refused']))
    expect(await typesOf({ until: '2020-01-01T00:00:00Z' })).toEqual(new Set())
    expect(await typesOf({ since: '2999-01-01T00:00:00Z' })).toEqual(new Set())
    expect((await typesOf({ since: '0001-01-01T00:00:00Z', until: '9999-12-31T23:59:59Z' })).size).toBeGreaterThan(3)
    const [event] = (await auditor.events({ type: 'request.created' })).items
    expect(await typesOf({ since: event?.at ?? '', type: 'request.created' })).toEqual(new Set(['request.created']))
    expect(await typesOf({ until: event?.at ?? '', type: 'request.created' })).toEqual(new Set())
  })

  it('is read page by page, and what is recorded meanwhile moves nothing', async () => {
    const whole = (await auditor.events({ limit: '200' })).items.map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string> = cursor === null ? { limit: '3' } : { limit: '3', cursor }
      const page = await auditor.events(query)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      await api.as('developer').ask()
    } while (cursor !== null)
    expect(seen).toEqual(whole)
  })

  test.each([
    'since=0000-01-01T00:00:00Z',
    'until=0001-01-01T00:00:00%2B23:59',
    'since=yesterday',
    'type=request.made',
    'cursor=x',
    'limit=1000',
    'who=me',
  ])('a query such as %s is refused', async (query) => {
    expect((await auditor.get(`/v1/audit?${query}`)).status).toBe(400)
  })

  it('does not find what is not there', async () => {
    await expect(auditor.event('evt_01kazv5vb4pex5vsknk084sn02')).rejects.toMatchObject({ status: 404, code: 'audit_event_not_found' })
  })
})
