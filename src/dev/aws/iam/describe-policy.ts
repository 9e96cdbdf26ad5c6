import type { Call } from '../action.ts'
import { noSuchEntity } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { ManagedPolicy } from '../state.ts'
import { awsPolicyAt } from './aws-policies.ts'
import { usesOf } from './find-policy.ts'
import { tagList } from './tags.ts'

/** A managed policy, the customer's or AWS's, as the lists of IAM have it. Throws NoSuchEntity. */
export function describePolicy(call: Call, arn: string): XmlElement {
  const own = call.account.policies.find((policy) => policy.arn === arn)
  const { attachedTo, bounds } = usesOf(call.account, arn)
  return {
    ...(own ? describeOwn(own) : describeAws(arn)),
    AttachmentCount: attachedTo.length,
    PermissionsBoundaryUsageCount: bounds.length,
    IsAttachable: true,
  }
}

/** What IAM answers about a single customer managed policy, which is more than its lists have. */
export const describePolicyInFull = (call: Call, policy: ManagedPolicy): XmlElement => ({
  ...describePolicy(call, policy.arn),
  Description: policy.description,
  Tags: tagList(policy.tags),
})

const describeOwn = (policy: ManagedPolicy): XmlElement => ({
  PolicyName: policy.name,
  PolicyId: policy.uniqueId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersion,
  CreateDate: policy.created,
  UpdateDate: policy.versions.at(-1)?.created ?? policy.created,
})

function describeAws(arn: string): XmlElement {
  const policy = awsPolicyAt(arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return {
    PolicyName: policy.name,
    PolicyId: policy.uniqueId,
    Arn: arn,
    Path: '/',
    DefaultVersionId: policy.version,
    CreateDate: policy.created,
    UpdateDate: policy.created,
  }
}
