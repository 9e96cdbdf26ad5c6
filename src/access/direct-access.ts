import type { GrantDetails, KnownTarget } from '../grants/index.ts'
import { allowing, CONNECT, evaluate, isOfDeployment, isRoleOfSet, type StatementRef, setSids, targetUniqueId } from '../policy/index.ts'
import {
  type AllowingStatement,
  allowingIn,
  inWords,
  type PolicySource,
  type PrincipalPolicies,
  policiesOf,
  type ReadDocument,
  type SeenPrincipal,
} from '../snapshot/index.ts'
import { currentGuards } from './current-guards.ts'
import { type DatabaseUser, databaseUser, databaseUsersIn } from './database-users.ts'

/** How a principal can connect as one database user, or as many. */
export interface DirectAccess {
  /** The name, or a pattern of names. */
  readonly dbUser: string
  /** `blocked`: it has been granted, and a policy or boundary stands against it. */
  readonly result: 'allowed' | 'conditional' | 'blocked'
  /** Whether one of the policies gives all that there is, or all of rds-db. */
  readonly administrator: boolean
  readonly grants: readonly { readonly grant: GrantDetails; readonly group: string | null }[]
  readonly policies: readonly (AllowingStatement & { readonly leftover: boolean })[]
  /** The statements that deny it or may, and those of the boundary on whose conditions it depends. */
  readonly limits: readonly Limit[]
}

export interface Limit {
  /** Null: the permissions boundary. */
  readonly source: PolicySource | null
  readonly statement: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny'
  readonly conditions: readonly string[]
}

/** A principal that can connect or not, with all that says so. */
export interface Candidate {
  readonly seen: SeenPrincipal
  /** What IAM holds and what is granted; policies of Sallyport's that were read since are as the grants say. */
  readonly held: PrincipalPolicies
  readonly access: readonly DirectAccess[]
}

/** What access is asked about, and what is known besides the principals. */
export interface AccessQuestion {
  readonly deploymentId: string
  /** The ARN up to the database user: `arn:…:dbuser:resource-id/`. */
  readonly prefix: string
  /** Null: whatever the policies name. */
  readonly dbUser: string | null
  readonly grants: readonly GrantDetails[]
  /** The targets of which more is known than the snapshot says, by what identifies them. */
  readonly targets: ReadonlyMap<string, KnownTarget>
}

/** Judges one principal. Pure. */
export function judgePrincipal(seen: SeenPrincipal, question: AccessQuestion, read: ReadDocument): Candidate {
  const { deploymentId, prefix, dbUser, targets } = question
  const snapshot = policiesOf(seen, read)
  const self = targetOf(seen, question)
  const isCurrent = ({ holder }: PolicySource) => targets.get(holder === seen.uniqueId ? self : holder)?.readSince !== true
  const current = [
    ...snapshot.policies.filter(({ source }) => isCurrent(source) || !isOfDeployment(deploymentId, source)),
    ...currentGuards(seen, question),
  ]
  const held = { ...snapshot, policies: current }
  const grants = grantsFor(seen, question)
  const users =
    dbUser === null
      ? unique([
          ...databaseUsersIn(
            current.map(({ policy }) => policy),
            prefix,
            seen.kind === 'user' ? seen.name : null,
          ),
          ...grants.map(({ grant }) => databaseUser(prefix, grant.dbUser)),
        ])
      : [databaseUser(prefix, dbUser)]
  return { seen, held, access: users.flatMap((user) => judgeUser(held, grants, user, deploymentId) ?? []) }
}

function judgeUser(held: PrincipalPolicies, all: DirectAccess['grants'], { dbUser, resource }: DatabaseUser, deploymentId: string) {
  const grants = all.filter(({ grant }) => grant.dbUser === dbUser || grant.dbUser === '*')
  const granting = grants.length === 0 ? [] : [allowing(CONNECT, resource)]
  const policies = [...held.policies.map(({ policy }) => policy), ...granting]
  if (policies.every(({ statements }) => statements.length === 0)) return null
  const verdict = evaluate({ policies, boundary: held.boundary, resource, context: held.context })
  const can = verdict.result === 'allowed' || verdict.result === 'conditional'
  if (!can && grants.length === 0) return null
  const statements = held.policies.flatMap((each) => allowingIn(each, CONNECT, resource, held.context))
  const foreign = statements.flatMap((statement) => {
    const leftover = isOfDeployment(deploymentId, statement.source) || statement.sid?.startsWith(setSids(deploymentId)) === true
    return leftover && grants.length > 0 ? [] : [{ ...statement, leftover }]
  })
  const limit = (ref: StatementRef, effect: Limit['effect'], conditions: readonly string[]): Limit => {
    const source = ref.policy === 'boundary' ? null : (held.policies[ref.policy]?.source ?? null)
    return { source, statement: ref.statement, sid: ref.sid, effect, conditions }
  }
  const access: DirectAccess = {
    dbUser,
    result: verdict.result === 'allowed' || verdict.result === 'conditional' ? verdict.result : 'blocked',
    administrator: foreign.some(isAdministrators),
    grants,
    policies: foreign,
    limits:
      verdict.result === 'conditional'
        ? verdict.conditions
            .filter(({ by, effect }) => effect === 'Deny' || by.policy === 'boundary')
            .map((undecided) => limit(undecided.by, undecided.effect, inWords(undecided)))
        : verdict.result === 'denied'
          ? verdict.by.map((ref) => limit(ref, 'Deny', []))
          : [],
  }
  return access
}

/**
 * What identifies the target that a principal is, or may be: the role of a permission set is found by the name of the set
 * on which something is granted in the account.
 */
export function targetOf(seen: SeenPrincipal, { deploymentId, grants }: Pick<AccessQuestion, 'deploymentId' | 'grants'>): string {
  const onSet = grants.find(({ permissionSet }) => permissionSet !== null && isRoleOfSet(permissionSet)(seen.name))
  return onSet?.targetUniqueId ?? targetUniqueId(deploymentId, seen)
}

/** The grants on the principal itself, and on the groups that it is in. */
export function grantsFor(seen: SeenPrincipal, question: Pick<AccessQuestion, 'deploymentId' | 'grants'>): DirectAccess['grants'] {
  const self = targetOf(seen, question)
  return question.grants.flatMap((grant): DirectAccess['grants'] => {
    if (grant.targetUniqueId === self) return [{ grant, group: null }]
    const group = seen.groups.find(({ uniqueId }) => uniqueId === grant.targetUniqueId)
    return group === undefined ? [] : [{ grant, group: group.arn }]
  })
}

/** `Action: *` or `rds-db:*`, or all actions but some: nobody who wrote that thought of one database user. */
const isAdministrators = ({ actions, notAction }: AllowingStatement): boolean =>
  notAction || actions.some((action) => /^(\*|\*:\*|rds-db:\*)$/i.test(action))

const unique = (users: readonly DatabaseUser[]): DatabaseUser[] => [...new Map(users.map((user) => [user.dbUser, user])).values()]
