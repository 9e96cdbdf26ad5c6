import { type Caller, callerNow } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { EndGrantParts } from './end-grant.ts'
import { endGrants, lockMatching } from './grant-store.ts'
import type { WhichGrants } from './grant-view.ts'

export interface RevokeGrantsCommand {
  readonly which: WhichGrants
  readonly caller: Caller
  readonly comment: string
}

/**
 * Takes away all grants that match, those yet to start included, in one transaction, however many there are. For admins
 * and programs with the scope. Answers the ids of those that were not ending already. Throws `not_permitted`,
 * `unauthenticated`.
 */
export const revokeGrants =
  ({ db, ruleSets }: EndGrantParts) =>
  ({ which, comment, ...command }: RevokeGrantsCommand): Promise<readonly Id<'grt'>[]> => {
    refuseUnlessAdmin(command.caller) // here as well, so that an answer that was kept is not given to who was one
    return db.inTransaction(async (tx) => {
      const caller = await callerNow(tx, ruleSets, command.caller)
      refuseUnlessAdmin(caller)
      const grants = await lockMatching(tx, which)
      await endGrants(tx, grants, { reason: 'revoked', comment, actor: actorRecord(caller.actor), now: await tx.now() })
      return grants.map(({ id }) => id)
    })
  }

function refuseUnlessAdmin({ actor, isAdmin }: Caller): void {
  if (actor.kind === 'service' || isAdmin) return
  throw new SallyportError(
    'not_permitted',
    'Many grants at once are revoked by an admin; approvers revoke those of their requests one by one.',
  )
}
