import { type Caller, callerNow } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { refuseIfOver } from './decide.ts'
import { actingPerson, type RequestParts } from './parts.ts'
import { endRequest, lockRequest } from './request-store.ts'
import { getRequest, type ReadRequest } from './request-view.ts'

/** Takes a request back while nobody has decided it. Throws `request_not_found`, `not_permitted`, `request_decided`, `unauthenticated`. */
export const withdrawRequest =
  ({ db, ruleSets }: Pick<RequestParts, 'db' | 'ruleSets'>) =>
  async (command: { readonly requestId: Id<'req'>; readonly caller: Caller }): Promise<ReadRequest> =>
    db.inTransaction(async (tx) => {
      await lockRequest(tx, command.requestId)
      const caller = await callerNow(tx, ruleSets, command.caller)
      const { request, now } = await getRequest(tx, command.requestId)
      if (request.requesterId !== actingPerson(caller).id) {
        throw new SallyportError('not_permitted', `Only who made request ${request.id} can withdraw it.`)
      }
      refuseIfOver(request, now)
      await endRequest(tx, request.id, { status: 'withdrawn' }, actorRecord(caller.actor), now)
      return getRequest(tx, request.id)
    })
