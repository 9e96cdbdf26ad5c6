import { meets } from './conditions.ts'
import { literally, matches, type Pieces, withWildcards } from './match-pattern.ts'
import type { Condition, Patterns, Policy, Statement } from './policy.ts'
import type { RequestContext } from './request-context.ts'
import { matchesResolved, resolve, type Scope } from './resolve-variables.ts'
import { not, some, type Truth, truth } from './truth.ts'

export interface ConnectQuestion {
  /** All identity policies of the principal, those of its groups too. */
  readonly policies: readonly Policy[]
  /** The permissions boundary, if it has one. */
  readonly boundary: Policy | null
  /** The ARN of one database user of one database, as it stands: nothing in it is a wildcard. */
  readonly resource: string
  readonly context: RequestContext
}

/** The same of any action, such as `iam:PutRolePolicy`, and the ARN that it is about. */
export interface ActionQuestion extends ConnectQuestion {
  readonly action: string
}

export interface ConnectVerdict {
  readonly result: 'allowed' | 'denied' | 'implicitly-denied' | 'conditional'
  /**
   * The statements that decide: every Deny that applies; every Allow of policies and boundary that does; or, if
   * conditional, those on whose conditions it depends. None for implicitly-denied.
   */
  readonly by: readonly StatementRef[]
  /** What would have to be known, for each statement of `by`, if the result is conditional. */
  readonly conditions: readonly Undecided[]
}

export interface StatementRef {
  /** The index in `policies`, or the boundary. */
  readonly policy: number | 'boundary'
  readonly statement: number
  readonly sid: string | null
}

export interface Undecided {
  readonly by: StatementRef
  readonly effect: Statement['effect']
  readonly conditions: readonly Condition[]
  /** Resources with a variable whose value is unknown. */
  readonly resources: readonly string[]
}

interface Judged extends Undecided {
  readonly applies: Truth
}

/**
 * Whether identity policies, within a boundary, let a principal connect (`rds-db:connect`) to a database user
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html): a Deny wins; otherwise both need
 * an Allow. Where that depends on what the context leaves unknown the result is conditional, and only there. Service
 * and resource control policies and session policies are not looked at. Policies must have been read as identity policies.
 */
export const evaluate = (question: ConnectQuestion): ConnectVerdict => evaluateAction({ ...question, action: CONNECT })

/** The same for any action on one resource, by the identity policies alone: what the policy of a resource says is not looked at. */
export function evaluateAction({ policies, boundary, action, resource, context }: ActionQuestion): ConnectVerdict {
  const asked = { action, text: resource, pieces: literally(resource) }
  const granted = policies.flatMap((policy, index) => judge(policy, index, asked, context))
  const limits = boundary === null ? null : judge(boundary, 'boundary', asked, context)
  const all = [...granted, ...(limits ?? [])]

  const denying = all.filter(isA('Deny', 'yes'))
  if (denying.length > 0) return { result: 'denied', by: denying.map(({ by }) => by), conditions: [] }

  const sides = limits === null ? [granted] : [granted, limits]
  const allowed = sides.map((side) => some(side.filter(({ effect }) => effect === 'Allow').map(({ applies }) => applies)))
  if (allowed.includes('no')) return { result: 'implicitly-denied', by: [], conditions: [] }

  const mayAllow = sides.filter((_, index) => allowed[index] === 'unknown').flatMap((side) => side.filter(isA('Allow', 'unknown')))
  const undecided = [...mayAllow, ...all.filter(isA('Deny', 'unknown'))]
  if (undecided.length > 0) {
    const conditions = undecided.map(({ applies: _, ...rest }): Undecided => rest)
    return { result: 'conditional', by: undecided.map(({ by }) => by), conditions }
  }
  return { result: 'allowed', by: all.filter(isA('Allow', 'yes')).map(({ by }) => by), conditions: [] }
}

const isA =
  (effect: Statement['effect'], applies: Truth) =>
  (judged: Judged): boolean =>
    judged.effect === effect && judged.applies === applies

/** The statements of a policy that apply or may. */
function judge(policy: Policy, ref: StatementRef['policy'], asked: Asked, context: RequestContext): readonly Judged[] {
  const scope = { version: policy.version, context }
  return policy.statements.flatMap(({ index, sid, effect, actions, resources, conditions }) => {
    if (!coversAction(actions, asked.action)) return []
    const found = resources.patterns.map((pattern) => ({ pattern, matched: covers(pattern, asked, scope) }))
    const matched = some(found.map(({ matched }) => matched))
    const covered = resources.negated ? not(matched) : matched
    if (covered === 'no') return []
    const tested = conditions.map((condition) => ({ condition, met: meets(condition, scope) }))
    if (tested.some(({ met }) => met === 'no')) return []
    const unmet = tested.filter(({ met }) => met === 'unknown').map(({ condition }) => condition)
    const open = covered === 'unknown' ? found.filter(({ matched }) => matched === 'unknown').map(({ pattern }) => pattern) : []
    const applies = unmet.length > 0 || open.length > 0 ? 'unknown' : 'yes'
    return [{ by: { policy: ref, statement: index, sid }, effect, conditions: unmet, resources: open, applies }]
  })
}

interface Asked {
  readonly action: string
  readonly text: string
  readonly pieces: Pieces
}

/** Most resources are plain ARNs; comparing those as they stand makes the access of a whole account some ten times faster to judge. */
const covers = (pattern: string, { text, pieces }: Asked, scope: Scope): Truth =>
  /[*?$]/.test(pattern) ? matchesResolved(resolve(pattern, scope), pieces) : truth(pattern === text)

const CONNECT = 'rds-db:connect'

/** Whether Action or NotAction is about `rds-db:connect`. */
export const coversConnect = (actions: Patterns): boolean => coversAction(actions, CONNECT)

/** Capitals do not count in actions: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html. */
function coversAction({ negated, patterns }: Patterns, action: string): boolean {
  const pieces = literally(action.toLowerCase())
  return patterns.some((pattern) => matches(withWildcards(pattern.toLowerCase()), pieces)) !== negated
}
