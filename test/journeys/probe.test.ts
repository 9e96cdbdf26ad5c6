import { expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'

const api = testApi({ worker: true })
test('probe', async () => {
  const r = await api.as('developer').ask({ duration: 'PT2S' })
  console.log(r)
  const a = await api.as('dba').approve(r.id)
  console.log(a.grants)
  await eventually(async () => expect((await api.as('developer').grant(a.grants[0]!.id)).status).toBe('active'))
  console.log(await api.document('role', 'app-reader'))
  await eventually(async () => expect((await api.as('developer').grant(a.grants[0]!.id)).status).toBe('ended'))
  console.log(await api.document('role', 'app-reader'), await api.eventsOf(r.id))
  console.log(await api.snapshot())
})
test('auto twice', async () => {
  const s = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'x' }] }
  const both = await Promise.all(
    [1, 2, 3].map(() =>
      api
        .as('developer')
        .post('/v1/requests', { principal: 'arn:aws:iam::123456789012:role/app-reader', ...s, reason: 'x' }, { 'idempotency-key': 'a' }),
    ),
  )
  console.log(both.map((b) => [b.status, b.text.slice(0, 300)]))
})
test('odd', async () => {
  for (const d of ['PT9007199254740991S', 'P9999999999W', 'P1Y', '1h', 'PT0S', 'P1DT', 'PT1.5S', 'P366D'])
    console.log(
      d,
      (
        await api
          .as('developer')
          .post('/v1/requests', {
            principal: 'arn:aws:iam::123456789012:role/app-reader',
            entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' }],
            duration: d,
            reason: 'x',
          })
      ).text.slice(0, 250),
    )
  for (const q of ['since=0000-01-01T00:00:00Z', 'until=9999-12-31T23:59:59-23:59', 'since=2026-02-30T00:00:00Z', 'person=%27', 'type=x'])
    console.log(q, (await api.as('auditor').get('/v1/audit?' + q)).text.slice(0, 200))
  for (const q of ['approver=me', 'principal=', 'cursor=abc', 'status=a&status=b'])
    console.log(q, (await api.as('auditor').get('/v1/requests?' + q)).text.slice(0, 200))
})
