import type { Placement } from './pack.ts'

/** The name of the policy in each place on an entity. */
export type NameOf = (placement: Placement) => string

/** The name of the inline policy that belongs to a deployment; under any other name nothing is ever touched. */
export const policyName = (deploymentId: string): string => `sallyport-${deploymentId}`

/**
 * The names of a deployment's policies on one entity. Managed policies are an account's and not the entity's, so that
 * theirs hold its unique id: one made again under the same name inherits none of them.
 */
export const namesOn =
  (deploymentId: string, uniqueId: string): NameOf =>
  (placement) =>
    placement === 0 ? policyName(deploymentId) : `${policyName(deploymentId)}-${uniqueId}-${placement}`

/** Whether a policy on an entity is the deployment's, by its name. */
export const isOurs =
  (deploymentId: string, uniqueId: string) =>
  (name: string): boolean =>
    name === policyName(deploymentId) || name.startsWith(`${policyName(deploymentId)}-${uniqueId}-`)

/** The name of the guard of one entity: a managed policy of its own, beside those that allow. */
export const guardName = (deploymentId: string, uniqueId: string): string => `${policyName(deploymentId)}-${uniqueId}-guard`

/** Whether a policy of ours, by its name, is a managed one. A unique id is `\w+` (IAM's model, idType): moto has them in lower case. */
export const isManaged = (name: string): boolean => /^sallyport-[^-]+-\w+-(?:\d+|guard)$/.test(name)

/** Whether a policy of ours, by its name, is a guard. */
export const isGuard = (name: string): boolean => isManaged(name) && name.endsWith('-guard')

/** The path of a deployment's managed policies, and of all else that it makes in IAM. */
export const managedPath = (deploymentId: string): string => `/sallyport/${deploymentId}/`

/** The ARN of a managed policy of ours. */
export const managedPolicyArn = (
  account: { readonly id: string; readonly partition: string },
  deploymentId: string,
  name: string,
): string => `arn:${account.partition}:iam::${account.id}:policy${managedPath(deploymentId)}${name}`

/** The unique id of the entity that a managed policy of the deployment's, by its ARN, was made for; null for any other policy. */
export function ownerOf(account: { readonly id: string; readonly partition: string }, deploymentId: string, arn: string): string | null {
  const prefix = managedPolicyArn(account, deploymentId, `${policyName(deploymentId)}-`)
  const [, uniqueId] = arn.startsWith(prefix) ? (/^(\w+)-(?:\d+|guard)$/.exec(arn.slice(prefix.length)) ?? []) : []
  return uniqueId ?? null
}

/** Whether an ARN is of a policy under the deployment's path: nobody else has any business there. */
export const isUnderOurPath = (account: { readonly id: string; readonly partition: string }, deploymentId: string, arn: string): boolean =>
  arn.startsWith(managedPolicyArn(account, deploymentId, ''))

/** Whether a policy, found on whatever entity, is the deployment's: an inline one by its name, a managed one by its path. */
export const isOfDeployment = (deploymentId: string, { name, arn }: { readonly name: string; readonly arn: string | null }): boolean =>
  arn === null ? name === policyName(deploymentId) : arn.includes(`:policy${managedPath(deploymentId)}`)
