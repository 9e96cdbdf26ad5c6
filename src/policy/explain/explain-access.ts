import { coversConnect, evaluate } from '../evaluate.ts'
import { isPattern } from '../pattern.ts'
import type { Policy, Statement } from '../policy.ts'
import { hasVariable, listsWhole, reachesConnect, relate } from '../relate.ts'
import type { Reach, ReachOf } from './reach.ts'
import { listed, reachInWords } from './words.ts'

/** What becomes of one resource that the policy allows, once all of its statements are taken together. */
export interface ExplainedAccess extends Reach {
  /** `partly`: a Deny or a NotResource leaves out some of what the pattern matches. `conditional`: it depends on conditions or variables. */
  readonly result: 'allowed' | 'partly' | 'conditional' | 'denied'
  /** The JSON pointers of the statements that allow all of it. */
  readonly allowedBy: readonly string[]
  /** Those of the Denies that take it away, or some of it, or may. */
  readonly deniedBy: readonly string[]
  readonly words: string
}

/**
 * All that a policy allows, a resource at a time, after its Denies. Where a resource is one database user, the result is
 * that of `evaluate` with nothing known of the request. A policy of many statements allows a resource once.
 */
export function explainAccess(policy: Policy, reachOf: ReachOf): readonly ExplainedAccess[] {
  const { version, statements } = policy
  const connecting = statements.filter(({ actions }) => coversConnect(actions))
  const allows = connecting.filter(({ effect }) => effect === 'Allow')
  const denies = connecting.filter(({ effect }) => effect === 'Deny')
  const allowed = allows.flatMap(({ resources }) => (resources.negated ? ['*'] : resources.patterns))
  return [...new Set(allowed)].flatMap((resource): ExplainedAccess[] => {
    if (!reachesConnect(resource, version)) return []
    const isOne = !isPattern(resource) && !hasVariable(resource, version)
    const allowing = allows.filter(({ resources }) => {
      if (!resources.negated) return listsWhole(resources.patterns, resource, version)
      const relation = relate(resources, resource, version)
      return relation === 'whole' || (relation === 'part' && !isOne)
    })
    if (allowing.length === 0) return []
    const denying = denies.filter(({ resources }) => relate(resources, resource, version) !== 'none')
    const found = {
      ...reachOf(resource, version),
      result: isOne ? resultOfOne(resource, policy) : resultOfPattern(resource, policy, allowing, denying),
      allowedBy: allowing.map(({ pointer }) => pointer),
      deniedBy: denying.map(({ pointer }) => pointer),
    }
    return [{ ...found, words: inWords(found, version) }]
  })
}

/** For a pattern, or a resource with a variable. */
function resultOfPattern(
  resource: string,
  { version }: Policy,
  allowing: readonly Statement[],
  denying: readonly Statement[],
): ExplainedAccess['result'] {
  const certain = (statements: readonly Statement[]) => statements.filter(({ conditions }) => conditions.length === 0)
  const takesAll = ({ resources }: Statement) =>
    resources.negated ? relate(resources, resource, version) === 'whole' : listsWhole(resources.patterns, resource, version)
  if (certain(denying).some(takesAll)) return 'denied'
  if (certain(allowing).length === 0 || certain(denying).length < denying.length || hasVariable(resource, version)) return 'conditional'
  return denying.length === 0 && certain(allowing).some(takesAll) ? 'allowed' : 'partly'
}

function resultOfOne(resource: string, policy: Policy): ExplainedAccess['result'] {
  const { result } = evaluate({ policies: [policy], boundary: null, resource, context: new Map() })
  return result === 'implicitly-denied' ? 'denied' : result
}

const does: Readonly<Record<ExplainedAccess['result'], string>> = {
  allowed: 'Whoever has this policy can connect',
  partly: 'Whoever has this policy can connect, except where a Deny or a NotResource says no,',
  conditional: 'Whoever has this policy can connect, if the conditions are met,',
  denied: 'Nobody can connect',
}

function inWords(access: Omit<ExplainedAccess, 'words'>, version: Policy['version']): string {
  const { result, allowedBy, deniedBy } = access
  const allow = result === 'denied' ? `, though ${listed(allowedBy)} allows it` : allowedBy.length === 0 ? '' : `, by ${listed(allowedBy)}`
  const deny = deniedBy.length === 0 ? '' : `; ${result === 'denied' ? 'denied' : 'limited'} by ${listed(deniedBy)}`
  return `${does[result]} ${reachInWords(access, version)}${allow}${deny}.`
}
