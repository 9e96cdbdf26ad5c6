import { afterEach, beforeAll, expect, test } from 'vitest'
import { endExpired } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'

const api = testApi()
const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
let owner: Awaited<ReturnType<typeof api.database.client>>

beforeAll(async () => {
  owner = await api.database.client()
  await owner.query(`
    create function refuse_event() returns trigger language plpgsql as $$ begin raise exception 'no event of type %', new.type; end $$`)
})
afterEach(() => owner.query('drop trigger if exists refuse_events on audit_event'))

const refuseEvents = (type: string) =>
  owner.query(
    `create trigger refuse_events before insert on audit_event for each row when (new.type = '${type}') execute function refuse_event()`,
  )

const pending = async () => (await api.as('developer').ask()).id
const granted = async () => (await api.as('developer').ask(staging)).grants[0]?.id ?? ''

/** For each event: what is there before, and what then records it. */
test.each<[string, () => Promise<string>, (id: string) => Promise<unknown>]>([
  ['request.created', async () => '', () => api.as('developer').ask()],
  ['request.created', async () => '', () => api.as('developer').ask({}, { 'idempotency-key': 'kept' })],
  ['request.approved', async () => '', () => api.as('developer').ask(staging)],
  ['grant.opened', async () => '', () => api.as('developer').ask(staging)],
  ['decision.recorded', pending, (id) => api.as('dba').approve(id)],
  ['request.approved', pending, (id) => api.as('dba').approve(id)],
  ['grant.opened', pending, (id) => api.as('dba').approve(id)],
  ['decision.recorded', pending, (id) => api.as('dba').deny(id)],
  ['request.denied', pending, (id) => api.as('dba').deny(id)],
  ['request.withdrawn', pending, (id) => api.as('developer').withdraw(id)],
  ['grant.ending', granted, (id) => api.as('admin').revoke(id)],
  ['grant.ending', granted, (id) => api.as('developer').giveBack(id)],
])('without its event %s nothing is stored', async (type, arrange, act) => {
  const id = await arrange()
  await refuseEvents(type)
  const before = await api.snapshot()
  await expect(act(id)).rejects.toMatchObject({ status: 500, code: 'internal_error', detail: expect.not.stringContaining('no event') })
  expect(await api.snapshot()).toEqual(before)
})

test('without its event no request expires', async () => {
  const id = await pending()
  await api.change('request', `created_at = created_at - interval '2 days', expires_at = now()`, id)
  await refuseEvents('request.expired')
  await expect(api.parts.db.inTransaction(endExpired)).rejects.toThrow()
  expect(await api.parts.db.prisma.request.findUnique({ where: { id } })).toMatchObject({ status: 'pending', decidedAt: null })
})

test('a refusal of authority that cannot be recorded is still a refusal', async () => {
  const id = await pending()
  await refuseEvents('authority.refused')
  await expect(api.as('developer').approve(id)).rejects.toMatchObject({ status: 403, code: 'self_approval' })
})
