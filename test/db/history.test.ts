import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { testDatabase } from '../support/database.ts'
import { insert, insertAll } from './rows.ts'

const database = testDatabase()
const refused = { code: '23001' } // restrict_violation, raised by the triggers
let owner: pg.Client

beforeAll(async () => {
  owner = await database.client()
  await insertAll(owner)
})

/** Runs statements, the owner's, and takes them back. */
async function attempt(...statements: readonly string[]): Promise<void> {
  await owner.query('begin')
  try {
    for (const statement of statements) await owner.query(statement)
  } finally {
    await owner.query('rollback')
  }
}

describe('what is written once', () => {
  test.each([
    'update audit_event set type = type',
    'delete from audit_event',
    'truncate audit_event',
    'truncate audit_event cascade',
    'update rule_set set content = content',
    'delete from rule_set',
    `update decision set comment = 'changed'`,
    'delete from decision',
    `update request_comment set text = 'changed'`,
    'delete from request_comment',
    `update request_entitlement set db_user = 'admin'`,
    'delete from request_entitlement',
    'delete from request',
    'delete from review',
    `update review set closed_at = now(), outcome = 'keep', note = 'x', signed_by = '{}', signer_id = 'jane'`,
    `update review set closed_at = now(), outcome = 'keep', note = 'x', signed_by = '{}', signer_id = 'bob'`,
    'delete from later_match',
    `update later_match set outcome = 'refused'`,
    'delete from "grant"',
  ])('not even the owner may %s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject(refused)
  })
})

describe('a request', () => {
  const decide = `update request set status = 'approved', decided_at = now()`

  test('is decided once', async () => {
    await attempt(decide)
    await expect(attempt(decide, `update request set status = 'denied'`)).rejects.toMatchObject(refused)
    await expect(attempt(decide, `update request set status = 'pending', decided_at = null`)).rejects.toMatchObject(refused)
  })

  test('does not change while it is decided', async () => {
    const changeable = new Set(['status', 'decided_at', 'end_reason', 'extends_id', 'escalates_at', 'escalation_seen'])
    const columns = await owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'request' and table_schema = 'public'`,
    )
    const fixed = columns.rows.map(({ name }) => name).filter((name) => !changeable.has(name))
    expect(fixed).toContain('duration_seconds')
    await expect(attempt(`${decide}, extends_id = 'grt_x'`)).rejects.toMatchObject(refused) // it is null in the row
    for (const column of fixed) await expect(attempt(`${decide}, "${column}" = null`), column).rejects.toMatchObject(refused)
  })

  test('comes to ask others while it waits, and never less', async () => {
    const ask = (group: string) => `update request set approver_groups = array['${group}'], escalations = '[{ "turn": 1 }]'`
    const more = `update request set approver_groups = approver_groups || array['heads'], escalations = '[{ "turn": 1 }]'`
    await attempt(more)
    await expect(attempt(more, ask('others'))).rejects.toMatchObject(refused)
    await expect(attempt(more, `update request set escalations = '[]'`)).rejects.toMatchObject(refused)
    await expect(attempt(decide, more)).rejects.toMatchObject(refused)
  })
})

describe('a decision', () => {
  test.each(['jane', 'bob'])('is not %s’s, who asked for the access or will use it', async (person) => {
    await expect(insert(owner, 'decision', { id: newId('dec'), person_id: person })).rejects.toMatchObject(refused)
  })
})

describe('a grant', () => {
  const statuses = ['scheduled', 'applying', 'active', 'revoking', 'ended']
  /** With what the checks of a status ask for beside it. */
  const set = (status: string) => {
    const ending = status === 'revoking' || status === 'ended'
    return `update "grant" set status = '${status}', active_at = ${status === 'active' ? 'now()' : 'null'},
      end_reason = ${ending ? `'expired'` : 'null'}, revoking_at = ${ending ? 'now()' : 'null'}, ended_at = ${status === 'ended' ? 'now()' : 'null'}`
  }
  const moves = statuses.flatMap((from, at) => statuses.map((next, then) => ({ from, next, forward: then >= at && from !== 'ended' })))

  test.each(moves.filter(({ forward }) => forward))('may go from $from to $next', async ({ from, next }) => {
    await attempt(set(from), set(next))
  })

  test.each(moves.filter(({ forward }) => !forward))('never goes from $from to $next', async ({ from, next }) => {
    await expect(attempt(set(from), set(next))).rejects.toMatchObject(refused)
  })

  test.each(['db_user', 'resource_arn', 'beneficiary_id'])('never gets another %s', async (column) => {
    await expect(attempt(`update "grant" set ${column} = 'diego'`)).rejects.toMatchObject(refused)
  })

  test('never starts at another time', async () => {
    await expect(attempt(`update "grant" set starts_at = starts_at - interval '1 hour'`)).rejects.toMatchObject(refused)
  })
})
