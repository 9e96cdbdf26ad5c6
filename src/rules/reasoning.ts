import type { Rule } from '../kernel/rule.ts'
import type { AskedEntitlement, Question } from './question.ts'
import { allowParts, denyParts } from './rule-parts.ts'

/**
 * How one rule stands to one entitlement.
 * - `denies`: it touches what is asked for, which settles it.
 * - `decides`: the first in the file to allow it, and nothing denies it.
 * - `overruled`: it would allow it, and does not count: a rule denies, or one before it decides.
 * - `does_not_match`: `because` tells every part that does not.
 */
export interface RuleReading {
  readonly rule: string
  readonly effect: Rule['effect']
  readonly result: 'denies' | 'decides' | 'overruled' | 'does_not_match'
  readonly because: readonly string[]
}

/** How every rule, in the order of the file, stands to one entitlement. */
export interface Reasoning {
  readonly position: number
  readonly readings: readonly RuleReading[]
}

/** The whole reasoning of `judge`: what it decides by, and why not by the others. Pure. */
export const reasoning = (rules: readonly Rule[], question: Question): readonly Reasoning[] =>
  question.entitlements.map((entitlement) => ({ position: entitlement.position, readings: readingsOf(rules, question, entitlement) }))

function readingsOf(rules: readonly Rule[], question: Question, entitlement: AskedEntitlement): readonly RuleReading[] {
  const compared = rules.map((rule) => {
    const parts = rule.effect === 'allow' ? allowParts(rule, question, entitlement) : denyParts(rule, question, entitlement)
    return { rule, because: parts.flatMap(({ mismatch }) => mismatch ?? []) }
  })
  const matching = compared.filter(({ because }) => because.length === 0)
  const denied = matching.some(({ rule }) => rule.effect === 'deny')
  const deciding = denied ? undefined : matching[0]
  return compared.map((each): RuleReading => {
    const { rule, because } = each
    const matched = rule.effect === 'deny' ? 'denies' : each === deciding ? 'decides' : 'overruled'
    return { rule: rule.name, effect: rule.effect, result: because.length > 0 ? 'does_not_match' : matched, because }
  })
}
