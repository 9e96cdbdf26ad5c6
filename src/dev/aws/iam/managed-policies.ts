import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, Refusal } from '../protocol/refusal.ts'
import { randomId } from '../random-id.ts'
import type { ManagedPolicy } from '../state.ts'
import { awsPolicies } from './aws-policies.ts'
import { describePolicy, describePolicyInFull } from './describe-policy.ts'
import { findPolicy, policyArnOf, usesOf } from './find-policy.ts'
import { iamPage } from './iam-page.ts'
import { nameConstraint, pathConstraint, prefixConstraint } from './names.ts'
import { checkIdentityPolicy, countedCharacters } from './policy-document.ts'
import { tagsOf } from './tags.ts'

/** Non-blank characters of a version, and policies in an account (IAM User Guide, "IAM and STS quotas"). */
export const SIZE_QUOTA = 6_144
export const POLICIES_QUOTA = 1_500

/** Create, get, list and delete customer managed policies; AWS's own can be read. */
export const managedPolicyActions: Actions = [
  [
    'CreatePolicy',
    writes((call) => {
      const policy = newPolicy(call)
      call.account.policies.push(policy)
      return { Policy: describePolicyInFull(call, policy) }
    }),
  ],
  [
    'GetPolicy',
    reads((call) => {
      const arn = policyArnOf(call)
      const own = call.account.policies.find((policy) => policy.arn === arn)
      return { Policy: own ? describePolicyInFull(call, own) : describePolicy(call, arn) }
    }),
  ],
  ['ListPolicies', reads((call) => iamPage(call, 'Policies', wanted(call), String, (arn) => describePolicy(call, arn)))],
  [
    'DeletePolicy',
    writes((call) => {
      const policy = findPolicy(call)
      const { attachedTo, bounds } = usesOf(call.account, policy.arn)
      if (attachedTo.length + bounds.length > 0) throw conflict('Cannot delete a policy attached to entities.')
      if (policy.versions.length > 1) {
        throw conflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions.")
      }
      call.account.policies.splice(call.account.policies.indexOf(policy), 1)
      return null
    }),
  ],
]

const conflict = (message: string): Refusal => new Refusal(409, 'DeleteConflict', message)

/** A policy document as a version may have it. Throws MalformedPolicyDocument, and LimitExceeded above 6,144 characters. */
export function documentOf(call: Call): string {
  const document = checkIdentityPolicy(call.parameters.get('PolicyDocument'))
  if (countedCharacters(document) > SIZE_QUOTA) throw limitExceeded(`Cannot exceed quota for PolicySize: ${SIZE_QUOTA}`)
  return document
}

/** The ARNs of the policies that ListPolicies asks for. */
function wanted(call: Call): string[] {
  const scope = call.parameters.optionalText('Scope', { min: 1, max: 10, pattern: 'All|AWS|Local' }) ?? 'All'
  const usage = call.parameters.optionalText('PolicyUsageFilter', { min: 1, max: 30, pattern: 'PermissionsPolicy|PermissionsBoundary' })
  const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
  const onlyAttached = call.parameters.get('OnlyAttached') === 'true'
  const aws = awsPolicies(call.partition).map(({ arn }) => ({ arn, path: '/' }))
  const found = [...(scope === 'AWS' ? [] : call.account.policies), ...(scope === 'Local' ? [] : aws)]
  return found.flatMap(({ arn, path }) => {
    const { attachedTo, bounds } = usesOf(call.account, arn)
    if (!path.startsWith(prefix) || (onlyAttached && attachedTo.length + bounds.length === 0)) return []
    if ((usage === 'PermissionsPolicy' && attachedTo.length === 0) || (usage === 'PermissionsBoundary' && bounds.length === 0)) return []
    return [arn]
  })
}

function newPolicy(call: Call): ManagedPolicy {
  const name = call.parameters.text('PolicyName', nameConstraint(128))
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
