import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { client, firstExample } from '../support/client.ts'
import { outcomes } from '../support/outcomes.ts'
import { withDeny, withRule } from '../support/rules.ts'
import { type SpawnedApi, spawnApi } from '../support/spawn-api.ts'

const api = testApi()
const spawned: SpawnedApi[] = []
beforeAll(async () => {
  spawned.push(...(await Promise.all([1, 2].map(() => spawnApi(api.database.url, api.standIn.url)))))
}, 60_000)
afterAll(async () => {
  await Promise.all(spawned.map(({ stop }) => stop()))
})

type Caller = ReturnType<typeof client>
type Headers = Readonly<Record<string, string>>
/** Somebody at the first process, or at the second. */
const at = (process: number, person: string): Caller => client(() => spawned[process]?.url ?? '', { authorization: `Bearer dev-${person}` })
const developer = api.as('developer')
const rounds = [0, 1, 2]
const salaries = { entitlements: [{ database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' }], duration: 'PT30M' }

/** What somebody does to a request at a process. */
interface Act {
  readonly name: string
  readonly person: string
  readonly to: (caller: Caller, id: string) => Promise<{ status: string }>
}
const approval = (person: string): Act => ({ name: `${person} approves`, person, to: (caller, id) => caller.approve(id) })
const denial = (person: string): Act => ({ name: `${person} denies`, person, to: (caller, id) => caller.deny(id, { comment: 'No' }) })
const withdrawal: Act = { name: 'developer withdraws', person: 'developer', to: (caller, id) => caller.withdraw(id) }
const ends: Readonly<Record<string, string>> = { approves: 'approved', denies: 'denied', withdraws: 'withdrawn' }

/** Two people at two processes at the same moment; which of them is sent first changes by the round. */
async function race(one: Act, other: Act, id: string, round: number): Promise<[string, string]> {
  const acts = [one, other].map(
    ({ person, to }, process) =>
      () =>
        to(at(process, person), id),
  )
  const sent = (round % 2 === 0 ? acts : acts.toReversed()).map((act) => act())
  const [first = '', second = ''] = await outcomes(...sent)
  return round % 2 === 0 ? [first, second] : [second, first]
}

/** The request, which both processes tell alike; state, decisions, grants and events must say the same, each once. */
async function consistent(id: string) {
  const [request, again] = await Promise.all([at(0, 'developer').request(id), at(1, 'developer').request(id)])
  expect(again).toEqual(request)
  const { status, decisions, grants } = request
  const events = await api.database.db.prisma.auditEvent.findMany({ where: { requestId: id } })
  const of = (type: string) => events.filter((event) => event.type === type)
  expect(of('request.created')).toHaveLength(1)
  const ended = events.map(({ type }) => type).filter((type) => /^request\.(approved|denied|withdrawn|expired)$/.test(type))
  expect(ended).toEqual(status === 'pending' ? [] : [`request.${status}`])
  const recorded = of('decision.recorded').map(({ payload }) => (payload as { decision: string }).decision) // as the event has it
  expect(recorded.sort()).toEqual(decisions.map((decision) => decision.id).sort())
  expect(new Set(decisions.map(({ approver }) => approver)).size).toBe(decisions.length)
  expect(grants).toHaveLength(status === 'approved' ? 1 : 0)
  expect(of('grant.opened').map(({ grantId }) => grantId)).toEqual(grants.map((grant) => grant.id))
  return request
}

const acts = [approval('dba'), approval('dba-2'), denial('dba'), denial('dba-2'), withdrawal]
const pairs = acts.flatMap((one, index) => acts.slice(index).map((other) => ({ one, other, name: `${one.name}, ${other.name}` })))

describe('on two processes, of two that would each end a request', () => {
  test.each(pairs)('one does: $name', async ({ one, other }) => {
    for (const round of rounds) {
      const { id } = await developer.ask()
      const both = await race(one, other, id, round)
      const { status, decisions } = await consistent(id)
      const won = both.indexOf(status)
      const lost = both[1 - won]
      expect(both.filter((outcome) => outcome === status)).toHaveLength(1)
      const samePerson = one.person === other.person && one !== withdrawal
      expect(samePerson ? ['request_decided', 'already_decided_by_you'] : ['request_decided']).toContain(lost)
      const winner = won === 0 ? one : other
      expect(status).toBe(ends[winner.name.split(' ')[1] ?? ''])
      expect(decisions.map(({ approver }) => approver)).toEqual(winner === withdrawal ? [] : [winner.person])
    }
  })
})

describe('on two processes, of a request that needs two', () => {
  test.each<[string, Act, Act, readonly (readonly [string, string])[]]>([
    [
      'approvals of both stages approve it once',
      approval('dba'),
      approval('security'),
      [
        ['pending', 'approved'],
        ['approved', 'pending'],
      ],
    ],
    ['approvals of one stage leave it waiting', approval('dba'), approval('dba-2'), [['pending', 'pending']]],
    [
      'an approval and a denial end it once',
      approval('dba'),
      denial('security'),
      [
        ['pending', 'denied'],
        ['request_decided', 'denied'],
      ],
    ],
    [
      'an approval and a withdrawal end it once',
      approval('dba'),
      withdrawal,
      [
        ['pending', 'withdrawn'],
        ['request_decided', 'withdrawn'],
      ],
    ],
    [
      'a double click is one approval',
      approval('dba'),
      approval('dba'),
      [
        ['pending', 'already_decided_by_you'],
        ['already_decided_by_you', 'pending'],
      ],
    ],
  ])('%s', async (_, one, other, possible) => {
    for (const round of rounds) {
      const { id } = await developer.ask(salaries)
      const both = await race(one, other, id, round)
      expect(possible).toContainEqual(both)
      const { decisions } = await consistent(id)
      const decided = both.filter(
        (outcome, index) => ['pending', 'approved', 'denied'].includes(outcome) && [one, other][index] !== withdrawal,
      )
      expect(decisions).toHaveLength(decided.length)
    }
  })
})

describe('on two processes, double clicks', () => {
  const acts: readonly (readonly [string, (caller: Caller, id: string, headers: Headers) => ReturnType<Caller['post']>, string])[] = [
    ['approve', (caller, id, headers) => caller.post(`/v1/requests/${id}/approve`, {}, headers), 'dba'],
    ['deny', (caller, id, headers) => caller.post(`/v1/requests/${id}/deny`, { comment: 'No' }, headers), 'dba'],
    ['withdraw', (caller, id, headers) => caller.post(`/v1/requests/${id}/withdraw`, undefined, headers), 'developer'],
  ]
  test.each(acts)('under one Idempotency-Key have one effect and one answer: %s', async (name, act, person) => {
    for (const round of rounds) {
      const { id } = await developer.ask()
      const headers = { 'idempotency-key': `${name} ${round}` }
      const answers = await Promise.all([0, 1].map((process) => act(at(process, person), id, headers)))
      const good = answers.filter(({ status }) => status === 200)
      for (const answer of answers)
        if (!good.includes(answer)) expect(JSON.parse(answer.text)).toMatchObject({ status: 409, code: 'idempotency_in_progress' })
      expect(good.length).toBeGreaterThan(0)
      expect(good.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
      const later = await act(at(round % 2, person), id, headers)
      expect([later.status, later.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
      expect(new Set([later, ...good].map(({ text }) => text)).size).toBe(1)
      expect((await consistent(id)).status).toBe(JSON.parse(later.text).status)
    }
  })

  test('on asking make one request under one Idempotency-Key, and two without', async () => {
    for (const round of rounds) {
      const body = { ...firstExample, reason: `Asked twice, ${round}` }
      const ask = (headers: Headers) => Promise.all([0, 1].map((process) => at(process, 'developer').post('/v1/requests', body, headers)))
      const made = await ask({ 'idempotency-key': `ask ${round}` })
      expect(made.map(({ status }) => status)).toEqual([201, 201])
      expect(new Set(made.map(({ text }) => text)).size).toBe(1)
      expect(await api.parts.db.prisma.request.count({ where: { reason: body.reason } })).toBe(1)
      expect(new Set((await ask({})).map(({ text }) => JSON.parse(text).id)).size).toBe(2)
    }
  })
})

describe('on two processes, an approval and a change of the rules', () => {
  const forbidden = withDeny('closed', { databases: { tags: { environment: 'production' } } })
  const stricter = withRule('production-with-a-dba', { approvals: [{ from: { groups: ['dba'] }, count: 2 }] })

  test.each([
    ['that forbids it', forbidden, 'refused_by_rules'],
    ['that demands one more', stricter, 'pending'],
  ])('%s leave it approved by the rules before, or not approved', async (_, change, otherwise) => {
    for (const round of rounds) {
      await api.useRules()
      const before = (await developer.ask()).ruleSet
      const { id } = await developer.ask()
      const early = round === 0 ? api.useRules(change) : null
      const approving = outcomes(at(round % 2, 'dba').approve(id))
      const [[outcome]] = await Promise.all([approving, early ?? api.useRules(change)])
      const { status, decisions } = await consistent(id)
      expect(['approved', otherwise]).toContain(outcome)
      expect(status).toBe(outcome === 'approved' ? 'approved' : 'pending')
      const judgedBy = await api.parts.db.prisma.decision.findMany({ where: { requestId: id } })
      expect(judgedBy).toHaveLength(outcome === 'refused_by_rules' ? 0 : 1)
      expect(decisions).toHaveLength(judgedBy.length)
      for (const { ruleSetHash } of judgedBy) expect(ruleSetHash === before).toBe(outcome === 'approved')
    }
    await api.useRules()
  })
})
