import type { PermissionSet, Principal } from '../catalog/index.ts'
import type { SallyportFile } from '../config/index.ts'
import { type KeptAnswer, type KeptRow, keptAnswers, violatedConstraint } from '../db/index.ts'
import { assertCredential, type Caller, callerIn } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { SeenPrincipal } from '../snapshot/index.ts'
import { lookupsOf } from './asked-entitlements.ts'
import { outcomeOf } from './decide.ts'
import { type Asked, allowedDuration, type Draft, draftRequest, refuseByRules, refuseLateStart } from './draft-request.ts'
import { grantApproved } from './grant-approved.ts'
import { approversIn } from './judging.ts'
import {
  type ActiveRules,
  type ApprovedPrincipal,
  type AskedPrincipal,
  actingPerson,
  activeRules,
  observedInAws,
  principalInAws,
  type RequestParts,
  type UnmanagedPrincipal,
} from './parts.ts'
import { pointingToSet } from './point-to-set.ts'
import type { Request } from './request.ts'
import { readFacts } from './request-facts.ts'
import { endRequest, insertRequest } from './request-store.ts'
import { getRequest } from './request-view.ts'
import { sharingOf } from './sharing.ts'

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
 * codes of draftRequest, `refused_by_rules`, `idempotency_mismatch`, `unauthenticated` if the API key was revoked in
 * between, and those of looking the principal up; AWS is asked only about what the rules allow.
 */
export const createRequest =
  (parts: RequestParts) =>
  async (command: CreateRequest): Promise<CreatedRequest> => {
    const { caller, asked, claim } = command
    const lookups = lookupsOf(asked)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const facts = await readFacts(parts.db, {
        lookups,
        scope: claim?.scope ?? null,
        credential: caller.credential,
        principal: asked.principal,
        ticket: asked.ticket,
      })
      assertCredential(caller.credential, facts)
      if (claim !== null && facts.kept !== null) return replay(claim, facts.kept)
      const rules = await activeRules(parts, facts.inForce)
      const requester = actingPerson(callerIn(rules.file, caller))
      const draft = await pointingToSet(parts, rules, asked, () => draftRequest(rules.file, asked, requester, facts))
      const request = pending(command, draft, rules.hash, facts.now)
      const answer = await store(parts, command, request, { principal: draft.principal, seen: facts.seen }, rules)
      if (answer !== null) return { answer, replayed: false }
    }
    throw new SallyportError('not_ready', 'The rules change faster than this request can be judged.')
  }

function replay(claim: NonNullable<CreateRequest['claim']>, kept: KeptRow): CreatedRequest {
  if (kept.bodyHash === claim.bodyHash) return { answer: kept, replayed: true }
  throw new SallyportError('idempotency_mismatch', 'This Idempotency-Key came with another body before.')
}

/** What is known of a request before AWS has said who its principal is. */
type Unpinned = Omit<Request, 'principal' | 'sharedWith' | 'seen'>

/** The request as it will stand; throws `refused_by_rules` or `invalid_duration`. */
function pending({ caller, asked }: CreateRequest, draft: Draft, ruleSetHash: string, now: Date): Unpinned {
  const { judgement } = draft
  if (!judgement.allowed) refuseByRules(judgement)
  refuseLateStart(draft, judgement, now)
  return {
    id: newId('req'),
    status: 'pending',
    requesterId: actingPerson(caller).id,
    beneficiaryId: draft.beneficiary.id,
    askedBy: actorRecord(caller.actor),
    keyOwnerId: caller.credential.ownerId,
    path: asked.path,
    manner: asked.manner,
    extending: asked.extending,
    durationSeconds: allowedDuration(draft, judgement),
    startsAt: draft.startsAt,
    reason: asked.reason,
    ticket: asked.ticket,
    ticketFacts: draft.judged.ticketFacts,
    judgement: { matched: judgement.matched, stages: judgement.stages, durationLongest: judgement.durationLongest },
    ruleSetHash,
    ...approversIn(judgement.stages),
    createdAt: now,
    // What has ended cannot be extended: nobody should be asked to decide it then.
    expiresAt: new Date(Math.min(now.getTime() + judgement.waits * 1000, asked.extending?.endsAt.getTime() ?? Number.POSITIVE_INFINITY)),
    decidedAt: null,
    originId: null,
    endReason: null,
    escalations: [],
    entitlements: draft.entitlements,
    decisions: [],
    comments: [],
    grants: [],
    later: [],
  }
}

/** Null when the rules, the ticket's status, the API key's end, or another call with the same key came in between: then nothing was stored. */
async function store(
  parts: RequestParts,
  command: CreateRequest,
  unpinned: Unpinned,
  asked: { readonly principal: AskedPrincipal; readonly seen: SeenPrincipal | null },
  rules: ActiveRules,
): Promise<KeptAnswer | null> {
  const pinned = async (principal: Principal | UnmanagedPrincipal | PermissionSet): Promise<Request> => {
    const seen = asked.seen?.uniqueId === principal.uniqueId ? asked.seen : null
    return { ...unpinned, principal, seen, sharedWith: await sharingOf(parts, rules, { ...unpinned, principal, seen }) }
  }
  const wanted = { ...unpinned, principal: asked.principal }
  try {
    if (unpinned.judgement.stages.length > 0) {
      const principal = await principalInAws(parts, rules, wanted)
      return await storePending(parts, command, await pinned(principal), rules)
    }
    const observed = await observedInAws(parts, rules, wanted)
    return await storeApproved(parts, command, await pinned(observed), observed, rules)
  } catch (error) {
    if (violatedConstraint(error) === 'idempotent_answer_pkey') return null
    if (violatedConstraint(error) === 'request_one_extension')
      throw new SallyportError('extension_waits', `An extension of ${command.asked.extending?.grantId} waits for its decision already.`)
    throw error
  }
}

async function storePending(parts: RequestParts, command: CreateRequest, request: Request, rules: ActiveRules): Promise<KeptAnswer | null> {
  const answer = command.answer(request, rules.file)
  const kept = command.claim === null ? null : { ...command.claim, ...answer }
  return (await insertRequest(parts.db, request, command.caller.credential, kept)) ? answer : null
}

/** Where no approval is needed, asking is enough: request and grants are made together. */
async function storeApproved(
  parts: RequestParts,
  command: CreateRequest,
  request: Request,
  observed: ApprovedPrincipal,
  rules: ActiveRules,
): Promise<KeptAnswer | null> {
  return parts.db.inTransaction(async (tx) => {
    if (!(await insertRequest(tx, request, command.caller.credential, null))) return null
    const now = await tx.now()
    const outcome = outcomeOf(rules.file, request, [], now)
    if (outcome.status !== 'approved') throw new Error(`request ${request.id} needs no approval and is ${outcome.status}`)
    const actor = request.askedBy
    await endRequest(tx, request.id, { status: 'approved', approvedBy: [], ruleSetHash: rules.hash }, actor, now)
    await grantApproved(tx, { request, outcome, observed, actor, now, deploymentId: parts.deploymentId })
    const answer = command.answer((await getRequest(tx, request.id)).request, rules.file)
    if (command.claim !== null) await keptAnswers(tx).keep({ ...command.claim, ...answer })
    return answer
  })
}
