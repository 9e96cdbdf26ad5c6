import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import type { Id } from '../../src/kernel/ids.ts'
import { claimDue } from '../../src/webhooks/delivery-store.ts'
import { deliver, lookAfterWebhooks, spreadMessages } from '../../src/webhooks/index.ts'
import { testApi } from '../support/api.ts'
import { administrator } from './administrator.ts'
import { testReceiver } from './receiver.ts'

const receiver = testReceiver()
const api = testApi() // no worker: each step of its work is taken here, or not taken because it died
const admin = administrator(api)
let owner: Awaited<ReturnType<typeof api.database.client>>
let id: Id<'whk'>
beforeAll(async () => {
  owner = await api.database.client()
  id = (await admin.create({ url: receiver.url('/') })).id as Id<'whk'>
})

const jobs = async (task: string): Promise<number> =>
  (await owner.query(`select from graphile_worker.jobs where task_identifier = $1`, [task])).rowCount ?? 0
const loseJobs = () => owner.query(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`)
const sweep = async () => {
  for (const { run } of lookAfterWebhooks) await api.parts.db.inTransaction(run)
}
const spread = () => spreadMessages(api.parts.db)()
const send = () => deliver({ ...api.parts.webhooks, log: pino({ enabled: false }), version: '0.0.0' })(id)
const ids = () => receiver.at('/').map((message) => message.id)

test('what is noted is committed with its event or not at all', async () => {
  const noted = async () => (await owner.query('select from webhook_message')).rowCount
  const before = await noted()
  await expect(api.as('developer').ask({ reason: '' })).rejects.toMatchObject({ status: 400 })
  await owner.query('begin')
  await owner.query(`insert into audit_event (id, type, version, actor, payload) values ('evt_x', 'request.created', 1, '{}', '{}')`)
  expect(await noted()).toBe((before ?? 0) + 1)
  await owner.query('rollback')
  expect(await noted()).toBe(before)
  await api.as('developer').ask()
  expect(await noted()).toBe((before ?? 0) + 1)
  expect(await jobs('spreadMessages')).toBe(1)
})

test('the job is lost between commit and spreading, then between spreading and sending: each time the sweep finds what waits', async () => {
  await loseJobs()
  await owner.query(`update webhook_message set created_at = created_at - interval '1 minute'`)
  await sweep()
  expect(await jobs('spreadMessages')).toBe(1)
  await spread()
  await loseJobs()
  await owner.query(`update webhook_delivery set next_at = next_at - interval '1 minute'`)
  await sweep()
  expect(await jobs('deliver')).toBe(1)
  await send()
  expect(ids()).toHaveLength(1)
})

test('a worker that dies while it sends leaves the message to be sent again, and what was sent is not', async () => {
  await api.as('developer').ask()
  await spread()
  const claimed = await api.parts.db.inTransaction((tx) => claimDue(tx, id)) // and then it died
  await send()
  expect(ids()).toHaveLength(1)
  await owner.query(`update webhook_delivery set next_at = next_at - interval '1 minute' where status = 'pending'`)
  await send()
  await send()
  expect(ids()).toEqual([expect.any(String), claimed?.eventId])
})

test('two workers that spread at the same moment make one delivery of each event', async () => {
  for (let index = 0; index < 5; index++) await api.as('developer').ask()
  await Promise.all([spread(), spread(), spread()])
  await send()
  expect(ids()).toHaveLength(7)
  expect(new Set(ids()).size).toBe(7)
})

test('an event that no webhook asks for leaves nothing behind', async () => {
  await admin.change(id, { databases: [(await api.as('admin').database('cluster-STAGINGSTAGING01234567890')).id] })
  await api.as('developer').ask()
  await spread()
  const rows = await owner.query(
    `select from webhook_message m where not exists (select from webhook_delivery d where d.event_id = m.event_id)`,
  )
  expect(rows.rowCount).toBe(0)
})

test('after 30 days a message and its deliveries are forgotten, those of younger ones are not', async () => {
  const [oldest] = ids()
  await owner.query(`update webhook_message set created_at = created_at - interval '31 days' where event_id = $1`, [oldest])
  await sweep()
  await expect(admin.delivery(id, oldest ?? '')).rejects.toMatchObject({ code: 'delivery_not_found' })
  expect((await admin.deliveries(id)).items).toHaveLength(6)
})
