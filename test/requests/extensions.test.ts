import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

const rule = 'production-with-a-dba'
const extensions = { count: 2, total: 'PT4H' }
const api = testApi({ worker: true, rules: withRule(rule, { extensions }) })
const developer = api.as('developer')

/** A grant of one hour that is in IAM; of a database user of its own, so that the tests do not meet. */
async function active(changes: object = {}): Promise<{ id: string; endsAt: number }> {
  const { id } = await developer.ask(changes)
  const [grant] = (await api.as('dba').approve(id)).grants
  const grantId = grant?.id ?? ''
  await eventually(async () => expect((await developer.grant(grantId)).status).toBe('active'))
  return { id: grantId, endsAt: Date.parse(grant?.endsAt ?? '') }
}

const endOf = async (grantId: string) => Date.parse((await developer.grant(grantId)).endsAt)
const writes = async () => (await api.as('auditor').events({ type: 'iam.write.intended' })).items.length
const HOUR = 3_600_000

beforeEach(() => api.useRules(withRule(rule, { extensions })))

describe('an extension', () => {
  it('is a request of its own, and moves the end of the grant without a moment without access or a write to IAM', async () => {
    const grant = await active()
    const document = await api.document('role', 'app-reader')
    const before = await writes()
    const asked = await developer.extend(grant.id, { duration: 'PT2H' })
    expect(asked).toMatchObject({
      status: 'pending',
      manner: 'extension',
      extends: grant.id,
      duration: 'PT2H',
      reason: 'Still at it',
      grants: [],
    })
    expect(await endOf(grant.id)).toBe(grant.endsAt)
    const approved = await api.as('dba').approve(asked.id)
    expect(approved).toMatchObject({ status: 'approved', extends: grant.id, grants: [] })
    expect(await endOf(grant.id)).toBe(grant.endsAt + 2 * HOUR)
    await eventually(async () => {
      const { rows } = await api.parts.db.pool.query('select from graphile_worker.jobs where run_at <= now()')
      expect(rows).toEqual([])
    })
    expect(await writes()).toBe(before)
    expect(await api.document('role', 'app-reader')).toBe(document)
    expect(await api.eventsOf(asked.id)).toEqual(['request.created', 'decision.recorded', 'request.approved'])
    const { items } = await api.as('auditor').events({ type: 'grant.extended', grant: grant.id })
    expect(items.map(({ payload }) => payload)).toEqual([
      { endsAtBefore: new Date(grant.endsAt).toISOString(), endsAtAfter: new Date(grant.endsAt + 2 * HOUR).toISOString(), by: asked.id },
    ])
  })

  it('lasts for what the rule says where no duration is named', async () => {
    const grant = await active()
    await api.as('dba').approve((await developer.extend(grant.id)).id)
    expect(await endOf(grant.id)).toBe(grant.endsAt + HOUR)
  })

  it('lasts for what is left of the total, where that is less and no duration is named', async () => {
    const grant = await active()
    await api.as('dba').approve((await developer.extend(grant.id, { duration: 'PT2H30M' })).id)
    const asked = await developer.extend(grant.id)
    expect(asked).toMatchObject({ duration: 'PT30M', limits: { longestDuration: 'PT30M' } })
    await api.as('dba').approve(asked.id)
    expect(await endOf(grant.id)).toBe(grant.endsAt + 3 * HOUR)
  })

  it('has the ticket of the request that it extends, unless another is named or none', async () => {
    const [ticket, other] = ['OPS-17', 'OPS-18'].map((key) => ({ system: 'jira', key }))
    const grant = await active({ ticket })
    for (const [named, kept] of [
      [{}, ticket],
      [{ ticket: other }, other],
      [{ ticket: null }, null],
    ] as const) {
      const asked = await developer.extend(grant.id, named)
      expect(asked.ticket).toEqual(kept)
      await developer.withdraw(asked.id)
    }
  })

  it('needs the approvals that the rule wants of extensions, which may be none', async () => {
    await api.useRules(withRule(rule, { extensions: { ...extensions, approvals: 'auto' } }))
    const grant = await active()
    expect(await developer.extend(grant.id)).toMatchObject({ status: 'approved' })
    expect(await endOf(grant.id)).toBe(grant.endsAt + HOUR)
  })

  it('may be shortened by an approver, and never goes past the total', async () => {
    const grant = await active()
    await api.as('dba').approve((await developer.extend(grant.id, { duration: 'PT3H' })).id, { duration: 'PT30M' })
    expect(await endOf(grant.id)).toBe(grant.endsAt + HOUR / 2)
    await expect(developer.extend(grant.id, { duration: 'PT3H' })).rejects.toMatchObject({
      code: 'invalid_duration',
      pointers: ['/duration'],
    })
    await api.as('dba').approve((await developer.extend(grant.id, { duration: 'PT2H30M' })).id)
    expect(await endOf(grant.id)).toBe(grant.endsAt + 3 * HOUR)
  })

  it('keeps to the smaller total where the rules have changed since it was asked for', async () => {
    const grant = await active()
    const asked = await developer.extend(grant.id, { duration: 'PT3H' })
    await api.useRules(withRule(rule, { extensions: { ...extensions, total: 'PT2H' } }))
    await api.as('dba').approve(asked.id)
    expect(await endOf(grant.id)).toBe(grant.endsAt + HOUR)
  })

  it('is had so many times and no more', async () => {
    const grant = await active()
    for (const _ of [1, 2]) await api.as('dba').approve((await developer.extend(grant.id, { duration: 'PT15M' })).id)
    await expect(developer.extend(grant.id, { duration: 'PT15M' })).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining('2 times'),
    })
  })

  it('waits for one decision at a time', async () => {
    const grant = await active()
    const first = await developer.extend(grant.id)
    await expect(developer.extend(grant.id)).rejects.toMatchObject({ code: 'extension_waits', status: 409 })
    await developer.withdraw(first.id)
    expect(await developer.extend(grant.id)).toMatchObject({ status: 'pending' })
  })

  it('is asked for once under one Idempotency-Key', async () => {
    const grant = await active()
    const key = { 'idempotency-key': randomUUID() }
    const asked = await developer.extend(grant.id, {}, key)
    expect((await developer.extend(grant.id, {}, key)).id).toBe(asked.id)
  })

  it('is not approved by who asked, nor once the grant has ended', async () => {
    const grant = await active({ entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'mary_roe' }] })
    const asked = await developer.extend(grant.id)
    await expect(developer.approve(asked.id)).rejects.toMatchObject({ code: 'self_approval' })
    await developer.giveBack(grant.id)
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({ code: 'grant_ended' })
    expect(await api.as('dba').deny(asked.id)).toMatchObject({ status: 'denied' })
  })
})

describe('nothing is extended', () => {
  it('for somebody else, or where there is nothing', async () => {
    const grant = await active()
    await expect(api.as('dba').extend(grant.id)).rejects.toMatchObject({ code: 'not_permitted' })
    await expect(api.as('security').extend(grant.id)).rejects.toMatchObject({ code: 'not_permitted' })
    await expect(developer.extend('grt_01h455vb4pex5vsknk084sn02q')).rejects.toMatchObject({ code: 'grant_not_found' })
  })

  it('where the rule gives no extensions', async () => {
    const grant = await active()
    await api.useRules()
    await expect(developer.extend(grant.id)).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining('no extensions'),
    })
  })

  it('that has ended', async () => {
    const grant = await active({ entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'jane_doe' }] })
    await developer.giveBack(grant.id)
    await expect(developer.extend(grant.id)).rejects.toMatchObject({ code: 'grant_ended' })
  })

  it('that has not started: its start would be judged without what the extension adds', async () => {
    const { id } = await developer.ask({ startsAt: new Date(Date.now() + HOUR).toISOString() })
    const [grant] = (await api.as('dba').approve(id)).grants
    expect(grant?.status).toBe('scheduled')
    await expect(developer.extend(grant?.id ?? '')).rejects.toMatchObject({
      code: 'not_extendable',
      detail: expect.stringContaining('has not started: ask for it anew, or extend it once it has'),
    })
  })

  it('that is emergency access', async () => {
    const emergency = { who: { groups: ['developers'] }, longest: 'PT1H', review: { groups: ['security'] } }
    await api.useRules(withRule(rule, { extensions, emergency }))
    const { grants } = await developer.ask({ emergency: true })
    await expect(developer.extend(grants[0]?.id ?? '')).rejects.toMatchObject({ code: 'not_extendable' })
  })

  it.each([
    ['for nonsense', { duration: '2 hours' }, ['/duration']],
    ['without an end', { duration: null }, ['/duration']],
    ['without a reason', { reason: ' ' }, ['/reason']],
    ['with what there is not', { endsAt: '2030-01-01T00:00:00Z' }, ['/endsAt']],
  ])('%s', async (_, body, pointers) => {
    const grant = await active()
    const before = await api.snapshot()
    await expect(developer.extend(grant.id, body)).rejects.toMatchObject({ pointers })
    expect(await api.snapshot()).toEqual(before)
  })
})
