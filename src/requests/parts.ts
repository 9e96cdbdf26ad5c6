import type { Aws } from '../aws/index.ts'
import { lookUpPrincipal, lookUpUsers, type ObservedPrincipal, observePrincipal, type Principal } from '../catalog/index.ts'
import type { SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { Caller, RuleSets } from '../identity/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { PrincipalArn } from '../policy/index.ts'
import { type SeenPrincipal, type SharedWith, sharedAsSeen, sharedWith } from '../snapshot/index.ts'

/** What the use cases of this slice stand on. */
export interface RequestParts {
  readonly db: Database
  readonly aws: Aws
  readonly ruleSets: RuleSets
  readonly deploymentId: string
}

export interface ActiveRules {
  readonly hash: string
  readonly file: SallyportFile
}

/** The rule set in force, by the hash that was read with the facts; throws `not_ready` before there is one. */
export async function activeRules(parts: Pick<RequestParts, 'ruleSets'>, hash: string | null): Promise<ActiveRules> {
  if (hash === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
  return { hash, file: await parts.ruleSets.content(hash) }
}

/** The person who acts; a program that acts for nobody can neither ask nor decide. Throws `person_required`. */
export function actingPerson(caller: Caller): Person {
  if (caller.actor.kind === 'person') return caller.actor.person
  throw new SallyportError('person_required', 'Requests are asked for and decided by people.')
}

/** The principal as IAM knows it, in an account of the rules in force. Throws the codes of lookUpPrincipal. */
export const principalInAws = (parts: RequestParts, rules: ActiveRules, asked: PrincipalArn): Promise<Principal> =>
  lookUpPrincipal(parts.aws, accountOf(rules))(asked)

/** The same, with what else takes up its quota: what an approval must know. */
export const observedInAws = (parts: RequestParts, rules: ActiveRules, asked: PrincipalArn): Promise<ObservedPrincipal> =>
  observePrincipal(parts.aws, accountOf(rules), parts.deploymentId)(asked)

/** Who can use a principal: as the last sweep saw it, or else as AWS says; null if neither tells. */
export async function sharingOf(
  parts: RequestParts,
  rules: ActiveRules,
  principal: Principal,
  seen: SeenPrincipal | null,
): Promise<SharedWith | null> {
  if (seen !== null) return sharedAsSeen(seen)
  const users = await lookUpUsers(parts.aws, accountOf(rules))(principal)
  return users === null ? null : sharedWith(users)
}

const accountOf = (rules: ActiveRules) => async (id: string) =>
  rules.file.accounts.map((account) => ({ ...account, active: true })).find((account) => account.id === id) ?? null
