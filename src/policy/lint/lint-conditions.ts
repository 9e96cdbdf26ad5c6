import { type Condition, operatorName, type Statement } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { isUnsupportedKey } from '../unsupported-keys.ts'
import { type Finding, finding } from './finding.ts'

/** Condition keys that `rds-db:connect` does not have. */
export const lintConditions = ({ conditions, effect }: Statement): readonly Finding[] =>
  conditions
    .filter(({ key }) => isUnsupportedKey(key))
    .map((condition) =>
      finding(
        'condition_key_unsupported',
        condition.pointer,
        `${quoted(condition.key)} is a condition key that rds-db:connect does not support; ${consequence(condition, effect)}`,
        'Take the condition out, and guard the network by security groups.',
      ),
    )

/** By AWS's rules for a key that is absent from a request: reference_policies_elements_condition_operators.html. */
function consequence({ set, test, ifExists }: Condition, effect: Statement['effect']): string {
  const operator = operatorName({ set, test, ifExists })
  const does = effect === 'Allow' ? 'allows' : 'denies'
  const isMet = ifExists || set === 'ForAllValues' || test.includes('Not')
  if (test === 'Null' || set === 'ForAnyValue') return `what ${operator} ${does} then cannot be relied on`
  return isMet ? `${operator} is met when a key is absent, so that the statement ${does} from everywhere` : `the statement ${does} nothing`
}
