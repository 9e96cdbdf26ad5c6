import { type Aws, type AwsAccount, AwsError, type PermissionSetPolicies } from '../aws/index.ts'
import type { Reader } from '../db/index.ts'
import type { LeasedPermissionSet, LeasedTarget } from '../grants/index.ts'
import { takeCalls } from '../jobs/index.ts'
import {
  countedCharacters,
  type HeldPolicy,
  type HeldSet,
  isManaged,
  isOurs,
  isRoleOfSet,
  managedPath,
  managedPolicyArn,
  type PolicyDocuments,
  type ProvisionedRole,
  policyName,
  RESERVED_PATH,
  SET_INLINE_POLICY,
  setSid,
  statementOf,
} from '../policy/index.ts'
import { leftOver, managed, type Observation } from './observe.ts'
import { unreadable } from './send-to-set.ts'

/** What there is to look at. */
export interface SetSubject {
  readonly database: Reader
  readonly aws: Aws
  readonly target: LeasedTarget & LeasedPermissionSet
  readonly deploymentId: string
  /** The names of policies that may exist though the set does not refer to them. */
  readonly expected: ReadonlySet<string>
  readonly desired: PolicyDocuments
  /** Those that Sallyport manages. */
  readonly accounts: readonly AwsAccount[]
}

/**
 * Reads a permission set, and what one account has of it: our managed policies there, and its role, which shows what has
 * been provisioned. While Identity Center is away, a set that has all by reference is read by IAM alone: its policies can
 * still be changed, above all to take access away. Throws AwsError.
 */
export async function observeSet(subject: SetSubject): Promise<Observation> {
  const { aws, target, deploymentId, expected } = subject
  const session = aws.session(target.account)
  const ofAccount = { session, target, deploymentId, expected }
  const [asked, roles] = await Promise.all([askCenter(subject), session.listRoles(RESERVED_PATH)])
  if (asked === null) return { entity: 'gone', held: await leftOver(ofAccount) }
  const { name, on, away } = asked

  const references = new Set(on.references.filter(isOurReference(subject)).map(({ name }) => name))
  const role = await roleOf(subject, roles.find(isRoleOfSet(name)))
  const own = readStatement(subject, on.inlinePolicy)
  const names = [...expected, ...references, ...(role?.attached ?? [])].filter(isOurManaged(subject))
  const policies = new Map<string, HeldPolicy>([
    ...(own === null ? [] : [[policyName(deploymentId), { document: own, managed: null }] as const]),
    ...(await managed(ofAccount, names, () => ({ attached: true }))),
  ])
  const lacking = [...subject.desired.keys()].filter((name) => isManaged(name) && !references.has(name))
  const elsewhere = lacking.length === 0 ? new Map() : await elsewhereOf(subject, lacking)
  const foreign = foreignOn(on, own, references)
  return { entity: 'present', held: { policies, role: null, foreign, set: { policies, references, elsewhere, role } }, away }
}

interface Asked {
  readonly name: string
  readonly on: PermissionSetPolicies
  readonly away: AwsError | null
}

/** What Identity Center says of the set; null if it is gone. While it is away, that the set is as it was left, if nothing of ours is inline. */
async function askCenter(subject: SetSubject): Promise<Asked | null> {
  const { aws, target, deploymentId, desired } = subject
  const center = aws.identityCenter(target.center)
  try {
    const [set, on] = await Promise.all([center.getPermissionSet(target.arn), center.getPolicies(target.arn)])
    return set === null || on === null ? null : { name: set.name, on, away: null }
  } catch (error) {
    const inline = policyName(deploymentId)
    if (!(error instanceof AwsError) || target.written[inline] !== undefined || desired.has(inline)) throw error
    const references = [...desired.keys()].map((name) => ({ name, path: managedPath(deploymentId) }))
    return { name: target.name, on: { inlinePolicy: null, references, awsManaged: [] }, away: error }
  }
}

const isOurManaged =
  ({ deploymentId, target }: SetSubject) =>
  (name: string): boolean =>
    isManaged(name) && isOurs(deploymentId, target.uniqueId)(name)

const isOurReference =
  (subject: SetSubject) =>
  ({ name, path }: PermissionSetPolicies['references'][number]): boolean =>
    path === managedPath(subject.deploymentId) && isOurManaged(subject)(name)

/** What an inline policy of the set's, or of its role, says of ours for the account. */
function readStatement({ deploymentId, target }: SetSubject, policy: string | null): string | null {
  const own = statementOf(policy, setSid(deploymentId, target.account.id))
  if (own === 'unreadable') throw unreadable(target.arn)
  return own
}

async function roleOf(subject: SetSubject, name: string | undefined): Promise<ProvisionedRole | null> {
  if (name === undefined) return null
  const session = subject.aws.session(subject.target.account)
  const role = { kind: 'role', name } as const
  const [inline, attached] = await Promise.all([session.listInlinePolicies(role), session.listAttachedPolicies(role)])
  if (inline === null || attached === null) return null
  const policy = inline.find((each) => each.name === SET_INLINE_POLICY)?.document ?? null
  return { inline: readStatement(subject, policy), attached: new Set(attached.map((each) => each.name).filter(isOurManaged(subject))) }
}

/**
 * Which of these policies the other accounts that have the set have. One that cannot be asked, or whose calls are spent,
 * counts as having none: what is wrong there shows when it is to be prepared, and until then holds up nothing here.
 */
async function elsewhereOf(subject: SetSubject, names: readonly string[]): Promise<HeldSet['elsewhere']> {
  const { aws, target, accounts } = subject
  const others = (await aws.identityCenter(target.center).listAccounts(target.arn)).filter((id) => id !== target.account.id)
  const found = others.map(async (id): Promise<[string, ReadonlySet<string>]> => {
    const account = accounts.find((each) => each.id === id)
    return [id, new Set(account === undefined ? [] : await namesThere(subject, account, names))]
  })
  return new Map(await Promise.all(found))
}

/** Calls that look for one policy: its versions, and the document of one. */
const CALLS_OF_ONE = 2

async function namesThere({ database, aws, deploymentId }: SetSubject, account: AwsAccount, names: readonly string[]) {
  if ((await takeCalls(database, account.id, CALLS_OF_ONE * names.length, 'grant')) > 0) return []
  const session = aws.session(account)
  try {
    const policies = await Promise.all(names.map((name) => session.getManagedPolicy(managedPolicyArn(account, deploymentId, name))))
    return names.filter((_, index) => policies[index] !== null)
  } catch (error) {
    if (error instanceof AwsError) return []
    throw error
  }
}

/** What others take up; ours for other accounts is not among it, since it is reserved otherwise. */
function foreignOn({ inlinePolicy, references, awsManaged }: PermissionSetPolicies, own: string | null, ours: ReadonlySet<string>) {
  const characters = inlinePolicy === null ? 0 : countedCharacters(inlinePolicy) - (own === null ? 0 : countedCharacters(own))
  return { characters: Math.max(0, characters), attached: references.length - ours.size + awsManaged.length }
}
