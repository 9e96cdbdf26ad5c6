import { beforeEach, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { withDeny, withoutPerson, withRule } from '../support/rules.ts'

const api = testApi({ worker: true })
const production = 'production-with-a-dba'
const emergency = {
  who: { groups: ['developers'] },
  longest: 'PT2H',
  review: { groups: ['dba'] },
  notify: { people: ['auditor'], channels: ['#incidents'] },
}

beforeEach(() => api.useRules(withRule(production, { emergency })))

const take = (changes: object = {}) => api.as('developer').ask({ emergency: true, ...changes })
const reviewOf = async (request: string, person = 'dba') => {
  const [review] = (await api.as(person).reviews({ request })).items
  if (review === undefined) throw new Error('there is no review')
  return review
}

describe('emergency access', () => {
  it('is granted at once without approval, told loudly, and stays to be reviewed until somebody signs', async () => {
    const request = await take()
    expect(request).toMatchObject({ status: 'approved', manner: 'emergency', duration: 'PT1H', decisions: [] })
    await eventually(async () => expect(await api.document('role', 'app-reader')).toContain('db_user'))
    const { items } = await api.as('auditor').events({ request: request.id, type: 'grant.emergency' })
    expect(items.map(({ payload }) => payload)).toMatchObject([
      {
        reviewers: { groups: ['dba'], people: [] },
        notify: { groups: [], people: ['auditor'], channels: ['#incidents'] },
        reason: 'Investigate slow invoices',
        grants: request.grants.map(({ id }) => id),
      },
    ])
    const review = await reviewOf(request.id)
    expect(review).toMatchObject({ kind: 'emergency', status: 'open', dueAt: null, turn: ['dba', 'dba-2'] })
    const signed = await api.as('dba').sign(review.id, 'justified')
    expect(signed).toMatchObject({ status: 'signed', outcome: 'justified', signedBy: 'dba' })
    expect((await api.eventsOf(request.id)).filter((type) => type.startsWith('review.'))).toEqual(['review.opened', 'review.signed'])
    await api.as('developer').giveBack(request.grants[0]?.id ?? '')
  })

  it('is taken away at once when a reviewer finds it unjustified', async () => {
    const request = await take({ entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'jane_doe' }] })
    await api.as('dba').sign((await reviewOf(request.id)).id, 'unjustified')
    await eventually(async () =>
      expect(await api.as('developer').grant(request.grants[0]?.id ?? '')).toMatchObject({ status: 'ended', endReason: 'reviewed' }),
    )
  })

  it('is counted while it is open, and listed for whose turn it is', async () => {
    const before = (await api.as('dba').reviews({ reviewer: 'me' })).open
    const request = await take()
    expect(await api.as('dba').reviews({ reviewer: 'me' })).toMatchObject({ open: before + 1 })
    expect((await api.as('developer').reviews({ request: request.id })).items).toHaveLength(1)
    expect(await api.as('developer').reviews({ reviewer: 'me' })).toMatchObject({ open: 0, items: [] })
    expect((await api.as('auditor').reviews({ request: request.id })).items).toHaveLength(1)
    await api.as('dba').sign((await reviewOf(request.id)).id, 'justified')
    expect(await api.as('dba').reviews({ reviewer: 'me' })).toMatchObject({ open: before })
  })

  it.each([
    ['longer than the rule allows', { duration: 'PT3H' }, 'invalid_duration'],
    ['without an end', { duration: null }, 'invalid_duration'],
    ['for later', { startsAt: new Date(Date.now() + 3_600_000).toISOString() }, 'invalid_start'],
    ['without a reason', { reason: ' ' }, 'invalid_request'],
    ['as anything but true or false', { emergency: 'yes' }, 'invalid_request'],
  ])('is not given %s', async (_, changes, code) => {
    await expect(take(changes)).rejects.toMatchObject({ code })
  })

  it('is not given to somebody whom the rule gives none, who may still ask in the ordinary way', async () => {
    await api.useRules(withRule(production, { emergency: { ...emergency, who: { people: ['dba'] } } }))
    await expect(take()).rejects.toMatchObject({ code: 'refused_by_rules', pointers: ['/emergency'] })
    expect(await api.as('developer').ask()).toMatchObject({ status: 'pending', manner: 'ordinary' })
  })

  it('is not given for somebody whom the rule gives none', async () => {
    await api.useRules(withRule(production, { emergency: { ...emergency, who: { people: ['developer'] } } }))
    await expect(take({ beneficiary: 'dba' })).rejects.toMatchObject({ code: 'refused_by_rules' })
  })

  it('is not given where a deny rule touches it', async () => {
    await api.useRules(withRule(production, { emergency }), withDeny('freeze', { dbUsers: ['db_user'] }))
    await expect(take()).rejects.toMatchObject({ code: 'refused_by_rules' })
  })

  it('is shown by the preview with its reviewers and who is told', async () => {
    expect(await api.as('developer').preview({ emergency: true })).toMatchObject({
      allowed: true,
      approvalsNeeded: [],
      longestDuration: 'PT2H',
      review: { reviewers: { groups: ['dba'], people: [] }, every: null, notify: { people: ['auditor'], channels: ['#incidents'] } },
    })
  })
})

describe('a review of emergency access', () => {
  it('is never signed by who took it, whatever group they are in', async () => {
    await api.useRules(withRule(production, { emergency: { ...emergency, who: { groups: ['developers', 'dba'] } } }))
    const request = await api.as('dba').ask({ emergency: true })
    const review = await reviewOf(request.id)
    expect(review.turn).toEqual(['dba-2'])
    await expect(api.as('dba').sign(review.id, 'justified')).rejects.toMatchObject({ code: 'self_approval' })
    await api.as('dba-2').sign(review.id, 'justified')
  })

  it('is signed once, by those whom the rules name', async () => {
    const review = await reviewOf((await take()).id)
    await expect(api.as('auditor').sign(review.id, 'justified')).rejects.toMatchObject({ code: 'not_a_reviewer' })
    await expect(api.as('dba').sign(review.id, 'keep')).rejects.toMatchObject({ code: 'invalid_request', pointers: ['/outcome'] })
    const both = await Promise.allSettled([api.as('dba').sign(review.id, 'justified'), api.as('dba-2').sign(review.id, 'unjustified')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(api.as('dba').sign(review.id, 'justified')).rejects.toMatchObject({ code: 'review_not_open' })
  })

  it('goes by the rules of now, and stays open with those of then when they give none', async () => {
    const first = await reviewOf((await take()).id)
    await api.useRules(withRule(production, { emergency: { ...emergency, review: { groups: ['security'] } } }))
    await expect(api.as('dba').sign(first.id, 'justified')).rejects.toMatchObject({ code: 'not_a_reviewer' })
    await api.as('security').sign(first.id, 'justified')
    await api.useRules(withRule(production, { emergency }))
    const second = await reviewOf((await take()).id)
    await api.useRules(withoutPerson('dba-2'))
    await api.as('dba').sign(second.id, 'justified')
  })

  it.each(['dba/../x', 'rev_01kazv5vb4pex5vsknk084sn02', `rev_${'z'.repeat(26)}`])('is not found as %s', async (id) => {
    expect((await api.as('dba').post(`/v1/reviews/${encodeURIComponent(id)}/sign`, { outcome: 'justified', note: 'x' })).status).toBeOneOf([
      400, 404,
    ])
  })

  it.each([
    {},
    { outcome: 'justified' },
    { outcome: 'justified', note: '' },
    { outcome: 'maybe', note: 'x' },
    { outcome: 'justified', note: 'x', by: 'dba' },
  ])('is not signed by %j', async (body) => {
    const review = await reviewOf((await take()).id)
    expect((await api.as('dba').post(`/v1/reviews/${review.id}/sign`, body)).status).toBe(400)
    expect(await reviewOf(review.request)).toMatchObject({ status: 'open' })
  })

  it('comes in pages, the open ones first', async () => {
    await Promise.all([take(), take(), take()].map((each) => each.catch(() => null)))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof api.as>['reviews']>> = await api
        .as('auditor')
        .reviews({ limit: '3', ...(cursor === null ? {} : { cursor }) })
      seen.push(...page.items.map(({ status, id }) => `${status === 'open' ? 0 : 1} ${id}`))
      cursor = page.nextCursor
    } while (cursor !== null)
    const statuses = seen.map((each) => each.slice(0, 1))
    expect(statuses).toEqual([...statuses].sort())
    expect(new Set(seen).size).toBe(seen.length)
    await expect(api.as('auditor').reviews({ cursor: 'open.x' })).rejects.toMatchObject({ code: 'invalid_cursor' })
  })
})
