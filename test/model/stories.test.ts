import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giveNotice } from '../../src/grants/index.ts'
import { enqueueForgotten } from '../../src/reconcile/index.ts'
import { endExpired } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'
import { idle, step, stepping } from './clock.ts'
import { commands, endsSoon, type World } from './commands.ts'
import { Model, type ModelRequest, ruleSets } from './model.ts'

let databaseUrl = ''
const api = testApi({
  worker: true,
  rules: (file) => {
    for (const change of ruleSets['usual']?.changes ?? []) change(file)
  },
  databaseUrl: async (url) => {
    databaseUrl = await stepping(url)
    return databaseUrl
  },
})

/** Does what a worker does once a minute, and waits until no job is left that is due. */
async function settle(): Promise<void> {
  const { db } = api.parts
  await db.inTransaction(endExpired)
  await db.inTransaction(enqueueForgotten.run)
  await idle(db)
  await db.inTransaction(giveNotice)
}

/** Holds IAM, every request and the audit log against the model. */
async function check(model: Model): Promise<void> {
  expect(await allowedInIam()).toEqual(model.allowed())
  for (const request of model.requests) await checkRequest(model, request)
}

async function allowedInIam(): Promise<string[]> {
  const document = await api.document('role', 'app-reader')
  if (document === null) return []
  const { Statement } = JSON.parse(document) as { Statement: { Resource: string[] }[] } // as the policy compiler writes it
  return Statement.flatMap(({ Resource }) => Resource).sort()
}

async function checkRequest(model: Model, expected: ModelRequest): Promise<void> {
  const request = await api.as('auditor').request(expected.id)
  const end = model.endOf(expected)
  const grants = end === undefined ? [] : [end === null ? 'active' : `ended: ${end}`]
  const [grant] = request.grants
  expect({
    status: request.status,
    approvals: request.decisions.filter(({ verdict }) => verdict === 'approve').map(({ approver }) => approver),
    grants: request.grants.map(({ status, endReason }) => (endReason === null ? status : `${status}: ${endReason}`)),
  }).toEqual({ status: model.statusOf(expected), approvals: expected.approvals, grants })
  if (grant !== undefined && expected.grant !== null)
    expect(Date.parse(grant.endsAt) - Date.parse(grant.startsAt)).toBe((expected.grant.until - expected.grant.since) * 1_000)
  expect(await factsOf(expected.id)).toEqual(factsIn(model, expected))
}

/** How often the audit log has each fact of a request and its grant. */
async function factsOf(requestId: string): Promise<Record<string, number>> {
  const { rows } = await api.parts.db.pool.query<{ type: string; times: number }>(
    `select type, count(*)::int as times from audit_event where request_id = $1 and type ~ '^(request|decision|grant)[.]' group by type`,
    [requestId],
  )
  return Object.fromEntries(rows.map(({ type, times }) => [type, times]))
}

function factsIn(model: Model, request: ModelRequest): Record<string, number> {
  const status = model.statusOf(request)
  const decisions = request.approvals.length + request.denials.length
  const end = model.endOf(request)
  return {
    'request.created': 1,
    ...(decisions === 0 ? {} : { 'decision.recorded': decisions }),
    ...(status === 'pending' ? {} : { [`request.${status}`]: 1 }),
    ...(end === undefined ? {} : { 'grant.opened': 1, 'grant.activated': 1 }),
    ...(request.grant?.noticed === true ? { 'grant.ends_soon': 1 } : {}),
    ...(end === undefined || end === null ? {} : { 'grant.ending': 1, 'grant.ended': 1 }),
  }
}

test('whatever people do, in whatever order, IAM, the requests and the audit log are what the model says', async () => {
  const world: World = { api, step: (seconds) => step(databaseUrl, seconds), settle, check }
  const runs = Number(process.env['SALLYPORT_TEST_STORIES'] ?? 8)
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (story) => {
      await api.useRules(...new Model().changes)
      api.parts.ruleSets.forget()
      await api.as('admin').revokeMany({ account: '123456789012' })
      await settle()
      await fc.asyncModelRun(() => ({ model: new Model(), real: world }), story)
    }),
    { numRuns: runs, examples: [[endsSoon]] },
  )
}, 600_000)
