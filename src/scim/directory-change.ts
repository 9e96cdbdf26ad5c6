import type { Reader, Tx } from '../db/index.ts'
import { type Caller, callerNow, findInForce, lockSwitch, noteChange, type RuleSets, settlePeople } from '../identity/index.ts'
import { type ActorRecord, actorRecord } from '../kernel/actor.ts'
import { refuse, type ScimParts } from './scim.ts'

/** People come by the key of an identity provider alone: whoever could push people could become anybody. Throws `not_permitted`. */
export function refuseUnlessProvider({ actor }: Caller): void {
  if (actor.kind === 'service') return
  throw refuse('not_permitted', 'SCIM is for the API key of an identity provider, with the scope scim, acting for nobody.')
}

/** Throws `scim_off` unless sallyport.yaml takes people by SCIM. */
export async function refuseIfOff(reader: Reader, ruleSets: RuleSets): Promise<void> {
  const inForce = await findInForce(reader)
  if (inForce === null || (await ruleSets.content(inForce)).file.scim === null)
    throw refuse('scim_off', 'sallyport.yaml has no `scim`, so nobody comes from there.')
}

/**
 * Changes the directory, one change after the other and none beside the adoption of a rule set: whoever is affected is settled
 * and every process judges by it, in the same transaction. `work` answers whom it concerns. Throws `scim_off`, `unauthenticated`.
 */
export const directoryChange = <T>(
  { db, ruleSets }: ScimParts,
  caller: Caller,
  work: (tx: Tx, actor: ActorRecord) => Promise<{ readonly answer: T; readonly people: readonly string[] }>,
): Promise<T> =>
  db
    .inTransaction(async (tx) => {
      await lockSwitch(tx)
      const { actor } = await callerNow(tx, ruleSets, caller)
      await refuseIfOff(tx, ruleSets)
      const by = actorRecord(actor)
      const { answer, people } = await work(tx, by)
      await settlePeople(tx, { scim: true, people, actor: by })
      await noteChange(tx)
      return answer
    })
    .finally(() => ruleSets.forget())
