import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'
import { isSame } from './compare-rule-sets.ts'

/** What changes from one rule set to the next, a line for each. Pure. */
export function changesInWords(changes: RuleSetChanges): readonly string[] {
  if (isSame(changes)) return ['nothing that is judged by changes']
  const { added, removed, changed, reordered, powers, people, parts } = changes
  return [
    ...added.map((rule) => `+ rule ${rule}`),
    ...removed.map((rule) => `- rule ${rule}`),
    ...changed.map(({ rule, keys }) => `~ rule ${rule}: ${keys.join(', ')}`),
    ...(reordered ? ['~ the order of the rules'] : []),
    ...powers.flatMap(({ power, gained, lost }) => [
      ...(gained.length === 0 ? [] : [`+ can ${power}: ${gained.join(', ')}`]),
      ...(lost.length === 0 ? [] : [`- can ${power}: ${lost.join(', ')}`]),
    ]),
    ...people.added.map((id) => `+ person ${id}`),
    ...people.removed.map((id) => `- person ${id}`),
    ...people.changed.map((id) => `~ person ${id}`),
    ...parts.map((part) => `~ ${part}`),
  ]
}
