import { listOf, type Statement, statementsOf } from '../iam/policy-document.ts'
import { conditionsHold } from './conditions.ts'
import { type Context, fits } from './pattern.ts'

/** What somebody wants to do, e.g. `iam:GetRole` on a role's ARN; `*` where an action has no resource. */
export interface Wish {
  readonly action: string
  readonly resource: string
  readonly context: Context
}

/** What policies say to it: a matching Deny wins over any Allow; `silent` when no statement matches. */
export type Verdict = 'allowed' | 'denied' | 'silent'

/** What these policies of one kind say together (IAM User Guide, "Policy evaluation logic"). */
export function verdictOf(documents: readonly string[], wish: Wish): Verdict {
  const effects = documents.flatMap(statementsOf).flatMap((statement) => (matches(statement, wish) ? statement.Effect : []))
  if (effects.includes('Deny')) return 'denied'
  return effects.includes('Allow') ? 'allowed' : 'silent'
}

/** Whether the actions and conditions of a statement, of whatever policy, match. */
export const actionMatches = ({ Action, NotAction }: Statement, { action, context }: Wish): boolean => {
  const named = (patterns: Statement['Action']) =>
    listOf(patterns).some((pattern) => fits(pattern, action, context, { wildcards: true, ignoreCase: true }))
  return NotAction === undefined ? named(Action) : !named(NotAction)
}

const matches = (statement: Statement, wish: Wish): boolean =>
  actionMatches(statement, wish) && resourceMatches(statement, wish) && conditionsHold(statement.Condition, wish.context)

function resourceMatches({ Resource, NotResource }: Statement, { resource, context }: Wish): boolean {
  const named = (patterns: Statement['Resource']) =>
    listOf(patterns).some((pattern) => fits(pattern, resource, context, { wildcards: true }))
  return NotResource === undefined ? named(Resource) : !named(NotResource)
}
