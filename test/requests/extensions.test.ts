import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { type RuleChange, withoutPerson, withRule } from '../support/rules.ts'

const rule = 'production-with-a-dba'
const extensions = { count: 2, total: 'PT4H' }
const api = testApi({ worker: true, rules: withRule(rule, { extensions }) })
const developer = api.as('developer')

/** Rules and people that are looked at anew at once. */
async function use(...changes: readonly RuleChange[]): Promise<void> {
  await api.useRules(...changes)
  api.parts.ruleSets.forget()
}

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

beforeEach(() => use(withRule(rule, { extensions })))

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
      {
        status: 'active',
        endsAtBefore: new Date(grant.endsAt).toISOString(),
        endsAtAfter: new Date(grant.endsAt + 2 * HOUR).toISOString(),
        by: asked.id,
      },
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
    await use(withRule(rule, { extensions: { ...extensions, approvals: 'auto' } }))
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
    await use(withRule(rule, { extensions: { ...extensions, total: 'PT2H' } }))
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

describe('by the rules and the people of now, an extension', () => {
  it('is refused its approval where the rule gives none any more, and waits for better days', async () => {
    const grant = await active()
    const asked = await developer.extend(grant.id)
    await use()
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({
      code: 'refused_by_rules',
      detail: expect.stringContaining('no extensions'),
    })
    expect(await developer.request(asked.id)).toMatchObject({
      status: 'pending',
      approvals: { refused: expect.stringContaining('no extensions') },
    })
    expect(await endOf(grant.id)).toBe(grant.endsAt)
  })

  it('needs whom the rule wants for extensions now, whoever was wanted when it was asked for', async () => {
    const grant = await active()
    const asked = await developer.extend(grant.id)
    await use(withRule(rule, { extensions: { ...extensions, approvals: [{ from: { groups: ['security'] } }] } }))
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({ code: 'not_an_approver' })
    expect(await api.as('security').approve(asked.id)).toMatchObject({ status: 'approved' })
    expect(await endOf(grant.id)).toBe(grant.endsAt + HOUR)
  })

  it('is withdrawn where its requester left, and whoever uses the access may ask for it themselves', async () => {
    const grant = await active({ beneficiary: 'developer-2' })
    const asked = await developer.extend(grant.id)
    await use(withRule(rule, { extensions }), withoutPerson('developer'))
    await eventually(async () =>
      expect(await api.as('auditor').request(asked.id)).toMatchObject({ status: 'withdrawn', endReason: 'requester_left' }),
    )
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({ code: 'request_decided' })
    const again = await api.as('developer-2').extend(grant.id)
    expect(again).toMatchObject({ status: 'pending', requester: 'developer-2', beneficiary: 'developer-2' })
    await api.as('dba').approve(again.id)
    expect(Date.parse((await api.as('auditor').grant(grant.id)).endsAt)).toBe(grant.endsAt + HOUR)
  })

  it('goes with the access of a beneficiary who left', async () => {
    const grant = await active({ beneficiary: 'developer-2' })
    const asked = await developer.extend(grant.id)
    await api.as('dba').approve(asked.id)
    const waiting = await developer.extend(grant.id)
    await use(withRule(rule, { extensions }), withoutPerson('developer-2'))
    await eventually(async () => expect(await developer.grant(grant.id)).toMatchObject({ status: 'ended', endReason: 'left' }))
    expect(await developer.request(waiting.id)).toMatchObject({ status: 'withdrawn', endReason: 'beneficiary_left' })
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
    await use()
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

  it('while it is being taken away', async () => {
    const grant = await active()
    const asked = await developer.extend(grant.id)
    await api.as('admin').revoke(grant.id)
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({ code: 'grant_ended' })
    await expect(developer.extend(grant.id)).rejects.toMatchObject({ code: 'grant_ended' })
  })

  it('that is standing access: its reviewers keep it', async () => {
    const standing = { reviewEvery: 'P30D', remindBefore: 'P7D', reviewers: { groups: ['security'] } }
    await use(withRule(rule, { extensions, standing }))
    const grant = await active({ duration: null })
    await expect(developer.extend(grant.id)).rejects.toMatchObject({
      code: 'not_extendable',
      status: 409,
      detail: expect.stringContaining('is standing access: its reviewers keep it, or end it.'),
    })
  })

  it('that is for every database of a region', async () => {
    await use(withRule('one-user-everywhere', { extensions }))
    const database = { account: '123456789012', region: 'us-east-2' }
    const grant = await active({ entitlements: [{ database, dbUser: 'jane_doe' }] })
    await expect(developer.extend(grant.id)).rejects.toMatchObject({
      code: 'not_extendable',
      detail: expect.stringContaining('is for every database of a region: ask for it anew'),
    })
  })

  it('that is emergency access', async () => {
    const emergency = { who: { groups: ['developers'] }, longest: 'PT1H', review: { groups: ['security'] } }
    await use(withRule(rule, { extensions, emergency }))
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
