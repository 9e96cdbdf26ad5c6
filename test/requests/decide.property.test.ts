import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration } from '../../src/kernel/duration.ts'
import { SallyportError } from '../../src/kernel/errors.ts'
import { type Decided, decide } from '../../src/requests/decide.ts'
import type { Approval, Decision, Request } from '../../src/requests/request.ts'
import { after, approvalBy, by, database, dbaApproves, fileOf, requestOf } from './world.ts'

const people = [
  { id: 'developer', groups: ['developers'] },
  { id: 'dba', groups: ['dba'] },
  { id: 'dba-2', groups: ['dba'] },
  { id: 'security', groups: ['security'] },
  { id: 'security-2', groups: ['security', 'dba'] },
]
const person = fc.constantFrom(...people.map(({ id }) => id))
const seconds = fc.integer({ min: 1, max: 12 * 3_600 })
const positions = fc.subarray([0, 1, 2], { minLength: 1 })
const stage = fc.oneof(
  fc.record({
    from: fc.record({ groups: fc.constantFrom(['dba'], ['security'], ['dba', 'security']) }),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ from: fc.record({ people: fc.tuple(person) }) }),
)
const asked = fc.record({ requesterId: person, beneficiaryId: person, keyOwnerId: fc.option(person), durationSeconds: seconds })
const vote = fc.record({ person, durationSeconds: fc.option(seconds), positions, owner: fc.option(person) })
const limit = fc.integer({ min: 60, max: 12 * 3_600 })
const story = fc.record({ asked, stages: fc.array(stage, { minLength: 1, maxLength: 3 }), limit, votes: fc.array(vote, { maxLength: 8 }) })

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

const dbUsers = ['db_user', 'jane_doe', 'mary_roe']

/** Lets everybody vote in turn, as the API would, until the request is approved or nobody is left. */
function play({ asked, stages, limit, votes }: Story): {
  request: Request
  given: Approval[]
  outcome: Decided['outcome']
  refused: string[]
} {
  const longest = formatDuration(limit)
  const everybody = { groups: ['developers', 'dba', 'security'] }
  const file = fileOf([{ ...dbaApproves, who: everybody, approvals: stages, duration: { default: longest, longest } }], people)
  const decisions: Decision[] = []
  const refused: string[] = []
  for (const { person, durationSeconds, positions, owner } of votes) {
    const request = requestOf({ ...asked, decisions })
    const entitlements = positions.map((position) => ({ database: database.arn, dbUser: dbUsers[position] ?? '' }))
    try {
      const decided = decide(file, request, by(person, { ownerId: owner }), { verdict: 'approve', durationSeconds, entitlements }, after(1))
      decisions.push(approvalBy(person, decided))
      if (decided.outcome.status !== 'pending') return { request, given: decisions, outcome: decided.outcome, refused }
    } catch (error) {
      if (!(error instanceof SallyportError)) throw error
      refused.push(error.code)
    }
  }
  return { request: requestOf(asked), given: decisions, outcome: { status: 'pending' }, refused }
}

test('what is granted never exceeds what was asked, what each approver gave, and what the rules allow', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { request, given, outcome } = play(told)
      if (outcome.status !== 'approved') return
      const { terms } = outcome
      expect(terms.positions.length).toBeGreaterThan(0)
      expect(terms.durationSeconds).toBe(
        Math.min(request.durationSeconds, told.limit, ...given.flatMap(({ durationSeconds }) => durationSeconds ?? [])),
      )
      expect(terms.endsAt.getTime() - terms.startsAt.getTime()).toBe(terms.durationSeconds * 1_000)
      for (const approval of given) expect(approval.positions).toEqual(expect.arrayContaining([...terms.positions]))
    }),
  )
})

test('whoever asked, whose key asked, and who will use it never approve, nor does any key of theirs', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { given, outcome } = play(told)
      const own = [told.asked.requesterId, told.asked.beneficiaryId, told.asked.keyOwnerId]
      expect(given.filter(({ personId }) => own.includes(personId))).toEqual([])
      if (outcome.status === 'approved') expect(outcome.approvedBy.filter((id) => own.includes(id))).toEqual([])
    }),
  )
})

test('an approval needs as many different people as the stages have places', () => {
  fc.assert(
    fc.property(story, (told) => {
      const { outcome } = play(told)
      if (outcome.status !== 'approved') return
      expect(new Set(outcome.approvedBy).size).toBe(outcome.stages.reduce((sum, { count }) => sum + count, 0))
    }),
  )
})

test('the stories told do reach approval, and every kind of refusal', () => {
  const seen = new Set<string>()
  for (const told of fc.sample(story, { numRuns: 500, seed: 1 })) {
    const { outcome, refused } = play(told)
    for (const each of [outcome.status, ...refused]) seen.add(each)
  }
  const refusals = ['already_decided_by_you', 'approval_widens', 'not_an_approver', 'same_credential', 'self_approval']
  expect([...seen].sort()).toEqual(['approved', 'pending', ...refusals].sort())
})
