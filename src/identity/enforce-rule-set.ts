import { record } from '../audit/index.ts'
import type { SallyportFile } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'
import { settlePeople } from './departure-store.ts'
import { declareIdentities } from './identity-store.ts'
import { discardPending } from './pending-rule-set-store.ts'
import { declarePeople } from './person-store.ts'
import { pointAt } from './rule-set-store.ts'

/** Makes the catalog and the guards what the file declares, in the transaction of its adoption. */
export type Declare = (tx: Tx, file: SallyportFile, actor: ActorRecord) => Promise<void>

export interface EnforceRuleSet {
  readonly file: SallyportFile
  readonly hash: string
  readonly hashBefore: string | null
  readonly changes: RuleSetChanges | null
  /** `overridden`: the rules before wanted it confirmed, and the operator did without. */
  readonly confirmation: 'not_needed' | 'confirmed' | 'overridden'
  /** Who proposed what was confirmed; null where nothing was. */
  readonly proposedBy: ActorRecord | null
}

/** Brings a stored rule set into force with everything that it declares, and its event; nothing waits to be confirmed any more. The caller holds the switch. */
export async function enforce(tx: Tx, declare: Declare, { file, hash, ...facts }: EnforceRuleSet, actor: ActorRecord): Promise<void> {
  await pointAt(tx, hash, actor)
  await discardPending(tx)
  await declarePeople(tx, file.people, actor)
  await settlePeople(tx, { scim: file.scim !== null, people: null, actor })
  await declareIdentities(tx, file, actor)
  await declare(tx, file, actor)
  const { hashBefore, changes, confirmation, proposedBy } = facts
  await record(tx, [{ type: 'rules.activated', actor, payload: { hashBefore, hashAfter: hash, changes, confirmation, proposedBy } }])
}
