import type { z } from 'zod'
import type { CatalogDatabase } from '../catalog/index.ts'
import type { SallyportFile } from '../config/index.ts'
import { printGrant } from '../grants/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { turnOf, type Who } from '../kernel/rule.ts'
import type { ReviewTerms, StageStanding, WaitingStage } from '../rules/index.ts'
import { printSharedWith, printUnmanaged, sharedAsSeen, type UnmanagedAccess, unmanagedAccess } from '../snapshot/index.ts'
import { coverage } from './coverage.ts'
import { undeclaredUsers } from './declared-users.ts'
import { guardWarnings } from './guard-warnings.ts'
import { reasonsOf, type Standing, stagesThen, standing } from './judging.ts'
import { entitlementOf } from './latecomer.ts'
import type { LaterMatch } from './later-match.ts'
import type { Preview } from './preview-request.ts'
import { type Decision, type Request, type RequestEntitlement, resourceOf } from './request.ts'
import type { previewSchema, requestSchema } from './schemas.ts'

/**
 * The wire form of a request, as it stands by the rules given: those in force when it was read. What the deployment's own
 * policies give is no unmanaged access.
 */
export function printRequest(request: Request, file: SallyportFile, deploymentId: string): z.infer<typeof requestSchema> {
  const now = standing(file, request, request.decisions)
  const pending = request.status === 'pending'
  const stages = (pending && now.judgement.allowed ? now.stages : stagesThen(file, request)).map(printStage)
  return {
    id: request.id,
    status: request.status,
    requester: request.requesterId,
    beneficiary: request.beneficiaryId,
    via: request.askedBy.via,
    principal: {
      arn: request.principal.arn,
      kind: request.principal.kind,
      account: request.principal.accountId,
      uniqueId: request.principal.uniqueId,
      sharedWith: printSharing(request),
    },
    path: request.path,
    entitlements: request.entitlements.map((entitlement) => printEntitlement(request, entitlement)),
    manner: request.manner,
    duration: request.manner === 'standing' ? null : formatDuration(request.durationSeconds),
    startsAt: request.startsAt?.toISOString() ?? null,
    reason: request.reason,
    ticket: request.ticket,
    ruleSet: request.ruleSetHash,
    limits: { longestDuration: formatDuration(request.judgement.durationLongest), decideBy: request.expiresAt.toISOString() },
    approvals: {
      needed: stages.map(({ from, count }) => ({ from, count })),
      stages,
      counted: [...now.counted],
      approvers: pending ? [...now.approvers] : [],
      refused: pending && !now.judgement.allowed ? reasonsOf(now.judgement) : null,
    },
    decisions: request.decisions.map((decision) => printDecision(request, decision)),
    comments: request.comments.map(({ id, personId, via, text, createdAt }) => ({
      id,
      by: personId,
      via,
      text,
      createdAt: createdAt.toISOString(),
    })),
    grants: request.grants.map(printGrant),
    later: request.later.flatMap((late) => printLater(request, late)),
    extends: request.extending?.grantId ?? null,
    origin: request.originId,
    warnings: [
      ...warningsOn(request.entitlements, file),
      ...ruleWarnings(request.judgement.matched, file),
      ...guardWarnings(file, request.seen, request.path).map(printGuardWarning),
      ...unmanagedIn(request, deploymentId).map(printUnmanaged),
    ],
    createdAt: request.createdAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    endReason: request.endReason,
    attention: pending ? attentionOn(now) : null,
    links: linksOf(request),
  }
}

/** It waits for approvals that nobody is left to give; over as soon as somebody is there who can. */
function attentionOn({ judgement, attainable, approvers }: Standing): z.infer<typeof requestSchema>['attention'] {
  if (!judgement.allowed || attainable) return null
  const left = approvers.length === 0 ? 'nobody who could approve it is left' : `only ${approvers.join(', ')} could still approve it`
  return {
    code: 'no_approver_left',
    message: `The rules want more approvals than can be given: ${left}. Add people to the groups that the rules name, or have the rules changed.`,
  }
}

function printSharing({ seen, sharedWith }: Request) {
  const known = seen === null ? sharedWith : sharedAsSeen(seen)
  return known === null ? null : printSharedWith(known)
}

function unmanagedIn({ seen, entitlements }: Request, deploymentId: string): UnmanagedAccess[] {
  if (seen === null) return []
  return unmanagedAccess(seen, deploymentId, entitlements.map(resourceOf))
}

/** What is as it should be, or waits for a decision that never came, is not told. */
function printLater({ status }: Request, late: LaterMatch): z.infer<typeof requestSchema>['later'] {
  const { outcome, database, dbUser, rule, detail, askedId } = late
  if (outcome === 'covered' || (outcome === 'waiting' && status !== 'pending' && status !== 'approved')) return []
  const resource = resourceOf(entitlementOf(late, 0))
  const [matchedAt, judgedAt] = [late.matchedAt.toISOString(), late.judgedAt.toISOString()]
  return [{ database: printDatabase(database), dbUser, resource, outcome, rule, detail, request: askedId, matchedAt, judgedAt }]
}

const printEntitlement = (request: Request, entitlement: RequestEntitlement) => ({
  database: entitlement.database === null ? null : printDatabase(entitlement.database),
  dbUser: entitlement.dbUser,
  resource: resourceOf(entitlement),
  selector:
    entitlement.selector === null ? null : { ...entitlement.selector, tags: entitlement.selector.tags && { ...entitlement.selector.tags } },
  covers: coverage(entitlement, request.later),
  rule: request.judgement.matched.find(({ position }) => position === entitlement.position)?.rule ?? '',
})

const printDatabase = ({ id, resourceId, identifier, accountId, region, engine }: CatalogDatabase) => ({
  id,
  resourceId,
  identifier,
  account: accountId,
  region,
  engine,
})

const printDecision = (request: Request, decision: Decision) => ({
  id: decision.id,
  approver: decision.personId,
  verdict: decision.verdict,
  comment: decision.comment,
  duration: decision.durationSeconds === null ? null : formatDuration(decision.durationSeconds),
  entitlements: request.entitlements
    .filter(({ position }) => decision.positions.includes(position))
    .map((entitlement) => ({
      database: entitlement.database?.resourceId ?? null,
      dbUser: entitlement.dbUser,
      resource: resourceOf(entitlement),
    })),
  via: decision.decidedBy.via,
  createdAt: decision.createdAt.toISOString(),
})

const warningsOn = (entitlements: readonly RequestEntitlement[], file: SallyportFile) =>
  undeclaredUsers(file, entitlements).map(({ position, detail }) => ({ entitlement: position, code: 'unknown_db_user' as const, detail }))

/** What the rules that matched warn of, as they say it now. */
const ruleWarnings = (matched: Request['judgement']['matched'], file: SallyportFile) =>
  file.rules.flatMap((rule) =>
    rule.effect === 'allow' && rule.warning !== null && matched.some((match) => match.rule === rule.name)
      ? [{ code: 'rule_warning' as const, rule: rule.name, detail: rule.warning }]
      : [],
  )

const printGuardWarning = (detail: string) => ({ code: 'denied_by_guard' as const, detail })

const printStage = ({ stage, filledBy, state, approvers }: StageStanding<WaitingStage>) => ({
  from: printWho(stage.from),
  count: stage.count,
  turn: turnOf(stage),
  state,
  filledBy: [...filledBy],
  approvers: [...approvers],
  escalation:
    stage.escalate === undefined
      ? null
      : {
          to: printWho(stage.escalate.to),
          after: formatDuration(stage.escalate.after),
          at: stage.escalatesAt?.toISOString() ?? null,
          asked: stage.escalated,
        },
})

const printWho = ({ groups, people }: Who) => ({ groups: [...groups], people: [...people] })

const printReviewTerms = (review: ReviewTerms) => ({
  reviewers: printWho(review.reviewers),
  every: review.kind === 'standing' ? formatDuration(review.every) : null,
  opens: review.kind === 'standing' ? formatDuration(review.remindBefore) : null,
  notify:
    review.kind === 'emergency'
      ? { groups: [...review.notify.groups], people: [...review.notify.people], channels: [...review.notify.channels] }
      : null,
})

const linksOf = ({ id }: Request) => ({
  self: `/v1/requests/${id}`,
  approve: `/v1/requests/${id}/approve`,
  deny: `/v1/requests/${id}/deny`,
  withdraw: `/v1/requests/${id}/withdraw`,
  comment: `/v1/requests/${id}/comments`,
})

/** The wire form of a preview. */
export function printPreview(preview: Preview): z.infer<typeof previewSchema> {
  const { judgement } = preview
  const stages = preview.stages.map(printStage)
  const review = judgement.allowed ? judgement.review : null
  return {
    allowed: judgement.allowed,
    refusals: judgement.allowed ? [] : judgement.refusals.map(({ position, rule, detail }) => ({ entitlement: position, rule, detail })),
    rules: judgement.allowed ? judgement.matched.map(({ position, rule }) => ({ entitlement: position, rule })) : [],
    reasoning: preview.reasoning.map(({ position, readings }) => ({
      entitlement: position,
      rules: readings.map((reading) => ({ ...reading, because: [...reading.because] })),
    })),
    approvalsNeeded: stages.map(({ from, count }) => ({ from, count })),
    stages,
    approvers: [...preview.approvers],
    duration: preview.durationSeconds === null || review?.kind === 'standing' ? null : formatDuration(preview.durationSeconds),
    longestDuration: judgement.allowed && review?.kind !== 'standing' ? formatDuration(judgement.durationLongest) : null,
    review: review === null ? null : printReviewTerms(review),
    ruleSet: preview.ruleSet,
    warnings: [
      ...warningsOn(preview.entitlements, preview.file),
      ...(judgement.allowed ? ruleWarnings(judgement.matched, preview.file) : []),
      ...preview.deniedByGuards.map(printGuardWarning),
      ...preview.unmanaged.map(printUnmanaged),
    ],
    policies:
      preview.policies === null
        ? null
        : {
            before: preview.policies.before.map((policy) => ({ ...policy })),
            after: preview.policies.after?.map((policy) => ({ ...policy })) ?? null,
          },
    sharedWith: preview.sharedWith === null ? null : printSharedWith(preview.sharedWith),
  }
}
