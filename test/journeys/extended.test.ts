import { expect, it } from 'vitest'
import { idle, step, stepping } from '../model/clock.ts'
import { eventually, testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

let databaseUrl = ''
const api = testApi({
  worker: true,
  rules: withRule('production-with-a-dba', { extensions: { count: 2, total: 'PT4H' } }),
  databaseUrl: async (url) => {
    databaseUrl = await stepping(url)
    return databaseUrl
  },
})
const developer = api.as('developer')
const dba = api.as('dba')
const MINUTE = 60

/** Lets time pass, and the jobs that are due then. */
async function passing(seconds: number): Promise<void> {
  await step(databaseUrl, seconds)
  await idle(api.parts.db)
}

async function grantedFor(duration: string, changes: object = {}) {
  const { id } = await developer.ask({ duration, ...changes })
  const grantId = (await dba.approve(id)).grants[0]?.id ?? ''
  await eventually(async () => expect((await developer.grant(grantId)).status).toBe('active'))
  return developer.grant(grantId)
}

it('access that was extended goes on past the end that it had, and ends at the new one', async () => {
  const { id } = await grantedFor('PT1H')
  await passing(50 * MINUTE)
  await dba.approve((await developer.extend(id, { duration: 'PT30M' })).id)
  await passing(20 * MINUTE)
  expect((await developer.grant(id)).status).toBe('active')
  expect(await api.document('role', 'app-reader')).toContain('/db_user')
  await dba.approve((await developer.extend(id, { duration: 'PT15M' })).id)
  await passing(30 * MINUTE)
  expect((await developer.grant(id)).status).toBe('active')
  await passing(10 * MINUTE)
  await eventually(async () => expect(await developer.grant(id)).toMatchObject({ status: 'ended', endReason: 'expired' }))
  expect(await api.document('role', 'app-reader')).toBeNull()
  expect((await api.as('auditor').events({ type: 'grant.ending', grant: id })).items).toHaveLength(1)
})

it('an extension that is not approved before the end expires with the access', async () => {
  const grant = await grantedFor('PT1H')
  const asked = await developer.extend(grant.id, { duration: 'PT30M' })
  expect(asked.expiresAt).toBe(grant.endsAt)
  await passing(65 * MINUTE)
  await eventually(async () => expect((await developer.grant(grant.id)).status).toBe('ended'))
  expect((await developer.request(asked.id)).status).toBe('expired')
  await expect(dba.approve(asked.id)).rejects.toMatchObject({ code: 'request_decided', status: 409 })
})

it('what has come to its end is not extended, whether or not a worker has come by', async () => {
  const { id } = await grantedFor('PT1H')
  await api.change('grant', `ends_at = now() - interval '1 second', starts_at = now() - interval '1 hour'`, id)
  await expect(developer.extend(id)).rejects.toMatchObject({ code: 'grant_ended' })
})
