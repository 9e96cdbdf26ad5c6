import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { worker } from '../kernel/actor.ts'
import { formatDuration } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import type { DueStage } from './due-escalations.ts'
import type { Escalated } from './request.ts'

/** A request that is to be looked at, and by what it will then have been looked at. */
export interface Unseen {
  readonly id: Id<'req'>
  readonly seen: string
}

/** What can change when stages escalate besides time: the rules, the people, and the decisions. */
const seen = `a.hash || ' ' || a.people_revision || ' ' || (select count(*) from decision d where d.request_id = r.id)`

const unseen = {
  name: 'requests-to-escalate',
  text: `
    select r.id, ${seen} as seen from request r, active_rule_set a
    where r.status = 'pending' and r.expires_at > now() and (r.escalates_at <= now() or r.escalation_seen is distinct from ${seen})
    order by r.escalates_at, r.id limit $1 for update of r skip locked`,
}

/**
 * Locks the requests in which a stage may be due to ask others, or that were not looked at since something changed; what is being decided is left
 * alone until the next time.
 */
export const lockUnseen = (tx: Tx, most: number): Promise<Unseen[]> => tx.query<Unseen & Record<string, unknown>>(unseen, [most])

/** A request that has been looked at: what is due now, and when to look again. */
export interface Looked extends Unseen {
  readonly due: readonly DueStage[]
  readonly nextAt: Date | null
  readonly now: Date
  readonly ruleSetHash: string
}

/** Stores whom requests ask too from now on, with the events, and when each is to be looked at again. */
export async function saveEscalations(tx: Tx, looked: readonly Looked[]): Promise<void> {
  await tx.prisma.$executeRaw`
    update request r set escalates_at = l.escalates_at, escalation_seen = l.seen, escalations = r.escalations || l.escalations,
      approver_groups = array(select distinct unnest(r.approver_groups || l.groups) order by 1),
      approver_people = array(select distinct unnest(r.approver_people || l.people) order by 1)
    from jsonb_to_recordset(${JSON.stringify(looked.map(rowOf))}::jsonb)
      as l(id text, seen text, escalates_at timestamptz, escalations jsonb, groups text[], people text[])
    where r.id = l.id`
  await record(
    tx,
    looked
      .filter(({ due }) => due.length > 0)
      .map(({ id: requestId, due, ruleSetHash: ruleSet }) => ({
        type: 'request.escalated',
        actor: worker,
        requestId,
        payload: { stages: due.map(({ after, ...stage }) => ({ ...stage, after: formatDuration(after) })), ruleSet },
      })),
  )
}

const rowOf = ({ id, seen, due, nextAt, now: at }: Looked) => ({
  id,
  seen,
  escalates_at: nextAt,
  escalations: due.map(({ after: _, ...stage }): Escalated => ({ ...stage, at })),
  groups: due.flatMap(({ to }) => to.groups),
  people: due.flatMap(({ to }) => to.people),
})
