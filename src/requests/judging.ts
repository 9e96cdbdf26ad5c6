import type { SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import type { Stage } from '../kernel/rule.ts'
import { approversOf, type Judgement, judge, tally } from '../rules/index.ts'
import type { Approval, Request } from './request.ts'

type Asked = Pick<Request, 'requesterId' | 'beneficiaryId' | 'principal' | 'path' | 'entitlements'>

/** How a request stands by the rules and the people of now. */
export interface Standing {
  readonly judgement: Judgement
  /** True when the approvals given satisfy every stage; decisions the current rules no longer accept do not count. */
  readonly satisfied: boolean
  /** The ids of those whose approval counts. */
  readonly counted: readonly string[]
  /** The ids of those who could still approve. */
  readonly approvers: readonly string[]
}

/** What the current rules say about a request, or about the entitlements of it at `positions`. Pure. */
export function judgeRequest(file: SallyportFile, asked: Asked, positions?: readonly number[]): Judgement {
  const requester = personOf(file, asked.requesterId)
  const beneficiary = personOf(file, asked.beneficiaryId)
  const entitlements = asked.entitlements.filter((entitlement) => positions?.includes(entitlement.position) ?? true)
  if (requester === undefined || beneficiary === undefined) {
    const missing = requester === undefined ? asked.requesterId : asked.beneficiaryId
    const detail = `${missing} is no longer in the directory.`
    return { allowed: false, refusals: entitlements.map(({ position }) => ({ position, rule: null, because: 'no_rule', detail })) }
  }
  const principal = { arn: asked.principal.arn, account: asked.principal.accountId }
  return judge(file.rules, { requester, beneficiary, principal, path: asked.path, entitlements })
}

/** Judges what the approvals given leave of a request, and counts them. Pure. */
export function standing(file: SallyportFile, request: Asked, decisions: readonly Approval[]): Standing {
  const approvals = decisions.filter((decision) => decision.verdict === 'approve')
  const judgement = judgeRequest(file, request, keptPositions(request, approvals))
  if (!judgement.allowed) return { judgement, satisfied: false, counted: [], approvers: [] }
  const own = [request.requesterId, request.beneficiaryId]
  const approving = approvals.flatMap((approval) => personOf(file, approval.personId) ?? [])
  const { satisfied, counted } = tally(judgement.stages, approving, new Set(own))
  const decided = decisions.map((decision) => decision.personId)
  return { judgement, satisfied, counted, approvers: approversFor(file, judgement.stages, [...own, ...decided]) }
}

/** The ids of the people of the directory who can approve, leaving out those who may not or already have. */
export const approversFor = (file: SallyportFile, stages: readonly Stage[], except: readonly string[]): readonly string[] =>
  approversOf(stages, file.people, new Set(except))

/** The entitlements that every approval keeps. */
export const keptPositions = (request: Pick<Request, 'entitlements'>, approvals: readonly Approval[]): readonly number[] =>
  request.entitlements.map(({ position }) => position).filter((position) => approvals.every((approval) => approval.positions.includes(position)))

export const personOf = (file: SallyportFile, id: string): Person | undefined => file.people.find((person) => person.id === id)
