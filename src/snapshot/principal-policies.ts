import {
  about,
  evaluateAction,
  isUnread,
  operatorName,
  type Policy,
  type RequestContext,
  readPolicy,
  requestContext,
  type Undecided,
  unreadPolicy,
} from '../policy/index.ts'
import type { SeenManaged, SeenPolicies, SeenPrincipal } from './snapshot.ts'

/** Where a policy of a principal stands. */
export interface PolicySource {
  readonly kind: 'inline' | 'managed'
  readonly name: string
  /** Null for an inline policy. */
  readonly arn: string | null
  /** The ARN of the group through which a user has it; null: it is the principal's own. */
  readonly group: string | null
  /** The unique id of the principal or group that it is on. */
  readonly holder: string
  /** How many versions a managed policy has; null for an inline one, and where the sweep did not see it. */
  readonly versions: number | null
}

export interface SourcedPolicy {
  readonly source: PolicySource
  readonly policy: Policy
}

/** All that decides what a principal may do, as far as identity policies go. */
export interface PrincipalPolicies {
  readonly policies: readonly SourcedPolicy[]
  readonly boundary: Policy | null
  readonly context: RequestContext
}

/** A statement that allows something, or may. */
export interface AllowingStatement {
  readonly source: PolicySource
  readonly statement: number
  readonly sid: string | null
  /** The actions that it names; those that it leaves out, if `NotAction`. */
  readonly actions: readonly string[]
  readonly notAction: boolean
  /** On what it depends, in words; nothing: on nothing. */
  readonly conditions: readonly string[]
}

/** Reads policies. One reader for a whole account reads each managed policy once. */
export type ReadDocument = (document: string) => Policy

/** Documents; some accounts’ worth. What is kept of one is little, since few statements are about anything asked here. */
const MOST_KEPT = 50_000

/** Keeps what it has read, with only the statements about these actions: reading is nearly all the work of a report. */
export function policyReader(actions: readonly string[]): ReadDocument {
  const read = new Map<string, Policy>()
  return (document) => {
    const known = read.get(document)
    if (known !== undefined) return known
    const policy = about(readPolicy(document).policy ?? unreadPolicy, actions)
    if (read.size >= MOST_KEPT) read.clear()
    read.set(document, policy)
    return policy
  }
}

/** A principal's policies, those of its groups and its boundary, read; what the sweep did not see may allow and deny anything. */
export function policiesOf(principal: SeenPrincipal, read: ReadDocument): PrincipalPolicies {
  const managed = ({ document }: SeenManaged): Policy => (document === null ? unreadPolicy : read(document))
  const on = (
    { inline, attached, uniqueId: holder }: SeenPolicies & { readonly uniqueId: string },
    group: string | null,
  ): SourcedPolicy[] => [
    ...inline.map(({ name, document }) => ({
      source: { kind: 'inline' as const, name, arn: null, group, holder, versions: null },
      policy: read(document),
    })),
    ...attached.map((policy) => ({
      source: { kind: 'managed' as const, name: policy.name, arn: policy.arn, group, holder, versions: policy.versions },
      policy: managed(policy),
    })),
  ]
  return {
    policies: [...on(principal, null), ...principal.groups.flatMap((group) => on(group, group.arn))],
    boundary: principal.boundary === null ? null : managed(principal.boundary),
    context: contextOf(principal),
  }
}

/** The statements of one policy that allow an action on a resource, or may. */
export function allowingIn(
  { source, policy }: SourcedPolicy,
  action: string,
  resource: string,
  context: RequestContext,
): AllowingStatement[] {
  const allows = { ...policy, statements: policy.statements.filter(({ effect }) => effect === 'Allow') }
  const { by, conditions } = evaluateAction({ policies: [allows], boundary: null, action, resource, context })
  return by.flatMap(({ statement: index }) => {
    const statement = policy.statements.find((each) => each.index === index)
    if (statement === undefined) return []
    const undecided = conditions.find((each) => each.by.statement === index)
    return [
      {
        source,
        statement: index,
        sid: statement.sid,
        actions: statement.actions.patterns,
        notAction: statement.actions.negated,
        conditions: undecided === undefined ? [] : inWords(undecided),
      },
    ]
  })
}

/** What is unknown of a statement, in IAM's own terms. */
export function inWords({ conditions, resources }: Undecided): string[] {
  return [
    ...conditions.map((condition) =>
      isUnread(condition)
        ? 'Sallyport cannot read this policy'
        : `${operatorName(condition)} ${condition.key}: ${condition.values.join(', ')}`,
    ),
    ...resources.map((resource) => `the resource ${resource}`),
  ]
}

/**
 * What is known of every request of a principal (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 * A role is used in sessions, whose names and tags are not known; what a group has is used by its users.
 */
function contextOf({ kind, name, arn, uniqueId }: SeenPrincipal): RequestContext {
  const account = arn.split(':')[4] ?? ''
  if (kind === 'group') return requestContext({ 'aws:PrincipalAccount': account })
  const common = { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account, 'aws:PrincipalIsAWSService': 'false' }
  if (kind === 'role') return requestContext({ ...common, 'aws:PrincipalType': 'AssumedRole', 'aws:username': [] })
  return requestContext({ ...common, 'aws:PrincipalType': 'User', 'aws:username': name, 'aws:userid': uniqueId })
}
