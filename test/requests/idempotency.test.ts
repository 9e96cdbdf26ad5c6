import { describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'
import { withRule } from '../support/rules.ts'

const api = testApi()
const developer = api.as('developer')
const dba = api.as('dba')
const key = (name: string) => ({ 'idempotency-key': name })

describe('an Idempotency-Key', () => {
  it('on asking answers the repeat with the first request, whatever became of it', async () => {
    const first = await developer.post('/v1/requests', firstExample, key('ask'))
    await dba.deny(JSON.parse(first.text).id)
    const again = await developer.post('/v1/requests', firstExample, key('ask'))
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true'])
  })

  it('refuses another body', async () => {
    await developer.ask({}, key('body'))
    const before = await api.snapshot()
    await expect(developer.ask({ duration: 'PT2H' }, key('body'))).rejects.toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    expect(await api.snapshot()).toEqual(before)
  })

  it('keeps no refusal', async () => {
    const changes = { principal: 'arn:aws:iam::123456789012:role/app-new' }
    await expect(developer.ask(changes, key('refusal'))).rejects.toMatchObject({ code: 'unknown_principal' })
    await api.makeRole('app-new')
    expect(await developer.ask(changes, key('refusal'))).toMatchObject({ status: 'pending' })
  })

  it('is each person’s own', async () => {
    const [mine, theirs] = await Promise.all([developer.ask({}, key('shared')), api.as('developer-2').ask({}, key('shared'))])
    expect(theirs.id).not.toBe(mine.id)
    expect(theirs.requester).toBe('developer-2')
  })

  it('on an approval that became grants answers the repeat, although the request is decided', async () => {
    const { id } = await developer.ask()
    const first = await dba.post(`/v1/requests/${id}/approve`, {}, key('approve'))
    const again = await dba.post(`/v1/requests/${id}/approve`, {}, key('approve'))
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, first.text, 'true'])
    expect((await dba.post(`/v1/requests/${id}/approve`, { duration: 'PT1M' }, key('approve'))).text).toContain('idempotency_mismatch')
    await expect(dba.approve(id, {}, key('another'))).rejects.toMatchObject({ code: 'request_decided' })
  })

  it('on an approval that must ask AWS after all, because the rules changed meanwhile, is kept with the answer that counts', async () => {
    await api.useRules(withRule('production-with-a-dba', { approvals: [{ from: { groups: ['dba'] }, count: 2 }] }))
    const { id } = await developer.ask()
    // Holds the approval at the request's lock until one approval is enough.
    const owner = await api.database.client()
    await owner.query('begin')
    await owner.query('select from request where id = $1 for update', [id])
    const approving = dba.post(`/v1/requests/${id}/approve`, {}, key('changed'))
    await api.waitsForLock()
    await api.useRules()
    await owner.query('commit')
    const first = await approving
    expect(JSON.parse(first.text)).toMatchObject({ status: 'approved', grants: [{ status: 'applying' }] })
    const again = await dba.post(`/v1/requests/${id}/approve`, {}, key('changed'))
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
    expect((await api.eventsOf(id)).filter((type) => type === 'decision.recorded')).toHaveLength(1)
  })

  it('holds for denying, withdrawing, revoking and returning', async () => {
    const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
    const grantOf = async () => (await developer.ask(staging)).grants[0]?.id ?? ''
    const calls = [
      [dba, `/v1/requests/${(await developer.ask()).id}/deny`, {}],
      [developer, `/v1/requests/${(await developer.ask()).id}/withdraw`, undefined],
      [developer, `/v1/grants/${await grantOf()}/return`, { comment: 'Done' }],
      [api.as('admin'), `/v1/grants/${await grantOf()}/revoke`, {}],
    ] as const
    for (const [caller, path, body] of calls) {
      const first = await caller.post(path, body, key('end'))
      const again = await caller.post(path, body, key('end'))
      expect([first.status, again.status, again.text]).toEqual([200, 200, first.text])
      expect((await caller.post(path, body)).status).toBe(409)
    }
  })
})
