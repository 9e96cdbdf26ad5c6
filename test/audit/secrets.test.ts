import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { testApi } from '../support/api.ts'

const lines: string[] = []
const log = new Writable({
  write: (chunk, _encoding, done) => {
    lines.push(String(chunk))
    done()
  },
})
const api = testApi({ log })

test('no credential is in a log line, an error, an audit event, or anything else that is stored', async () => {
  const { token } = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
  const secret = token.slice(-43)
  const portal = api.withKey(token, 'developer')
  const answers: string[] = []
  const keep = (answer: { text: string }) => answers.push(answer.text)
  keep(await portal.get('/v1/requests'))
  keep(await portal.post('/v1/requests', '{"half', { 'idempotency-key': 'do-not-log-me' }))
  const asked = await portal.ask({}, { 'idempotency-key': 'do-not-log-me' })
  keep(await portal.post(`/v1/requests/${asked.id}/approve`, {}))
  keep(await api.withKey(`${token.slice(0, -1)}x`).get('/v1/requests'))
  keep(await api.withKey(`${token} ${token}`).get('/v1/requests'))
  await api.revokeKey('portal')
  keep(await portal.post(`/v1/requests/${asked.id}/withdraw`))
  api.standIn.faults.add({ kind: 'lost-request', action: '*', times: 20 })
  keep(await api.as('developer').post('/v1/requests', { ...asked, id: undefined }))
  api.standIn.faults.clear()

  const everything = await api.parts.db.pool.query<{ text: string }>(`
    select t::text as text from audit_event t union all select t::text from idempotent_answer t
    union all select t::text from request t union all select t::text from api_key t`)
  const written = [...lines, ...answers, ...everything.rows.map(({ text }) => text)].join('\n')
  expect(lines.length).toBeGreaterThan(5)
  for (const each of [secret, secret.slice(0, 20), 'do-not-log-me', 'dev-developer', 'emulated']) expect(written).not.toContain(each)
})
