import type { AccountSession, AwsError } from '../aws/index.ts'
import type { AccessRoleIdentity, LeasedPermissionSet, LeasedTarget } from '../grants/index.ts'
import {
  countedCharacters,
  DEPLOYMENT_TAG,
  type HeldPolicies,
  type HeldPolicy,
  type HeldRole,
  isManaged,
  isOurs,
  isUnderOurPath,
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
  | {
      readonly entity: 'present'
      readonly held: Held
      /** Why Identity Center could not be asked, where IAM alone tells enough of a permission set; null: it was, or need not be. */
      readonly away: AwsError | null
    }
  /**
   * There is no entity of that name, one that was made after ours was deleted, or a role that is not Sallyport's where an
   * access role should be. None of them holds what we wrote; managed policies that were made for ours may be left, and are held.
   */
  | { readonly entity: 'gone' | 'replaced' | 'taken'; readonly held: HeldPolicies }

/** What there is to look at in an account. */
interface OfAccount {
  readonly session: AccountSession
  readonly target: Pick<LeasedTarget, 'account' | 'uniqueId'>
  readonly deploymentId: string
  /** The names of policies that may exist though they are not attached. */
  readonly expected: ReadonlySet<string>
}

interface Subject extends OfAccount {
  readonly target: Exclude<LeasedTarget, LeasedPermissionSet>
}

/**
 * Reads the target: is it still the entity that was approved, and which policies does it have? Managed ones that
 * are not attached are found if they are `expected`. Policies of other targets that somebody has attached here are held
 * as strays. Throws AwsError.
 */
export async function observe(
  session: AccountSession,
  target: Subject['target'],
  deploymentId: string,
  expected: ReadonlySet<string>,
): Promise<Observation> {
  const subject = { session, target, deploymentId, expected }
  return target.kind === 'access_role' ? observeAccessRole(subject, target) : observePrincipal(subject)
}

async function observePrincipal(subject: Subject): Promise<Observation> {
  const { session, target } = subject
  const entity = entityOf(target)
  const [principal, inline, attached] = await Promise.all([
    session.getPrincipal(entity),
    session.listInlinePolicies(entity),
    session.listAttachedPolicies(entity),
  ])
  if (principal !== null && principal.uniqueId !== target.uniqueId) return { entity: 'replaced', held: await leftOver(subject) }
  if (principal === null || inline === null || attached === null) return { entity: 'gone', held: await leftOver(subject) }
  return { entity: 'present', held: { ...(await policiesOn(subject, inline, attached)), role: null, set: null }, away: null }
}

async function observeAccessRole(subject: Subject, { principal }: AccessRoleIdentity): Promise<Observation> {
  const { session, target, deploymentId } = subject
  const entity = entityOf(target)
  const role = await session.getRole(entity.name)
  if (role !== null && !isOurRole(role, deploymentId)) return { entity: 'taken', held: await leftOver(subject) }
  const [inline, attached] =
    role === null ? [[], []] : await Promise.all([session.listInlinePolicies(entity), session.listAttachedPolicies(entity)])
  const policies = await policiesOn(subject, inline ?? [], attached ?? [])
  return { entity: 'present', held: { ...policies, role: role === null ? null : heldRole(role, principal), set: null }, away: null }
}

type Role = NonNullable<Awaited<ReturnType<AccountSession['getRole']>>>

const isOurRole = ({ path, tags }: Role, deploymentId: string): boolean =>
  path === managedPath(deploymentId) && tags[DEPLOYMENT_TAG] === deploymentId

const heldRole = ({ trustPolicy, sessionSeconds, boundary }: Role, principal: TrustedPrincipal): HeldRole => ({
  ...shownTrust(trustPolicy, principal),
  sessionSeconds,
  boundary,
})

type Policies<List extends 'listInlinePolicies' | 'listAttachedPolicies'> = NonNullable<Awaited<ReturnType<AccountSession[List]>>>

/** Our policies, the managed ones that are not attached included, and how much room others take. */
async function policiesOn(
  subject: Subject,
  inline: Policies<'listInlinePolicies'>,
  attached: Policies<'listAttachedPolicies'>,
): Promise<Pick<Held, 'policies' | 'foreign'>> {
  const { target, deploymentId } = subject
  const ours = isOurs(deploymentId, target.uniqueId)
  const attachedOurs = new Set(attached.map(({ name }) => name).filter(ours))
  // A name like a managed policy's is none that Sallyport gives an inline one.
  const inlineOurs = (name: string) => ours(name) && !isManaged(name)
  const strays = attached.filter(({ arn, name }) => isUnderOurPath(target.account, deploymentId, arn) && !ours(name))
  return {
    policies: new Map([
      ...inline
        .filter(({ name }) => inlineOurs(name))
        .map(({ name, document }): [string, HeldPolicy] => [name, { document, managed: null }]),
      ...(await managed(subject, [...attachedOurs, ...made(subject)], (name) => ({ attached: attachedOurs.has(name) }))),
      ...(await managed(
        subject,
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

/** The managed policies made for an entity that is not there. */
export const leftOver = (subject: OfAccount): Promise<HeldPolicies> => managed(subject, made(subject), () => ({ attached: false }))

/** The names of managed policies that may have been made for the target. */
const made = ({ target, deploymentId, expected }: OfAccount): string[] =>
  [...expected].filter((name) => isManaged(name) && isOurs(deploymentId, target.uniqueId)(name))

/** Managed policies that exist, of these names. */
export async function managed(
  { session, target, deploymentId }: OfAccount,
  names: readonly string[],
  here: (name: string) => { readonly attached: boolean; readonly stray?: true },
): Promise<HeldPolicies> {
  const found = new Map<string, HeldPolicy>()
  for (const name of new Set(names)) {
    const policy = await session.getManagedPolicy(managedPolicyArn(target.account, deploymentId, name))
    if (policy === null) continue
    const { document, version, spares } = policy
    found.set(name, { document, managed: { version, spares, ...here(name) } })
  }
  return found
}
