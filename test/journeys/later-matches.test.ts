import { describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { laterRules, laterWorld } from './later-world.ts'

const api = testApi({ rules: laterRules, worker: true })
const world = laterWorld(api)
const developer = api.as('developer')
const dba = api.as('dba')
const { region } = world

const matches = async (requestId: string) =>
  (
    await api.database.db.prisma.auditEvent.findMany({ where: { requestId, type: 'request.database_matched' }, orderBy: { seq: 'asc' } })
  ).map(({ payload, actor }) => ({ payload, actor }))

describe('a database that gets the tags of an approved request', () => {
  it('joins under the same rule until the same end, and the grant says why', async () => {
    await world.cluster('carts-1', { team: 'carts' })
    const second = await world.cluster('carts-2', {})
    const { id, role } = await world.ask({ region, tags: { team: 'carts' } })
    const [named] = (await dba.approve(id)).grants
    await world.tag('carts-2', { team: 'carts' })
    const joined = await world.becomes(id, second, 'joined')
    expect(joined).toMatchObject({ dbUser: 'jane_doe', rule: 'shop', request: null })
    const { grants } = await developer.request(id)
    const grant = grants.find(({ database }) => database?.resourceId === second)
    expect(grants).toHaveLength(2)
    expect(grant).toMatchObject({ request: id, endsAt: named?.endsAt, joined: { rule: 'shop', detail: joined.detail } })
    expect(named?.joined).toBeNull()
    await eventually(async () => expect(await api.document('role', role)).toContain(`${second}/jane_doe`))
    expect(await matches(id)).toMatchObject([
      { payload: { before: null, after: 'joined', rule: 'shop', asked: null }, actor: { kind: 'system', via: 'catalog' } },
    ])
  })

  it('is asked for if another rule applies to it, however many of them ask for the same approval', async () => {
    await world.cluster('stores-1', { team: 'stores' })
    const stock = await world.cluster('stores-2', { class: 'stock' })
    const { id, principal } = await world.ask({ region, tags: { team: 'stores' } })
    await dba.approve(id)
    await world.tag('stores-2', { team: 'stores' })
    const { request, detail } = await world.becomes(id, stock, 'asked')
    expect(detail).toBe('Rule stock applies to it, and the approvals were given under shop.')
    const opened = await developer.request(request ?? '')
    expect(opened).toMatchObject({
      origin: id,
      status: 'pending',
      requester: 'developer',
      beneficiary: 'developer',
      via: 'catalog',
      reason: (await developer.request(id)).reason,
      principal: { arn: principal },
      entitlements: [{ database: { resourceId: stock }, dbUser: 'jane_doe', rule: 'stock', selector: null }],
      approvals: { approvers: ['dba', 'dba-2'] },
      grants: [],
    })
    expect(await api.eventsOf(opened.id)).toEqual(['request.created'])
    const [grant] = (await dba.approve(opened.id)).grants
    expect(grant).toMatchObject({ database: { resourceId: stock }, joined: null })
    expect((await developer.request(id)).grants).toHaveLength(1)
  })

  it('is asked for if its rule wants more approvals than were given, and not for longer than it allows', async () => {
    await world.cluster('wages-1', { team: 'wages' })
    const { id } = await world.ask({ region, tags: { team: 'wages' } })
    await dba.approve(id)
    const payroll = await world.cluster('wages-2', { team: 'wages', class: 'payroll' })
    const { request, detail } = await world.becomes(id, payroll, 'asked')
    expect(detail).toBe(
      'Rule payroll applies to it and wants the approval of 1 of dba and 1 of security; the approvals given are not enough.',
    )
    expect(await developer.request(request ?? '')).toMatchObject({
      duration: 'PT30M',
      approvals: { approvers: ['dba', 'dba-2', 'security'] },
    })
  })

  it('joins under a rule that asks for no approval, for as long as that allows', async () => {
    await world.cluster('toys-1', { team: 'toys' })
    const { id } = await world.ask({ region, tags: { team: 'toys' } })
    await dba.approve(id)
    const sandbox = await world.cluster('toys-2', { team: 'toys', class: 'sandbox' })
    await world.becomes(id, sandbox, 'joined')
    const grant = (await developer.request(id)).grants.find(({ database }) => database?.resourceId === sandbox)
    expect(grant?.duration).toBe('PT10M')
  })

  it('is refused where a rule denies it, which opens nothing; and joins when that is over', async () => {
    await world.cluster('keys-1', { team: 'keys' })
    const { id } = await world.ask({ region, tags: { team: 'keys' } })
    await dba.approve(id)
    const vault = await world.cluster('keys-2', { team: 'keys', class: 'vault' })
    expect(await world.becomes(id, vault, 'refused')).toMatchObject({
      rule: 'vault',
      detail: 'Rule vault denies jane_doe on keys-2.',
      request: null,
    })
    expect((await developer.requests()).items.filter(({ origin }) => origin === id)).toEqual([])
    await world.tag('keys-2', { class: 'none' })
    await world.becomes(id, vault, 'joined')
    expect(await matches(id)).toMatchObject([{ payload: { after: 'refused' } }, { payload: { before: 'refused', after: 'joined' } }])
  })

  it('waits while the request does, and is judged once that is approved', async () => {
    await world.cluster('games-1', { team: 'games' })
    const { id } = await world.ask({ region, tags: { team: 'games' } })
    const second = await world.cluster('games-2', { team: 'games' })
    await world.becomes(id, second, 'waiting')
    expect((await developer.request(id)).entitlements).toHaveLength(1)
    const approved = await dba.approve(id)
    expect(approved.grants).toHaveLength(1)
    await world.becomes(id, second, 'joined')
  })

  it('does not join what an approver took in part', async () => {
    const first = await world.cluster('films-1', { team: 'films' })
    await world.cluster('films-2', { team: 'films' })
    const { id } = await world.ask({ region, tags: { team: 'films' } })
    await dba.approve(id, { entitlements: [{ database: first, dbUser: 'jane_doe' }] })
    const third = await world.cluster('films-3', { team: 'films' })
    expect(await world.becomes(id, third, 'asked')).toMatchObject({ detail: 'dba approved only some of the databases that have the tags.' })
  })

  it('made again under its name is another one, and joins', async () => {
    const before = await world.cluster('tours-1', { team: 'tours' })
    await world.cluster('tours-2', { team: 'tours' })
    const { id } = await world.ask({ region, tags: { team: 'tours' } })
    await dba.approve(id)
    await world.remove('tours-1')
    const after = await world.cluster('tours-1', { team: 'tours' })
    expect(after).not.toBe(before)
    await world.becomes(id, after, 'joined')
  })

  it('keeps its access when it loses them', async () => {
    const first = await world.cluster('music-1', { team: 'music' })
    const { id } = await world.ask({ region, tags: { team: 'music' } })
    const [grant] = (await dba.approve(id)).grants
    await eventually(async () => expect((await developer.grant(grant?.id ?? '')).status).toBe('active'))
    await world.untag('music-1', 'team')
    expect((await developer.request(id)).grants).toMatchObject([{ status: 'active', database: { resourceId: first } }])
    await world.tag('music-1', { team: 'music' })
    expect((await developer.request(id)).later).toEqual([])
  })

  it('has no place in what nobody holds any more', async () => {
    await world.cluster('maps-1', { team: 'maps' })
    const { id } = await world.ask({ region, tags: { team: 'maps' } })
    const [grant] = (await dba.approve(id)).grants
    await developer.giveBack(grant?.id ?? '')
    const second = await world.cluster('maps-2', { team: 'maps' })
    await world.cluster('probe-1', { team: 'probe' })
    const probe = await world.ask({ region, tags: { team: 'probe' } })
    await dba.approve(probe.id)
    await world.becomes(probe.id, await world.cluster('probe-2', { team: 'probe' }), 'joined')
    expect((await developer.request(id)).later.filter(({ database }) => database.resourceId === second)).toEqual([])
  })
})
