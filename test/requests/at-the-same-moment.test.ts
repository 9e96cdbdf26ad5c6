import { afterAll, describe, expect, it } from 'vitest'
import { endExpired } from '../../src/requests/index.ts'
import { eventually, testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'
import { outcomes } from '../support/outcomes.ts'
import { withRule } from '../support/rules.ts'

const api = testApi()
const developer = api.as('developer')
const rounds = Array.from({ length: 10 }, (_, round) => round)
const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }

const ended = async (id: string) => (await api.eventsOf(id)).filter((type) => /^request\.(approved|denied|withdrawn|expired)$/.test(type))
const grantsOf = async (id: string) => (await developer.request(id)).grants.length

describe('at the same moment', () => {
  it('two approvals are one approval, and the other is told', async () => {
    for (const _ of rounds) {
      const { id } = await developer.ask()
      const both = await outcomes(api.as('dba').approve(id), api.as('dba-2').approve(id))
      expect(both.sort()).toEqual(['approved', 'request_decided'])
      expect([await ended(id), await grantsOf(id)]).toEqual([['request.approved'], 1])
    }
  })

  it('two approvals by one person are one decision', async () => {
    const entitlements = [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }]
    for (const _ of rounds) {
      const { id } = await developer.ask({ entitlements })
      const both = await outcomes(api.as('dba').approve(id), api.as('dba').approve(id))
      expect(both.sort()).toEqual(['already_decided_by_you', 'pending'])
    }
  })

  it('the approvals of two stages are both counted, and the request is approved once', async () => {
    const entitlements = [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }]
    for (const _ of rounds) {
      const { id } = await developer.ask({ entitlements })
      const both = await outcomes(api.as('dba').approve(id), api.as('security').approve(id))
      expect(both.sort()).toEqual(['approved', 'pending'])
      expect([await ended(id), await grantsOf(id)]).toEqual([['request.approved'], 1])
    }
  })

  it('an approval, a denial and a withdrawal have one effect', async () => {
    for (const _ of rounds) {
      const { id } = await developer.ask()
      const all = await outcomes(api.as('dba').approve(id), api.as('dba-2').deny(id), developer.withdraw(id))
      expect(all.filter((outcome) => outcome === 'request_decided')).toHaveLength(2)
      const { status, grants } = await developer.request(id)
      expect(all).toContain(status)
      expect(await ended(id)).toEqual([`request.${status}`])
      expect(grants).toHaveLength(status === 'approved' ? 1 : 0)
    }
  })

  it('an approval and the end of waiting have one effect', async () => {
    for (const round of rounds) {
      const { id } = await developer.ask()
      await api.change(
        'request',
        `created_at = created_at - interval '2 days', expires_at = now() + interval '${round * 4} milliseconds'`,
        id,
      )
      const expiring = api.parts.db.inTransaction(endExpired)
      const [outcome] = await outcomes(api.as('dba').approve(id))
      await expiring
      const { status } = await eventually(async () => {
        await api.parts.db.inTransaction(endExpired)
        const request = await developer.request(id)
        expect(request.status).not.toBe('pending')
        return request
      })
      expect([status, outcome]).toEqual(status === 'approved' ? ['approved', 'approved'] : ['expired', 'request_decided'])
      expect(await ended(id)).toEqual([`request.${status}`])
    }
  })

  it('a revocation and a return have one effect', async () => {
    for (const _ of rounds) {
      const { grants } = await developer.ask(staging)
      const { id = '', request = '' } = grants[0] ?? {}
      const both = await outcomes(api.as('admin').revoke(id), developer.giveBack(id))
      expect(both.sort()).toEqual(['grant_ended', 'revoking'])
      expect((await api.eventsOf(request)).filter((type) => type === 'grant.ending')).toHaveLength(1)
    }
  })

  it.each([
    ['a request', {}],
    ['a request that needs no approval', staging],
  ])('%s posted many times under one Idempotency-Key is made once', async (name, changes) => {
    for (const round of rounds) {
      const key = { 'idempotency-key': `${name} ${round}` }
      const body = { ...firstExample, ...changes, reason: `${name} ${round}` }
      const answers = await Promise.all(rounds.slice(0, 4).map(() => developer.post('/v1/requests', body, key)))
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
      expect(await api.parts.db.prisma.request.count({ where: { reason: body.reason } })).toBe(1)
    }
  })

  it('an approval sent many times under one Idempotency-Key is one decision', async () => {
    for (const round of rounds) {
      const { id } = await developer.ask()
      const key = { 'idempotency-key': `approval ${round}` }
      const answers = await Promise.all(rounds.slice(0, 3).map(() => api.as('dba').post(`/v1/requests/${id}/approve`, {}, key)))
      const good = answers.filter(({ status }) => status === 200)
      expect(good.length).toBeGreaterThan(0)
      expect(new Set(good.map(({ text }) => text)).size).toBe(1)
      for (const { status, text } of answers)
        if (status !== 200) expect(JSON.parse(text)).toMatchObject({ code: 'idempotency_in_progress' })
      expect([await ended(id), await grantsOf(id)]).toEqual([['request.approved'], 1])
    }
  })
})

describe('two extensions of one grant at the same moment', () => {
  const extending = (extensions: object) => api.useRules(withRule('staging-at-once', { extensions }))
  const granted = async () => (await developer.ask({ ...staging, duration: 'PT30M' })).grants[0] ?? { id: '', endsAt: '' }
  const movedBy = async ({ id, endsAt }: { id: string; endsAt: string }) =>
    Date.parse((await developer.grant(id)).endsAt) - Date.parse(endsAt)
  const MINUTE = 60_000
  afterAll(() => api.useRules())

  it('keep to the total', async () => {
    await extending({ count: 5, total: 'PT2H', approvals: 'auto' })
    for (const _ of rounds.slice(5)) {
      const grant = await granted()
      const both = await outcomes(...[1, 2].map(() => developer.extend(grant.id, { duration: 'PT1H' })))
      expect(both.filter((outcome) => outcome === 'approved')).toHaveLength(1)
      expect(await movedBy(grant)).toBe(60 * MINUTE)
    }
  })

  it('keep to the count', async () => {
    await extending({ count: 1, total: 'PT4H', approvals: 'auto' })
    for (const _ of rounds.slice(5)) {
      const grant = await granted()
      const both = await outcomes(...[1, 2].map(() => developer.extend(grant.id, { duration: 'PT15M' })))
      expect(both.filter((outcome) => outcome === 'approved')).toHaveLength(1)
      expect(await movedBy(grant)).toBe(15 * MINUTE)
    }
  })

  it('never cut each other: a later one counts from where the end has come to, or is told that it moved', async () => {
    await extending({ count: 5, total: 'PT4H', approvals: 'auto' })
    for (const _ of rounds.slice(5)) {
      const grant = await granted()
      const asked = [60, 15]
      const both = await outcomes(...asked.map((minutes) => developer.extend(grant.id, { duration: `PT${minutes}M` })))
      const approved = asked.filter((_, index) => both[index] === 'approved')
      expect(approved.length).toBeGreaterThan(0)
      expect(both.every((outcome) => outcome === 'approved' || outcome === 'extension_waits')).toBe(true)
      expect(await movedBy(grant)).toBe(approved.reduce((sum, minutes) => sum + minutes, 0) * MINUTE)
    }
  })

  it('that need approval are one request, and the other is told', async () => {
    await extending({ count: 5, total: 'PT4H', approvals: [{ from: { groups: ['dba'] } }] })
    for (const _ of rounds.slice(5)) {
      const grant = await granted()
      const both = await outcomes(...[1, 2].map(() => developer.extend(grant.id, { duration: 'PT1H' })))
      expect(both.sort()).toEqual(['extension_waits', 'pending'])
    }
  })

  it.each([
    ['needs approval', [{ from: { groups: ['dba'] } }]],
    ['needs none', 'auto'],
  ])('under one Idempotency-Key are one, where it %s', async (_, approvals) => {
    await extending({ count: 5, total: 'PT4H', approvals })
    for (const round of rounds.slice(5)) {
      const grant = await granted()
      const key = { 'idempotency-key': `${grant.id} ${round}` }
      const [one, other] = await Promise.all([1, 2].map(() => developer.extend(grant.id, { duration: 'PT1H' }, key)))
      expect(other?.id).toBe(one?.id)
      expect(await movedBy(grant)).toBe(approvals === 'auto' ? 60 * MINUTE : 0)
      if (approvals === 'auto') await developer.giveBack(grant.id)
      expect((await developer.extend(grant.id, { duration: 'PT1H' }, key)).id).toBe(one?.id)
    }
  })
})
