import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { ManagedPolicy, User } from '../state.ts'
import { awsPolicies, awsPolicyNamed } from './aws-policies.ts'
import { pathConstraint, prefixConstraint, tagsOf } from './entities.ts'
import { iamPage } from './iam-page.ts'
import { checkIdentityPolicy, countedCharacters } from './policy-document.ts'

/** Non-blank characters of a version, and policies in an account (IAM User Guide, "IAM and STS quotas"). */
const SIZE_QUOTA = 6_144
const POLICIES_QUOTA = 1_500

/** Create, get, list and delete customer managed policies; AWS's own can be read. */
export const managedPolicyActions: Actions = [
  [
    'CreatePolicy',
    writes((call) => {
      const policy = newPolicy(call)
      call.account.policies.push(policy)
      return { Policy: describePolicy(call, policy) }
    }),
  ],
  ['GetPolicy', reads((call) => ({ Policy: describeAny(call, policyArnOf(call)) }))],
  [
    'ListPolicies',
    reads((call) => {
      const scope = call.parameters.optionalText('Scope', { min: 1, max: 10, pattern: 'All|AWS|Local' }) ?? 'All'
      const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
      const attachedOnly = call.parameters.get('OnlyAttached') === 'true'
      const own = scope === 'AWS' ? [] : call.account.policies.filter(({ path }) => path.startsWith(prefix)).map(({ arn }) => arn)
      const aws =
        scope === 'Local' || prefix !== '/' ? [] : [...awsPolicies.keys()].map((name) => `arn:${call.partition}:iam::aws:policy/${name}`)
      const found = [...own, ...aws].filter((arn) => !attachedOnly || attachmentsOf(call, arn) > 0)
      return iamPage(call, 'Policies', found, String, (arn) => describeAny(call, arn))
    }),
  ],
  [
    'DeletePolicy',
    writes((call) => {
      const policy = findPolicy(call)
      if (attachmentsOf(call, policy.arn) > 0) {
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete a policy attached to entities.')
      }
      if (policy.versions.length > 1) {
        throw new Refusal(
          409,
          'DeleteConflict',
          'This policy has more than one version. Before you delete a policy, you must delete the policy’s versions.',
        )
      }
      call.account.policies.splice(call.account.policies.indexOf(policy), 1)
      return null
    }),
  ],
]

export const policyArnOf = (call: Call): string => call.parameters.text('PolicyArn', { min: 20, max: 2048, pattern: '[\\u0021-\\u007E]+' })

/** The customer managed policy that the call names, in the caller's account. Throws NoSuchEntity; AccessDenied for one of AWS's own. */
export function findPolicy(call: Call): ManagedPolicy {
  const arn = policyArnOf(call)
  if (awsPolicyNamed(arn) !== null) throw new Refusal(403, 'AccessDenied', `AWS alone can change ${arn}`)
  const policy = call.account.policies.find((other) => other.arn === arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/** Throws NoSuchEntity unless there is a policy of this ARN to be attached. */
export function checkAttachable(call: Call, arn: string): void {
  if (awsPolicyNamed(arn) === null && !call.account.policies.some((policy) => policy.arn === arn)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  }
}

/** A policy document as a version may have it. Throws MalformedPolicyDocument, and LimitExceeded above 6,144 characters. */
export function documentOf(call: Call): string {
  const document = checkIdentityPolicy(call.parameters.get('PolicyDocument'))
  if (countedCharacters(document) > SIZE_QUOTA) throw limitExceeded(`Cannot exceed quota for PolicySize: ${SIZE_QUOTA}`)
  return document
}

function newPolicy(call: Call): ManagedPolicy {
  const name = call.parameters.text('PolicyName', { min: 1, max: 128, pattern: '[\\w+=,.@-]+' })
  const path = call.parameters.optionalText('Path', pathConstraint) ?? '/'
  const document = documentOf(call)
  const { policies } = call.account
  // The path is part of the ARN, but names are an account's all the same, whatever their case.
  if (policies.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(409, 'EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`)
  }
  if (policies.length >= POLICIES_QUOTA) throw limitExceeded(`Cannot exceed quota for PoliciesPerAccount: ${POLICIES_QUOTA}`)
  const created = new Date().toISOString()
  return {
    name,
    path,
    arn: `arn:${call.partition}:iam::${call.caller.account}:policy${path}${name}`,
    uniqueId: randomId('ANPA', 17),
    created,
    description: call.parameters.optionalText('Description', { min: 0, max: 1000, pattern: '[\\s\\S]*' }),
    tags: tagsOf(call),
    versions: [{ id: 'v1', document, created }],
    defaultVersion: 'v1',
    versionsMade: 1,
  }
}

const attachmentsOf = ({ account }: Call, arn: string): number => {
  const entities: readonly User[] = [...account.roles, ...account.users, ...account.groups]
  return entities.filter(({ attached }) => attached.includes(arn)).length
}

const describePolicy = (call: Call, policy: ManagedPolicy): XmlElement => ({
  PolicyName: policy.name,
  PolicyId: policy.uniqueId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersion,
  AttachmentCount: attachmentsOf(call, policy.arn),
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  Description: policy.description,
  CreateDate: policy.created,
  UpdateDate: policy.versions.at(-1)?.created ?? policy.created,
  Tags: policy.tags.length > 0 ? { member: policy.tags.map(({ key, value }) => ({ Key: key, Value: value })) } : null,
})

function describeAny(call: Call, arn: string): XmlElement {
  const own = call.account.policies.find((policy) => policy.arn === arn)
  if (own) return describePolicy(call, own)
  const name = awsPolicyNamed(arn)
  if (name === null) throw noSuchEntity(`Policy ${arn} was not found.`)
  return {
    PolicyName: name,
    PolicyId: `ANPA${name.toUpperCase()}`,
    Arn: arn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: attachmentsOf(call, arn),
    IsAttachable: true,
  }
}
