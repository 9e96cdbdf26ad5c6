import type { EntityDetails } from '../aws/index.ts'
import type { AccessRoleIdentity, EntityIdentity, SweptTarget, TargetIdentity } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import {
  accessRoleOf,
  compileTarget,
  type EntityKind,
  isAccessRoleKey,
  isPermissionSetKey,
  isUnderOurPath,
  ownerOf,
  type PolicyDocuments,
  policyName,
  ROLE,
  readPolicy,
  targetUniqueId,
  trustedBy,
} from '../policy/index.ts'
import type { Orphan, SweptAccount } from './orphan.ts'
import { isOfIdentityCenter, isOfSet, isSetAstray, orphansOfSets } from './sweep-sets.ts'

export interface Findings {
  /** Targets of which IAM holds another thing than it should. */
  readonly astray: readonly Id<'tgt'>[]
  readonly orphans: readonly Orphan[]
}

/** The entities of an account, its access roles left out. */
export const principalsIn = ({ account, deploymentId, details }: Omit<SweptAccount, 'targets'>): EntityIdentity[] =>
  details.entities
    .filter((entity) => !isAccessRole(entity, deploymentId))
    .map(({ kind, name, arn, uniqueId }) => ({ accountId: account.id, kind, name, arn, uniqueId }))

/** What identifies as targets the entities that hold, or once held, a policy of ours, and the access roles. */
export function holders({ account, deploymentId, details }: Omit<SweptAccount, 'targets'>): string[] {
  const own = details.entities
    .filter((entity) => !isOfIdentityCenter(entity))
    .filter((entity) => isAccessRole(entity, deploymentId) || ownPolicies(entity, account, deploymentId).length > 0)
    .map((entity) => targetUniqueId(deploymentId, entity))
  const owners = details.policies.flatMap(({ arn }) => ownerOf(account, deploymentId, arn) ?? [])
  return [...new Set([...own, ...owners])]
}

/**
 * Holds what IAM has against what is granted. What a policy of ours says is compared byte for byte; of other people's
 * policies nothing is looked at. A target in trouble is left to its own next try. Pure.
 */
export function findIn(swept: SweptAccount): Findings {
  const { account, deploymentId, details, targets } = swept
  const documents = new Map(details.policies.map(({ arn, document }) => [arn, document]))
  const entities = new Map(details.entities.map((entity) => [targetUniqueId(deploymentId, entity), entity]))
  const known = new Map(targets.map((target) => [target.uniqueId, target]))
  const astray = targets.filter((target) => {
    if (isPermissionSetKey(target.uniqueId)) return target.live && isSetAstray(target, swept, documents)
    const entity = entities.get(target.uniqueId)
    return target.live && !equal(desiredOn(target, deploymentId), entity === undefined ? new Map() : heldBy(entity, documents, swept))
  })

  // What a role of a permission set has comes from the set.
  const changeable = details.entities.filter((entity) => !isOfIdentityCenter(entity))
  const onEntities = changeable.flatMap((entity): Orphan[] => {
    const uniqueId = targetUniqueId(deploymentId, entity)
    const target = known.get(uniqueId)
    const live = target?.live === true
    const by = target ?? identityOf(entity, swept)
    if (!live && isAccessRole(entity, deploymentId)) return [{ policyName: ROLE, policyArn: null, on: entity.arn, because: 'no_grant', by }]
    return ownPolicies(entity, account, deploymentId).flatMap(({ name, arn }): Orphan[] => {
      const elsewhere = arn !== null && ownerOf(account, deploymentId, arn) !== uniqueId
      if (!elsewhere && live) return []
      return [{ policyName: name, policyArn: arn, on: entity.arn, because: elsewhere ? 'attached_elsewhere' : 'no_grant', by }]
    })
  })

  const attached = new Set(details.entities.flatMap((entity) => entity.attached))
  const unattached = details.policies
    .filter(({ arn }) => isUnderOurPath(account, deploymentId, arn) && !attached.has(arn) && !isOfSet(swept, arn))
    .flatMap(({ arn, name }): Orphan[] => {
      const owner = ownerOf(account, deploymentId, arn)
      if (owner === null) return [{ policyName: name, policyArn: arn, on: null, because: 'unknown_name', by: null }]
      const target = known.get(owner)
      if (target?.live === true && desiredOn(target, deploymentId).has(name)) return []
      return [{ policyName: name, policyArn: arn, on: null, because: 'unattached', by: target ?? whoWas(owner, swept) }]
    })

  const ofSets = orphansOfSets(swept, known, attached)

  const untroubled = ({ by }: Orphan) => by === null || !('troubled' in by && by.troubled)
  return {
    astray: astray.filter(({ troubled }) => !troubled).map(({ id }) => id),
    orphans: [...onEntities, ...unattached, ...ofSets].filter(untroubled),
  }
}

const desiredOn = (target: SweptTarget, deploymentId: string): PolicyDocuments => compileTarget(deploymentId, target, target.inForce)

interface OwnPolicy {
  readonly name: string
  readonly arn: string | null
}

/** The policies under our name or path on an entity. */
const ownPolicies = ({ inline, attached }: EntityDetails, account: SweptAccount['account'], deploymentId: string): OwnPolicy[] => [
  ...inline.filter(({ name }) => name === policyName(deploymentId)).map(({ name }) => ({ name, arn: null })),
  ...attached.filter((arn) => isUnderOurPath(account, deploymentId, arn)).map((arn) => ({ name: arn.replace(/^.*\//, ''), arn })),
]

/** What our policies on an entity say, those that are another entity's left out. */
function heldBy(entity: EntityDetails, documents: ReadonlyMap<string, string>, { account, deploymentId }: SweptAccount): PolicyDocuments {
  const own = ownPolicies(entity, account, deploymentId).filter(
    ({ arn }) => arn === null || ownerOf(account, deploymentId, arn) === targetUniqueId(deploymentId, entity),
  )
  return new Map(
    own.map(({ name, arn }) => {
      const document = arn === null ? entity.inline.find((policy) => policy.name === name)?.document : documents.get(arn)
      return [name, document ?? '']
    }),
  )
}

const equal = (one: PolicyDocuments, other: PolicyDocuments): boolean =>
  one.size === other.size && [...one].every(([name, document]) => other.get(name) === document)

const kinds: readonly (readonly [prefix: string, EntityKind])[] = [
  ['AIDA', 'user'],
  ['AGPA', 'group'],
  ['AROA', 'role'],
]

const isAccessRole = (entity: EntityDetails, deploymentId: string): boolean => targetUniqueId(deploymentId, entity) !== entity.uniqueId

/** An entity as the target that it was, or would be. Whom an access role was made for stands in its trust policy. */
function identityOf(entity: EntityDetails, { account, deploymentId }: SweptAccount): TargetIdentity {
  const { kind, name, arn } = entity
  const uniqueId = targetUniqueId(deploymentId, entity)
  const common = { accountId: account.id, name, arn, uniqueId }
  return uniqueId === entity.uniqueId ? { ...common, kind } : { ...common, kind: 'access_role', principal: principalOf(entity, uniqueId) }
}

/** An entity of which nothing is left but what identifies it, in the name of a policy: no entity has that name, so none is touched. */
function whoWas(uniqueId: string, { account, deploymentId }: SweptAccount): TargetIdentity {
  const common = { accountId: account.id, uniqueId }
  if (isAccessRoleKey(uniqueId)) {
    const role = accessRoleOf(account, deploymentId, uniqueId)
    return { ...common, ...role, kind: 'access_role', principal: principalOf({ arn: role.arn, trust: null }, uniqueId) }
  }
  return { ...common, kind: kinds.find(([prefix]) => uniqueId.startsWith(prefix))?.[1] ?? 'role', name: uniqueId, arn: uniqueId }
}

/** Whom an access role was made for; where its trust policy does not say, the role itself stands there, which trusts nobody. */
function principalOf({ arn, trust }: Pick<EntityDetails, 'arn' | 'trust'>, key: string): AccessRoleIdentity['principal'] {
  const { policy } = readPolicy(trust ?? '', 'resource')
  const trusted = policy === null ? [] : trustedBy(policy).filter(({ kind }) => kind === 'role' || kind === 'user')
  const [, uniqueId = null] = /^VIA(A(?:ROA|IDA)[A-Z0-9]+)$/.exec(key) ?? []
  return { arn: trusted[0]?.id ?? arn, uniqueId }
}
