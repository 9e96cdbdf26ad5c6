import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { type Cable, openCable } from '../support/cable.ts'

const cables: { postgres?: Cable; aws?: Cable } = {}
const through = (name: 'postgres' | 'aws') => async (url: string) => {
  const cable = await openCable(url)
  cables[name] = cable
  return cable.url
}
const api = testApi({ databaseUrl: through('postgres'), awsUrl: through('aws') })
afterAll(async () => {
  await cables.postgres?.close()
  await cables.aws?.close()
})
afterEach(() => {
  cables.postgres?.mend()
  cables.aws?.mend()
})

const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }

/** What changes something, in both of its forms. */
const changes = async () => {
  const { id } = await api.as('developer').ask()
  const grant = (await api.as('developer').ask(staging)).grants[0]?.id ?? ''
  const key = { 'idempotency-key': `through the outage after ${id}` }
  return {
    ask: () => api.as('developer').ask({}, key),
    'ask for what needs no approval': () => api.as('developer').ask(staging),
    approve: () => api.as('dba').approve(id, {}, key),
    deny: () => api.as('dba').deny(id),
    withdraw: () => api.as('developer').withdraw(id),
    revoke: () => api.as('admin').revoke(grant),
    return: () => api.as('developer').giveBack(grant),
  }
}

describe('while Postgres is away', () => {
  it('whatever is asked is answered 503, changes nothing, and works as soon as it is back', async () => {
    const each = await changes()
    const before = await api.snapshot()
    cables.postgres?.cut()
    const developer = api.as('developer')
    const reads = [developer.requests, developer.grants, developer.preview, api.as('auditor').events]
    for (const call of [...Object.values(each), ...reads]) {
      await expect(call()).rejects.toMatchObject({ status: 503, code: 'database_unavailable' })
    }
    expect((await api.as('developer').get('/readyz')).status).toBe(503)
    expect((await api.as('developer').get('/healthz')).status).toBe(200)
    expect(await api.snapshot()).toEqual(before)
    cables.postgres?.mend()
    expect(await each.ask()).toMatchObject({ status: 'pending' })
    expect(await each.approve()).toMatchObject({ status: 'approved' })
    expect(await each.revoke()).toMatchObject({ status: 'revoking' })
  })

  it('what had begun is as if it had not', async () => {
    const { id } = await api.as('developer').ask()
    const owner = await api.database.client()
    await owner.query('begin')
    await owner.query('select from request where id = $1 for update', [id])
    const before = await api.snapshot()
    const approving = api.as('dba').approve(id)
    approving.catch(() => {}) // looked at below
    await api.waitsForLock()
    cables.postgres?.cut()
    await expect(approving).rejects.toMatchObject({ status: 503, code: 'database_unavailable' })
    await owner.query('commit')
    cables.postgres?.mend()
    await eventually(async () => expect(await api.as('developer').request(id)).toMatchObject({ status: 'pending', decisions: [] }))
    expect(await api.snapshot()).toEqual(before)
    expect(await api.as('dba').approve(id)).toMatchObject({ status: 'approved' })
  })
})

describe('while AWS is away', () => {
  it('asking and approving are answered 503 and change nothing; what needs no AWS goes on', async () => {
    const each = await changes()
    const before = await api.snapshot()
    cables.aws?.cut()
    for (const change of [each.ask, each['ask for what needs no approval'], each.approve]) {
      await expect(change()).rejects.toMatchObject({ status: 503, code: 'aws_unavailable' })
    }
    expect(await api.snapshot()).toEqual(before)
    expect((await api.as('developer').preview()).allowed).toBe(true)
    expect(await each.revoke()).toMatchObject({ status: 'revoking' })
    cables.aws?.mend()
    expect(await each.ask()).toMatchObject({ status: 'pending' })
    expect(await each['ask for what needs no approval']()).toMatchObject({ status: 'approved' })
    expect(await each.approve()).toMatchObject({ status: 'approved' })
  })

  it('a role that AWS does not let Sallyport look at is answered 503, with whose business it is', async () => {
    api.standIn.faults.add({ kind: 'error', action: 'GetRole', code: 'AccessDenied', status: 403, times: 1 })
    await expect(api.as('developer').ask()).rejects.toMatchObject({
      status: 503,
      code: 'aws_denied',
      detail: expect.stringContaining('123456789012'),
    })
  })
})
