import { evaluateAction, managedPath, type Policy, requestContext } from '../policy/index.ts'
import { excesses } from './excess.ts'
import {
  accessRole,
  entity,
  onGuarded,
  onPrincipal,
  ownEntities,
  type Permission,
  type Place,
  type PrincipalKind,
  reading,
} from './needed-permissions.ts'

/** How far a role of Sallyport's can reach; `read-only` if it cannot give access to anybody. */
export type Tier = 'contained' | 'bounded' | 'any' | 'read-only'

export interface Standing {
  readonly tier: Tier
  /** What is needed and not allowed, as action and resource. */
  readonly missing: readonly Ask[]
  /** What it may do and no tier needs. */
  readonly excess: readonly Ask[]
  /** The ARNs of principals that are to have a guard, and that it cannot give one to. */
  readonly unguardable: readonly string[]
}

export type Ask = Pick<Permission, 'action' | 'resource'>

/** What a role may do by its own policies. */
export interface OwnPolicies {
  readonly policies: readonly Policy[]
  readonly boundary: Policy | null
}

/**
 * The tier of a role by what its policies let it do at worst, and what it lacks for that tier. A condition that cannot be
 * decided here counts as met. Control policies of the organisation are not looked at. `guarded` are the ARNs of principals
 * of the account that are to have a guard.
 */
export function standingOf(own: OwnPolicies, place: Place, ownRole: string, guarded: readonly string[]): Standing {
  const reached = principalsReached(own, place)
  const makesRoles = may(own, permissionTo('CreateRole', accessRole(place)))
  const anything = reached.some(({ unbounded }) => unbounded) || may(own, permissionTo('PutRolePolicy', accessRole(place), unboundedOnly))
  const tier = anything ? 'any' : reached.length > 0 ? 'bounded' : makesRoles ? 'contained' : 'read-only'
  const needed = [
    ...reading(place),
    ...(tier === 'read-only' ? [] : ownEntities(place)),
    ...reached.flatMap(({ kind, arn }) => onPrincipal(place, kind, arn)),
  ]
  return {
    tier,
    missing: needed.filter((permission) => !may(own, permission)).map(asAsked),
    excess: excesses(place, ownRole)
      .filter((permission) => may(own, permission))
      .map(asAsked),
    unguardable: guarded.filter((arn) =>
      kinds.some((kind) => isOf(kind, arn) && !onGuarded(place, kind, arn).every((each) => may(own, each))),
    ),
  }
}

const isOf = (kind: PrincipalKind, arn: string): boolean => arn.includes(`:${kind.toLowerCase()}/`)

const asAsked = ({ action, resource }: Permission): Ask => ({ action, resource })

const unboundedOnly = { 'iam:PermissionsBoundary': [] }

const permissionTo = (name: string, resource: string, context: Permission['context'] = {}): Permission => ({
  action: `iam:${name}`,
  resource,
  context,
  bounded: false,
})

interface Reached {
  readonly kind: PrincipalKind
  readonly arn: string
  /** Whether it may give something to one that has no permissions boundary. */
  readonly unbounded: boolean
}

const kinds = ['Role', 'User', 'Group'] as const

/** Principals other than access roles to which policies can be written: one for each resource that the role's statements name. */
function principalsReached(own: OwnPolicies, place: Place): readonly Reached[] {
  const named = own.policies.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources.patterns))
  return kinds.flatMap((kind) => {
    const wanted = `:${kind.toLowerCase()}/`
    const arns = [entity(place, kind), ...named.filter((pattern) => pattern.includes(wanted)).map((pattern) => sampleOf(pattern, place))]
    const others = [...new Set(arns)].filter((arn) => !arn.includes(`${wanted.slice(0, -1)}${managedPath(place.deploymentId)}`))
    return others.flatMap((arn): Reached[] => {
      if (!may(own, permissionTo(`Put${kind}Policy`, arn))) return []
      return [{ kind, arn, unbounded: may(own, permissionTo(`Put${kind}Policy`, arn, unboundedOnly)) }]
    })
  })
}

/** An ARN that a pattern matches. */
const sampleOf = (pattern: string, { account }: Place): string => pattern.replace('::*:', `::${account}:`).replace(/\$\{[^}]*\}|[*?]/g, 'x')

function may({ policies, boundary }: OwnPolicies, { action, resource, context }: Permission): boolean {
  const { result } = evaluateAction({ policies, boundary, action, resource, context: requestContext(context) })
  return result === 'allowed' || result === 'conditional'
}
