import { type AccountSession, AwsError, type WriteReceipt } from '../aws/index.ts'
import type { Database, Tx } from '../db/index.ts'
import { type LeasedTarget, renewLease } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { managedPath, managedPolicyArn, type Plan, type PolicyWrite } from '../policy/index.ts'
import { troubleBy } from './attention.ts'
import { type Lease, LeaseLost } from './lease.ts'
import { type IamWrite, intendWrite, settleWrite } from './write-store.ts'

/** What came of a plan: its writes as they are on record, and the error at which it stopped. */
export interface Applied {
  readonly writes: readonly IamWrite[]
  readonly stoppedBy: AwsError | null
}

/**
 * Makes a plan's calls, one after the other, each with its intent committed before and its result after. Stops at the
 * first that fails: phases that only remove come first, so an addition that AWS refuses holds up no removal.
 * Throws LeaseLost.
 */
export async function applyPlan(
  database: Database,
  session: AccountSession,
  { target, lease, deploymentId }: { readonly target: LeasedTarget; readonly lease: Lease; readonly deploymentId: string },
  planId: Id<'pln'>,
  plan: Plan,
): Promise<Applied> {
  const writes: IamWrite[] = []
  for (const write of plan) {
    const intent = await underLease(database, lease, (tx) => intendWrite(tx, target.id, planId, write))
    const settle = (result: Parameters<typeof settleWrite>[3]) => database.inTransaction((tx) => settleWrite(tx, target.id, intent, result))
    try {
      const { awsRequestId } = await send(session, target, deploymentId, write, lease.guard)
      writes.push(await settle({ outcome: 'done', settledBy: 'answer', awsRequestId }))
    } catch (error) {
      if (error instanceof LeaseLost) {
        await settle({ outcome: 'failed', settledBy: 'answer', awsRequestId: null, code: 'lease_lost' }) // nothing was sent
        throw error
      }
      if (!(error instanceof AwsError)) throw error
      const outcome = error.answered ? 'failed' : 'unknown'
      writes.push(await settle({ outcome, settledBy: 'answer', awsRequestId: error.awsRequestId, code: troubleBy(error) }))
      return { writes, stoppedBy: error }
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

function send(
  session: AccountSession,
  target: LeasedTarget,
  deploymentId: string,
  write: PolicyWrite,
  guard: () => void,
): Promise<WriteReceipt> {
  const { policyName: name } = write
  const arn = managedPolicyArn(target.account, deploymentId, name)
  switch (write.operation) {
    case 'put_inline':
      return session.putInlinePolicy(target, name, write.document, guard)
    case 'delete_inline':
      return session.deleteInlinePolicy(target, name, guard)
    case 'create_policy':
      return session.createManagedPolicy({ name, path: managedPath(deploymentId), document: write.document }, guard)
    case 'create_version':
      return session.createPolicyVersion(arn, write.document, guard)
    case 'delete_version':
      return session.deletePolicyVersion(arn, write.versionId, guard)
    case 'attach_policy':
      return session.attachPolicy(target, arn, guard)
    case 'detach_policy':
      return session.detachPolicy(target, arn, guard)
    case 'delete_policy':
      return session.deleteManagedPolicy(arn, guard)
  }
}
