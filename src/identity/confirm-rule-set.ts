import { ConfigError, readContent, type SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { includes } from '../kernel/rule.ts'
import { compareRuleSets } from '../rules/index.ts'
import type { Caller } from './caller.ts'
import { callerNow } from './caller-now.ts'
import { type Declare, enforce } from './enforce-rule-set.ts'
import { findPending, type PendingRuleSet } from './pending-rule-set-store.ts'
import { findInForce, lockSwitch } from './rule-set-store.ts'
import type { RuleSets } from './rule-sets.ts'
import { type RuleSetsNow, ruleSetsNow } from './rule-sets-now.ts'

export interface ConfirmParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly declare: Declare
}

/**
 * Brings what waits to be confirmed into force: by one of `activation.confirmedBy` of the rules in force, with a credential of
 * their own, and not by who proposed it. `hash` is of what they have seen. Answers how things stand then. Throws
 * `person_required`, `own_credential_required`, `not_permitted`, `self_approval`, `rules_not_pending`, `not_ready` where this
 * version cannot read it, `unauthenticated`.
 */
export const confirmRuleSet =
  ({ db, ruleSets, declare }: ConfirmParts) =>
  async (command: { readonly caller: Caller; readonly hash: string }): Promise<RuleSetsNow> => {
    const now = await db.inTransaction(async (tx) => {
      await lockSwitch(tx)
      const caller = await callerNow(tx, ruleSets, command.caller)
      const inForce = await findInForce(tx)
      if (inForce === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
      const before = await ruleSets.content(inForce)
      const pending = await findPending(tx)
      refuseUnlessConfirmer(before.file, caller, pending)
      if (pending === null || pending.hash !== command.hash) {
        const other = pending === null ? 'none does' : `${pending.hash} does`
        throw new SallyportError('rules_not_pending', `Rule set ${command.hash} does not wait to be confirmed; ${other}.`)
      }
      const { hash, proposedBy } = pending
      const file = readable(pending)
      const changes = compareRuleSets(before.file, file)
      const facts = { file, hash, hashBefore: before.hash, changes, confirmation: 'confirmed', proposedBy } as const
      await enforce(tx, declare, facts, actorRecord(caller.actor))
      return ruleSetsNow(tx)
    })
    ruleSets.forget()
    return now
  }

function refuseUnlessConfirmer({ activation }: SallyportFile, { actor, credential }: Caller, pending: PendingRuleSet | null): void {
  if (actor.kind !== 'person') throw new SallyportError('person_required', 'Rule sets are confirmed by people.')
  if (activation === null || !includes(activation.confirmedBy, actor.person))
    throw new SallyportError('not_permitted', 'Rule sets are confirmed by those whom `activation.confirmedBy` of the rules in force names.')
  if (credential.mayActFor !== 'itself')
    throw new SallyportError(
      'own_credential_required',
      `${credential.via} may not confirm for ${actor.person.id}: a program’s word is not enough.`,
    )
  if (pending?.proposedBy.person === actor.person.id)
    throw new SallyportError('self_approval', `${actor.person.id} proposed this rule set.`)
}

function readable({ hash, content }: PendingRuleSet): SallyportFile {
  try {
    return readContent(content)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new SallyportError('not_ready', `This version of Sallyport cannot read rule set ${hash}.`, { cause: error })
  }
}
