import type { AccountSession } from '../aws/index.ts'
import type { LeasedTarget } from '../grants/index.ts'
import {
  countedCharacters,
  type Foreign,
  type HeldPolicies,
  type HeldPolicy,
  isManaged,
  isOurs,
  isUnderOurPath,
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
  /**
   * There is no entity of that name, or one that was made after ours was deleted. Neither holds what we wrote; managed
   * policies that were made for ours may be left, and are held.
   */
  | { readonly entity: 'gone' | 'replaced'; readonly held: HeldPolicies }

/**
 * Reads the target: is it still the entity that was approved, and which policies does it have? Managed ones that
 * are not attached are found if they are `expected`. Policies of other targets that somebody has attached here are held
 * as strays. Throws AwsError.
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
  const ours = isOurs(deploymentId, target.uniqueId)
  const arnOf = (name: string) => managedPolicyArn(target.account, deploymentId, name)
  const wanted = [...expected].filter((name) => isManaged(name) && ours(name))

  /** Managed policies that exist, of these names. */
  const managed = async (names: Iterable<string>, here: (name: string) => { attached: boolean; stray?: true }): Promise<HeldPolicies> => {
    const found = new Map<string, HeldPolicy>()
    for (const name of new Set(names)) {
      const policy = await session.getManagedPolicy(arnOf(name))
      if (policy === null) continue
      const { document, version, spares } = policy
      found.set(name, { document, managed: { version, spares, ...here(name) } })
    }
    return found
  }

  const replaced = principal !== null && principal.uniqueId !== target.uniqueId
  if (replaced || principal === null || inline === null || attached === null) {
    return { entity: replaced ? 'replaced' : 'gone', held: await managed(wanted, () => ({ attached: false })) }
  }
  const attachedOurs = new Set(attached.map(({ name }) => name).filter(ours))
  // A name like a managed policy's is none that Sallyport gives an inline one.
  const inlineOurs = (name: string) => ours(name) && !isManaged(name)
  const strays = attached.filter(({ arn, name }) => isUnderOurPath(target.account, deploymentId, arn) && !ours(name))
  return {
    entity: 'present',
    held: new Map([
      ...inline
        .filter(({ name }) => inlineOurs(name))
        .map(({ name, document }): [string, HeldPolicy] => [name, { document, managed: null }]),
      ...(await managed([...attachedOurs, ...wanted], (name) => ({ attached: attachedOurs.has(name) }))),
      ...(await managed(
        strays.map(({ name }) => name),
        () => ({ attached: true, stray: true }),
      )),
    ]),
    foreign: {
      characters: inline.filter(({ name }) => !inlineOurs(name)).reduce((sum, { document }) => sum + countedCharacters(document), 0),
      attached: attached.filter(({ name }) => !ours(name)).length,
    },
  }
}
