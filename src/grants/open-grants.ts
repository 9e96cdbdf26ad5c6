import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { ATTACHED_QUOTA, type Foreign, inlineQuota, place, roomOn } from '../policy/index.ts'
import type { NewGrant } from './grant.ts'
import { insertGrants, reservedOn } from './grant-store.ts'
import { ensureTarget, type TargetIdentity } from './target-store.ts'

export interface OpenGrants {
  /** The principal as it is in IAM now, and what other people's policies take up there. */
  readonly target: TargetIdentity & { readonly foreign: Foreign }
  readonly grants: readonly NewGrant[]
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Opens grants on a target and reserves their room in IAM: under the target's row lock each gets its place in one of
 * the target's policies, beside everything that is approved and has not begun to end, written or not. Throws
 * `quota_exceeded` if one of them fits nowhere.
 */
export async function openGrants(tx: Tx, opening: OpenGrants): Promise<void> {
  const { foreign, ...identity } = opening.target
  const targetId = await ensureTarget(tx, identity)
  const placed = place(await reservedOn(tx, targetId), opening.grants, roomOn(identity.kind, foreign))
  if (placed === null) {
    throw new SallyportError(
      'quota_exceeded',
      `The policies of ${identity.arn} have no room for this: a ${identity.kind} may have ${inlineQuota(identity.kind)} characters of inline policies, ` +
        `of which others take ${foreign.characters}, and ${ATTACHED_QUOTA} managed policies, of which others take ${foreign.attached}; the rest is reserved by grants. ` +
        'End grants on it that are not needed, or have its other policies made smaller.',
    )
  }
  await insertGrants(tx, targetId, placed, opening.actor, opening.now)
}
