import { about, accountOf, evaluateAction, type Policy, readPolicy, type Statement, unreadPolicy } from '../policy/index.ts'
import type { PrincipalPolicies, SeenPrincipal } from '../snapshot/index.ts'

export const ASSUME_ROLE = 'sts:AssumeRole'

/** A role's trust policy, read; one that cannot be read may trust everybody. */
export const readTrust = (role: Pick<SeenPrincipal, 'trust'>): Policy =>
  about(readPolicy(role.trust ?? '', 'resource').policy ?? unreadPolicy, [ASSUME_ROLE])

/**
 * Whether a principal can assume a role of its own account. A trust policy that names the principal itself, or everybody,
 * is enough unless its own policies deny it; one that names the account leaves it to those policies
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html).
 */
export function canAssume(
  principal: Pick<SeenPrincipal, 'arn' | 'uniqueId'>,
  held: PrincipalPolicies,
  role: { readonly arn: string; readonly trust: Policy },
): 'yes' | 'conditional' | 'no' {
  const matching = role.trust.statements.flatMap((statement) => {
    const form = formIn(statement, principal)
    return form === null ? [] : [{ statement, form }]
  })
  const trusts = (forms: readonly Form[]): Answer => {
    const statements = matching
      .filter(({ statement, form }) => statement.effect === 'Deny' || forms.includes(form))
      .map(({ statement }) => statement)
    const policies = [{ ...role.trust, statements }]
    return answerOf(evaluateAction({ policies, boundary: null, action: ASSUME_ROLE, resource: role.arn, context: held.context }).result)
  }
  const anyhow = trusts(['itself', 'account'])
  if (anyhow === 'no') return 'no'
  const { result, conditions } = evaluateAction({
    policies: held.policies.map(({ policy }) => policy),
    boundary: held.boundary,
    action: ASSUME_ROLE,
    resource: role.arn,
    context: held.context,
  })
  if (result === 'denied') return 'no'
  const mayDeny = conditions.some(({ effect }) => effect === 'Deny')
  const byName = trusts(['itself'])
  if (byName === 'yes' && !mayDeny) return 'yes'
  const own = answerOf(result)
  if (anyhow === 'yes' && own === 'yes') return 'yes'
  return byName !== 'no' || own !== 'no' ? 'conditional' : 'no'
}

type Answer = 'yes' | 'conditional' | 'no'

const answerOf = (result: 'allowed' | 'denied' | 'implicitly-denied' | 'conditional'): Answer =>
  result === 'allowed' ? 'yes' : result === 'conditional' ? 'conditional' : 'no'

/** Whether a statement is about the principal itself, or about its account; what has no principals is what could not be read. */
type Form = 'itself' | 'account'

function formIn({ principals }: Statement, { arn, uniqueId }: Pick<SeenPrincipal, 'arn' | 'uniqueId'>): Form | null {
  if (principals === null) return 'itself'
  const named = principals.ids.some(({ kind, id }) => kind === 'Everyone' || (kind === 'AWS' && ['*', arn, uniqueId].includes(id)))
  const account = principals.ids.some(({ kind, id }) => kind === 'AWS' && accountOf(id) === arn.split(':')[4])
  if (principals.negated) return named || account ? null : 'account'
  return named ? 'itself' : account ? 'account' : null
}
