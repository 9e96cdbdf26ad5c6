import { z } from 'zod'
import { awsPolicyAt } from '../iam/aws-policies.ts'
import { checkIdentityPolicy, countedCharacters } from '../iam/policy-document.ts'
import {
  conflict,
  type JsonActions,
  readsJson,
  resourceNotFound,
  serviceQuotaExceeded,
  validationException,
  writesJson,
} from '../json-action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { PermissionSet } from './identity-center-state.ts'
import { aPageOfSet, ofSet, setNamed, ssoPage } from './sso-input.ts'

/** IAM Identity Center User Guide, "Quotas": non-blank characters inline, and managed policies of both kinds. */
const INLINE_QUOTA = 10_240
const MANAGED_QUOTA = 20

const document = z
  .string()
  .min(1)
  .max(32_768)
  .regex(/^[\t\n\r\u0020-\u00FF]+$/)
const reference = z.object({
  Name: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\w+=,.@-]+$/),
  Path: z
    .string()
    .min(1)
    .max(512)
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/)
    .default('/'),
})
const ofReference = ofSet.extend({ CustomerManagedPolicyReference: reference })
const ofManaged = ofSet.extend({
  ManagedPolicyArn: z
    .string()
    .min(20)
    .max(2048)
    .regex(/^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/),
})

/** The inline policy of a permission set and the managed ones. No change reaches an account before it is provisioned. */
export const permissionSetPolicyActions: JsonActions = [
  [
    'PutInlinePolicyToPermissionSet',
    writesJson(ofSet.extend({ InlinePolicy: document }), (context, input) => {
      const { set } = setNamed(context, input)
      checkDocument(input.InlinePolicy)
      set.inlinePolicy = input.InlinePolicy
      set.revision += 1
      return {}
    }),
  ],
  [
    'GetInlinePolicyForPermissionSet',
    // AWS answers an empty text where there is no policy.
    readsJson(ofSet, (context, input) => ({ InlinePolicy: setNamed(context, input).set.inlinePolicy ?? '' })),
  ],
  [
    'DeleteInlinePolicyFromPermissionSet',
    writesJson(ofSet, (context, input) => {
      const { set } = setNamed(context, input)
      if (set.inlinePolicy === null) throw resourceNotFound(`${set.arn} has no inline policy`)
      set.inlinePolicy = null
      set.revision += 1
      return {}
    }),
  ],
  [
    'AttachCustomerManagedPolicyReferenceToPermissionSet',
    writesJson(ofReference, (context, input) => {
      const { set } = setNamed(context, input)
      const { Name: name, Path: path } = input.CustomerManagedPolicyReference
      if (set.references.some((other) => other.name === name && other.path === path)) {
        throw conflict(`The policy ${path}${name} is already attached to ${set.arn}`)
      }
      checkRoom(set)
      set.references.push({ name, path })
      set.revision += 1
      return {}
    }),
  ],
  [
    'DetachCustomerManagedPolicyReferenceFromPermissionSet',
    writesJson(ofReference, (context, input) => {
      const { set } = setNamed(context, input)
      const { Name: name, Path: path } = input.CustomerManagedPolicyReference
      const left = set.references.filter((other) => other.name !== name || other.path !== path)
      if (left.length === set.references.length) throw resourceNotFound(`The policy ${path}${name} is not attached to ${set.arn}`)
      set.references = left
      set.revision += 1
      return {}
    }),
  ],
  [
    'ListCustomerManagedPolicyReferencesInPermissionSet',
    readsJson(aPageOfSet, (context, input) =>
      ssoPage(
        input,
        'CustomerManagedPolicyReferences',
        setNamed(context, input).set.references,
        ({ name, path }) => path + name,
        ({ name, path }) => ({ Name: name, Path: path }),
      ),
    ),
  ],
  [
    'AttachManagedPolicyToPermissionSet',
    writesJson(ofManaged, (context, input) => {
      const { set } = setNamed(context, input)
      const arn = input.ManagedPolicyArn
      if (awsPolicyAt(arn) === undefined) throw resourceNotFound(`Policy ${arn} was not found.`)
      if (set.managed.includes(arn)) throw conflict(`${arn} is already attached to ${set.arn}`)
      checkRoom(set)
      set.managed.push(arn)
      set.revision += 1
      return {}
    }),
  ],
  [
    'DetachManagedPolicyFromPermissionSet',
    writesJson(ofManaged, (context, input) => {
      const { set } = setNamed(context, input)
      if (!set.managed.includes(input.ManagedPolicyArn)) throw resourceNotFound(`${input.ManagedPolicyArn} is not attached to ${set.arn}`)
      set.managed = set.managed.filter((arn) => arn !== input.ManagedPolicyArn)
      set.revision += 1
      return {}
    }),
  ],
  [
    'ListManagedPoliciesInPermissionSet',
    readsJson(aPageOfSet, (context, input) =>
      ssoPage(input, 'AttachedManagedPolicies', setNamed(context, input).set.managed, String, (arn) => ({
        Name: awsPolicyAt(arn)?.name,
        Arn: arn,
      })),
    ),
  ],
]

function checkDocument(text: string): void {
  try {
    checkIdentityPolicy(text)
  } catch (error) {
    // SSO has no code of its own for a document that IAM calls malformed.
    throw error instanceof Refusal ? validationException(error.message) : error
  }
  if (countedCharacters(text) > INLINE_QUOTA) throw serviceQuotaExceeded(`The inline policy exceeds ${INLINE_QUOTA} characters`)
}

function checkRoom({ references, managed }: PermissionSet): void {
  if (references.length + managed.length >= MANAGED_QUOTA) {
    throw serviceQuotaExceeded(`A permission set has at most ${MANAGED_QUOTA} managed policies`)
  }
}
