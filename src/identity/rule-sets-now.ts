import { ConfigError, readContent } from '../config/index.ts'
import type { Reader } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'
import { compareRuleSets } from '../rules/index.ts'
import { findActive, findPending, type InForce, type PendingRuleSet } from './pending-rule-set-store.ts'
import { findContent } from './rule-set-store.ts'

/** The rule set in force, and what waits to take its place. */
export interface RuleSetsNow {
  readonly inForce: InForce
  readonly pending: (Omit<PendingRuleSet, 'content'> & { readonly changes: RuleSetChanges | null }) | null
}

/** How the rule sets stand. Throws `not_ready` before there is one. */
export async function ruleSetsNow(reader: Reader): Promise<RuleSetsNow> {
  const inForce = await findActive(reader)
  if (inForce === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
  const pending = await findPending(reader)
  if (pending === null) return { inForce, pending: null }
  const before = await findContent(reader, inForce.hash)
  const { content, ...rest } = pending
  return { inForce, pending: { ...rest, changes: changesBetween(before?.content, content) } }
}

/** Null where this version can read one of them no more. */
function changesBetween(before: unknown, after: unknown): RuleSetChanges | null {
  try {
    return compareRuleSets(readContent(before), readContent(after))
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}
