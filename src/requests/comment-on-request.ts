import { type Caller, callerNow, viewerOf } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { insertComment } from './comment-store.ts'
import { mayRead } from './judging.ts'
import { actingPerson, activeRules, type RequestParts } from './parts.ts'
import { lockRequest } from './request-store.ts'
import { getRequest, type ReadRequest } from './request-view.ts'

/** Every answer with the request has all of them. */
const MOST_COMMENTS = 100

/**
 * Adds what a person says to a request, whatever has become of it. Throws `request_not_found`, `person_required`,
 * `not_permitted` where they do not see it, `too_many_comments`, `unauthenticated`.
 */
export const commentOnRequest =
  (parts: Pick<RequestParts, 'db' | 'ruleSets'>) =>
  (command: { readonly requestId: Id<'req'>; readonly caller: Caller; readonly text: string }): Promise<ReadRequest> =>
    parts.db.inTransaction(async (tx) => {
      await lockRequest(tx, command.requestId)
      const caller = await callerNow(tx, parts.ruleSets, command.caller)
      const { id: personId } = actingPerson(caller)
      const { request, inForce } = await getRequest(tx, command.requestId)
      const { file } = await activeRules(parts, inForce)
      if (!mayRead(file, request, viewerOf(caller)))
        throw new SallyportError('not_permitted', `Request ${request.id} concerns other people; only who sees it can comment on it.`)
      if (request.comments.length >= MOST_COMMENTS)
        throw new SallyportError('too_many_comments', `Request ${request.id} has ${MOST_COMMENTS} comments already.`)
      await insertComment(
        tx,
        request,
        { id: newId('cmt'), personId, via: caller.credential.via, text: command.text },
        actorRecord(caller.actor),
      )
      return getRequest(tx, request.id)
    })
