import { CONNECT, evaluate, isGuard, isOfDeployment, isPattern, patternsOverlap, readGuard } from '../policy/index.ts'
import { allowingIn, policiesOf, policyReader } from './principal-policies.ts'
import type { SeenPolicies, SeenPrincipal } from './snapshot.ts'

/** That a principal can connect by policies that are not Sallyport's: taking a grant away would not close the door. */
export interface UnmanagedAccess {
  /** The ARN of the database user. */
  readonly resource: string
  /** Whether it depends on conditions of the policies. */
  readonly conditional: boolean
  /** The policies that allow it, or may, in words. */
  readonly through: readonly string[]
}

const accountIn = (arn: string): string | undefined => arn.split(':')[4]

/** Of what a pattern covers, the database users that are named one by one. */
const coveredBy = (pattern: string, named: readonly string[]): string[] =>
  named.filter((name) => !isPattern(name) && !name.includes('${') && patternsOverlap(pattern, name))

const hasGuard =
  (deploymentId: string) =>
  ({ attached }: SeenPolicies): boolean =>
    attached.some(
      (policy) =>
        isOfDeployment(deploymentId, policy) && isGuard(policy.name) && policy.document !== null && readGuard(policy.document) !== null,
    )

/**
 * Which of these database users, or of those that these patterns cover, a principal can connect to without Sallyport, by
 * what the last sweep saw. To databases of other accounts its own policies lead nowhere, and where it has a guard of
 * Sallyport's, all that they allow is denied as soon as it is not granted. Pure.
 */
export function unmanagedAccess(principal: SeenPrincipal, deploymentId: string, resources: readonly string[]): UnmanagedAccess[] {
  if ([principal, ...principal.groups].some(hasGuard(deploymentId))) return []
  const within = resources.filter((resource) => accountIn(resource) === accountIn(principal.arn))
  const { policies, boundary, context } = policiesOf(principal, policyReader([CONNECT]))
  const foreign = policies.filter(({ source }) => !isOfDeployment(deploymentId, source))
  if (foreign.every(({ policy }) => policy.statements.every(({ effect }) => effect === 'Deny'))) return []
  const named = foreign.flatMap(({ policy }) => policy.statements.flatMap((statement) => statement.resources.patterns))
  const asked = within.flatMap((resource) => [resource, ...(isPattern(resource) ? coveredBy(resource, named) : [])])
  return [...new Set(asked)].flatMap((resource) => {
    const { result } = evaluate({ policies: foreign.map(({ policy }) => policy), boundary, resource, context })
    if (result !== 'allowed' && result !== 'conditional') return []
    const statements = foreign.flatMap((each) => allowingIn(each, CONNECT, resource, context))
    const through = statements.map(({ source, statement, sid }) => {
      const policy = source.arn ?? `its inline policy ${source.name}`
      return `${policy}, statement ${sid ?? statement + 1}${source.group === null ? '' : `, through the group ${source.group}`}`
    })
    return [{ resource, conditional: result === 'conditional', through }]
  })
}
