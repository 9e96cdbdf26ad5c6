import type { Database } from '../db/index.ts'
import { type Actor, actorRecord, isApprover, type Viewer } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { canEnd } from './grant.ts'
import { endGrant, lockGrant } from './grant-store.ts'
import { type GrantDetails, getGrant } from './grant-view.ts'

export interface EndGrantCommand {
  readonly grantId: Id<'grt'>
  readonly comment: string | null
  readonly actor: Actor
  readonly viewer: Viewer
  readonly isAdmin: boolean
}

/**
 * Takes a grant away before its time, for somebody entitled to: an admin, an approver of its request, or a
 * program with the scope for it. Answers the grant as it is then: `revoking`, until IAM is seen without it.
 * Throws `grant_not_found`, `not_permitted`, `grant_ended`.
 */
export const revokeGrant = (db: Database) => (command: EndGrantCommand): Promise<GrantDetails> =>
  end(db, command, 'revoked', (grant) => {
    if (command.actor.kind !== 'person' || command.isAdmin || isApprover(command.viewer, grant)) return
    throw new SallyportError('not_permitted', 'A grant is revoked by an approver of its request or an admin; its requester and beneficiary return it.')
  })

/** Gives a grant back before its time: its requester or its beneficiary, who need nobody's leave for it. Errors as above. */
export const returnGrant = (db: Database) => (command: EndGrantCommand): Promise<GrantDetails> =>
  end(db, command, 'returned', (grant) => {
    const personId = command.actor.kind === 'person' ? command.actor.person.id : null
    if (personId === grant.requesterId || personId === grant.beneficiaryId) return
    throw new SallyportError('not_permitted', 'A grant is returned by its requester or beneficiary; approvers and admins revoke it.')
  })

async function end(
  db: Database,
  command: EndGrantCommand,
  reason: 'revoked' | 'returned',
  authorise: (grant: GrantDetails) => void,
): Promise<GrantDetails> {
  const everything = { ...command.viewer, everything: true } // authorise() below is the stricter check, with the better answer
  return db.inTransaction(async (tx) => {
    authorise(await getGrant(tx, everything, command.grantId))
    const grant = await lockGrant(tx, command.grantId)
    if (grant === null || !canEnd(grant.status)) {
      throw new SallyportError('grant_ended', `Grant ${command.grantId} is ${grant?.status ?? 'gone'} already.`)
    }
    await endGrant(tx, grant, { reason, comment: command.comment, actor: actorRecord(command.actor), now: await tx.now() })
    return getGrant(tx, everything, command.grantId)
  })
}
