import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { beginDue } from '../../src/grants/index.ts'
import { createRuleSets } from '../../src/identity/index.ts'
import { insertRuleSet, pointAt } from '../../src/identity/rule-set-store.ts'
import { worker } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { mayStart } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'
import { withDeny, withoutPerson, withRule } from '../support/rules.ts'

const logged: string[] = []
const log = pino({ level: 'error' }, { write: (line) => void logged.push(line) })
const api = testApi()
const orders = (...dbUsers: readonly string[]) => dbUsers.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))

beforeEach(async () => {
  logged.length = 0
  await api.useRules()
})

let roles = 0
let principal = ''
/** A role of its own for each test: what is left waiting on one is judged again with whatever else starts there. */
beforeEach(async () => {
  roles += 1
  principal = `arn:aws:iam::123456789012:role/app-later-${roles}`
  await api.makeRole(`app-later-${roles}`)
})

/** Grants for later that were approved by the dba, under the rules of the demo; the ids of the request and its grants. */
async function approvedForLater(...dbUsers: readonly string[]) {
  const startsAt = new Date(Date.now() + 86_400_000).toISOString()
  const { id } = await api.as('developer').ask({ principal, entitlements: orders(...dbUsers), startsAt, duration: 'PT4H' })
  const { grants } = await api.as('dba').approve(id)
  return { request: id, grants: grants.map((grant) => grant.id) }
}

interface Later {
  readonly grants: readonly string[]
}

/** Makes the start come, a number of minutes ago, and stores what is due. */
async function letTheStartCome(later: Later, minutesAgo = 0, ruleSets = api.parts.ruleSets): Promise<void> {
  for (const id of later.grants)
    await api.change(
      'grant',
      `starts_at = now() - interval '${minutesAgo} minutes', ends_at = now() + interval '4 hours' - interval '${minutesAgo} minutes'`,
      id,
    )
  await api.parts.db.inTransaction(async (tx) => {
    const { targetId } = await tx.prisma.grant.findUniqueOrThrow({ where: { id: later.grants[0] ?? '' } })
    await beginDue(tx, targetId as Id<'tgt'>, await tx.now(), mayStart({ ruleSets }, log)) // as the stores make them
  })
}

/** Where each grant stands. */
async function standingOf(later: Later) {
  const grants = await Promise.all(later.grants.map((id) => api.as('developer').grant(id)))
  return grants.map(({ status, endReason, duration }) => [status, endReason ?? duration])
}

async function whenTheStartHasCome(later: Later, minutesAgo = 0) {
  await letTheStartCome(later, minutesAgo)
  return standingOf(later)
}

/** Does what only the owner can, and only without triggers. */
const tamper = async (table: string, statement: string) =>
  (await api.database.client()).query(
    `begin; alter table ${table} disable trigger user; ${statement}; alter table ${table} enable trigger user; commit`,
  )

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

describe('a grant whose start has come and that cannot be judged', () => {
  it('waits where the facts of its request are not readable, and others on its target start', async () => {
    const broken = await approvedForLater('db_user')
    const whole = await approvedForLater('jane_doe')
    await tamper('request_entitlement', `delete from request_entitlement where request_id = '${broken.request}'`)
    expect(await whenTheStartHasCome({ grants: [...broken.grants, ...whole.grants] })).toEqual([
      ['scheduled', 'PT4H'],
      ['applying', 'PT4H'],
    ])
    expect(logged).toEqual([expect.stringContaining(broken.request)])
  })

  it('waits where it is for nothing that was asked for, with others of its request', async () => {
    const later = await approvedForLater('db_user', 'jane_doe')
    await api.change('grant', `resource_arn = resource_arn || 'x'`, later.grants[0] ?? '')
    expect(await whenTheStartHasCome(later)).toEqual([
      ['scheduled', 'PT4H'],
      ['scheduled', 'PT4H'],
    ])
    expect(logged).toEqual([expect.stringContaining(`grant ${later.grants[0]} is for nothing`)])
  })

  it('waits where this version cannot read the rule set in force, and starts once it can', async () => {
    const later = await approvedForLater('db_user')
    await api.parts.db.inTransaction(async (tx) => {
      await insertRuleSet(tx, 'f'.repeat(64), '{"of": "another version"}')
      await pointAt(tx, 'f'.repeat(64), worker)
    })
    await letTheStartCome(later)
    await api.useRules()
    expect(await standingOf(later)).toEqual([['scheduled', 'PT4H']])
    expect(logged).toEqual([expect.stringContaining('cannot read rule set ffff')])
    expect(await whenTheStartHasCome(later)).toEqual([['applying', 'PT4H']])
  })

  it('waits where Postgres is away', async () => {
    const later = await approvedForLater('db_user')
    const away = connect({ connectionString: api.database.url, applicationName: 'away', poolSize: 1, onIdleError: () => {} })
    await away.close()
    await expect(letTheStartCome(later, 0, createRuleSets(away))).rejects.toMatchObject({ code: 'database_unavailable' })
    expect(await whenTheStartHasCome(later)).toEqual([['applying', 'PT4H']])
    expect(logged).toEqual([])
  })
})
