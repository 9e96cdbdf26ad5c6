import { beforeAll, describe, expect, it } from 'vitest'
import { meSchema } from '../../src/requests/me-schemas.ts'
import { testApi } from '../support/api.ts'
import { type Grant, Refused } from '../support/client.ts'
import { withRule } from '../support/rules.ts'

const api = testApi()
type Caller = ReturnType<typeof api.as>
const staging = (dbUser: string, duration: string) => ({
  entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser }],
  duration,
})

async function me(caller: Caller) {
  const answer = await caller.get('/v1/me')
  if (answer.status >= 400) throw new Refused(answer)
  return meSchema.parse(JSON.parse(answer.text))
}

/** Those of the developer, by the name of their database user. */
const made: Record<'long' | 'short' | 'later' | 'returned', Grant> = Object.create(null)
const asked: Record<'own' | 'forOther', string> = Object.create(null)

beforeAll(async () => {
  const developer = api.as('developer')
  const ask = async (name: string, duration: string, more: object = {}) => {
    const { grants } = await developer.ask({ ...staging(name, duration), ...more })
    const [grant] = grants
    if (grant === undefined) throw new Error('staging needs no approval')
    return grant
  }
  made.later = await ask('later', 'PT5M', { startsAt: new Date(Date.now() + 10 * 60_000).toISOString() })
  made.long = await ask('long', 'PT2H')
  made.short = await ask('short', 'PT30M')
  made.returned = await ask('returned', 'PT1M')
  await developer.giveBack(made.returned.id)
  asked.own = (await developer.ask()).id
  asked.forOther = (await developer.ask({ beneficiary: 'developer-2' })).id
})

describe('who you are', () => {
  it('is told a person, with the groups and powers of now', async () => {
    expect(await me(api.as('developer'))).toMatchObject({
      person: { id: 'developer', name: 'Developer', groups: ['developers'] },
      admin: false,
      auditor: false,
      credential: { kind: 'dev', id: 'dev:developer', via: 'dev', until: null },
    })
    expect(await me(api.as('admin'))).toMatchObject({ admin: true, auditor: false })
    expect(await me(api.as('auditor'))).toMatchObject({ admin: false, auditor: true })
  })

  it('is told a program with what it may do, for nobody and for somebody, and until when', async () => {
    const { key, token } = await api.key({
      name: 'portal',
      scopes: ['read', 'ask', 'decide'],
      decideGroups: ['dba'],
      lifetimeSeconds: 86_400,
    })
    const credential = { kind: 'key', id: `key:${key.id}`, via: 'portal', until: key.expiresAt?.toISOString() }
    const nothing = { grants: null, endsNext: null, toDecide: null, toReview: null, asked: null }
    expect(await me(api.withKey(token))).toEqual({
      person: null,
      admin: false,
      auditor: false,
      credential: { ...credential, scopes: ['read', 'ask', 'decide'] },
      ...nothing,
    })
    const acting = await me(api.withKey(token, 'developer'))
    expect(acting).toMatchObject({ person: { id: 'developer' }, credential: { ...credential, scopes: ['read', 'ask'] } })
    expect(acting.grants?.items).toHaveLength(3)
  })

  it('is told to any credential, and what somebody has only with the scope read', async () => {
    const { token } = await api.key({ name: 'asks-only', scopes: ['ask'] })
    const told = await me(api.withKey(token, 'developer'))
    expect(told).toMatchObject({ person: { id: 'developer' }, credential: { scopes: ['ask'] } })
    expect(told).toMatchObject({ grants: null, endsNext: null, toDecide: null, toReview: null, asked: null })
    expect((await api.withKey('sp_nothing').get('/v1/me')).status).toBe(401)
  })
})

describe('what you have', () => {
  it('is in force or to come, soonest end first, with what ends next', async () => {
    const { grants, endsNext } = await me(api.as('developer'))
    expect(grants?.items.map(({ dbUser }) => dbUser)).toEqual(['later', 'short', 'long'])
    expect(endsNext).toEqual({ grant: made.short.id, at: made.short.endsAt })
    expect(await me(api.as('developer-2'))).toMatchObject({ grants: { items: [] }, endsNext: null })
  })

  it('is with what waits for you, and what you asked for or will use', async () => {
    const ids = (page: { items: { id: string }[] } | null) => page?.items.map(({ id }) => id)
    const [developer, other, dba] = [await me(api.as('developer')), await me(api.as('developer-2')), await me(api.as('dba'))]
    expect([ids(developer.asked), ids(developer.toDecide)]).toEqual([[asked.forOther, asked.own], []])
    expect([ids(other.asked), ids(other.toDecide)]).toEqual([[asked.forOther], []])
    expect([ids(dba.asked), ids(dba.toDecide)]).toEqual([[], [asked.forOther, asked.own]])
  })

  it('can be listed page by page by when it ends, also where ends are the same', async () => {
    const query = { beneficiary: 'me', status: 'live', order: 'end', limit: '1' }
    await api.as('developer').ask({ ...staging('twin', 'PT30M'), startsAt: made.later.startsAt })
    await api.as('developer').ask({ ...staging('other-twin', 'PT30M'), startsAt: made.later.startsAt })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await api.as('developer').grants(cursor === '' ? query : { ...query, cursor })
      seen.push(...page.items.map(({ dbUser }) => dbUser))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['later', 'short', 'twin', 'other-twin', 'long'])
  })

  it.each(['order=newest', 'order=end'])('a cursor of another list is refused with %s', async (order) => {
    const cursors = { newest: '1795521600000 grt_01kazv5vb4pex5vsknk084sn02', end: 'grt_01kazv5vb4pex5vsknk084sn02' }
    const cursor = Buffer.from(order === 'order=end' ? cursors.end : cursors.newest).toString('base64url')
    expect((await api.as('developer').get(`/v1/grants?${order}&cursor=${cursor}`)).status).toBe(400)
  })
})

describe('what waits for your signature', () => {
  const emergency = { who: { groups: ['developers'] }, longest: 'PT2H', review: { groups: ['dba'] } }

  it('is told to reviewers, and not to whose access it is or whose key asked for it', async () => {
    await api.useRules(withRule('production-with-a-dba', { emergency }))
    const { token } = await api.key({ name: 'of-a-dba', scopes: ['read', 'ask'], ownerId: 'dba' })
    const request = await api.withKey(token, 'developer').ask({ emergency: true })
    const [own, signs] = [await me(api.as('dba')), await me(api.as('dba-2'))]
    expect(signs.toReview).toMatchObject({ open: 1, items: [{ request: request.id, status: 'open', turn: ['dba-2'] }], nextCursor: null })
    expect([own.toReview?.items, (await me(api.as('developer'))).toReview?.items]).toEqual([[], []])
  })
})
