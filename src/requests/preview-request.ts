import type { SallyportFile } from '../config/index.ts'
import { type PlannedPolicies, plannedOnSet, plannedPolicies } from '../grants/index.ts'
import { type Caller, callerIn } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Path } from '../kernel/rule.ts'
import type { Foreign } from '../policy/index.ts'
import { approversOf, escalate, type Judgement, type Reasoning, type StageStanding, stagesNow, type WaitingStage } from '../rules/index.ts'
import { type SharedWith, type UnmanagedAccess, unmanagedAccess } from '../snapshot/index.ts'
import { accessRolesFor, callerOf } from './access-roles.ts'
import { lookupsOf } from './asked-entitlements.ts'
import { type Asked, allowedDuration, type Draft, draftRequest, refuseLateStart } from './draft-request.ts'
import { guardWarnings } from './guard-warnings.ts'
import { ownPeople, reasoningOn } from './judging.ts'
import { type ActiveRules, type ApprovedPrincipal, actingPerson, activeRules, observedInAws, type RequestParts } from './parts.ts'
import { pointingToSet } from './point-to-set.ts'
import { byAccount, type RequestEntitlement, resourceOf } from './request.ts'
import { readFacts } from './request-facts.ts'
import { sharingOf } from './sharing.ts'

/** What asking would come to; nothing is stored. */
export interface Preview {
  readonly judgement: Judgement
  /** How each rule stands to it. */
  readonly reasoning: readonly Reasoning[]
  readonly ruleSet: string
  readonly file: SallyportFile
  readonly entitlements: readonly RequestEntitlement[]
  readonly approvers: readonly string[]
  readonly stages: readonly StageStanding<WaitingStage>[]
  readonly durationSeconds: number | null
  /** Sallyport's policies on the principal, as they are and as they would be; null where the rules refuse, or AWS is away. */
  readonly policies: PlannedPolicies | null
  /** Who else can use the principal; null where the rules refuse, or nobody could tell. */
  readonly sharedWith: SharedWith | null
  /** Whom a guard would deny what is asked for, in words. */
  readonly deniedByGuards: readonly string[]
  /** The access that the principal has by policies of others, as the last sweep of its account saw it. */
  readonly unmanaged: readonly UnmanagedAccess[]
}

/**
 * Judges a request without making it. Throws what makes it impossible to judge, and what looking the principal up throws,
 * unless AWS is away; it is asked only about what the rules allow. A refusal by the rules is an answer.
 */
export const previewRequest =
  (parts: RequestParts) =>
  async (command: { readonly caller: Caller; readonly asked: Asked }): Promise<Preview> => {
    const lookups = lookupsOf(command.asked)
    const { credential } = command.caller
    const facts = await readFacts(parts.db, {
      lookups,
      scope: null,
      credential,
      principal: command.asked.principal,
      ticket: command.asked.ticket,
    })
    const { file, hash } = await activeRules(parts, facts.inForce)
    const requester = actingPerson(callerIn(file, command.caller))
    const draft = await pointingToSet(parts, { file, hash }, command.asked, () => draftRequest(file, command.asked, requester, facts))
    const { judgement } = draft
    const own = ownPeople({ requesterId: requester.id, beneficiaryId: draft.beneficiary.id, keyOwnerId: command.caller.credential.ownerId })
    if (judgement.allowed) refuseLateStart(draft, judgement, facts.now)
    const stages = judgement.allowed ? escalate(judgement.stages, [], new Set(own), { since: facts.now, until: null }) : []
    const observed = judgement.allowed ? await observe(parts, { file, hash }, draft, command.asked.path) : null
    return {
      judgement,
      reasoning: reasoningOn(file, draft.judged),
      ruleSet: hash,
      file,
      entitlements: draft.entitlements,
      approvers: approversOf(stages, file.people, new Set(own)),
      stages: stagesNow(stages, file.people, new Set(own)),
      durationSeconds: judgement.allowed ? allowedDuration(draft, judgement) : draft.durationSeconds,
      policies: observed === null ? null : await policiesOf(parts, observed, draft, command.asked.path),
      sharedWith: observed === null ? null : await sharingOf(parts, { file, hash }, { ...draft, principal: observed, seen: facts.seen }),
      deniedByGuards: guardWarnings(file, facts.seen, command.asked.path),
      unmanaged: facts.seen === null ? [] : unmanagedAccess(facts.seen, parts.deploymentId, arnsOf(draft)),
    }
  }

const observe = (parts: RequestParts, rules: ActiveRules, draft: Draft, path: Path): Promise<ApprovedPrincipal | null> =>
  observedInAws(parts, rules, { ...draft, path }).catch(nullIfAway)

async function policiesOf(parts: RequestParts, observed: ApprovedPrincipal, draft: Draft, path: Path): Promise<PlannedPolicies> {
  if (observed.kind === 'permission-set') {
    const arns = new Map([...byAccount(draft.entitlements)].map(([account, each]) => [account, each.map(resourceOf)]))
    return plannedOnSet(parts.db, parts.deploymentId, observed, arns)
  }
  const plan = (target: Parameters<typeof plannedPolicies>[2], foreign: Foreign, arns: readonly string[]) =>
    plannedPolicies(parts.db, parts.deploymentId, target, foreign, arns)
  if (path === 'direct' && observed.uniqueId !== null) return plan(observed, observed.foreign, arnsOf(draft))
  const roles = accessRolesFor(observed, draft.entitlements, parts.deploymentId)
  const caller = callerOf(observed, roles)
  const elsewhere = roles.filter(({ role }) => role.accountId !== observed.accountId).map(({ role }) => role.arn)
  return together(
    await Promise.all([
      ...roles.map((each) => plan(each.role, { characters: 0, attached: 0 }, each.entitlements.map(resourceOf))),
      ...(caller === null ? [] : [plan(caller, caller.foreign, elsewhere)]),
    ]),
  )
}

const together = (planned: readonly PlannedPolicies[]): PlannedPolicies => ({
  before: planned.flatMap(({ before }) => before),
  after: planned.some(({ after }) => after === null) ? null : planned.flatMap(({ after }) => after ?? []),
})

const arnsOf = (draft: Draft): string[] => draft.entitlements.map(resourceOf)

function nullIfAway(error: unknown): null {
  if (error instanceof SallyportError && error.code === 'aws_unavailable') return null
  throw error
}
