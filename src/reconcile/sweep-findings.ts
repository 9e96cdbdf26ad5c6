import type { AccountDetails, EntityDetails } from '../aws/index.ts'
import type { SweptTarget, TargetIdentity } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import {
  compile,
  type EntityKind,
  isUnderOurPath,
  namesOn,
  ownerOf,
  type PolicyDocuments,
  parseConnectPattern,
  policyName,
} from '../policy/index.ts'

/** A policy under our names that no grant explains. */
export interface Orphan {
  readonly policyName: string
  /** Null for an inline policy. */
  readonly policyArn: string | null
  /** The ARN of the entity that it is on; null if it is attached to none. */
  readonly on: string | null
  readonly because: 'no_grant' | 'attached_elsewhere' | 'unattached' | 'unknown_name'
  /** The target whose reconcile takes it away: one that there is, or one to be made. Null: nobody knows whose it is. */
  readonly by: SweptTarget | TargetIdentity | null
}

export interface Findings {
  /** Targets of which IAM holds another thing than it should. */
  readonly astray: readonly Id<'tgt'>[]
  readonly orphans: readonly Orphan[]
}

export interface SweptAccount {
  readonly account: { readonly id: string; readonly partition: string }
  readonly deploymentId: string
  readonly details: AccountDetails
  readonly targets: readonly SweptTarget[]
}

/** The unique ids of the entities that hold, or once held, a policy of ours. */
export function holders({ account, deploymentId, details }: Omit<SweptAccount, 'targets'>): string[] {
  const own = details.entities.filter((entity) => ownPolicies(entity, account, deploymentId).length > 0).map(({ uniqueId }) => uniqueId)
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
  const entities = new Map(details.entities.map((entity) => [entity.uniqueId, entity]))
  const known = new Map(targets.map((target) => [target.uniqueId, target]))
  const astray = targets.filter((target) => {
    const entity = entities.get(target.uniqueId)
    return target.live && !equal(desiredOn(target, deploymentId), entity === undefined ? new Map() : heldBy(entity, documents, swept))
  })

  const onEntities = details.entities.flatMap((entity) =>
    ownPolicies(entity, account, deploymentId).flatMap(({ name, arn }): Orphan[] => {
      const target = known.get(entity.uniqueId)
      const elsewhere = arn !== null && ownerOf(account, deploymentId, arn) !== entity.uniqueId
      if (!elsewhere && target?.live === true) return []
      const by = target ?? { accountId: account.id, kind: entity.kind, name: entity.name, arn: entity.arn, uniqueId: entity.uniqueId }
      return [{ policyName: name, policyArn: arn, on: entity.arn, because: elsewhere ? 'attached_elsewhere' : 'no_grant', by }]
    }),
  )

  const attached = new Set(details.entities.flatMap((entity) => entity.attached))
  const unattached = details.policies
    .filter(({ arn }) => isUnderOurPath(account, deploymentId, arn) && !attached.has(arn))
    .flatMap(({ arn, name }): Orphan[] => {
      const owner = ownerOf(account, deploymentId, arn)
      if (owner === null) return [{ policyName: name, policyArn: arn, on: null, because: 'unknown_name', by: null }]
      const target = known.get(owner)
      if (target?.live === true && desiredOn(target, deploymentId).has(name)) return []
      return [{ policyName: name, policyArn: arn, on: null, because: 'unattached', by: target ?? whoWas(account.id, owner) }]
    })

  const untroubled = ({ by }: Orphan) => by === null || !('troubled' in by && by.troubled)
  return {
    astray: astray.filter(({ troubled }) => !troubled).map(({ id }) => id),
    orphans: [...onEntities, ...unattached].filter(untroubled),
  }
}

const desiredOn = ({ uniqueId, inForce }: SweptTarget, deploymentId: string): PolicyDocuments =>
  compile(
    inForce.map(({ arn, placement }) => ({ arn: parseConnectPattern(arn), placement })),
    namesOn(deploymentId, uniqueId),
  )

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
    ({ arn }) => arn === null || ownerOf(account, deploymentId, arn) === entity.uniqueId,
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

/** An entity of which nothing is left but its unique id in the name of a policy: no entity has that name, so none is touched. */
const whoWas = (accountId: string, uniqueId: string): TargetIdentity => ({
  accountId,
  kind: kinds.find(([prefix]) => uniqueId.startsWith(prefix))?.[1] ?? 'role',
  name: uniqueId,
  arn: uniqueId,
  uniqueId,
})
