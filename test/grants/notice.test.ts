import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { workerOf } from '../../src/app/work.ts'
import { beginDue, giveNotice } from '../../src/grants/index.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { mayStart } from '../../src/requests/index.ts'
import { eventually, testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

const rule = 'production-with-a-dba'
const api = testApi()
const developer = api.as('developer')
const MINUTE = 60_000

beforeEach(() => api.useRules())

/** A grant that was approved; in IAM already, unless it begins later. */
async function granted(changes: object = {}): Promise<string> {
  const { id } = await developer.ask(changes)
  const [grant] = (await api.as('dba').approve(id)).grants
  if (grant === undefined) throw new Error('nothing was granted')
  if (grant.status === 'applying') await api.change('grant', `status = 'active', active_at = now()`, grant.id)
  return grant.id
}

/** How long before its end notice of a grant is given, in minutes; null: never. */
async function minutesBefore(id: string): Promise<number | null> {
  const { notifyAt, endsAt } = await developer.grant(id)
  return notifyAt === null ? null : (Date.parse(endsAt) - Date.parse(notifyAt)) / MINUTE
}

const told = async (grant: string) =>
  (await api.as('auditor').events({ type: 'grant.ends_soon', grant })).items.map(({ payload }) => payload)

async function letTheStartCome(id: string): Promise<void> {
  await api.letPass(id, '1 day')
  await api.parts.db.inTransaction(async (tx) => {
    const { targetId } = await tx.prisma.grant.findUniqueOrThrow({ where: { id } })
    await beginDue(tx, targetId as Id<'tgt'>, await tx.now(), mayStart(api.parts, pino({ level: 'silent' }))) // as the stores make them
  })
}
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()

describe('notice of an end', () => {
  it('is given once, when its time has come, and asks nothing of AWS', async () => {
    const id = await granted()
    expect(await minutesBefore(id)).toBe(15)
    await api.letPass(id, '44 minutes')
    expect(await told(id)).toEqual([])
    api.standIn.calls.reset()
    await api.letPass(id, '2 minutes')
    await api.letPass(id, '1 minute')
    const { endsAt, notifyAt } = await developer.grant(id)
    expect(await told(id)).toEqual([
      {
        status: 'active',
        endsAt: new Date(Date.parse(endsAt) + MINUTE).toISOString(),
        notifyAt: new Date(Date.parse(notifyAt ?? '') + MINUTE).toISOString(),
      },
    ])
    expect(api.standIn.calls.list()).toEqual([])
    expect(await api.eventsOf((await developer.grant(id)).request)).toContain('grant.ends_soon')
  })

  it('is given as early as the rule says', async () => {
    await api.useRules(withRule(rule, { notifyBefore: 'PT30M' }))
    const id = await granted()
    expect(await minutesBefore(id)).toBe(30)
    await api.letPass(id, '31 minutes')
    expect(await told(id)).toHaveLength(1)
  })

  it('is given anew once the end has moved, by the rules of then', async () => {
    await api.useRules(withRule(rule, { extensions: { count: 2, total: 'PT8H', approvals: 'auto' } }))
    const id = await granted()
    await api.letPass(id, '46 minutes')
    await api.useRules(withRule(rule, { extensions: { count: 2, total: 'PT8H', approvals: 'auto' }, notifyBefore: 'PT20M' }))
    await developer.post(`/v1/grants/${id}/extend`, { reason: 'Still at it', duration: 'PT1H' })
    expect(await minutesBefore(id)).toBe(20)
    await api.letPass(id, '10 minutes')
    expect(await told(id)).toHaveLength(1)
    await api.letPass(id, '50 minutes')
    expect(await told(id)).toHaveLength(2)
  })

  it('is given of short access once that is extended', async () => {
    await api.useRules(withRule(rule, { extensions: { count: 1, total: 'PT8H', approvals: 'auto' } }))
    const id = await granted({ duration: 'PT20M' })
    expect(await minutesBefore(id)).toBeNull()
    await developer.post(`/v1/grants/${id}/extend`, { reason: 'Still at it', duration: 'PT20M' })
    expect(await minutesBefore(id)).toBe(15)
  })

  it('is given before an end that the rules of its start brought forward', async () => {
    const id = await granted({ startsAt: tomorrow(), duration: 'PT4H' })
    await api.useRules(withRule(rule, { duration: { default: 'PT1H', longest: 'PT2H' } }))
    await letTheStartCome(id)
    expect(await minutesBefore(id)).toBe(15)
  })

  it('is not given where they left little of it', async () => {
    const id = await granted({ startsAt: tomorrow(), duration: 'PT4H' })
    await api.useRules(withRule(rule, { duration: { default: 'PT20M', longest: 'PT20M' } }))
    await letTheStartCome(id)
    expect(await minutesBefore(id)).toBeNull()
  })

  it.each([
    ['that lasts less than twice as long', { duration: 'PT29M' }],
    ['without an end, of which reviews remind', { duration: null }],
  ])('is not given of access %s', async (_, changes) => {
    await api.useRules(withRule(rule, { standing: { reviewEvery: 'P90D', remindBefore: 'P14D', reviewers: { groups: ['dba'] } } }))
    expect(await minutesBefore(await granted(changes))).toBeNull()
  })

  it.each([
    ['has ended meanwhile, as when no worker was there', '61 minutes', `status = 'active'`],
    ['is not in IAM', '46 minutes', `status = 'applying', active_at = null`],
    ['is being taken away', '46 minutes', `status = 'revoking', end_reason = 'revoked', revoking_at = now()`],
  ])('is not given of a grant that %s', async (_, time, change) => {
    const id = await granted()
    await api.change('grant', change, id)
    await api.letPass(id, time)
    expect(await told(id)).toEqual([])
  })

  it('is given once by the first of the workers that are back, where none was there at its time', async () => {
    const id = await granted()
    await api.change(
      'grant',
      `starts_at = starts_at - interval '50 minutes', ends_at = ends_at - interval '50 minutes', notify_at = notify_at - interval '50 minutes'`,
      id,
    )
    const workers = [workerOf(api.parts), workerOf(api.parts)]
    try {
      for (const worker of workers) worker.start()
      await eventually(async () => expect(await told(id)).toHaveLength(1))
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()))
    }
    await Promise.all([1, 2].map(() => api.parts.db.inTransaction(giveNotice)))
    expect(await told(id)).toHaveLength(1)
  })
})
