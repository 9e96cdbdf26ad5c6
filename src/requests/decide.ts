import { isDeepStrictEqual } from 'node:util'
import type { SallyportFile } from '../config/index.ts'
import type { Credential } from '../identity/index.ts'
import { type Person, ticketSourceIn, type Viewer } from '../kernel/actor.ts'
import { formatDuration } from '../kernel/duration.ts'
import { SallyportError } from '../kernel/errors.ts'
import { includes, namesIn, type Stage } from '../kernel/rule.ts'
import { asksLater, type ReviewTerms } from '../rules/index.ts'
import type { AskedEntitlement } from './asked-entitlements.ts'
import { isAccepted, keptPositions, mayRead, ownPeople, personOf, reasonsOf, type Standing, standing } from './judging.ts'
import type { Approval, Request, RequestEntitlement } from './request.ts'

/** What an approver says: the whole, or less of it. */
export interface Verdict {
  readonly verdict: 'approve' | 'deny'
  readonly durationSeconds: number | null
  /** What to keep, as it was named in the request; null for all of it. */
  readonly entitlements: readonly AskedEntitlement[] | null
}

export interface Decider {
  readonly person: Pick<Person, 'id'>
  readonly credential: Pick<Credential, 'id' | 'ownerId' | 'via'>
}

/** What is granted once the rules are satisfied: the smallest of what was asked, approved, and now allowed. */
export interface Terms {
  readonly positions: readonly number[]
  readonly durationSeconds: number
  readonly startsAt: Date
  readonly endsAt: Date
  /** Whole seconds before the end. */
  readonly notifyBefore: number
  readonly review: ReviewTerms | null
}

export interface Decided {
  readonly durationSeconds: number | null
  readonly positions: readonly number[]
  readonly outcome:
    | { readonly status: 'pending' }
    | { readonly status: 'denied' }
    | { readonly status: 'approved'; readonly terms: Terms; readonly approvedBy: readonly string[]; readonly stages: readonly Stage[] }
}

/**
 * Judges one person's decision on a request by the rules of now. Pure: the caller stores what it answers.
 * Throws `request_decided`, `already_decided_by_you`, `not_your_turn` (409); `self_approval`, `same_credential`, `not_an_approver`,
 * `refused_by_rules` (403); `approval_widens` (422).
 */
export function decide(file: SallyportFile, request: Request, by: Decider, verdict: Verdict, now: Date): Decided {
  refuseIfOver(request, now)
  refuseOwn(request, by)
  if (verdict.verdict === 'approve') refuseEnded(request)
  if (request.decisions.some((decision) => decision.personId === by.person.id)) {
    throw new SallyportError('already_decided_by_you', `You have decided ${request.id} before; one person decides once.`)
  }
  if (verdict.verdict === 'deny') {
    const all = request.entitlements.map(({ position }) => position)
    refuseUnlessApprover(file, request, by, { verdict: 'deny', now: standing(file, request, request.decisions, all) })
    return { durationSeconds: null, positions: [], outcome: { status: 'denied' } }
  }
  const durationSeconds = narrowedDuration(request, verdict)
  const positions = narrowedPositions(request, verdict)
  const approvals = [
    ...request.decisions,
    { personId: by.person.id, decidedBy: by.credential, verdict: 'approve' as const, durationSeconds, positions, createdAt: now },
  ]
  const kept = keptPositions(request, approvals)
  if (kept.length === 0) {
    throw new SallyportError(
      'approval_widens',
      'Other approvers left out every entitlement that this approval keeps: nothing would be granted.',
    )
  }
  const before = standing(file, request, request.decisions, kept)
  refuseUnlessApprover(file, request, by, { verdict: 'approve', now: before })
  refuseBeforeTurn(file, request, by.person.id, before)
  return { durationSeconds, positions, outcome: outcomeOf(file, request, approvals, now) }
}

/** What the approvals given make of a request; `pending` while the rules ask for more. Pure. */
export function outcomeOf(file: SallyportFile, request: Request, approvals: readonly Approval[], now: Date): Decided['outcome'] {
  const { judgement, satisfied, counted, stages } = standing(file, request, approvals)
  if (!judgement.allowed || !satisfied) return { status: 'pending' }
  const durations = approvals.flatMap((approval) => approval.durationSeconds ?? [])
  const durationSeconds = Math.min(request.durationSeconds, judgement.durationLongest, ...durations)
  const startsAt = request.startsAt !== null && request.startsAt > now ? request.startsAt : now
  const from = request.extending?.endsAt ?? startsAt // more time counts from the end that it has
  const endsAt = new Date(from.getTime() + durationSeconds * 1000)
  return {
    status: 'approved',
    approvedBy: counted,
    stages: stages.map(({ stage }) => stage),
    terms: {
      positions: keptPositions(request, approvals),
      durationSeconds,
      startsAt,
      endsAt,
      notifyBefore: judgement.notifyBefore,
      review: judgement.review,
    },
  }
}

/** Throws `request_decided` when a request has ended, or has waited longer than it may. */
export function refuseIfOver(request: Pick<Request, 'id' | 'status' | 'expiresAt'>, now: Date): void {
  if (request.status === 'pending' && request.expiresAt > now) return
  const undecided = request.status === 'pending' || request.status === 'expired'
  throw new SallyportError(
    'request_decided',
    undecided
      ? `Request ${request.id} expired at ${request.expiresAt.toISOString()}: nobody decided in time.`
      : `Request ${request.id} is ${request.status}.`,
  )
}

/** What has ended meanwhile has nothing left to extend. */
function refuseEnded({ extending }: Pick<Request, 'extending'>): void {
  if (extending === null || extending.lives) return
  throw new SallyportError('grant_ended', `Grant ${extending.grantId}, which was to be extended, has ended; access can be asked for anew.`)
}

function refuseOwn(request: Request, by: Decider): void {
  const own = ownPeople(request)
  if (own.includes(by.person.id)) {
    throw new SallyportError('self_approval', `${by.person.id} is ${roleIn(request, by.person.id)} ${request.id}.`)
  }
  if (by.credential.ownerId !== null && own.includes(by.credential.ownerId)) {
    const { ownerId } = by.credential
    throw new SallyportError('self_approval', `This API key belongs to ${ownerId}, who is ${roleIn(request, ownerId)} ${request.id}.`)
  }
  if (by.credential.id === request.askedBy.credential) {
    throw new SallyportError('same_credential', `Request ${request.id} was made with this very credential.`)
  }
}

function roleIn(request: Request, personId: string): string {
  if (personId === request.requesterId) return 'the requester of'
  return personId === request.beneficiaryId ? 'the beneficiary of' : 'the owner of the API key that asked for'
}

/** Approving needs a place in a stage of the rules of now; denying also remains with those who were asked at first, or since. */
function refuseUnlessApprover(
  file: SallyportFile,
  request: Request,
  by: Decider,
  { verdict, now }: Pick<Verdict, 'verdict'> & { readonly now: Standing },
): void {
  const { judgement } = now
  if (!judgement.allowed && verdict === 'approve') {
    throw new SallyportError('refused_by_rules', reasonsOf(judgement))
  }
  const escalatedTo = request.escalations.map(({ to }) => ({ from: to, count: 1 }))
  const before = verdict === 'deny' ? [...request.judgement.stages, ...escalatedTo] : []
  const stages: readonly Stage[] = [...now.stages.map(({ stage }) => stage), ...before]
  if (ticketSourceIn(by.credential.via) !== null && !(judgement.allowed && isAccepted(judgement, by.credential.via)))
    throw new SallyportError('not_an_approver', `The rules take no decisions on ${request.id} from ${by.credential.via}.`)
  const person = personOf(file, by.person.id) // as the rules of now know them: who called may have been in other groups a moment ago
  if (person !== undefined && stages.some((stage) => includes(stage.from, person))) return
  refuseBeforeWait(request, now.stages, person)
  throw new SallyportError('not_an_approver', `The rules want ${wantedIn(stages) || 'nobody'} for ${request.id}.`)
}

/**
 * One person decides once: an approval that could only count later would be lost. Denying waits for nobody. By the rules
 * and the people of now, as all of it.
 */
function refuseBeforeTurn(file: SallyportFile, request: Request, personId: string, { stages, approvers }: Standing): void {
  if (approvers.includes(personId)) return
  if (stages.some(({ state, approvers: then }) => state === 'later' && then.includes(personId))) {
    const first = stages.flatMap(({ state, stage, filledBy, approvers: able }) =>
      state === 'open'
        ? [`${stage.count - filledBy.length} of ${wantedIn([stage])} (${able.join(', ') || 'nobody who could is left'})`]
        : [],
    )
    throw new SallyportError('not_your_turn', `The approvals of ${request.id} come in order, and first comes ${first.join(' and ')}.`)
  }
  refuseBeforeWait(request, stages, personOf(file, personId))
}

/** Throws `not_your_turn` for whom a stage will ask once it has waited for long enough, and says when that is. */
function refuseBeforeWait(request: Request, stages: Standing['stages'], person: Person | undefined): void {
  const later = stages.find(({ stage, state }) => person !== undefined && state !== 'complete' && asksLater(stage, person))?.stage
  if (later?.escalate === undefined) return
  const wait = formatDuration(later.escalate.after)
  const from = later.escalatesAt === null ? `once it has waited ${wait} for them` : `from ${later.escalatesAt.toISOString()} on`
  throw new SallyportError(
    'not_your_turn',
    `${request.id} waits for ${later.count} of ${wantedIn([later])}; ${person?.id} is asked ${from}, should that be needed.`,
  )
}

/** Refuses whom a request does not concern, before they are told anything else of it. Throws `not_an_approver`, or `not_your_turn` if it will. */
export function refuseStranger(file: SallyportFile, request: Request, person: Pick<Person, 'id'>, viewer: Viewer): void {
  if (mayRead(file, request, viewer)) return
  if (request.status === 'pending') refuseBeforeWait(request, standing(file, request, request.decisions).stages, personOf(file, person.id))
  throw new SallyportError('not_an_approver', `The rules do not ask ${person.id} for ${request.id}.`)
}

const wantedIn = (stages: readonly Stage[]): string => [...new Set(stages.flatMap(({ from }) => namesIn(from)))].join(', ')

function narrowedDuration(request: Request, verdict: Verdict): number | null {
  if (verdict.durationSeconds === null) return null
  if (request.manner === 'standing') {
    throw new SallyportError('approval_widens', 'Standing access has no duration to shorten; its reviews end it.', {
      fields: [{ pointer: '/duration', detail: 'must be left out' }],
    })
  }
  if (verdict.durationSeconds > request.durationSeconds) {
    const asked = formatDuration(request.durationSeconds)
    throw new SallyportError('approval_widens', `${formatDuration(verdict.durationSeconds)} is more than the ${asked} asked for.`, {
      fields: [{ pointer: '/duration', detail: `must be at most ${asked}` }],
    })
  }
  return verdict.durationSeconds
}

function narrowedPositions(request: Request, verdict: Verdict): readonly number[] {
  if (verdict.entitlements === null) return request.entitlements.map(({ position }) => position)
  const positions = verdict.entitlements.flatMap((kept, index) => {
    const asked = request.entitlements.filter((entitlement) => isNamed(entitlement, kept))
    if (asked.length > 0) return asked.map(({ position }) => position)
    const what = typeof kept.database === 'string' ? kept.database : `the databases ${JSON.stringify(kept.database)}`
    throw new SallyportError('approval_widens', `${kept.dbUser} on ${what} was not asked for in ${request.id}.`, {
      fields: [{ pointer: `/entitlements/${index}`, detail: 'is not part of the request' }],
    })
  })
  return [...new Set(positions)].sort((a, b) => a - b)
}

/** By the database's own name, or by the selector as it was asked for: then all that it named is kept. */
function isNamed(entitlement: RequestEntitlement, { database, dbUser }: AskedEntitlement): boolean {
  if (entitlement.dbUser !== dbUser) return false
  if (typeof database !== 'string') return isDeepStrictEqual(entitlement.selector, database)
  const { database: known } = entitlement
  return known !== null && [known.id, known.resourceId, known.arn].includes(database)
}
