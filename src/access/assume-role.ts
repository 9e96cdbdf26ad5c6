import {
  type ActionQuestion,
  about,
  accountOf,
  allowing,
  evaluateAction,
  type Policy,
  readPolicy,
  type Statement,
  unreadPolicy,
} from '../policy/index.ts'
import type { PrincipalPolicies, SeenPrincipal } from '../snapshot/index.ts'

export const ASSUME_ROLE = 'sts:AssumeRole'

/** A role's trust policy, read; one that cannot be read may trust everybody. */
export const readTrust = (role: Pick<SeenPrincipal, 'trust'>): Policy =>
  about(readPolicy(role.trust ?? '', 'resource').policy ?? unreadPolicy, [ASSUME_ROLE])

/**
 * Whether a principal can assume a role of its own account. A trust policy that names the principal itself, or everybody,
 * is enough unless its own policies deny it, or the boundary of a role, but not of a user, has no Allow; one that names the
 * account leaves it to those policies
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html).
 */
export function canAssume(
  principal: Pick<SeenPrincipal, 'kind' | 'arn' | 'uniqueId'>,
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
    return assuming({ policies: [{ ...role.trust, statements }], boundary: null, resource: role.arn, context: held.context })
  }
  const own = identityAnswer(held, role.arn)
  const isNamed = matching.some(({ statement, form }) => statement.effect === 'Allow' && form === 'itself')
  if (own === 'no' && !isNamed) return 'no' // nearly all of an account's principals and roles
  const anyhow = trusts(['itself', 'account'])
  if (anyhow === 'no') return 'no'
  const within = principal.kind === 'role' ? withinBoundary(held, role.arn) : 'yes'
  const byName = isNamed ? leastOf(trusts(['itself']), withstandsDeny(held, role.arn), within) : 'no'
  if (byName === 'yes' || (anyhow === 'yes' && own === 'yes')) return 'yes'
  return byName !== 'no' || own !== 'no' ? 'conditional' : 'no'
}

/** What the principal's own policies say, within its boundary. */
const identityAnswer = ({ policies, boundary, context }: PrincipalPolicies, resource: string): Answer =>
  assuming({ policies: policies.map(({ policy }) => policy), boundary, resource, context })

/** Whether no Deny keeps a principal from assuming a role that trusts it in such a way that nothing else can. */
export const withstandsDeny = ({ policies, boundary, context }: PrincipalPolicies, resource: string): Answer => {
  const denying = [...policies.map(({ policy }) => policy), ...(boundary === null ? [] : [boundary])]
  return assuming({ policies: [...denying, allowing(ASSUME_ROLE, resource)], boundary: null, resource, context })
}

const withinBoundary = ({ boundary, context }: PrincipalPolicies, resource: string): Answer =>
  assuming({ policies: [allowing(ASSUME_ROLE, resource)], boundary, resource, context })

const assuming = (question: Omit<ActionQuestion, 'action'>): Answer => answerOf(evaluateAction({ ...question, action: ASSUME_ROLE }).result)

type Answer = 'yes' | 'conditional' | 'no'

const leastOf = (...answers: readonly Answer[]): Answer =>
  answers.includes('no') ? 'no' : answers.includes('conditional') ? 'conditional' : 'yes'

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
