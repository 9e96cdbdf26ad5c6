import { createHash } from 'node:crypto'
import { managedPath, policyName } from './policy-name.ts'

/** Who may assume an access role. */
export interface TrustedPrincipal {
  readonly arn: string
  /** `AROA…` or `AIDA…`; null where it cannot be known, because Sallyport does not manage the principal's account. */
  readonly uniqueId: string | null
}

/** The longest session of an access role, in seconds: the least that IAM lets a role have. */
export const ACCESS_SESSION = 3_600

/** The tag by which an access role is known to be a deployment's own, beside its path. */
export const DEPLOYMENT_TAG = 'sallyport:deployment'

/**
 * What stands for a principal in the names of its access roles and their policies: capitals and digits, at most 24 of them.
 * One made again under the same name has another, where its unique id is known.
 */
export const accessRoleKey = ({ arn, uniqueId }: TrustedPrincipal): string =>
  `VIA${uniqueId ?? createHash('sha256').update(arn, 'utf8').digest('hex').slice(0, 20).toUpperCase()}`

/** The access role of whom a key stands for, the name the same in every account; IAM takes up to 64 characters. */
export function accessRoleOf(
  account: { readonly id: string; readonly partition: string },
  deploymentId: string,
  key: string,
): { readonly name: string; readonly arn: string } {
  const name = `${policyName(deploymentId)}-${key}`
  return { name, arn: `arn:${account.partition}:iam::${account.id}:role${managedPath(deploymentId)}${name}` }
}

/**
 * What identifies an entity of an account as a target: of an access role what stands for its principal, since the role can
 * be deleted and made again; of all others their unique id in IAM.
 */
export function targetUniqueId(deploymentId: string, { arn, uniqueId }: { readonly arn: string; readonly uniqueId: string }): string {
  const [, after] = arn.split(`:role${managedPath(deploymentId)}${policyName(deploymentId)}-`)
  return after !== undefined && isAccessRoleKey(after) ? after : uniqueId
}

export const isAccessRoleKey = (text: string): boolean => /^VIA[A-Z0-9]+$/.test(text)
