import { beforeAll, describe, expect, it } from 'vitest'
import { testApi } from '../support/api.ts'
import { withPerson } from '../support/rules.ts'

const api = testApi({ rules: withPerson('leaver', 'dba') })
const tokens: Record<'portal' | 'slack' | 'both' | 'developers' | 'dbas' | 'service', string> = Object.create(null)

beforeAll(async () => {
  const make = async (name: string, command: Partial<Parameters<typeof api.key>[0]>) =>
    (await api.key({ name, scopes: [], ...command })).token
  tokens.portal = await make('portal', { scopes: ['read', 'ask'] })
  tokens.slack = await make('slack', { scopes: ['read', 'decide'], decideGroups: ['dba'] })
  tokens.both = await make('both', { scopes: ['read', 'ask', 'decide'], decideGroups: ['dba'] })
  tokens.developers = await make('developers', { scopes: ['read', 'ask', 'decide'], decideGroups: ['dba'], ownerId: 'developer' })
  tokens.dbas = await make('dbas', { scopes: ['read', 'ask'], ownerId: 'dba' })
  tokens.service = await make('service', { scopes: ['read', 'revoke', 'audit'] })
})

describe('a program', () => {
  it('asks for people, and the request says through what', async () => {
    const asked = await api.withKey(tokens.portal, 'developer').ask()
    expect(asked).toMatchObject({ requester: 'developer', via: 'portal', approvals: { approvers: ['dba', 'dba-2', 'leaver'] } })
    const { items } = await api.as('auditor').events({ request: asked.id })
    expect(items).toMatchObject([{ type: 'request.created', actor: { kind: 'person', person: 'developer', via: 'portal' } }])
    expect(items[0]?.actor.credential).toMatch(/^key:key_/)
  })

  it('decides for people of the groups it was made for, and nobody else', async () => {
    const asked = await api.withKey(tokens.portal, 'developer').ask()
    for (const person of ['security', 'developer-2']) {
      await expect(api.withKey(tokens.slack, person).approve(asked.id)).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
    }
    const approved = await api.withKey(tokens.slack, 'dba').approve(asked.id)
    expect(approved).toMatchObject({ status: 'approved', decisions: [{ approver: 'dba', via: 'slack' }] })
  })

  it('that may only ask decides nothing', async () => {
    const { id } = await api.as('developer').ask()
    for (const decide of ['approve', 'deny'] as const) {
      await expect(api.withKey(tokens.portal, 'dba')[decide](id)).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
    }
  })

  it('never both asks for and decides one request', async () => {
    const { id } = await api.withKey(tokens.both, 'developer').ask()
    await expect(api.withKey(tokens.both, 'dba').approve(id)).rejects.toMatchObject({ status: 403, code: 'same_credential' })
    expect(await api.withKey(tokens.slack, 'dba').approve(id)).toMatchObject({ status: 'approved' })
    const other = await api.as('developer').ask()
    expect(await api.withKey(tokens.both, 'dba').approve(other.id)).toMatchObject({ status: 'approved' })
  })

  it('of somebody’s decides nothing that they asked for or will use', async () => {
    const asked = await api.as('developer').ask()
    const used = await api.as('developer-2').ask({ beneficiary: 'developer' })
    for (const { id } of [asked, used]) {
      await expect(api.withKey(tokens.developers, 'dba').approve(id)).rejects.toMatchObject({ code: 'self_approval' })
    }
    const { id } = await api.as('developer-2').ask()
    expect(await api.withKey(tokens.developers, 'dba').approve(id)).toMatchObject({ status: 'approved' })
  })

  it('of an approver’s that asks for others leaves the decision to other approvers', async () => {
    const asked = await api.withKey(tokens.dbas, 'developer').ask()
    expect(asked.approvals.approvers).toEqual(['dba-2', 'leaver'])
    expect(await api.as('dba').request(asked.id)).toEqual(asked)
    await expect(api.as('dba').approve(asked.id)).rejects.toMatchObject({
      code: 'self_approval',
      detail: expect.stringContaining('API key'),
    })
    expect((await api.withKey(tokens.dbas, 'developer').preview()).approvers).toEqual(['dba-2', 'leaver'])
    expect(await api.as('dba-2').approve(asked.id)).toMatchObject({ status: 'approved' })
  })

  it('that acts for nobody neither asks nor decides', async () => {
    const { id } = await api.as('developer').ask()
    await expect(api.withKey(tokens.service).ask()).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
    await expect(api.withKey(tokens.both).ask()).rejects.toMatchObject({ status: 403, code: 'person_required' })
    await expect(api.withKey(tokens.both).preview()).rejects.toMatchObject({ code: 'person_required' })
    await expect(api.withKey(tokens.both).approve(id)).rejects.toMatchObject({ code: 'person_required' })
    await expect(api.withKey(tokens.both).withdraw(id)).rejects.toMatchObject({ code: 'person_required' })
    expect(await api.withKey(tokens.service).request(id)).toMatchObject({ id })
  })
})

describe('a key that is revoked', () => {
  it('changes nothing from that moment, although it is still known for reading', async () => {
    const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
    const { token } = await api.key({ name: 'short', scopes: ['read', 'ask', 'decide', 'revoke'], decideGroups: ['dba'] })
    const [developer, dba] = [api.withKey(token, 'developer'), api.withKey(token, 'dba')]
    const mine = await developer.ask()
    const other = await api.as('developer-2').ask()
    const { grants } = await developer.ask(staging)
    const grantId = grants[0]?.id ?? ''
    await dba.request(mine.id)
    await api.revokeKey('short')
    const before = await api.snapshot()
    expect(await developer.request(mine.id)).toEqual(mine)
    for (const change of [
      () => developer.ask(),
      () => developer.ask(staging),
      () => developer.ask({}, { 'idempotency-key': 'new' }),
      () => developer.withdraw(mine.id),
      () => developer.giveBack(grantId),
      () => dba.approve(other.id),
      () => dba.deny(other.id),
      () => dba.revoke(grantId),
      () => api.withKey(token).revoke(grantId),
    ]) {
      await expect(change()).rejects.toMatchObject({ status: 401, code: 'unauthenticated', detail: 'The API key short has been revoked.' })
    }
    expect(await api.snapshot()).toEqual(before)
  })

  it('whose owner has left the directory asks for nothing more', async () => {
    const { token } = await api.key({ name: 'leavers', scopes: ['ask'], ownerId: 'leaver' })
    await api.withKey(token, 'developer').ask()
    await api.useRules()
    await expect(api.withKey(token, 'developer').ask()).rejects.toMatchObject({
      code: 'unauthenticated',
      detail: 'The API key leavers belongs to leaver, who has left the directory.',
    })
  })
})
