import type { CatalogDatabase } from '../catalog/index.ts'
import type { Reader } from '../db/index.ts'
import { type GrantDetails, grantsOnDatabase, knownTargets } from '../grants/index.ts'
import { maySee, type Viewer } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import {
  type AccountSnapshot,
  type ReadDocument,
  readSnapshot,
  type SharedWith,
  type SnapshotState,
  sharedAsSeen,
  snapshotState,
} from '../snapshot/index.ts'
import { type Candidate, type DirectAccess, grantsFor, judgePrincipal, targetOf } from './direct-access.ts'
import type { Hop, Surroundings } from './hop.ts'
import { hopsOf } from './one-hop.ts'
import { surroundingsOf } from './surroundings.ts'

/** A principal that can connect, or could let itself. */
export interface AccessItem {
  /** Its unique id is null for an access role, or a permission set, that the sweep has not seen yet. */
  readonly principal: { readonly arn: string; readonly kind: 'role' | 'user' | 'group'; readonly uniqueId: string | null }
  readonly access: readonly DirectAccess[]
  /** Single calls by which it could come to connect, where it cannot for certain. */
  readonly hops: readonly Hop[]
  /** Who can use the principal; null where its viewer sees grants only, or the sweep has not seen it yet. */
  readonly sharedWith: SharedWith | null
}

export interface AccessReport {
  readonly database: CatalogDatabase
  readonly dbUser: string | null
  readonly snapshot: SnapshotState & { readonly asOf: Date }
  /** Whether the viewer sees everything, or only grants that concern them. */
  readonly shows: 'everything' | 'own grants'
  /** The ARNs of the principals of the account that Sallyport denies to connect to anything but what it has granted them. */
  readonly guarded: readonly string[]
  readonly items: readonly AccessItem[]
  /** The ARN after which to go on, or null. */
  readonly next: string | null
}

export interface AccessCommand {
  readonly deploymentId: string
  readonly viewer: Viewer
  readonly database: CatalogDatabase
  readonly dbUser: string | null
  readonly limit: number
  /** The ARN of the last item of the page before, or null. */
  readonly after: string | null
  /** An accessReader; one that is kept from report to report makes the next ones faster. */
  readonly read: ReadDocument
}

/** What no snapshot of IAM's identity policies tells. */
export const notChecked = [
  'service control policies of the organisation',
  'resource control policies of the organisation',
  'session policies, which narrow single sessions of a role',
  'federated sessions, and principals of other accounts, that assume a role: sharedWith names whom it trusts',
  'changes that take more than one step to end in access',
  'roles handed to services (iam:PassRole), and code, machines and pipelines that run as a role',
  'identity providers, Identity Center, and multi-factor devices, by which conditions could be met',
] as const

/**
 * Who can connect to a database: what the last complete sweep of its account has seen, with what is granted now. By ARN,
 * a page at a time. Throws `account_not_read` before the first sweep.
 */
export async function accessReport(reader: Reader, command: AccessCommand): Promise<AccessReport> {
  const { database, dbUser, deploymentId, viewer } = command
  const snapshot = await readSnapshot(reader, database.accountId)
  if (snapshot === null) throw await notRead(reader, database.accountId)
  const grants = await grantsOnDatabase(reader, database, dbUser)
  const targets = await knownTargets(reader, database.accountId, snapshot.asOf)
  const { partition, region, accountId, resourceId } = database
  const prefix = `arn:${partition}:rds-db:${region}:${accountId}:dbuser:${resourceId}/`
  const items = viewer.everything
    ? everybody(snapshot, { deploymentId, prefix, dbUser, grants, targets }, command)
    : ofOwnGrants(snapshot, { deploymentId, prefix, dbUser, grants, targets }, viewer, command)
  const page = items.slice(0, command.limit)
  const { asOf, triedAt, attention } = snapshot
  return {
    database,
    dbUser,
    snapshot: { asOf, triedAt, attention },
    shows: viewer.everything ? 'everything' : 'own grants',
    guarded: viewer.everything ? [...targets.values()].filter(({ guarded }) => guarded).map(({ arn }) => arn) : [],
    items: page,
    next: items.length > page.length ? (page.at(-1)?.principal.arn ?? null) : null,
  }
}

async function notRead(reader: Reader, accountId: string): Promise<SallyportError> {
  const state = await snapshotState(reader, accountId)
  const why = state?.attention ? ` ${state.attention.message}` : ''
  return new SallyportError('account_not_read', `Account ${accountId} was not read to its end yet.${why}`)
}

type Question = Parameters<typeof judgePrincipal>[1]
type Bounds = Pick<AccessCommand, 'after' | 'limit' | 'read'>

/** One item more than the page has, if there is one. */
function everybody(snapshot: AccountSnapshot, question: Question, bounds: Bounds): AccessItem[] {
  const { read } = bounds
  const candidates = snapshot.principals.filter(({ kind }) => kind !== 'group').map((seen) => judgePrincipal(seen, question, read))
  const surroundings = surroundingsOf(snapshot.principals, candidates, question, read)
  const rest = unseen(snapshot, question, question.grants)
  const items: AccessItem[] = []
  const inOrder = [...candidates, ...rest].sort((one, other) => (arnOf(one) < arnOf(other) ? -1 : 1))
  for (const each of inOrder) {
    if (bounds.after !== null && arnOf(each) <= bounds.after) continue
    const item = 'held' in each ? itemOf(each, surroundings) : each
    if (item.access.length > 0 || item.hops.length > 0) items.push(item)
    if (items.length > bounds.limit) break
  }
  return items
}

const arnOf = (each: Candidate | AccessItem): string => ('held' in each ? each.seen.arn : each.principal.arn)

function itemOf(candidate: Candidate, surroundings: Surroundings): AccessItem {
  const { arn, kind, uniqueId } = candidate.seen
  const certain = candidate.access.some(({ result, dbUser }) => result === 'allowed' && surroundings.settles(dbUser))
  const hops = certain ? [] : hopsOf(candidate, surroundings)
  return { principal: { arn, kind, uniqueId }, access: candidate.access, hops, sharedWith: sharedAsSeen(candidate.seen) }
}

/** Principals with grants that the sweep has not seen: made since. What is granted is all that is known of them. */
function unseen({ principals }: AccountSnapshot, { deploymentId }: Question, all: readonly GrantDetails[]): AccessItem[] {
  const known = new Set(principals.map((seen) => targetOf(seen, { deploymentId, grants: all })))
  const grants = all.filter((grant) => !known.has(grant.targetUniqueId))
  return [...new Set(grants.map((grant) => grant.targetUniqueId))].flatMap((target): AccessItem[] => {
    const own = grants.filter((grant) => grant.targetUniqueId === target)
    const [first] = own
    if (first === undefined) return []
    const kind = target.startsWith('AIDA') ? 'user' : target.startsWith('AGPA') ? 'group' : 'role'
    const principal = {
      arn: first.accessRole ?? first.principalArn,
      kind,
      uniqueId: first.accessRole === null && first.permissionSet === null ? target : null,
    } as const
    const access = own.map((grant) => ({
      dbUser: grant.dbUser,
      result: 'allowed' as const,
      administrator: false,
      grants: [{ grant, group: null }],
      policies: [],
      limits: [],
    }))
    return [{ principal, access, hops: [], sharedWith: null }]
  })
}

/** What concerns the viewer, and nothing that other people's policies tell. */
function ofOwnGrants(snapshot: AccountSnapshot, question: Question, viewer: Viewer, bounds: Bounds): AccessItem[] {
  const own = question.grants.filter((grant) => maySee(viewer, grant))
  const seen = snapshot.principals.filter(
    (principal) => principal.kind !== 'group' && grantsFor(principal, { ...question, grants: own }).length > 0,
  )
  const items = seen.map((principal): AccessItem => {
    const { arn, kind, uniqueId } = principal
    const { access } = judgePrincipal(principal, { ...question, grants: own }, bounds.read)
    const granted = access.filter(({ grants }) => grants.length > 0)
    const bare = granted.map((each) => ({ ...each, administrator: false, policies: [], limits: [] }))
    return { principal: { arn, kind, uniqueId }, access: bare, hops: [], sharedWith: null }
  })
  return [...items, ...unseen(snapshot, question, own)]
    .sort((one, other) => (arnOf(one) < arnOf(other) ? -1 : 1))
    .filter((item) => bounds.after === null || arnOf(item) > bounds.after)
}
