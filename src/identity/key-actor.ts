import type { Tx } from '../db/index.ts'
import { type ActorRecord, actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Caller } from './caller.ts'
import { callerNow } from './caller-now.ts'
import type { RuleSets } from './rule-sets.ts'

/** Who changes a key, found out in the transaction that changes it. */
export type KeyActor = (tx: Tx) => Promise<ActorRecord>

/** Somebody who needs nobody's leave: an operator at the command line. */
export const by =
  (actor: ActorRecord): KeyActor =>
  async () =>
    actor

/**
 * An admin, with a credential of their own: a key that could make keys could make itself whatever it is not. Throws
 * `not_permitted`, and what callerNow throws.
 */
export const byAdmin =
  (ruleSets: RuleSets, caller: Caller): KeyActor =>
  async (tx) => {
    const now = await callerNow(tx, ruleSets, caller)
    refuseUnlessOwnAdmin(now)
    return actorRecord(now.actor)
  }

/** The same by what was known when the call came in. */
export function refuseUnlessOwnAdmin({ credential, isAdmin }: Caller): void {
  if (isAdmin && credential.mayActFor === 'itself') return
  throw new SallyportError('not_permitted', 'API keys are made and changed by admins with a token of their own, or at the command line.')
}
