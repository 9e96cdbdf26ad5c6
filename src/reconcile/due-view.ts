import type { Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'

/** Seconds after which something that is due counts as forgotten: until then its own job is about to run. */
const GRACE = 10

/**
 * Targets on which something is due and no run has come:
 * - a grant whose end or start has passed,
 * - a grant that is being applied or taken away while nothing holds it up and nobody is at it,
 * - a next look, or a next try, that did not take place,
 * - a lease that was not given back: its run broke off.
 */
export const forgottenTargets = (tx: Tx): Promise<{ readonly id: Id<'tgt'>; readonly revokes: boolean }[]> =>
  tx.prisma.$queryRaw`
    select id, bool_or(revokes) as revokes
    from (
      select target_id as id, true as revokes from "grant"
        where status in ('scheduled', 'applying', 'active') and ends_at <= now() - ${GRACE} * interval '1 second'
      union all
      select target_id, false from "grant" where status = 'scheduled' and starts_at <= now() - ${GRACE} * interval '1 second'
      union all
      select target_id, status = 'revoking' from "grant" join target on target.id = target_id
        where status in ('applying', 'revoking') and attention_code is null and lease_until is null
      union all
      select id, false from target
        where next_check_at <= now() - ${GRACE} * interval '1 second' or lease_until <= now() - ${GRACE} * interval '1 second'
    ) as due
    group by id`
