import { AwsError, type Provisioning } from '../aws/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { ReconcileParts, TakenTarget } from './take-target.ts'
import { type IamWrite, settleWrite, type WriteResult } from './write-store.ts'

/** What has become of provisioning that was begun by earlier runs. */
export interface Followed {
  /** All recent writes, as they are on record now. */
  readonly writes: readonly IamWrite[]
  /** Those of them with which AWS goes on. */
  readonly underWay: ReadonlySet<Id<'wrt'>>
  /** Why one has failed, in AWS's words; null: none has since the last run. */
  readonly failure: string | null
  /** Seconds after which to ask again; null: there is nothing to ask for. */
  readonly askAgainAfter: number | null
}

/** The longest time between two questions, in seconds. They double as the work goes on. */
const LONGEST = 30

/**
 * Asks once how far provisioning is that goes on, and puts its end on record. A run never waits for it: it comes back. What
 * AWS no longer knows is left to be settled by reading back.
 */
export async function followProvisioning({ database, aws }: ReconcileParts, { target, recentWrites }: TakenTarget): Promise<Followed> {
  const writes: IamWrite[] = []
  const underWay = new Set<Id<'wrt'>>()
  let failure: string | null = null
  let askAgainAfter: number | null = null
  for (const write of recentWrites) {
    const asked = target.kind === 'permission_set' && write.settledAt === null ? write.provisioning : null
    const found =
      asked === null || target.kind !== 'permission_set'
        ? null
        : await aws.identityCenter(target.center).getProvisioning(asked).catch(underWayIfAway)
    if (found?.status === 'IN_PROGRESS') {
      underWay.add(write.id)
      askAgainAfter = Math.min(LONGEST, Math.max(1, Math.round((target.now.getTime() - write.intendedAt.getTime()) / 1_000)))
    }
    if (found === null || found.status === 'IN_PROGRESS') {
      writes.push(write)
      continue
    }
    const result: WriteResult =
      found.status === 'SUCCEEDED'
        ? { outcome: 'done', settledBy: 'answer', awsRequestId: null }
        : { outcome: 'failed', settledBy: 'answer', awsRequestId: null, code: 'provisioning_failed' }
    if (found.status === 'FAILED') failure = found.failure ?? 'it gives no reason'
    writes.push(await database.inTransaction((tx) => settleWrite(tx, target.id, write, result)))
  }
  return { writes, underWay, failure, askAgainAfter }
}

/** While Identity Center cannot be asked, its work counts as going on. */
function underWayIfAway(error: unknown): Provisioning {
  if (error instanceof AwsError) return { status: 'IN_PROGRESS', failure: null }
  throw error
}
