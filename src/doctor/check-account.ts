import type { AccountInspector, AwsError } from '../aws/index.ts'
import type { Account, GuardedPrincipal, IdentityCenterConfig } from '../config/index.ts'
import { type Policy, readPolicy } from '../policy/index.ts'
import { type Attached, type AttachedRoom, attachedFindings, attachedRoom } from './attached.ts'
import { type Finding, findingsAt } from './finding.ts'
import { type Room, roomFindings, roomIn } from './quotas.ts'
import { failed, identityCenterFinding, isFailure, regionFinding, roleFinding } from './refusals.ts'
import { standingFindings } from './standing-findings.ts'
import { type Standing, standingOf } from './tier.ts'

export interface AccountReport {
  readonly id: string
  readonly name: string
  /** The session that calls are made in; null if the role cannot be assumed. */
  readonly identity: string | null
  /** What its role can do at worst; `unknown` where its policies cannot be read. */
  readonly tier: Standing['tier'] | 'unknown'
  readonly regions: readonly { readonly name: string; readonly reached: boolean }[]
  readonly room: readonly Room[]
  /** Principals of the account that have grants, those with the least room for managed policies first. */
  readonly principals: readonly AttachedRoom[]
  readonly findings: readonly Finding[]
}

/** What is known before any account is looked at. */
export interface Known {
  /** Who Sallyport is before it assumes a role; null if that cannot be told. */
  readonly ownIdentity: string | null
  /** Null if Postgres did not tell it: then nothing can be said of tiers. */
  readonly deploymentId: string | null
  /** Principals that have grants, by account. */
  readonly attached: ReadonlyMap<string, readonly Attached[]>
  /** How permission sets are administered; null: they are not. */
  readonly identityCenter: IdentityCenterConfig | null
  /** Principals that are to have a guard. */
  readonly guarded: readonly GuardedPrincipal[]
}

export const nameOf = ({ id, name }: Pick<Account, 'id' | 'name'>): string => `${id} (${name})`

/** Looks at one account without changing anything. What cannot be found out becomes a finding: it never throws an AwsError. */
export async function checkAccount(account: Account, inspector: AccountInspector, known: Known): Promise<AccountReport> {
  const where = nameOf(account)
  const { error } = findingsAt(where)
  const nothing = { id: account.id, name: account.name, identity: null, tier: 'unknown' as const, regions: [], room: [], principals: [] }

  const identity = await inspector.identity().catch(failed)
  if (isFailure(identity)) {
    return { ...nothing, findings: [roleFinding(where, account, known.ownIdentity, identity.failure)] }
  }
  if (identity.account !== account.id) {
    const what = `Calls are made as ${identity.arn}, which is in account ${identity.account}`
    const cure = account.roleArn === null ? `Give the account a role.` : `Name a role of account ${account.id}, not ${account.roleArn}.`
    return { ...nothing, identity: identity.arn, findings: [error('role', what, cure)] }
  }

  const center = known.identityCenter?.accountId === account.id ? known.identityCenter : null
  const [standing, summary, regions, reached] = await Promise.all([
    standingIn(account, identity.arn, inspector, known),
    inspector.summary().catch(failed),
    Promise.all(account.regions.map(async (name) => ({ name, answer: await inspector.reachRegion(name).then(() => null, failed) }))),
    center === null ? null : inspector.reachIdentityCenter(center).then(() => null, failed),
  ])
  const room = isFailure(summary) ? [] : roomIn(summary)
  const principals = attachedRoom(known.attached.get(account.id) ?? [], isFailure(summary) ? new Map() : summary)
  return {
    id: account.id,
    name: account.name,
    identity: identity.arn,
    tier: standing.tier,
    regions: regions.map(({ name, answer }) => ({ name, reached: answer === null })),
    room,
    principals,
    findings: [
      ...standing.findings,
      ...regions.flatMap(({ name, answer }) => (answer === null ? [] : [regionFinding(where, name, answer.failure)])),
      ...(center !== null && reached !== null ? [identityCenterFinding(where, center, reached.failure)] : []),
      ...(isFailure(summary) ? [quotasUnknown(where, summary.failure)] : roomFindings(where, room)),
      ...attachedFindings(where, principals),
    ],
  }
}

async function standingIn(
  account: Account,
  identityArn: string,
  inspector: AccountInspector,
  { deploymentId, guarded }: Known,
): Promise<{ readonly tier: AccountReport['tier']; readonly findings: readonly Finding[] }> {
  const { warning } = findingsAt(nameOf(account))
  const unknown = (what: string, cure: string) => ({ tier: 'unknown' as const, findings: [warning('permissions', what, cure)] })
  const [, role] = /:assumed-role\/([^/]+)\//.exec(identityArn) ?? []
  if (role === undefined) return unknown(`${identityArn} is no role: what it may do is not looked at`, 'Give the account a role.')
  if (deploymentId === null) return unknown('What the role may do cannot be judged without the deployment’s id', 'Mend Postgres first.')
  const documents = await inspector.rolePolicies(role).catch(failed)
  if (isFailure(documents)) {
    const cure = 'Let the role read itself: the policy `reading` of deploy/aws has what it needs.'
    return unknown(`The policies of the role cannot be read: ${documents.failure.message}`, cure)
  }
  const policies = documents.policies.map(read)
  const boundary = documents.boundary === null ? null : read(documents.boundary)
  if (boundary === undefined || policies.includes(undefined)) {
    return unknown('A policy of the role is not understood, so that nothing is said of it', 'Use the templates of deploy/aws.')
  }
  const own = { policies: policies.filter((policy) => policy !== undefined), boundary }
  const place = { partition: account.partition, account: account.id, deploymentId }
  const ownRole = account.roleArn ?? `arn:${account.partition}:iam::${account.id}:role/${role}`
  const guards = guarded.filter(({ accountId }) => accountId === account.id).map(({ arn }) => arn)
  const standing = standingOf(own, place, ownRole, guards)
  return { tier: standing.tier, findings: standingFindings(nameOf(account), standing) }
}

const read = (document: string): Policy | undefined => readPolicy(document).policy ?? undefined

const quotasUnknown = (where: string, { message }: AwsError): Finding =>
  findingsAt(where).warning('quota', `The quotas of IAM cannot be read: ${message}`, 'Let the role call iam:GetAccountSummary.')
