import type { Policy, PrincipalId } from './policy.ts'

/** Whom a role's trust policy lets in, as far as one statement says. */
export interface Trusted {
  readonly kind: 'account' | 'role' | 'user' | 'session' | 'service' | 'federated' | 'everyone' | 'everyone-but' | 'other'
  /** An ARN, an account number, a service's name, or what else stands there; for everyone-but those who are left out. */
  readonly id: string
  /** Whether the statement has conditions that narrow it further. */
  readonly conditional: boolean
}

/**
 * Whom the statements of a trust policy name that allow to assume the role. Denials are not taken off: this is who may
 * be able to use it, and never hides anybody. An account stands for whatever of its own that account lets in.
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
 */
export function trustedBy(policy: Policy): readonly Trusted[] {
  const named = policy.statements.flatMap(({ effect, principals, conditions }): Trusted[] => {
    if (effect === 'Deny' || principals === null) return []
    const conditional = conditions.length > 0
    const ids = principals.ids.map(({ id }) => id)
    if (principals.negated) return [{ kind: 'everyone-but', id: ids.join(', '), conditional }]
    return principals.ids.map((principal) => ({ ...trustedOne(principal), conditional }))
  })
  return named.filter((one, index) => named.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index)
}

function trustedOne({ kind, id }: PrincipalId): Pick<Trusted, 'kind' | 'id'> {
  if (kind === 'Everyone' || (kind === 'AWS' && id === '*')) return { kind: 'everyone', id: '*' }
  if (kind === 'Service') return { kind: 'service', id }
  if (kind === 'Federated') return { kind: 'federated', id }
  const account = accountOf(id)
  if (account !== null) return { kind: 'account', id: account }
  const [, sort] = /^arn:[\w-]+:(?:iam|sts)::\d{12}:(role|user|assumed-role|federated-user)\//.exec(id) ?? []
  if (sort === 'role' || sort === 'user') return { kind: sort, id }
  return { kind: sort === undefined ? 'other' : 'session', id }
}

/** The account that a principal of a policy stands for as a whole: its number, or the ARN of its root. */
export function accountOf(id: string): string | null {
  const [, account] = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(id) ?? []
  return account ?? null
}
