import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { enqueueReconciles, type Urgency } from '../jobs/index.ts'
import { type ActorRecord, worker } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import type { Placed, Placement } from '../policy/index.ts'
import {
  canEnd,
  dueChange,
  type Grant,
  type GrantEndReason,
  type GrantStatus,
  type NewGrant,
  nextChangeAt,
  openingStatus,
  whenToNotify,
} from './grant.ts'
import { matching, type WhichGrants } from './grant-view.ts'

/**
 * Which of these scheduled grants the current rules still allow to start, and for how many seconds each may last at most;
 * `unknown` for one that cannot be judged at this moment.
 */
export type MayStart = (tx: Tx, starting: readonly Pick<Grant, 'id' | 'requestId'>[]) => Promise<ReadonlyMap<Id<'grt'>, number | 'unknown'>>

/** Seconds after which a grant that could not be judged at its start is judged again. */
const JUDGED_AGAIN = 60

/** Stores new grants of one target: rows, events, and the job that brings them to IAM. */
export async function insertGrants(
  tx: Tx,
  targetId: Id<'tgt'>,
  opened: readonly (NewGrant & { readonly placement: Placement })[],
  actor: ActorRecord,
  now: Date,
): Promise<void> {
  const rows = opened.map(({ arn, notifyBefore, ...grant }) => ({
    ...grant,
    resourceArn: arn,
    targetId,
    approverGroups: [...grant.approverGroups],
    approverPeople: [...grant.approverPeople],
    id: newId('grt'),
    status: openingStatus(grant.startsAt, now),
    notifyAt: grant.standing ? null : whenToNotify(grant, notifyBefore), // the reviews of standing access remind
    createdAt: now,
  }))
  await tx.prisma.grant.createMany({ data: rows })
  await record(
    tx,
    rows.map((grant) => ({
      type: 'grant.opened',
      actor,
      requestId: grant.requestId,
      grantId: grant.id,
      targetId,
      payload: {
        before: null,
        after: grant.status,
        target: targetId,
        resource: grant.resourceArn,
        startsAt: grant.startsAt.toISOString(),
        endsAt: grant.endsAt.toISOString(),
      },
    })),
  )
  await enqueueWithCallers(tx, [targetId], 'grant')
}

/** Has targets reconciled, and with an access role the principal that may assume it. */
async function enqueueWithCallers(tx: Tx, targetIds: readonly Id<'tgt'>[], urgency: Urgency): Promise<void> {
  await enqueueReconciles(tx, [...targetIds, ...(await callersOf(tx, targetIds))], urgency)
}

async function callersOf(tx: Tx, targetIds: readonly Id<'tgt'>[]): Promise<Id<'tgt'>[]> {
  const rows = await tx.prisma.$queryRaw<{ id: Id<'tgt'> }[]>`
    select distinct caller_target_id as id from target where id = any(${[...targetIds]}) and caller_target_id is not null`
  return rows.map(({ id }) => id)
}

/**
 * What has a place in the target's policies: all its grants that have not begun to end, those yet to start included, and
 * the access roles that it may assume for such grants. What is being taken away has none any more: every plan takes out
 * before it adds.
 */
export async function reservedOn(tx: Tx, targetId: Id<'tgt'>): Promise<readonly Placed[]> {
  const live = await liveGrants(tx, targetId)
  return [
    ...live.filter((grant) => canEnd(grant.status)).map(({ resourceArn, placement }) => ({ arn: resourceArn, placement })),
    ...(await assumedFor(tx, targetId, ['scheduled', 'applying', 'active'])),
  ]
}

/** The access roles elsewhere that a target may assume now: those on which something is granted. */
export const assumedBy = (tx: Tx, targetId: Id<'tgt'>): Promise<readonly Placed[]> => assumedFor(tx, targetId, ['applying', 'active'])

const assumedFor = (tx: Tx, targetId: Id<'tgt'>, statuses: readonly GrantStatus[]): Promise<Placed[]> =>
  tx.prisma.$queryRaw<Placed[]>`
    select arn, caller_placement as placement from target role
    where caller_target_id = ${targetId}
      and exists (select from "grant" where target_id = role.id and status = any(${[...statuses]}::"GrantStatus"[]))
    order by arn`

/** The grant, locked until the transaction ends, or null. */
export async function lockGrant(tx: Tx, id: Id<'grt'>): Promise<Grant | null> {
  const [row] = await tx.prisma.$queryRaw<Grant[]>`
    select id, request_id as "requestId", target_id as "targetId", status::text as status, starts_at as "startsAt", ends_at as "endsAt"
    from "grant" where id = ${id} for update`
  return row ?? null
}

/** The grants that match and can still be ended, locked in the order of their ids, as everybody locks them. */
export const lockMatching = (tx: Tx, which: WhichGrants): Promise<Grant[]> =>
  tx.prisma.$queryRaw<Grant[]>`
    select g.id, g.request_id as "requestId", g.target_id as "targetId", g.status::text as status, g.starts_at as "startsAt", g.ends_at as "endsAt"
    from "grant" g join target t on t.id = g.target_id left join database d on d.id = g.database_id
    where g.status in ('scheduled', 'applying', 'active') and ${Prisma.join(matching(which), ' and ')}
    order by g.id for update of g`

/** On account of what the end of grants moves: a review in which they were kept, or a request by which they were extended. */
type Mover = { readonly keptIn: Id<'rev'> } | { readonly extendedBy: Id<'req'> }

/**
 * Moves the end of grants: rows, events, and the jobs that take it to AWS, where access roles have the end in their trust
 * policies. Of the new end notice is given anew, unless `notifyAt` is null. The caller has locked them.
 */
export async function moveEnds(
  tx: Tx,
  grants: readonly Grant[],
  { endsAt, notifyAt, actor, ...mover }: { readonly endsAt: Date; readonly notifyAt: Date | null; readonly actor: ActorRecord } & Mover,
): Promise<void> {
  await tx.prisma.grant.updateMany({ where: { id: { in: ids(grants) } }, data: { endsAt, notifyAt, noticedAt: null } })
  await record(
    tx,
    grants.map((grant) => {
      const ends = { endsAtBefore: grant.endsAt.toISOString(), endsAtAfter: endsAt.toISOString() }
      const moved =
        'keptIn' in mover
          ? { type: 'grant.kept' as const, payload: { ...ends, review: mover.keptIn } }
          : { type: 'grant.extended' as const, payload: { ...ends, status: grant.status, by: mover.extendedBy } }
      return { ...subject(grant), actor, ...moved }
    }),
  )
  await enqueueWithCallers(tx, [...new Set(grants.map(({ targetId }) => targetId))], 'grant')
}

/** The grants of a request that still give access or will, locked in the order of their ids. One whose end has come gives none, ended or not. */
export const lockOpen = (tx: Tx, requestId: Id<'req'>): Promise<Grant[]> =>
  tx.prisma.$queryRaw<Grant[]>`
    select id, request_id as "requestId", target_id as "targetId", status::text as status, starts_at as "startsAt", ends_at as "endsAt"
    from "grant" where request_id = ${requestId} and status in ('scheduled', 'applying', 'active') and ends_at > now()
    order by id for update`

/** Those made for somebody who left, from before they left, that can still be ended, locked as above; so many at most. */
export const lockMadeFor = (
  tx: Tx,
  { personId, at }: { readonly personId: string; readonly at: Date },
  statuses: readonly GrantStatus[],
  most: number,
): Promise<Grant[]> =>
  tx.prisma.$queryRaw<Grant[]>`
    select id, request_id as "requestId", target_id as "targetId", status::text as status, starts_at as "startsAt", ends_at as "endsAt"
    from "grant" where beneficiary_id = ${personId} and created_at <= ${at} and status = any(${[...statuses]}::"GrantStatus"[])
    order by id limit ${most} for update`

/** The grants that requests have made or extended and that can still be ended, locked in the order of their ids. */
export const lockOfRequests = (
  tx: Tx,
  { requests, extended }: { readonly requests: readonly Id<'req'>[]; readonly extended: readonly Id<'grt'>[] },
): Promise<Grant[]> =>
  tx.prisma.$queryRaw<Grant[]>`
    select id, request_id as "requestId", target_id as "targetId", status::text as status, starts_at as "startsAt", ends_at as "endsAt"
    from "grant" where (request_id = any(${[...requests]}) or id = any(${[...extended]})) and status in ('scheduled', 'applying', 'active')
    order by id for update`

interface Ending {
  readonly reason: GrantEndReason
  readonly comment: string | null
  readonly actor: ActorRecord
  readonly now: Date
}

/** Marks grants as to be taken away: rows, events, and the jobs that do it. The caller has locked them. */
export async function endGrants(tx: Tx, grants: readonly Grant[], end: Ending): Promise<void> {
  await markEnding(tx, grants, end)
  await enqueueWithCallers(tx, [...new Set(grants.map(({ targetId }) => targetId))], 'revoke')
}

/** What a target should hold now, what is to be proved gone, and when time changes that next. */
export interface GrantsOnTarget {
  readonly inForce: readonly Pick<LiveGrant, 'id' | 'status' | 'resourceArn' | 'placement' | 'endsAt'>[]
  readonly revoking: readonly { readonly id: Id<'grt'> }[]
  readonly nextChangeAt: Date | null
}

/**
 * Stores what the passing of time asks of a target's grants, before anything is compiled from them: "end
 * reached" is a fact from then on, whatever a clock says later. Starts only what `mayStart` still allows; what it cannot
 * judge stays as it is and is judged again.
 * Answers the grants as they are then, locked until the transaction ends.
 */
export async function beginDue(tx: Tx, targetId: Id<'tgt'>, now: Date, mayStart: MayStart): Promise<GrantsOnTarget> {
  const live = await liveGrants(tx, targetId)
  const ending = live.filter((grant) => dueChange(grant, now) === 'end')
  const starting = live.filter((grant) => dueChange(grant, now) === 'start')
  const limits: Awaited<ReturnType<MayStart>> = starting.length === 0 ? new Map() : await mayStart(tx, starting)
  const refused = starting.filter((grant) => !limits.has(grant.id))
  const changed = [
    ...(await markDue(
      tx,
      ending.filter((grant) => !grant.standing),
      'expired',
      now,
    )),
    ...(await markDue(
      tx,
      ending.filter((grant) => grant.standing),
      'unreviewed',
      now,
    )),
    ...(await markDue(tx, refused, 'rules_changed', now)),
  ]
  for (const grant of starting) {
    const longest = limits.get(grant.id)
    if (longest !== undefined && longest !== 'unknown') changed.push(await start(tx, grant, longest))
  }
  if (changed.length > 0) {
    const urgency = changed.some(({ status }) => status === 'revoking') ? 'revoke' : 'grant'
    await enqueueReconciles(tx, await callersOf(tx, [targetId]), urgency)
  }
  const judgedAgainAt = new Date(now.getTime() + JUDGED_AGAIN * 1_000)
  const current = live.map((grant) => changed.find(({ id }) => id === grant.id) ?? grant)
  return {
    inForce: current.filter((grant) => grant.status === 'applying' || grant.status === 'active'),
    revoking: current.filter((grant) => grant.status === 'revoking'),
    nextChangeAt: nextChangeAt(
      current.map((grant) => (limits.get(grant.id) === 'unknown' ? { ...grant, startsAt: judgedAgainAt } : grant)),
    ),
  }
}

/** Starts a scheduled grant, which lasts as long as it was approved for, or as the rules allow by now if that is less. */
async function start(tx: Tx, grant: LiveGrant, longestSeconds: number): Promise<LiveGrant> {
  const endsAt = new Date(Math.min(grant.endsAt.getTime(), grant.startsAt.getTime() + longestSeconds * 1_000))
  const notifyAt = grant.notifyAt && whenToNotify({ ...grant, endsAt }, (grant.endsAt.getTime() - grant.notifyAt.getTime()) / 1_000)
  await tx.prisma.grant.update({ where: { id: grant.id }, data: { status: 'applying', endsAt, notifyAt } })
  const payload = { before: grant.status, after: 'applying' as const, endsAt: endsAt.toISOString() }
  await record(tx, [{ type: 'grant.started', ...subject(grant), payload }])
  return { ...grant, status: 'applying', endsAt, notifyAt }
}

/** Stores what reading back has proved: applied grants are in IAM, removed ones are not. Others stay as they are. */
export async function settleGrants(
  tx: Tx,
  targetId: Id<'tgt'>,
  proved: { readonly applied: readonly Id<'grt'>[]; readonly removed: readonly Id<'grt'>[] },
  now: Date,
): Promise<void> {
  const live = await liveGrants(tx, targetId)
  const applied = live.filter((grant) => grant.status === 'applying' && proved.applied.includes(grant.id))
  const removed = live.filter((grant) => grant.status === 'revoking' && proved.removed.includes(grant.id))
  const set = async (grants: readonly LiveGrant[], data: Prisma.GrantUpdateManyMutationInput) => {
    if (grants.length > 0) await tx.prisma.grant.updateMany({ where: { id: { in: ids(grants) } }, data })
  }
  await set(applied, { status: 'active', activeAt: now })
  await set(removed, { status: 'ended', endedAt: now })
  await record(tx, [
    ...applied.map((grant) => ({
      type: 'grant.activated' as const,
      ...subject(grant),
      payload: { before: 'applying' as const, after: 'active' as const },
    })),
    ...removed.map((grant) => ({
      type: 'grant.ended' as const,
      ...subject(grant),
      payload: { before: 'revoking' as const, after: 'ended' as const, reason: grant.endReason ?? 'expired' },
    })),
  ])
}

interface LiveGrant extends Grant {
  readonly resourceArn: string
  readonly placement: Placement
  readonly standing: boolean
  readonly notifyAt: Date | null
  readonly endReason: GrantEndReason | null
}

const liveGrants = (tx: Tx, targetId: Id<'tgt'>): Promise<LiveGrant[]> =>
  tx.prisma.$queryRaw<LiveGrant[]>`
    select id, request_id as "requestId", target_id as "targetId", status::text as status, starts_at as "startsAt", ends_at as "endsAt",
      resource_arn as "resourceArn", placement, standing, notify_at as "notifyAt", end_reason::text as "endReason"
    from "grant" where target_id = ${targetId} and status <> 'ended' order by id for update`

async function markEnding(tx: Tx, grants: readonly Grant[], { reason, comment, actor, now }: Ending): Promise<void> {
  if (grants.length === 0) return
  await tx.prisma.$executeRaw`
    update "grant" set status = 'revoking', end_reason = ${reason}::"GrantEndReason", revoking_at = ${now} where id = any(${ids(grants)})`
  await record(
    tx,
    grants.map((grant) => ({
      type: 'grant.ending',
      ...subject(grant),
      actor,
      payload: { before: grant.status, after: 'revoking', reason, comment },
    })),
  )
}

/** The same because of time or rules; answers the grants as they are then. */
async function markDue(tx: Tx, grants: readonly LiveGrant[], reason: GrantEndReason, now: Date): Promise<LiveGrant[]> {
  await markEnding(tx, grants, { reason, comment: null, actor: worker, now })
  return grants.map((grant) => ({ ...grant, status: 'revoking', endReason: reason }))
}

const ids = (grants: readonly Grant[]): Id<'grt'>[] => grants.map((grant) => grant.id)

const subject = (grant: Grant) => ({ actor: worker, requestId: grant.requestId, grantId: grant.id, targetId: grant.targetId })
