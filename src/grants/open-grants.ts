import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { ATTACHED_QUOTA, type Foreign, inlineQuota, type Placement, place, roomOn } from '../policy/index.ts'
import type { NewGrant } from './grant.ts'
import { insertGrants, reservedOn } from './grant-store.ts'
import { type AccessRoleIdentity, type EntityIdentity, ensureTarget, noteCaller } from './target-store.ts'

export interface OpenGrants {
  /** The principal as it is in IAM now, and what other people's policies take up there. */
  readonly target: EntityIdentity & { readonly foreign: Foreign }
  readonly grants: readonly NewGrant[]
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Opens grants on a principal and reserves their room in IAM: under the target's row lock each gets its place in one of
 * the target's policies, beside everything that is approved and has not begun to end, written or not. Throws
 * `quota_exceeded` if one of them fits nowhere.
 */
export async function openGrants(tx: Tx, opening: OpenGrants): Promise<void> {
  const targetId = await ensureTarget(tx, opening.target)
  await insertGrants(tx, targetId, await placed(tx, targetId, opening.target, opening.grants), opening.actor, opening.now)
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
  const callerTargetId = caller === null ? null : await ensureTarget(tx, caller)
  for (const { role, grants } of [...opening.roles].sort((one, other) => (one.role.arn < other.role.arn ? -1 : 1))) {
    const targetId = await ensureTarget(tx, role)
    if (caller !== null && callerTargetId !== null && caller.accountId !== role.accountId) {
      for (const { placement } of await placed(tx, callerTargetId, caller, [{ arn: role.arn }])) {
        await noteCaller(tx, targetId, callerTargetId, placement)
      }
    }
    const target = { ...role, kind: 'role' as const, foreign: { characters: 0, attached: 0 } }
    await insertGrants(tx, targetId, await placed(tx, targetId, target, grants), actor, now)
  }
}

async function placed<Item extends { readonly arn: string }>(
  tx: Tx,
  targetId: Id<'tgt'>,
  { arn, kind, foreign }: OpenGrants['target'],
  items: readonly Item[],
): Promise<readonly (Item & { readonly placement: Placement })[]> {
  const found = place(await reservedOn(tx, targetId), items, roomOn(kind, foreign))
  if (found !== null) return found
  throw new SallyportError(
    'quota_exceeded',
    `The policies of ${arn} have no room for this: a ${kind} may have ${inlineQuota(kind)} characters of inline policies, ` +
      `of which others take ${foreign.characters}, and ${ATTACHED_QUOTA} managed policies, of which others take ${foreign.attached}; the rest is reserved by grants. ` +
      'End grants on it that are not needed, or have its other policies made smaller.',
  )
}
