import type { SallyportFile } from '../config/index.ts'
import { type KeptAnswer, keptAnswers, violatedConstraint } from '../db/index.ts'
import type { Caller } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { outcomeOf } from './decide.ts'
import { allowedDuration, approversIn, type Asked, type Draft, draftRequest, refuseByRules } from './draft-request.ts'
import { grantApproved } from './grant-approved.ts'
import { type ActiveRules, actingPerson, activeRules, observedInAws, principalInAws, type RequestParts } from './parts.ts'
import type { Request, RequestPrincipal } from './request.ts'
import { type Facts, readFacts } from './request-facts.ts'
import { endRequest, insertRequest } from './request-store.ts'
import { getRequest } from './request-view.ts'

export interface CreateRequest {
  readonly caller: Caller
  readonly asked: Asked
  /** The Idempotency-Key of the call, hashed with who used it where, or null. */
  readonly claim: { readonly scope: string; readonly bodyHash: string } | null
  /** Makes the answer of the route, so that it can be kept in the same statement. */
  readonly answer: (made: Request, file: SallyportFile) => KeptAnswer
}

/** `replayed`: nothing was done, the answer is that of the first call with the same Idempotency-Key. */
export interface CreatedRequest {
  readonly answer: KeptAnswer
  readonly replayed: boolean
}

/** How often a request is judged anew because the rules, or an answer under its key, came in between. */
const ATTEMPTS = 4

/**
 * Records what somebody asks for: one round trip for the facts, one for the request with its event and the
 * answer to keep. Where the rules ask for no approval, it becomes grants in the same transaction. Throws the
 * codes of draftRequest, `refused_by_rules`, `idempotency_mismatch`, and those of looking the principal up.
 */
export const createRequest =
  (parts: RequestParts) =>
  async (command: CreateRequest): Promise<CreatedRequest> => {
    const requester = actingPerson(command.caller)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const references = command.asked.entitlements.map(({ database }) => database)
      const facts = await readFacts(parts.db, references, command.claim?.scope ?? null)
      if (command.claim !== null && facts.kept !== null) return replay(command.claim, facts.kept)
      const rules = await activeRules(parts, facts.activeRuleSet)
      const draft = draftRequest(rules.file, command.asked, requester, facts)
      const principal = await principalInAws(parts, rules, draft.principal)
      const request = pending(command, draft, principal, rules.hash, facts)
      const answer = await store(parts, command, request, rules)
      if (answer !== null) return { answer, replayed: false }
    }
    throw new SallyportError('not_ready', 'The rules change faster than this request can be judged.')
  }

function replay(claim: NonNullable<CreateRequest['claim']>, kept: NonNullable<Facts['kept']>): CreatedRequest {
  if (kept.bodyHash === claim.bodyHash) return { answer: kept, replayed: true }
  throw new SallyportError('idempotency_mismatch', 'This Idempotency-Key came with another body before.')
}

/** The request as it will stand; throws `refused_by_rules` or `invalid_duration`. */
function pending(command: CreateRequest, draft: Draft, principal: RequestPrincipal, ruleSetHash: string, facts: Facts): Request {
  const { judgement } = draft
  if (!judgement.allowed) refuseByRules(judgement)
  const { asked } = command
  return {
    id: newId('req'),
    status: 'pending',
    requesterId: actingPerson(command.caller).id,
    beneficiaryId: draft.beneficiary.id,
    askedBy: actorRecord(command.caller.actor),
    principal,
    path: 'direct',
    durationSeconds: allowedDuration(draft, judgement),
    startsAt: draft.startsAt,
    reason: asked.reason,
    ticket: asked.ticket,
    judgement: { matched: judgement.matched, stages: judgement.stages, durationLongest: judgement.durationLongest },
    ruleSetHash,
    ...approversIn(judgement.stages),
    createdAt: facts.now,
    expiresAt: new Date(facts.now.getTime() + judgement.waits * 1000),
    decidedAt: null,
    entitlements: draft.entitlements,
    decisions: [],
    grants: [],
  }
}

/** Null when the rules, or another call with the same key, came in between: then nothing was stored. */
async function store(
  parts: RequestParts,
  command: CreateRequest,
  request: Request,
  rules: ActiveRules,
): Promise<KeptAnswer | null> {
  try {
    if (request.judgement.stages.length === 0) return await storeApproved(parts, command, request, rules)
    const answer = command.answer(request, rules.file)
    const kept = command.claim === null ? null : { ...command.claim, ...answer }
    return (await insertRequest(parts.db, request, kept)) ? answer : null
  } catch (error) {
    if (violatedConstraint(error) === 'idempotent_answer_pkey') return null
    throw error
  }
}

/** Where no approval is needed, asking is enough: request and grants are made together. */
async function storeApproved(
  parts: RequestParts,
  command: CreateRequest,
  request: Request,
  rules: ActiveRules,
): Promise<KeptAnswer | null> {
  const observed = await observedInAws(parts, rules, request.principal.arn)
  return parts.db.inTransaction(async (tx) => {
    if (!(await insertRequest(tx, request, null))) return null
    const now = await tx.now()
    const outcome = outcomeOf(rules.file, request, [], now)
    if (outcome.status !== 'approved') throw new Error(`request ${request.id} needs no approval and is ${outcome.status}`)
    await endRequest(tx, request.id, { status: 'approved', approvedBy: [], ruleSetHash: rules.hash }, request.askedBy, now)
    await grantApproved(tx, parts.deploymentId, request, outcome.terms, observed, request.askedBy, now)
    const answer = command.answer((await getRequest(tx, request.id)).request, rules.file)
    if (command.claim !== null) await keptAnswers(tx).keep({ ...command.claim, ...answer })
    return answer
  })
}
