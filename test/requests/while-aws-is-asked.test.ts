import { afterAll, describe, expect, it } from 'vitest'
import { type Gate, openGate } from '../faults/gate.ts'
import { testApi } from '../support/api.ts'
import { withDeny } from '../support/rules.ts'

let gate: Gate | undefined
const api = testApi({
  awsUrl: async (url) => {
    gate = await openGate(url)
    return gate.url
  },
})
afterAll(() => gate?.close())

/** Does something while a call to AWS stands still, then lets it through. */
async function during<T>(action: string, pending: () => Promise<T>, meanwhile: () => Promise<unknown>): Promise<T> {
  const held = gate?.hold('app-reader', action, 'answer')
  const result = pending()
  result.catch(() => {}) // looked at by whoever called
  await held?.reached
  await meanwhile()
  held?.letThrough()
  return result
}

const staging = { entitlements: [{ database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' }] }
const deny = (dbUser: string) => api.useRules(withDeny(`no-${dbUser}`, { dbUsers: [dbUser] }))

describe('while AWS is asked about the principal', () => {
  it.each([
    ['a request', {}],
    ['a request that needs no approval', staging],
  ])('%s is not made once its API key is revoked', async (name, changes) => {
    const { key, token } = await api.key({ name: name.replaceAll(' ', '-'), scopes: ['read', 'ask'] })
    const before = await api.parts.db.prisma.request.count()
    const asking = during(
      'GetRole',
      () => api.withKey(token, 'developer').ask(changes),
      () => api.revokeKey(key.id),
    )
    await expect(asking).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
    expect(await api.parts.db.prisma.request.count()).toBe(before)
  })

  it.each([
    ['a request', {}, 'db_user'],
    ['a request that needs no approval', staging, 'reader'],
  ])('%s is judged anew once other rules are in force', async (_, changes, dbUser) => {
    await api.useRules()
    const asking = during(
      'GetRole',
      () => api.as('developer').ask(changes),
      () => deny(dbUser),
    )
    await expect(asking).rejects.toMatchObject({ code: 'refused_by_rules', detail: expect.stringContaining(`no-${dbUser}`) })
  })

  it('an approval is judged anew once other rules are in force', async () => {
    await api.useRules()
    const { id } = await api.as('developer').ask()
    const approving = during(
      'GetRole',
      () => api.as('dba').approve(id),
      () => deny('db_user'),
    )
    await expect(approving).rejects.toMatchObject({ code: 'refused_by_rules' })
    expect(await api.as('developer').request(id)).toMatchObject({ status: 'pending', decisions: [] })
  })

  it('an approval is refused once the request is withdrawn', async () => {
    await api.useRules()
    const { id } = await api.as('developer').ask()
    const approving = during(
      'GetRole',
      () => api.as('dba').approve(id),
      () => api.as('developer').withdraw(id),
    )
    await expect(approving).rejects.toMatchObject({ code: 'request_decided' })
  })
})
