import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Request, RequestComment } from './request.ts'

/** Stores a comment with its event, which has its id and not its text. */
export async function insertComment(
  tx: Tx,
  { id: requestId, status }: Pick<Request, 'id' | 'status'>,
  { id, personId, via, text }: Omit<RequestComment, 'createdAt'>,
  actor: ActorRecord,
): Promise<void> {
  await tx.prisma.requestComment.create({ data: { id, requestId, personId, via, text } })
  await record(tx, [{ type: 'request.commented', actor, requestId, payload: { comment: id, status } }])
}
