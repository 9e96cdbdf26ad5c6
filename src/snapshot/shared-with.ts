import type { Assignee, EntityUsers } from '../aws/index.ts'
import { readPolicy, type Trusted, trustedBy } from '../policy/index.ts'
import type { SeenPrincipal } from './snapshot.ts'

/** Who else can use a principal, as far as IAM tells. */
export interface SharedWith {
  /** In words. */
  readonly summary: string
  readonly principals: readonly SharedPrincipal[]
}

export interface SharedPrincipal {
  readonly kind: Trusted['kind'] | `identity-center-${Assignee['kind']}` | 'unreadable'
  readonly id: string
  readonly conditional: boolean
}

/** Who can use an entity: a role whoever its trust policy names, a group its users, a user nobody else. Pure. */
export function sharedWith(users: EntityUsers): SharedWith {
  switch (users.kind) {
    case 'user':
      return { summary: 'Nobody else: a user is used by whoever holds its credentials.', principals: [] }
    case 'group': {
      const principals = users.members.map((id) => ({ kind: 'user' as const, id, conditional: false }))
      return { summary: principals.length === 0 ? 'The group has no users.' : `All ${principals.length} users of the group.`, principals }
    }
    case 'role':
      return ofTrust(users.trust)
  }
}

/** The same of an entity that a sweep has seen. */
export function sharedAsSeen({ kind, members, trust }: SeenPrincipal): SharedWith {
  if (kind === 'group') return sharedWith({ kind, members: members ?? [] })
  return kind === 'role' ? sharedWith({ kind, trust: trust ?? '' }) : sharedWith({ kind })
}

/** The same of a permission set, by who is assigned to it in the accounts of the databases. Pure. */
export function sharedByAssignment(assignees: readonly Assignee[], accounts: readonly string[]): SharedWith {
  const [first, ...others] = accounts
  const where = others.length === 0 ? `account ${first}` : `the ${accounts.length} accounts of the databases`
  const principals = assignees.map(({ kind, id }) => ({ kind: `identity-center-${kind}` as const, id, conditional: false }))
  if (principals.length === 0) return { summary: `Nobody is assigned to the permission set in ${where}.`, principals }
  const count = (wanted: Assignee['kind']) => {
    const { length } = assignees.filter(({ kind }) => kind === wanted)
    return length === 0 ? [] : [`${length} ${wanted}${length === 1 ? '' : 's'}`]
  }
  const whom = [...count('user'), ...count('group')].join(' and ')
  return { summary: `Whoever is assigned to the permission set in ${where}: ${whom} of Identity Center.`, principals }
}

function ofTrust(trust: string): SharedWith {
  const { policy } = readPolicy(trust, 'resource')
  if (policy === null) {
    return {
      summary: 'Sallyport cannot read the trust policy of the role.',
      principals: [{ kind: 'unreadable', id: trust, conditional: false }],
    }
  }
  const principals = trustedBy(policy)
  if (principals.length === 0) return { summary: 'Nobody: the trust policy of the role names none who may assume it.', principals }
  return { summary: `Whoever the role trusts: ${principals.map(inWords).join('; ')}.`, principals }
}

function inWords({ kind, id, conditional }: Trusted): string {
  const words = {
    account: `everybody in the account ${id} whom that account lets assume it`,
    role: `the role ${id}`,
    user: `the user ${id}`,
    session: `the session ${id}`,
    service: `the service ${id}`,
    federated: `people who sign in through ${id}`,
    everyone: 'everybody in every AWS account',
    'everyone-but': `everybody but ${id}`,
    other: id,
  }
  return `${words[kind]}${conditional ? ', under conditions' : ''}`
}
