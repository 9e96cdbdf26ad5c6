import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { worker } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'

interface Noticed {
  readonly id: Id<'grt'>
  readonly requestId: Id<'req'>
  readonly targetId: Id<'tgt'>
  readonly endsAt: Date
  readonly notifyAt: Date
}

/**
 * Tells of the grants that end soon, once for each end; part of the worker's sweep, so that a notice comes within a minute of
 * its time, and after a downtime with the first sweep. A reconcile would be punctual, and would read IAM for something that IAM
 * has nothing to do with. What has ended by now, or is not in IAM, is not told of.
 */
export async function giveNotice(tx: Tx): Promise<void> {
  const noticed = await tx.prisma.$queryRaw<Noticed[]>`
    update "grant" set noticed_at = now() where id in (
      select id from "grant" where status = 'active' and noticed_at is null and notify_at <= now() and ends_at > now()
      order by notify_at limit 500 for update skip locked)
    returning id, request_id as "requestId", target_id as "targetId", ends_at as "endsAt", notify_at as "notifyAt"`
  await record(
    tx,
    noticed.map(({ id, requestId, targetId, endsAt, notifyAt }) => ({
      type: 'grant.ends_soon' as const,
      actor: worker,
      requestId,
      grantId: id,
      targetId,
      payload: { status: 'active' as const, endsAt: endsAt.toISOString(), notifyAt: notifyAt.toISOString() },
    })),
  )
}
