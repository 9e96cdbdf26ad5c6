import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { beginDue } from '../../src/grants/index.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { mayStart } from '../../src/requests/index.ts'
import { lookAfterReviews } from '../../src/reviews/index.ts'
import { testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

const api = testApi()
const production = 'production-with-a-dba'
const standing = { reviewEvery: 'P90D', remindBefore: 'P14D', reviewers: { groups: ['dba'] } }
const DAY = 86_400_000

beforeEach(() => api.useRules(withRule(production, { standing })))

const users = ['db_user', 'jane_doe']
/** Approved standing access to two database users. */
async function approved() {
  const asked = await api
    .as('developer')
    .ask({ duration: null, entitlements: users.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser })) })
  const request = await api.as('dba').approve(asked.id)
  return { request: request.id, grants: request.grants.map(({ id }) => id) }
}

/** Makes time pass until so many days before the review is due. */
async function letPassUntil(days: number, grants: readonly string[]): Promise<void> {
  for (const id of grants)
    await api.change('grant', `starts_at = now() - interval '100 days', ends_at = now() + interval '${days} days'`, id)
  await api.parts.db.inTransaction(lookAfterReviews)
}

const reviewsOf = async (request: string) => (await api.as('dba').reviews({ request })).items
const open = async (request: string) => {
  const review = (await reviewsOf(request)).find(({ status }) => status === 'open')
  if (review === undefined) throw new Error('no review is open')
  return review
}

/** What a worker does first with a target: what time asks of its grants. */
const letAWorkerLook = (grant: string) =>
  api.parts.db.inTransaction(async (tx) => {
    const { targetId } = await tx.prisma.grant.findUniqueOrThrow({ where: { id: grant } })
    await beginDue(tx, targetId as Id<'tgt'>, await tx.now(), mayStart(api.parts, pino({ level: 'silent' }))) // as the stores make them
  })

describe('standing access', () => {
  it('is asked for with duration null, needs the approvals of its rule, and is shown as such', async () => {
    const asked = await api.as('developer').ask({ duration: null })
    expect(asked).toMatchObject({ status: 'pending', manner: 'standing', duration: null })
    const { grants } = await api.as('dba').approve(asked.id)
    expect(grants).toMatchObject([{ standing: true, duration: null }])
    expect(Date.parse(grants[0]?.endsAt ?? '') - Date.now()).toBeGreaterThan(89 * DAY)
    expect((await api.as('developer').connect(grants[0]?.id ?? '')).notes.join(' ')).toContain('no end of its own')
    expect(await reviewsOf(asked.id)).toMatchObject([{ kind: 'standing', status: 'planned', turn: [] }])
    await api.as('developer').giveBack(grants[0]?.id ?? '')
  })

  it('is not given by a rule without it, nor shortened by an approver', async () => {
    const asked = await api.as('developer').ask({ duration: null })
    await expect(api.as('dba').approve(asked.id, { duration: 'PT1H' })).rejects.toMatchObject({ code: 'approval_widens' })
    await api.useRules()
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({ code: 'refused_by_rules' })
    await expect(api.as('developer').ask({ duration: null })).rejects.toMatchObject({ code: 'refused_by_rules', pointers: ['/duration'] })
  })

  it('lasts for what the rule says of ordinary access where a duration is named, or none is', async () => {
    expect(await api.as('developer').ask({ duration: 'PT2H' })).toMatchObject({ manner: 'ordinary', duration: 'PT2H' })
    expect(await api.as('developer').ask({ duration: undefined })).toMatchObject({ manner: 'ordinary', duration: 'PT1H' })
  })

  it('is previewed with its reviews', async () => {
    expect(await api.as('developer').preview({ duration: null })).toMatchObject({
      duration: null,
      review: { every: 'PT2160H', opens: 'PT336H', reviewers: { groups: ['dba'] } },
    })
  })

  it('is kept until its next review by a reviewer, once asked', async () => {
    const { request, grants } = await approved()
    const [planned] = await reviewsOf(request)
    await expect(api.as('dba').sign(planned?.id ?? '', 'keep')).rejects.toMatchObject({ code: 'review_not_open' })
    await letPassUntil(10, grants)
    await expect(api.as('developer').sign((await open(request)).id, 'keep')).rejects.toMatchObject({ code: 'self_approval' })
    await api.as('dba').sign((await open(request)).id, 'keep')
    for (const id of grants) {
      const grant = await api.as('developer').grant(id)
      expect(Date.parse(grant.endsAt) - Date.now()).toBeGreaterThan(89 * DAY)
    }
    expect((await reviewsOf(request)).map(({ status }) => status).sort()).toEqual(['planned', 'signed'])
    expect(await api.eventsOf(request)).toEqual(expect.arrayContaining(['review.opened', 'grant.kept', 'review.signed']))
  })

  it('ends at once when a reviewer says so', async () => {
    const { request, grants } = await approved()
    await letPassUntil(10, grants)
    await api.as('dba').sign((await open(request)).id, 'end')
    for (const id of grants) expect(await api.as('developer').grant(id)).toMatchObject({ status: 'revoking', endReason: 'reviewed' })
  })

  it('ends by itself when nobody keeps it, and cannot be kept afterwards though no worker has come by', async () => {
    const { request, grants } = await approved()
    await letPassUntil(10, grants)
    const { id } = await open(request)
    for (const grant of grants) await api.change('grant', `ends_at = now() - interval '1 second'`, grant)
    await expect(api.as('dba').sign(id, 'keep')).rejects.toMatchObject({ code: 'review_not_open' })
    expect(await reviewsOf(request)).toMatchObject([{ status: 'lapsed', turn: [] }])
    await letAWorkerLook(grants[0] ?? '')
    await api.parts.db.inTransaction(lookAfterReviews)
    for (const grant of grants)
      expect(await api.as('developer').grant(grant)).toMatchObject({ status: 'revoking', endReason: 'unreviewed' })
    expect((await api.eventsOf(request)).filter((type) => type === 'review.lapsed')).toHaveLength(1)
  })

  it('is not kept where no rule gives it any more, and may be ended by who was asked', async () => {
    const { request, grants } = await approved()
    await letPassUntil(10, grants)
    await api.useRules()
    const { id } = await open(request)
    await expect(api.as('dba').sign(id, 'keep')).rejects.toMatchObject({ code: 'refused_by_rules' })
    expect(await reviewsOf(request)).toMatchObject([{ status: 'open' }])
    await api.as('dba').sign(id, 'end')
  })

  it('is kept for as long as the rules of now say', async () => {
    const { request, grants } = await approved()
    await letPassUntil(10, grants)
    await api.useRules(withRule(production, { standing: { ...standing, reviewEvery: 'P7D', remindBefore: 'P1D' } }))
    await api.as('dba').sign((await open(request)).id, 'keep')
    const grant = await api.as('developer').grant(grants[0] ?? '')
    expect(Date.parse(grant.endsAt) - Date.now()).toBeLessThan(7 * DAY + 60_000)
  })

  it('has nothing left to review once it was given back', async () => {
    const { request, grants } = await approved()
    for (const id of grants) await api.as('developer').giveBack(id)
    await api.parts.db.inTransaction(lookAfterReviews)
    expect(await reviewsOf(request)).toMatchObject([{ status: 'lapsed', outcome: null }])
  })

  it('is kept whole: what was given back before stays so', async () => {
    const { request, grants } = await approved()
    await letPassUntil(10, grants)
    await api.as('developer').giveBack(grants[0] ?? '')
    await api.as('dba').sign((await open(request)).id, 'keep')
    expect(await api.as('developer').grant(grants[0] ?? '')).toMatchObject({ status: 'revoking', endReason: 'returned' })
  })
})
