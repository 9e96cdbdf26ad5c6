import type { Database } from '../db/index.ts'
import { assertCredentialValid, type Caller } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
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
  (db: Database) =>
  ({ which, caller, comment }: RevokeGrantsCommand): Promise<readonly Id<'grt'>[]> => {
    if (caller.actor.kind === 'person' && !caller.isAdmin) {
      throw new SallyportError(
        'not_permitted',
        'Many grants at once are revoked by an admin; approvers revoke those of their requests one by one.',
      )
    }
    return db.inTransaction(async (tx) => {
      await assertCredentialValid(tx, caller.credential)
      const grants = await lockMatching(tx, which)
      await endGrants(tx, grants, { reason: 'revoked', comment, actor: actorRecord(caller.actor), now: await tx.now() })
      return grants.map(({ id }) => id)
    })
  }
