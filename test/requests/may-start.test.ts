import { beforeEach, describe, expect, it } from 'vitest'
import { beginDue } from '../../src/grants/index.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { mayStart } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'
import { withDeny, withoutPerson, withRule } from '../support/rules.ts'

const api = testApi()
const orders = (...dbUsers: readonly string[]) => dbUsers.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))

beforeEach(() => api.useRules())

/** Grants for later that were approved by the dba, under the rules of the demo; the ids of the request and its grants. */
async function approvedForLater(...dbUsers: readonly string[]) {
  const startsAt = new Date(Date.now() + 86_400_000).toISOString()
  const { id } = await api.as('developer').ask({ entitlements: orders(...dbUsers), startsAt, duration: 'PT4H' })
  const { grants } = await api.as('dba').approve(id)
  return { request: id, grants: grants.map((grant) => grant.id) }
}

/** Makes the start come, a number of minutes ago, and stores what is due; answers where each grant stands then. */
async function whenTheStartHasCome(later: { readonly grants: readonly string[] }, minutesAgo = 0) {
  for (const id of later.grants)
    await api.change(
      'grant',
      `starts_at = now() - interval '${minutesAgo} minutes', ends_at = now() + interval '4 hours' - interval '${minutesAgo} minutes'`,
      id,
    )
  await api.parts.db.inTransaction(async (tx) => {
    const { targetId } = await tx.prisma.grant.findUniqueOrThrow({ where: { id: later.grants[0] ?? '' } })
    await beginDue(tx, targetId as Id<'tgt'>, await tx.now(), mayStart(api.parts)) // as the stores make them
  })
  const grants = await Promise.all(later.grants.map((id) => api.as('developer').grant(id)))
  return grants.map(({ status, endReason, duration }) => [status, endReason ?? duration])
}

const production = 'production-with-a-dba'

describe('a grant that was approved for later, when its start has come', () => {
  it('starts while the rules are what they were', async () => {
    const later = await approvedForLater('db_user')
    expect(await whenTheStartHasCome(later)).toEqual([['applying', 'PT4H']])
    expect((await api.eventsOf(later.request)).slice(-1)).toEqual(['grant.started'])
  })

  it('ends where the rules deny it by now, and others of its request start', async () => {
    const later = await approvedForLater('db_user', 'jane_doe')
    await api.useRules(withDeny('no-jane', { dbUsers: ['jane_doe'] }))
    expect(await whenTheStartHasCome(later)).toEqual([
      ['applying', 'PT4H'],
      ['revoking', 'rules_changed'],
    ])
  })

  it('ends where nobody whom the rules ask by now has approved it', async () => {
    const later = await approvedForLater('db_user')
    await api.useRules(withRule(production, { approvals: [{ from: { groups: ['security'] }, count: 1 }] }))
    expect(await whenTheStartHasCome(later)).toEqual([['revoking', 'rules_changed']])
  })

  it.each(['dba', 'developer'])('ends where %s has left the directory', async (left) => {
    const later = await approvedForLater('db_user')
    await api.useRules(withoutPerson(left))
    expect(await whenTheStartHasCome(later)).toEqual([['revoking', 'rules_changed']])
  })

  it('lasts only as long as the rules allow by now', async () => {
    const later = await approvedForLater('db_user')
    await api.useRules(withRule(production, { duration: { default: 'PT1H', longest: 'PT1H' } }))
    expect(await whenTheStartHasCome(later)).toEqual([['applying', 'PT1H']])
  })

  it('ends where that time is over already, because no worker was there at its start', async () => {
    const later = await approvedForLater('db_user')
    await api.useRules(withRule(production, { duration: { default: 'PT1H', longest: 'PT1H' } }))
    expect(await whenTheStartHasCome(later, 61)).toEqual([['revoking', 'rules_changed']])
  })

  it('does not last longer where they allow more', async () => {
    const later = await approvedForLater('db_user')
    await api.useRules(withRule(production, { duration: { default: 'PT1H', longest: 'PT8H' } }))
    expect(await whenTheStartHasCome(later)).toEqual([['applying', 'PT4H']])
  })
})
