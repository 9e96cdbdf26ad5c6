import type { AccountSession } from '../aws/index.ts'
import type { LeasedTarget } from '../grants/index.ts'
import {
  countedCharacters,
  type Foreign,
  type HeldPolicies,
  type HeldPolicy,
  isManaged,
  isOurs,
  managedPolicyArn,
} from '../policy/index.ts'

/** What AWS says about a target right now. */
export type Observation =
  | {
      readonly entity: 'present'
      /** Our policies only, the managed ones that are not attached included. */
      readonly held: HeldPolicies
      /** What the policies of others take up: they count against the same quotas. */
      readonly foreign: Foreign
    }
  /** There is no entity of that name, or one that was made after ours was deleted. Neither holds what we wrote. */
  | { readonly entity: 'gone' }
  | { readonly entity: 'replaced'; readonly uniqueId: string }

/**
 * Reads the target: is it still the entity that was approved, and which policies does it have? Managed ones that
 * are not attached are found if they are `expected`. Throws AwsError.
 */
export async function observe(
  session: AccountSession,
  target: LeasedTarget,
  deploymentId: string,
  expected: Iterable<string>,
): Promise<Observation> {
  const [principal, inline, attached] = await Promise.all([
    session.getPrincipal(target),
    session.listInlinePolicies(target),
    session.listAttachedPolicies(target),
  ])
  if (principal !== null && principal.uniqueId !== target.uniqueId) return { entity: 'replaced', uniqueId: principal.uniqueId }
  if (principal === null || inline === null || attached === null) return { entity: 'gone' }

  const ours = isOurs(deploymentId, target.uniqueId)
  const attachedOurs = new Set(attached.map(({ name }) => name).filter(ours))
  const managed: [string, HeldPolicy][] = []
  for (const name of new Set([...attachedOurs, ...[...expected].filter(isManaged)])) {
    const policy = await session.getManagedPolicy(managedPolicyArn(target.account, deploymentId, name))
    if (policy === null) continue
    const { document, version, spares } = policy
    managed.push([name, { document, managed: { attached: attachedOurs.has(name), version, spares } }])
  }
  const held = inline
    .filter(({ name }) => ours(name))
    .map(({ name, document }): [string, HeldPolicy] => [name, { document, managed: null }])
  return {
    entity: 'present',
    held: new Map([...held, ...managed]),
    foreign: {
      characters: inline.filter(({ name }) => !ours(name)).reduce((sum, { document }) => sum + countedCharacters(document), 0),
      attached: attached.filter(({ name }) => !ours(name)).length,
    },
  }
}
