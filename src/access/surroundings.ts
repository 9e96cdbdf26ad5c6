import { unreadPolicy } from '../policy/index.ts'
import type { SeenPrincipal } from '../snapshot/index.ts'
import { readTrust } from './assume-role.ts'
import { databaseUser } from './database-users.ts'
import type { AccessQuestion, Candidate } from './direct-access.ts'
import type { Connecting, Surroundings } from './hop.ts'
import { policyHops } from './policy-hops.ts'

/** What the account's principals, users and roles as candidates, can be to each other. */
export function surroundingsOf(
  principals: readonly SeenPrincipal[],
  candidates: readonly Candidate[],
  { prefix, dbUser }: Pick<AccessQuestion, 'prefix' | 'dbUser'>,
  read: Surroundings['read'],
): Surroundings {
  const resources = [databaseUser(prefix, dbUser ?? '*').resource]
  const roles = new Map(candidates.flatMap((each) => (each.seen.kind === 'role' ? [[each.seen.arn, each]] : [])))
  const connecting = (kind: 'role' | 'user'): Connecting[] =>
    candidates
      .filter(({ seen, access }) => seen.kind === kind && access.some(({ result }) => result !== 'blocked'))
      .map(({ seen, access }) => ({ arn: seen.arn, conditional: !access.some(({ result }) => result === 'allowed') }))
  return {
    connecting: { role: connecting('role'), user: connecting('user') },
    roles: [...roles.keys()],
    trustOf: whenAsked(roles, unreadPolicy, ({ seen }) => readTrust(seen)),
    changesOf: whenAsked(roles, [], ({ seen, held }) => policyHops(seen, held, resources)),
    groups: principals.flatMap((seen) => (seen.kind === 'group' ? [seen] : [])),
    read,
    resources,
    settles: (name) => name === (dbUser ?? '*'),
  }
}

/** Found out of a role when it is asked for, and once: most roles are nobody's way in. */
function whenAsked<Value>(roles: ReadonlyMap<string, Candidate>, without: Value, find: (role: Candidate) => Value): (arn: string) => Value {
  const found = new Map<string, Value>()
  return (arn) => {
    const role = roles.get(arn)
    if (role === undefined) return without
    const value = found.get(arn) ?? find(role)
    found.set(arn, value)
    return value
  }
}
