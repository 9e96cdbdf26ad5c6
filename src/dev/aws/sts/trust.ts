import type { Caller } from '../caller.ts'
import { readTrustPolicy, type Statement } from '../iam/policy-document.ts'
import { awsPrincipals } from '../iam/trust-policy.ts'
import { conditionsHold } from '../permissions/conditions.ts'
import { actionMatches, type Wish } from '../permissions/verdict.ts'

/**
 * How a trust policy comes to trust the caller: as the user or session that it is, or as everybody (`itself`), as its role,
 * or as one of an account, which leaves it to the account whom of its own it lets in.
 */
export type Trust = 'itself' | 'role' | 'account'

/** The most that a trust policy says for this caller; null when no Allow matches, or a Deny does. */
export function trustIn(trustPolicy: string, caller: Caller, wish: Wish): Trust | null {
  const { statements } = readTrustPolicy('AssumeRolePolicyDocument', trustPolicy)
  const matching = statements
    .filter((statement) => actionMatches(statement, wish) && conditionsHold(statement.Condition, wish.context))
    .flatMap((statement) => formsOf(statement, caller).map((form) => ({ form, effect: statement.Effect })))
  if (matching.some(({ effect }) => effect === 'Deny')) return null
  return (['itself', 'role', 'account'] as const).find((form) => matching.some((each) => each.form === form)) ?? null
}

const formsOf = (statement: Statement, caller: Caller): Trust[] =>
  awsPrincipals(statement).flatMap((principal) => formOf(principal, caller) ?? [])

function formOf(principal: string, caller: Caller): Trust | null {
  if (principal === '*' || principal === caller.arn) return 'itself'
  if (principal === caller.roleArn) return 'role'
  const [, account] = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(principal) ?? []
  return account === caller.account ? 'account' : null
}
