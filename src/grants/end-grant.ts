import type { Database } from '../db/index.ts'
import { type Caller, callerNow, type RuleSets, viewerOf } from '../identity/index.ts'
import { actorRecord, isApprover } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { canEnd } from './grant.ts'
import { endGrants, lockGrant } from './grant-store.ts'
import { type GrantDetails, getGrant } from './grant-view.ts'

export interface EndGrantParts {
  readonly db: Database
  readonly ruleSets: RuleSets
}

export interface EndGrantCommand {
  readonly grantId: Id<'grt'>
  readonly caller: Caller
  readonly comment: string | null
}

/**
 * Takes a grant away before its time, for somebody entitled to: an admin, an approver of its request, or a
 * program with the scope for it. Answers the grant as it is then: `revoking`, until IAM is seen without it.
 * Throws `grant_not_found`, `not_permitted`, `grant_ended`, `unauthenticated`.
 */
export const revokeGrant =
  (parts: EndGrantParts) =>
  (command: EndGrantCommand): Promise<GrantDetails> =>
    end(parts, command, 'revoked', (grant, caller) => {
      if (caller.actor.kind === 'service' || caller.isAdmin || isApprover(viewerOf(caller), grant)) return
      throw new SallyportError(
        'not_permitted',
        'A grant is revoked by an approver of its request or an admin; its requester and beneficiary return it.',
      )
    })

/** Gives a grant back before its time: its requester or its beneficiary, who need nobody's leave for it. Errors as above. */
export const returnGrant =
  (parts: EndGrantParts) =>
  (command: EndGrantCommand): Promise<GrantDetails> =>
    end(parts, command, 'returned', (grant, { actor }) => {
      if (actor.kind === 'person' && [grant.requesterId, grant.beneficiaryId].includes(actor.person.id)) return
      throw new SallyportError('not_permitted', 'A grant is returned by its requester or beneficiary; approvers and admins revoke it.')
    })

async function end(
  { db, ruleSets }: EndGrantParts,
  { grantId, comment, ...command }: EndGrantCommand,
  reason: 'revoked' | 'returned',
  authorise: (grant: GrantDetails, caller: Caller) => void,
): Promise<GrantDetails> {
  return db.inTransaction(async (tx) => {
    const caller = await callerNow(tx, ruleSets, command.caller)
    const everything = { ...viewerOf(caller), everything: true } // authorise() below is the stricter check, with the better answer
    const grant = await lockGrant(tx, grantId)
    const details = await getGrant(tx, everything, grantId)
    authorise(details, caller)
    if (grant === null || !canEnd(grant.status)) throw new SallyportError('grant_ended', `Grant ${grantId} is ${details.status} already.`)
    await endGrants(tx, [grant], { reason, comment, actor: actorRecord(caller.actor), now: await tx.now() })
    return getGrant(tx, everything, grantId)
  })
}
