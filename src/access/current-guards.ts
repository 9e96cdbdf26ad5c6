import type { GrantDetails, KnownTarget } from '../grants/index.ts'
import { CONNECT, denyingAllBut, guardName, managedPolicyArn } from '../policy/index.ts'
import type { PrincipalPolicies, SeenPrincipal } from '../snapshot/index.ts'

interface KnownNow {
  readonly deploymentId: string
  readonly targets: ReadonlyMap<string, KnownTarget>
  readonly grants: readonly GrantDetails[]
}

/**
 * The guards on a principal and its groups that were read since the snapshot, as they are now: they deny all but what is
 * granted on the same target. Of guards that were not, the snapshot says what they deny.
 */
export const currentGuards = (seen: SeenPrincipal, { deploymentId, targets, grants }: KnownNow): PrincipalPolicies['policies'] =>
  [{ uniqueId: seen.uniqueId, group: null }, ...seen.groups.map(({ uniqueId, arn }) => ({ uniqueId, group: arn }))].flatMap(
    ({ uniqueId, group }) => {
      const target = targets.get(uniqueId)
      if (target?.guarded !== true || !target.readSince) return []
      const granted = grants.filter(({ targetUniqueId }) => targetUniqueId === uniqueId).map(({ resourceArn }) => resourceArn)
      const [, partition = '', , , id = ''] = seen.arn.split(':')
      const name = guardName(deploymentId, uniqueId)
      const arn = managedPolicyArn({ id, partition }, deploymentId, name)
      const source = { kind: 'managed' as const, name, arn, group, holder: uniqueId, versions: null }
      return [{ source, policy: denyingAllBut(CONNECT, granted) }]
    },
  )
