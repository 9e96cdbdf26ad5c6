import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { ATTACHED_QUOTA, type Foreign, fitsGuard, inlineQuota, type Placement, place, roomOn } from '../policy/index.ts'
import type { NewGrant } from './grant.ts'
import { insertGrants, reservedOn } from './grant-store.ts'
import { type AccessRoleIdentity, type EntityIdentity, type LockedTarget, lockTarget, noteCaller } from './target-store.ts'

export interface OpenGrants {
  /** The principal as it is in IAM now, and what other people's policies take up there. */
  readonly target: EntityIdentity & { readonly foreign: Foreign }
  readonly grants: readonly NewGrant[]
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Opens grants on a principal and reserves their room in IAM: under the target's row lock each gets its place in one of
 * the target's policies, beside everything that is approved and has not begun to end, written or not, and all of them in
 * its guard, if it has one. Throws `quota_exceeded` if one of them fits nowhere.
 */
export async function openGrants(tx: Tx, opening: OpenGrants): Promise<void> {
  const locked = await lockTarget(tx, opening.target)
  await insertGrants(tx, locked.id, await placed(tx, locked, opening.target, opening.grants), opening.actor, opening.now)
}

export interface OpenAccess {
  readonly role: AccessRoleIdentity
  readonly grants: readonly NewGrant[]
}

/**
 * Opens grants on access roles of one principal, each in another account. `caller` is the principal as a target of its
 * own, where its policies must let it assume the roles and Sallyport may write them; null where neither is so. It is
 * locked before the roles, and those in the order of their ARNs, so that two approvals cannot wait for each other.
 * Throws `quota_exceeded` as above, for a role or for the caller.
 */
export async function openAccess(
  tx: Tx,
  opening: Pick<OpenGrants, 'actor' | 'now'> & { readonly caller: OpenGrants['target'] | null; readonly roles: readonly OpenAccess[] },
): Promise<void> {
  const { caller, actor, now } = opening
  const lockedCaller = caller === null ? null : await lockTarget(tx, caller)
  for (const { role, grants } of [...opening.roles].sort((one, other) => (one.role.arn < other.role.arn ? -1 : 1))) {
    const locked = await lockTarget(tx, role)
    if (caller !== null && lockedCaller !== null && caller.accountId !== role.accountId) {
      for (const { placement } of await placed(tx, lockedCaller, caller, [{ arn: role.arn }])) {
        await noteCaller(tx, locked.id, lockedCaller.id, placement)
      }
    }
    const target = { ...role, kind: 'role' as const, foreign: { characters: 0, attached: 0 } }
    await insertGrants(tx, locked.id, await placed(tx, locked, target, grants), actor, now)
  }
}

async function placed<Item extends { readonly arn: string }>(
  tx: Tx,
  { id, guarded }: LockedTarget,
  { arn, kind, foreign }: OpenGrants['target'],
  items: readonly Item[],
): Promise<readonly (Item & { readonly placement: Placement })[]> {
  const reserved = await reservedOn(tx, id)
  const found = place(reserved, items, roomOn(kind, foreign, guarded))
  if (found !== null) return found
  if (guarded && !fitsGuard([...reserved, ...items])) {
    throw new SallyportError(
      'quota_exceeded',
      `The guard of ${arn} has no room for this: all that is granted to it must stand in one managed policy, of 6,144 characters. ` +
        'End grants on it that are not needed, or ask for wider ones, if the rules allow them.',
    )
  }
  throw new SallyportError(
    'quota_exceeded',
    `The policies of ${arn} have no room for this: a ${kind} may have ${inlineQuota(kind)} characters of inline policies, ` +
      `of which others take ${foreign.characters}, and ${ATTACHED_QUOTA} managed policies, of which others take ${foreign.attached}${guarded ? ' and its guard one' : ''}; the rest is reserved by grants. ` +
      'End grants on it that are not needed, or have its other policies made smaller.',
  )
}
