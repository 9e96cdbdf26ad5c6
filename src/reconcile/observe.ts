import type { AccountSession } from '../aws/index.ts'
import type { AccessRoleIdentity, LeasedTarget } from '../grants/index.ts'
import {
  countedCharacters,
  DEPLOYMENT_TAG,
  type HeldPolicy,
  type HeldRole,
  isManaged,
  isOurs,
  managedPath,
  managedPolicyArn,
  shownTrust,
  type TrustedPrincipal,
} from '../policy/index.ts'
import { entityOf } from './entity-of.ts'
import type { Held } from './target-plan.ts'

/** What AWS says about a target right now. */
export type Observation =
  /** What is ours there, the managed policies that are not attached included. An access role may have yet to be made. */
  | { readonly entity: 'present'; readonly held: Held }
  /** There is no entity of that name, or one that was made after ours was deleted. Neither holds what we wrote. */
  | { readonly entity: 'gone' }
  | { readonly entity: 'replaced' }
  /** An access role's name belongs to a role that is not Sallyport's. */
  | { readonly entity: 'taken' }

/**
 * Reads the target: is it still the entity that was approved, and which policies does it have? Managed ones that
 * are not attached are found if they are `expected`. Throws AwsError.
 */
export async function observe(
  session: AccountSession,
  target: LeasedTarget,
  deploymentId: string,
  expected: ReadonlySet<string>,
): Promise<Observation> {
  return target.kind === 'access_role'
    ? observeAccessRole(session, target, deploymentId, expected)
    : observePrincipal(session, target, deploymentId, expected)
}

async function observePrincipal(...[session, target, deploymentId, expected]: Parameters<typeof observe>): Promise<Observation> {
  const entity = entityOf(target)
  const [principal, inline, attached] = await Promise.all([
    session.getPrincipal(entity),
    session.listInlinePolicies(entity),
    session.listAttachedPolicies(entity),
  ])
  if (principal !== null && principal.uniqueId !== target.uniqueId) return { entity: 'replaced' }
  if (principal === null || inline === null || attached === null) return { entity: 'gone' }
  const policies = await policiesOf(session, target, deploymentId, expected, { inline, attached })
  return { entity: 'present', held: { ...policies, role: null } }
}

async function observeAccessRole(
  session: AccountSession,
  target: LeasedTarget & AccessRoleIdentity,
  deploymentId: string,
  expected: ReadonlySet<string>,
): Promise<Observation> {
  const entity = entityOf(target)
  const role = await session.getRole(entity.name)
  if (role !== null && !isOurRole(role, deploymentId)) return { entity: 'taken' }
  const [inline, attached] =
    role === null ? [[], []] : await Promise.all([session.listInlinePolicies(entity), session.listAttachedPolicies(entity)])
  const policies = await policiesOf(session, target, deploymentId, expected, { inline: inline ?? [], attached: attached ?? [] })
  return { entity: 'present', held: { ...policies, role: role === null ? null : heldRole(role, target.principal) } }
}

type Role = NonNullable<Awaited<ReturnType<AccountSession['getRole']>>>

const isOurRole = ({ path, tags }: Role, deploymentId: string): boolean =>
  path === managedPath(deploymentId) && tags[DEPLOYMENT_TAG] === deploymentId

const heldRole = ({ trustPolicy, sessionSeconds, boundary }: Role, principal: TrustedPrincipal): HeldRole => ({
  ...shownTrust(trustPolicy, principal),
  sessionSeconds,
  boundary,
})

/** Our policies, the managed ones that are not attached included, and how much room others take. */
async function policiesOf(
  session: AccountSession,
  target: LeasedTarget,
  deploymentId: string,
  expected: ReadonlySet<string>,
  found: { readonly inline: readonly { name: string; document: string }[]; readonly attached: readonly { name: string }[] },
): Promise<Pick<Held, 'policies' | 'foreign'>> {
  const ours = isOurs(deploymentId, target.uniqueId)
  const attached = new Set(found.attached.map(({ name }) => name).filter(ours))
  const managed: [string, HeldPolicy][] = []
  for (const name of new Set([...attached, ...[...expected].filter(isManaged)])) {
    const policy = await session.getManagedPolicy(managedPolicyArn(target.account, deploymentId, name))
    if (policy === null) continue
    const { document, version, spares } = policy
    managed.push([name, { document, managed: { attached: attached.has(name), version, spares } }])
  }
  const inline = found.inline
    .filter(({ name }) => ours(name))
    .map(({ name, document }): [string, HeldPolicy] => [name, { document, managed: null }])
  const others = found.inline.filter(({ name }) => !ours(name))
  return {
    policies: new Map([...inline, ...managed]),
    foreign: {
      characters: others.reduce((sum, { document }) => sum + countedCharacters(document), 0),
      attached: found.attached.filter(({ name }) => !ours(name)).length,
    },
  }
}
