import type { Call } from '../action.ts'
import { noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { AccountState, Entity, ManagedPolicy } from '../state.ts'
import { awsPolicyAt } from './aws-policies.ts'

/** The ARN of a managed policy that the call names. Throws ValidationError or InvalidInput. */
export function policyArnOf(call: Call, parameter = 'PolicyArn'): string {
  const arn = call.parameters.text(parameter, {
    min: 20,
    max: 2048,
    pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF]+',
  })
  if (!new RegExp(`^arn:${call.partition}:iam::(?:aws|\\d{12}):policy/[\\u0021-\\u007E]+$`).test(arn)) {
    throw new Refusal(400, 'InvalidInput', `ARN ${arn} is not valid.`)
  }
  return arn
}

/** The customer managed policy that the call names, in the caller's account. Throws NoSuchEntity; AccessDenied for one of AWS's own. */
export function findPolicy(call: Call): ManagedPolicy {
  const arn = policyArnOf(call)
  if (awsPolicyAt(arn)) throw new Refusal(403, 'AccessDenied', `AWS alone can change ${arn}`)
  const policy = call.account.policies.find((other) => other.arn === arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/** The ARN of the policy that the call wants to read, which may be one of AWS's own. Throws NoSuchEntity. */
export function readableArnOf(call: Call): string {
  const arn = policyArnOf(call)
  if (!awsPolicyAt(arn)) findPolicy(call)
  return arn
}

/** Throws NoSuchEntity unless there is a policy of this ARN to be attached, or to be a boundary. */
export function checkAttachable(call: Call, arn: string): void {
  if (documentBehind(call.account, arn) === null) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
}

/** The document in force of a managed policy, the customer's or AWS's; null if there is no such policy. */
export function documentBehind({ policies }: AccountState, arn: string): string | null {
  const own = policies.find((policy) => policy.arn === arn)
  const version = own?.versions.find(({ id }) => id === own.defaultVersion)
  return version?.document ?? awsPolicyAt(arn)?.document ?? null
}

/** Whom a managed policy lets do things, and whom it holds within bounds. */
export function usesOf({ roles, users, groups }: AccountState, arn: string): { readonly attachedTo: Entity[]; readonly bounds: Entity[] } {
  const entities: readonly Entity[] = [...roles, ...users, ...groups]
  return {
    attachedTo: entities.filter(({ attached }) => attached.includes(arn)),
    bounds: entities.filter(({ boundary }) => boundary === arn),
  }
}
