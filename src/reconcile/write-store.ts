import { record } from '../audit/index.ts'
import type { ProvisioningReceipt } from '../aws/index.ts'
import type { Tx } from '../db/index.ts'
import { noteWritten } from '../grants/index.ts'
import { worker } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { isWatched, type Operation, type PlannedWrite } from '../policy/index.ts'

/** One IAM call that changes something, as it is on record. */
export interface IamWrite {
  readonly id: Id<'wrt'>
  readonly planId: Id<'pln'>
  readonly operation: Operation
  readonly policyName: string
  /** The policy's state before and after it, as `stateOf` has it, or the access role's. */
  readonly before: string | null
  readonly after: string | null
  /** When it was known what became of it; null: it is not. */
  readonly settledAt: Date | null
  readonly outcome: 'done' | 'failed' | 'unknown' | null
  readonly intendedAt: Date
  /** By which id AWS tells how far it is with work that goes on after its call; null: there is none such, or its answer was lost. */
  readonly provisioning: string | null
}

/** What became of a write. `unknown`: the call may have taken effect, its answer was lost. */
export interface WriteResult {
  readonly outcome: 'done' | 'failed' | 'unknown'
  readonly settledBy: 'answer' | 'read_back'
  readonly awsRequestId: string | null
  readonly code?: string
}

/** Seconds for which IAM may go on showing what was before a write. */
const VISIBILITY = 60

/** The writes to a target whose fate is not known, and those that IAM may not show yet; the oldest first. */
export const recentWrites = (tx: Tx, targetId: Id<'tgt'>): Promise<IamWrite[]> =>
  tx.prisma.$queryRaw<IamWrite[]>`
    select id, plan_id as "planId", operation, policy_name as "policyName", state_before as before, state_after as after,
      settled_at as "settledAt", outcome::text as outcome, intended_at as "intendedAt", provisioning
    from iam_write
    where target_id = ${targetId} and (settled_at is null or settled_at > now() - ${VISIBILITY} * interval '1 second')
    order by id`

/** Puts on record that a write is about to be sent. */
export async function intendWrite(tx: Tx, targetId: Id<'tgt'>, planId: Id<'pln'>, write: PlannedWrite): Promise<IamWrite> {
  const { operation, policyName, before, after } = write
  const intent = { planId, operation, policyName, before, after }
  const id = newId('wrt')
  const row = { id, targetId, planId, operation, policyName, stateBefore: before, stateAfter: after }
  const { intendedAt } = await tx.prisma.iamWrite.create({ data: row, select: { intendedAt: true } })
  await record(tx, [{ type: 'iam.write.intended', actor: worker, targetId, payload: { writeId: id, ...intent } }])
  return { id, ...intent, settledAt: null, outcome: null, intendedAt, provisioning: null }
}

/** Puts on record that AWS has begun with a write, and by which id it tells how far it is. */
export async function acceptWrite(
  tx: Tx,
  targetId: Id<'tgt'>,
  write: IamWrite,
  { awsRequestId, provisioningId: provisioning }: ProvisioningReceipt,
): Promise<IamWrite> {
  await tx.prisma.iamWrite.updateMany({ where: { id: write.id, settledAt: null }, data: { awsRequestId, provisioning } })
  const { id: writeId, planId, operation, policyName, before, after } = write
  const payload = { writeId, planId, operation, policyName, before, after, awsRequestId, provisioning }
  await record(tx, [{ type: 'iam.write.accepted', actor: worker, targetId, payload }])
  return { ...write, provisioning }
}

/**
 * Puts on record what became of a write, and the state in which it left the policy. Does nothing if that is
 * known already: a later run may have settled it by reading back.
 */
export async function settleWrite(tx: Tx, targetId: Id<'tgt'>, write: IamWrite, result: WriteResult): Promise<IamWrite> {
  const { outcome, settledBy, awsRequestId, code } = result
  const settledAt = outcome === 'unknown' ? null : await tx.now()
  const { count } = await tx.prisma.iamWrite.updateMany({
    where: { id: write.id, settledAt: null },
    data: { outcome, settledAt, ...(awsRequestId === null ? {} : { awsRequestId }) },
  })
  if (count === 0) return write
  if (outcome === 'done' && isWatched(write.policyName)) await noteWritten(tx, targetId, write.policyName, write.after)
  const { id: writeId, planId, operation, policyName, before, after } = write
  const payload = { writeId, planId, operation, policyName, before, after, awsRequestId, settledBy }
  await record(tx, [
    { type: `iam.write.${outcome}`, actor: worker, targetId, payload: code === undefined ? payload : { ...payload, code } },
  ])
  return { ...write, outcome, settledAt }
}
