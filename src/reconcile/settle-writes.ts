import type { Database } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { States } from './target-plan.ts'
import { type IamWrite, settleWrite } from './write-store.ts'

/**
 * Settles the writes whose fate is not known, as after a crash between intent and result or a lost answer, by the
 * state in which the policy is now: if it is the one that was to be reached, the write is done, otherwise it failed.
 * Without this, our own write could be taken for somebody else's. Those that are `underWay` stay open. Answers all of `recent` as they are then.
 */
export async function settleOpenWrites(
  database: Database,
  targetId: Id<'tgt'>,
  recent: readonly IamWrite[],
  held: States,
  underWay: ReadonlySet<Id<'wrt'>> = new Set(),
): Promise<readonly IamWrite[]> {
  const isOpen = ({ id, settledAt }: IamWrite) => settledAt === null && !underWay.has(id)
  if (!recent.some(isOpen)) return recent
  return database.inTransaction(async (tx) => {
    const settled: IamWrite[] = []
    for (const write of recent) {
      const outcome = (held.get(write.policyName) ?? null) === write.after ? 'done' : 'failed'
      settled.push(!isOpen(write) ? write : await settleWrite(tx, targetId, write, { outcome, settledBy: 'read_back', awsRequestId: null }))
    }
    return settled
  })
}
