import type { EntityDetails } from '../aws/index.ts'
import type { SweptTarget } from '../grants/index.ts'
import {
  compilePlaced,
  isManaged,
  isPermissionSetKey,
  isRoleOfSet,
  managedPolicyArn,
  namesOn,
  nothingGranted,
  ownerOf,
  policyName,
  SET_INLINE_POLICY,
  setSid,
  statementOf,
} from '../policy/index.ts'
import type { Orphan, SweptAccount } from './orphan.ts'

/** Whether Identity Center made a role, and alone may change it. */
export const isOfIdentityCenter = ({ arn }: Pick<EntityDetails, 'arn'>): boolean => arn.includes(':role/aws-reserved/')

/** Whether a policy was made for a permission set, by its ARN. */
export const isOfSet = ({ account, deploymentId }: SweptAccount, arn: string): boolean =>
  isPermissionSetKey(ownerOf(account, deploymentId, arn) ?? '')

/**
 * Whether a permission set gives another thing in the account than it should, as far as IAM shows it: by its managed
 * policies there (`documents` has all of the account's by ARN), and by its role. A set that has no role there is left to
 * its target, which knows.
 */
export function isSetAstray(target: SweptTarget, swept: SweptAccount, documents: ReadonlyMap<string, string>): boolean {
  const { account, deploymentId, details } = swept
  const desired = compilePlaced(target.inForce, namesOn(deploymentId, target.uniqueId))
  const role = details.entities.find((entity) => isOfIdentityCenter(entity) && isRoleOfSet(target.name)(entity.name))
  const arnOf = (name: string) => managedPolicyArn(account, deploymentId, name)
  const managed = [...desired].filter(([name]) => isManaged(name))
  if (managed.some(([name, document]) => documents.get(arnOf(name)) !== document)) return true
  if (role === undefined) return false
  const inline = role.inline.find(({ name }) => name === SET_INLINE_POLICY)?.document ?? null
  const said = statementOf(inline, setSid(deploymentId, account.id))
  return said !== (desired.get(policyName(deploymentId)) ?? null) || managed.some(([name]) => !role.attached.includes(arnOf(name)))
}

/** Policies of permission sets that say something no grant explains. Those that say nothing stay: sets refer to them. */
export function orphansOfSets(
  swept: SweptAccount,
  known: ReadonlyMap<string, SweptTarget>,
  attached: ReadonlySet<string>,
): readonly Orphan[] {
  const { account, deploymentId, details } = swept
  return details.policies.flatMap(({ arn, name, document }): Orphan[] => {
    const owner = ownerOf(account, deploymentId, arn)
    if (owner === null || !isPermissionSetKey(owner) || document === nothingGranted(account.partition)) return []
    const target = known.get(owner)
    if (target?.live === true) return []
    return [{ policyName: name, policyArn: arn, on: null, because: attached.has(arn) ? 'no_grant' : 'unattached', by: target ?? null }]
  })
}
