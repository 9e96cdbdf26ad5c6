import type { SallyportFile } from '../config/index.ts'
import { type Caller, callerNow, viewerOf } from '../identity/index.ts'
import { type ActorRecord, actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { type Decided, type Decider, decide, refuseStranger, type Verdict } from './decide.ts'
import { grantApproved } from './grant-approved.ts'
import { type ApprovedPrincipal, actingPerson, activeRules, observedInAws, parseFor, type RequestParts } from './parts.ts'
import type { Decision, Request } from './request.ts'
import { endRequest, insertDecision, lockRequest } from './request-store.ts'
import { getRequest, type ReadRequest } from './request-view.ts'

export interface DecideRequest extends Verdict {
  readonly requestId: Id<'req'>
  readonly caller: Caller
  readonly comment: string | null
}

/**
 * Records one person's decision; when it satisfies the rules of now, the request becomes grants. Answers the
 * request as it stands then. Throws what `decide` and `grantApproved` throw, `request_not_found`, and, when AWS
 * has to be asked about the principal, `unknown_principal`, `aws_unavailable` or `aws_denied`.
 */
export const decideRequest =
  (parts: RequestParts) =>
  async (command: DecideRequest): Promise<ReadRequest> => {
    // Decided once without a lock: refusals are told before AWS is asked, and AWS is asked before the transaction.
    const read = await getRequest(parts.db, command.requestId)
    const rules = await activeRules(parts, read.inForce)
    refuseUnlessTheirs(rules.file, read.request, command.caller)
    const foreseen = decide(rules.file, read.request, by(command.caller), command, read.now)
    const { path, entitlements } = read.request
    const principal = parseFor(path)(read.request.principal.arn)
    const { outcome } = foreseen
    const approved =
      outcome.status === 'approved' ? entitlements.filter(({ position }) => outcome.terms.positions.includes(position)) : null
    const observed = approved === null ? null : await observedInAws(parts, rules, { principal, path, entitlements: approved })
    return (await commit(parts, command, observed)) ?? decideRequest(parts)(command)
  }

/** Decides again under the request's lock and stores it; null if AWS must be asked first, which was not foreseen. */
async function commit(parts: RequestParts, command: DecideRequest, observed: ApprovedPrincipal | null): Promise<ReadRequest | null> {
  return parts.db.inTransaction(async (tx) => {
    await lockRequest(tx, command.requestId)
    const caller = await callerNow(tx, parts.ruleSets, command.caller)
    const { request, inForce, now } = await getRequest(tx, command.requestId)
    const rules = await activeRules(parts, inForce)
    refuseUnlessTheirs(rules.file, request, caller)
    const decided = decide(rules.file, request, by(caller), command, now)
    const actor = actorRecord(caller.actor)
    if (decided.outcome.status === 'approved' && observed === null) return null
    await insertDecision(tx, request, decisionOf(command, decided, actor, now), rules.hash)
    if (decided.outcome.status === 'denied') await endRequest(tx, request.id, { status: 'denied' }, actor, now)
    if (decided.outcome.status === 'approved' && observed !== null) {
      const { outcome } = decided
      await endRequest(tx, request.id, { status: 'approved', approvedBy: outcome.approvedBy, ruleSetHash: rules.hash }, actor, now)
      await grantApproved(tx, { request, outcome, observed, actor, now, deploymentId: parts.deploymentId })
    }
    return getRequest(tx, request.id)
  })
}

const by = (caller: Caller): Decider => ({ person: actingPerson(caller), credential: caller.credential })

/** Comes first, so that somebody whom a request does not concern is told nothing of it; a credential must still be let decide. */
function refuseUnlessTheirs(file: SallyportFile, request: Request, caller: Caller): void {
  const person = actingPerson(caller)
  if (!caller.credential.scopes.has('decide'))
    throw new SallyportError('missing_scope', `The credential ${caller.credential.id} may not decide for ${person.id}.`)
  refuseStranger(file, request, person, viewerOf(caller))
}

const decisionOf = (command: DecideRequest, decided: Decided, actor: ActorRecord, now: Date): Decision => ({
  id: newId('dec'),
  personId: actingPerson(command.caller).id,
  decidedBy: actor,
  verdict: command.verdict,
  comment: command.comment,
  durationSeconds: decided.durationSeconds,
  positions: decided.positions,
  createdAt: now,
})
