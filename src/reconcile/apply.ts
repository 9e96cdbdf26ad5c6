import { AwsError } from '../aws/index.ts'
import type { Database, Tx } from '../db/index.ts'
import { type LeasedTarget, renewLease } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { Plan } from '../policy/index.ts'
import { type AttentionCode, troubleBy } from './attention.ts'
import { type Lease, LeaseLost } from './lease.ts'
import type { Send } from './send.ts'
import { acceptWrite, type IamWrite, intendWrite, settleWrite } from './write-store.ts'

/** What came of a plan: its writes as they are on record, and the error at which it stopped. */
export interface Applied {
  readonly writes: readonly IamWrite[]
  readonly stoppedBy: { readonly error: AwsError; readonly trouble: AttentionCode } | null
}

/**
 * Makes a plan's calls, one after the other, each with its intent committed before and its result after. Stops at the
 * first that fails: phases that only remove come first, so an addition that AWS refuses holds up no removal.
 * What AWS goes on with after its answer stays open. Throws LeaseLost.
 */
export async function applyPlan(
  database: Database,
  send: Send,
  { target, lease }: { readonly target: Pick<LeasedTarget, 'id'>; readonly lease: Lease },
  planId: Id<'pln'>,
  plan: Plan,
): Promise<Applied> {
  const writes: IamWrite[] = []
  for (const write of plan) {
    const intent = await underLease(database, lease, (tx) => intendWrite(tx, target.id, planId, write))
    const settle = (result: Parameters<typeof settleWrite>[3]) => database.inTransaction((tx) => settleWrite(tx, target.id, intent, result))
    try {
      const receipt = await send(write, lease.guard)
      writes.push(
        'provisioningId' in receipt
          ? await database.inTransaction((tx) => acceptWrite(tx, target.id, intent, receipt))
          : await settle({ outcome: 'done', settledBy: 'answer', awsRequestId: receipt.awsRequestId }),
      )
    } catch (error) {
      if (error instanceof LeaseLost) {
        await settle({ outcome: 'failed', settledBy: 'answer', awsRequestId: null, code: 'lease_lost' }) // nothing was sent
        throw error
      }
      if (!(error instanceof AwsError)) throw error
      const outcome = error.answered ? 'failed' : 'unknown'
      const trouble = troubleBy(error, write.operation)
      writes.push(await settle({ outcome, settledBy: 'answer', awsRequestId: error.awsRequestId, code: trouble }))
      return { writes, stoppedBy: { error, trouble } }
    }
  }
  return { writes, stoppedBy: null }
}

/** One transaction that also renews the lease; throws LeaseLost, and stores nothing, if it is somebody else's. */
async function underLease<T>(database: Database, lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
  const asked = performance.now()
  const done = await database.inTransaction(async (tx) => {
    if (!(await renewLease(tx, lease.targetId, lease.token))) throw new LeaseLost(lease.targetId)
    return work(tx)
  })
  lease.extend(asked)
  return done
}
