import type { SallyportFile } from '../config/index.ts'
import { maySee, type Person, ticketSourceIn, type Viewer } from '../kernel/actor.ts'
import { formatDuration } from '../kernel/duration.ts'
import type { Stage } from '../kernel/rule.ts'
import {
  approversOf,
  escalate,
  escalatedBy,
  type Judgement,
  judge,
  type Question,
  type Reasoning,
  reasoning,
  type StageStanding,
  stagesNow,
  tally,
  type WaitingStage,
} from '../rules/index.ts'
import { knownTicket } from './known-ticket.ts'
import type { Approval, Request } from './request.ts'

/** What of a request the rules look at. */
export type Judged = Pick<
  Request,
  'requesterId' | 'beneficiaryId' | 'principal' | 'path' | 'manner' | 'extending' | 'reason' | 'ticket' | 'ticketFacts' | 'entitlements'
>

/** How a request stands by the rules and the people of now. */
export interface Standing {
  readonly judgement: Judgement
  /** True when the approvals given satisfy every stage; decisions the current rules no longer accept do not count. */
  readonly satisfied: boolean
  /** The ids of those whose approval counts. */
  readonly counted: readonly string[]
  /** The ids of those who could approve now. */
  readonly approvers: readonly string[]
  /** False when all of those together, and whom it will come to ask, would not be enough. */
  readonly attainable: boolean
  /** How each stage of the approvals stands, with those whom it asks by now. */
  readonly stages: readonly StageStanding<WaitingStage>[]
}

/** What the current rules say about a request, or about the entitlements of it at `positions`. Pure. */
export function judgeRequest(file: SallyportFile, asked: Judged, positions?: readonly number[]): Judgement {
  const question = questionOf(file, asked, positions)
  if ('entitlements' in question) return withinExtensions(judge(file.rules, question), asked.extending)
  const refusals = question.refused.map(({ position, detail }) => ({ position, rule: null, because: 'no_rule' as const, detail }))
  return { allowed: false, refusals }
}

/** An extension is one of so many, and ends within so long of the first start, whatever was allowed when that was asked for. */
function withinExtensions(judgement: Judgement, extending: Request['extending']): Judgement {
  if (!judgement.allowed || judgement.extensions === null || extending === null) return judgement
  const { count, total } = judgement.extensions
  const left = total - (extending.endsAt.getTime() - extending.since.getTime()) / 1_000
  const refused = (detail: string): Judgement => ({
    allowed: false,
    refusals: judgement.matched.map(({ position, rule }) => ({ position, rule, because: 'extension' as const, detail })),
  })
  const [first] = judgement.matched
  if (extending.extensions >= count) return refused(`Rule ${first?.rule} lets access be extended ${count} times, and that is used up.`)
  if (left < 1)
    return refused(`Rule ${first?.rule} lets access last ${formatDuration(total)} in all, extensions included, and it does already.`)
  const within = (seconds: number): number => Math.min(seconds, Math.floor(left))
  return { ...judgement, durationDefault: within(judgement.durationDefault), durationLongest: within(judgement.durationLongest) }
}

/** How each of the current rules stands to a request; nothing where it cannot be put to them. Pure. */
export function reasoningOn(file: SallyportFile, asked: Judged): readonly Reasoning[] {
  const question = questionOf(file, asked)
  return 'entitlements' in question ? reasoning(file.rules, question) : []
}

/** The question that a request puts to the rules, or what keeps it from being put. */
function questionOf(
  file: SallyportFile,
  asked: Judged,
  positions?: readonly number[],
): Question | { readonly refused: readonly { readonly position: number; readonly detail: string }[] } {
  const requester = personOf(file, asked.requesterId)
  const beneficiary = personOf(file, asked.beneficiaryId)
  const entitlements = asked.entitlements.filter((entitlement) => positions?.includes(entitlement.position) ?? true)
  if (requester === undefined || beneficiary === undefined) {
    const missing = requester === undefined ? asked.requesterId : asked.beneficiaryId
    return { refused: entitlements.map(({ position }) => ({ position, detail: `${missing} is no longer in the directory.` })) }
  }
  const gone = entitlements.flatMap(({ position, database }) =>
    database === null || database.goneAt === null ? [] : [{ position, detail: `${database.arn} is no longer declared, nor found in AWS.` }],
  )
  if (gone.length > 0) return { refused: gone }
  const { arn, accountId: account } = asked.principal
  const principal = { arn, account: account ?? '', managed: file.accounts.some(({ id }) => id === account) }
  const { path, manner, reason } = asked
  const ticket = knownTicket(file, asked)
  if (ticket?.known?.closed === true && ticket.endsAccess)
    return {
      refused: entitlements.map(({ position }) => ({ position, detail: `Ticket ${ticket.key} is closed, with which access ends.` })),
    }
  return { requester, beneficiary, principal, path, manner, reason, ticket, entitlements }
}

/**
 * Judges what the approvals given leave of a request, or a part of that, and counts them. An approval of somebody who
 * left, or whom the rules of now do not ask, does not count; what it took away stays away, so that nobody gets more
 * than each agreed to.
 */
export function standing(
  file: SallyportFile,
  request: Judged & Own & Waited,
  decisions: readonly Approval[],
  positions: readonly number[] = keptPositions(request, decisions),
): Standing {
  const approvals = decisions.filter((decision) => decision.verdict === 'approve')
  const judgement = judgeRequest(file, request, positions)
  if (!judgement.allowed) return { judgement, satisfied: false, counted: [], approvers: [], attainable: false, stages: [] }
  const own = new Set(ownPeople(request))
  const accepted = approvals.filter(({ decidedBy }) => isAccepted(judgement, decidedBy.via))
  const given = givenIn(file, accepted)
  const approving = given.map(({ person }) => person)
  const asked = escalate(judgement.stages, given, own, waitOf(request))
  const { satisfied, counted } = tally(asked, approving, own)
  const decided = new Set(decisions.map((decision) => decision.personId))
  const undecided = file.people.filter((person) => !decided.has(person.id))
  return {
    judgement,
    satisfied,
    counted,
    attainable: satisfied || tally(atOnce(escalatedBy(asked, request.expiresAt)), [...approving, ...undecided], own).satisfied,
    approvers: approversOf(asked, undecided, own, approving),
    stages: stagesNow(asked, undecided, own, approving),
  }
}

/** How the approvals that were asked for at first were filled, by the people of now; nobody is asked any more. */
export function stagesThen(file: SallyportFile, request: Request): readonly StageStanding<WaitingStage>[] {
  const own = new Set(ownPeople(request))
  const given = givenIn(
    file,
    request.decisions.filter(({ verdict }) => verdict === 'approve'),
  )
  const asked = escalate(request.judgement.stages, given, own, waitOf(request))
  const approving = given.map(({ person }) => person)
  return stagesNow(asked, [], own, approving)
}

/** Approvals of those who are in the directory. */
const givenIn = (file: SallyportFile, approvals: readonly Approval[]) =>
  approvals.flatMap(({ personId, createdAt: at }) => {
    const person = personOf(file, personId)
    return person === undefined ? [] : [{ person, at }]
  })

/** What of a request tells how long it has waited. */
type Waited = Pick<Request, 'createdAt' | 'expiresAt' | 'escalations'>

/** Until when it is known to have waited: until it last came to ask others. */
const waitOf = ({ createdAt, escalations }: Waited) => ({ since: createdAt, until: escalations.at(-1)?.at ?? null })

/** Whether the rules that allow something let approvers decide through this caller. */
export function isAccepted({ decisionsFrom }: Extract<Judgement, { allowed: true }>, via: string): boolean {
  const source = ticketSourceIn(via)
  return source === null || decisionsFrom.includes(source)
}

/** In whatever order people come, each turn can wait for its own. */
const atOnce = (stages: readonly Stage[]): readonly Stage[] => stages.map(({ from, count }) => ({ from, count }))

type Own = Pick<Request, 'requesterId' | 'beneficiaryId' | 'keyOwnerId'>

/** Those whose own request it is, and who therefore never decide it: who asked, whose key asked, and who will use it. */
export const ownPeople = ({ requesterId, beneficiaryId, keyOwnerId }: Own): readonly string[] => [
  ...new Set([requesterId, beneficiaryId, ...(keyOwnerId === null ? [] : [keyOwnerId])]),
]

/** Everybody whom stages name, as it is stored with requests and grants for lists. */
export function approversIn(stages: readonly Stage[]): { approverGroups: string[]; approverPeople: string[] } {
  const unique = (names: readonly string[]) => [...new Set(names)].sort()
  return {
    approverGroups: unique(stages.flatMap((stage) => stage.from.groups)),
    approverPeople: unique(stages.flatMap((stage) => stage.from.people)),
  }
}

/** Whether somebody may read a request: whom it concerned when it was asked or came to ask, whom the rules of now ask, and who has decided. */
export function mayRead(file: SallyportFile, request: Request, viewer: Viewer): boolean {
  if (maySee(viewer, request) || request.decisions.some((decision) => decision.personId === viewer.personId)) return true
  const { stages } = standing(file, request, request.decisions)
  return maySee(viewer, { ...request, ...approversIn(stages.map(({ stage }) => stage)) })
}

/** Why the rules refuse, in words; what is true of several entitlements is said once. */
export const reasonsOf = ({ refusals }: Extract<Judgement, { allowed: false }>): string =>
  [...new Set(refusals.map((refusal) => refusal.detail))].join(' ')

/** The entitlements that every approval keeps. */
export const keptPositions = (request: Pick<Request, 'entitlements'>, decisions: readonly Approval[]): readonly number[] =>
  request.entitlements
    .map(({ position }) => position)
    .filter((position) => decisions.every(({ verdict, positions }) => verdict === 'deny' || positions.includes(position)))

export const personOf = (file: SallyportFile, id: string): Person | undefined => file.people.find((person) => person.id === id)
