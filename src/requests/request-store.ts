import { type AuditEvent, eventsParameter, insertEvents, record } from '../audit/index.ts'
import type { KeptRow, Reader, Statement, Tx } from '../db/index.ts'
import { type Credential, credentialParameters, credentialState, type Departure } from '../identity/index.ts'
import { type ActorRecord, worker } from '../kernel/actor.ts'
import { formatDuration } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import { catalogActor } from './later-match.ts'
import { type Decision, type Request, type RequestStatus, resourceOf } from './request.ts'

/**
 * Only where the rule set judged by is still in force, both people are still there, the ticket has the status judged by,
 * and the credential is still good: else nothing is inserted, and the asker is judged again. A ticket that closes at this moment waits, and then finds the request.
 */
const insertStatement: Statement = {
  name: 'request-insert',
  text: `
    with here as (select p.id from person p where p.id in ($1::jsonb->>'requester_id', $1::jsonb->>'beneficiary_id') and p.active order by p.id for share),
    asked as (
      insert into request select r.* from active_rule_set a, jsonb_populate_record(null::request, $1::jsonb) r
      where a.hash = r.rule_set_hash and r.requester_id in (select id from here) and r.beneficiary_id in (select id from here) and ($5::text is null or ${credentialState('$5', '$6')} = 'valid')
        and ($7::text is null or exists (select from ticket k where k.source = r.ticket->>'system' and k.key = r.ticket->>'key' and k.status = $7 for share))
      returning id),
    entitlements as (
      insert into request_entitlement select e.* from asked, jsonb_populate_recordset(null::request_entitlement, $2::jsonb) e),
    events as (${insertEvents(3, 'exists (select from asked)')}),
    kept as (
      insert into idempotent_answer (scope, body_hash, status, answer)
      select k.scope, k.body_hash, k.status, k.answer from asked, jsonb_populate_record(null::idempotent_answer, $4::jsonb) k
      where k.scope is not null)
    select id from asked`,
}

/**
 * Stores a new request with its entitlements, its event and the answer to keep, in one statement.
 * Answers false, having stored nothing, if another rule set has come into force since it was judged, its ticket has another status, or the
 * credential it is asked with is no longer good. What Sallyport asks for itself needs none.
 */
export async function insertRequest(
  to: Reader,
  request: Request,
  credential: Credential | null,
  kept: (KeptRow & { readonly scope: string }) | null,
): Promise<boolean> {
  const rows = await to.query(insertStatement, [
    JSON.stringify(requestRow(request)),
    JSON.stringify(request.entitlements.map((entitlement) => entitlementRow(request.id, entitlement))),
    eventsParameter([created(request, request.originId === null ? request.askedBy : catalogActor)]),
    JSON.stringify(kept === null ? {} : { scope: kept.scope, body_hash: kept.bodyHash, status: kept.status, answer: kept.text }),
    ...(credential === null ? [null, null] : credentialParameters(credential)),
    // On account of another request that is locked, the ticket is not: whoever closes it locks it first, and each would wait for the other.
    request.originId === null ? (request.ticketFacts?.status ?? null) : null,
  ])
  return rows.length === 1
}

/**
 * Locks a request until the transaction ends, so that two decisions at the same moment are taken one after the other. Nor can
 * whom it concerns leave meanwhile: what is granted is there for their departure to end.
 */
export async function lockRequest(tx: Tx, id: Id<'req'>): Promise<void> {
  await tx.prisma.$queryRaw`
    select r.id from request r join person p on p.id in (r.requester_id, r.beneficiary_id) where r.id = ${id}
    order by p.id for update of r for share of p`
}

/** Why a request is withdrawn though its requester did not take it back. */
type LeftReason = 'requester_left' | 'beneficiary_left'

/** Withdraws what waited when somebody left, so many requests at most, with their events; answers how many. */
export async function withdrawFor(tx: Tx, { personId, at, actor }: Departure, most: number): Promise<number> {
  const withdrawn = await tx.prisma.$queryRaw<{ id: Id<'req'>; because: LeftReason }[]>`
    update request set status = 'withdrawn', decided_at = now(),
      end_reason = case when requester_id = ${personId} then 'requester_left' else 'beneficiary_left' end
    where id in (
      select id from request
      where status = 'pending' and expires_at > now() and created_at <= ${at} and ${personId} in (requester_id, beneficiary_id)
      order by id limit ${most} for update)
    returning id, end_reason as because`
  await record(
    tx,
    withdrawn.map(({ id, because }) => withdrawal(id, because, actor)),
  )
  return withdrawn.length
}

interface OfTicket {
  readonly id: Id<'req'>
  readonly waits: boolean
  /** The grant that it has extended. */
  readonly extended: Id<'grt'> | null
}

/** The requests that name a ticket, locked until the transaction ends, and which of them still wait for a decision. */
export const lockOfTicket = (tx: Tx, { source, key }: { readonly source: string; readonly key: string }): Promise<OfTicket[]> =>
  tx.prisma.$queryRaw<OfTicket[]>`
    select id, status = 'pending' and expires_at > now() as waits, case when status = 'approved' then extends_id end as extended from request
    where ticket is not null and ticket->>'system' = ${source} and ticket->>'key' = ${key} order by id for update`

/** Stores one person's decision with its event. */
export async function insertDecision(tx: Tx, request: Request, decision: Decision, ruleSetHash: string): Promise<void> {
  await tx.prisma.decision.create({
    data: {
      ...decision,
      decidedBy: { ...decision.decidedBy },
      positions: [...decision.positions],
      requestId: request.id,
      nth: request.decisions.length,
      ruleSetHash,
    },
  })
  await record(tx, [
    {
      type: 'decision.recorded',
      actor: decision.decidedBy,
      requestId: request.id,
      payload: {
        decision: decision.id,
        verdict: decision.verdict,
        comment: decision.comment,
        duration: decision.durationSeconds === null ? null : formatDuration(decision.durationSeconds),
        entitlements: decision.positions,
        ruleSet: ruleSetHash,
      },
    },
  ])
}

type End =
  | { readonly status: 'approved'; readonly approvedBy: readonly string[]; readonly ruleSetHash: string }
  | { readonly status: 'denied' | 'withdrawn' | 'expired' }

/** Ends a pending request, with its event. The caller has locked it. */
export async function endRequest(tx: Tx, id: Id<'req'>, end: End, actor: ActorRecord, now: Date): Promise<void> {
  await tx.prisma.request.update({ where: { id }, data: { status: end.status, decidedAt: now } })
  await record(tx, [ended(id, end, actor)])
}

/** Ends the requests that have waited longer than they may, part of the worker's sweep. Rows that are being decided are left alone. */
export async function endExpired(tx: Tx): Promise<void> {
  const now = await tx.now()
  const expired = await tx.prisma.$queryRaw<{ id: Id<'req'> }[]>`
    update request set status = 'expired', decided_at = ${now} where id in (
      select id from request where status = 'pending' and expires_at <= ${now} order by expires_at limit 500 for update skip locked)
    returning id`
  await record(
    tx,
    expired.map(({ id }) => ended(id, { status: 'expired' }, worker)),
  )
}

function ended(requestId: Id<'req'>, end: End, actor: ActorRecord): AuditEvent {
  const change = { before: 'pending' as const, after: end.status satisfies RequestStatus }
  if (end.status === 'approved') {
    return { type: 'request.approved', actor, requestId, payload: { ...change, approvedBy: end.approvedBy, ruleSet: end.ruleSetHash } }
  }
  if (end.status === 'withdrawn') return withdrawal(requestId, 'asked', actor)
  return { type: `request.${end.status}`, actor, requestId, payload: change }
}

const withdrawal = (requestId: Id<'req'>, because: 'asked' | LeftReason, actor: ActorRecord): AuditEvent => ({
  type: 'request.withdrawn',
  actor,
  requestId,
  payload: { before: 'pending', after: 'withdrawn', because },
})

function created(request: Request, actor: ActorRecord): AuditEvent {
  const ruleOf = (position: number) => request.judgement.matched.find((match) => match.position === position)?.rule ?? ''
  return {
    type: 'request.created',
    actor,
    requestId: request.id,
    payload: {
      before: null,
      after: 'pending',
      requester: request.requesterId,
      beneficiary: request.beneficiaryId,
      principal: request.principal.arn,
      principalUniqueId: request.principal.uniqueId,
      path: request.path,
      manner: request.manner,
      extends: request.extending?.grantId ?? null,
      origin: request.originId,
      entitlements: request.entitlements.map((entitlement) => ({
        resource: resourceOf(entitlement),
        database: entitlement.database?.arn ?? null,
        dbUser: entitlement.dbUser,
        rule: ruleOf(entitlement.position),
      })),
      duration: formatDuration(request.durationSeconds),
      startsAt: request.startsAt?.toISOString() ?? null,
      reason: request.reason,
      ticket: request.ticket,
      ruleSet: request.ruleSetHash,
    },
  }
}

/** Keys are column names: jsonb_populate_record matches by them. */
const requestRow = (request: Request) => ({
  id: request.id,
  status: request.status,
  requester_id: request.requesterId,
  beneficiary_id: request.beneficiaryId,
  asked_by: request.askedBy,
  principal_arn: request.principal.arn,
  principal_kind: request.principal.kind,
  principal_unique_id: request.principal.uniqueId,
  shared_with: request.sharedWith,
  account_id: request.principal.accountId,
  path: request.path,
  manner: request.manner,
  duration_seconds: request.durationSeconds,
  starts_at: request.startsAt,
  reason: request.reason,
  ticket: request.ticket,
  judgement: request.judgement,
  rule_set_hash: request.ruleSetHash,
  approver_groups: request.approverGroups,
  approver_people: request.approverPeople,
  created_at: request.createdAt,
  expires_at: request.expiresAt,
  decided_at: request.decidedAt,
  origin_id: request.originId,
  extends_id: request.extending?.grantId ?? null,
  end_reason: request.endReason,
  escalations: [],
})

const entitlementRow = (requestId: Id<'req'>, entitlement: Request['entitlements'][number]) => ({
  request_id: requestId,
  position: entitlement.position,
  database_id: entitlement.database?.id ?? null,
  account_id: entitlement.place.accountId,
  partition: entitlement.place.partition,
  region: entitlement.place.region,
  db_user: entitlement.dbUser,
  resource_arn: resourceOf(entitlement),
  selector: entitlement.selector,
})
