import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { ManagedPolicy } from '../state.ts'
import { awsPolicyAt } from './aws-policies.ts'
import { findPolicy, policyArnOf } from './find-policy.ts'
import { iamPage } from './iam-page.ts'
import { documentOf } from './managed-policies.ts'
import { encodeDocument } from './policy-document.ts'

export const VERSIONS_QUOTA = 5

type Version = ManagedPolicy['versions'][number]

/** Create, get, list and delete the versions of customer managed policies; those of AWS's own can be read. */
export const policyVersionActions: Actions = [
  [
    'CreatePolicyVersion',
    writes((call) => {
      const policy = findPolicy(call)
      const document = documentOf(call)
      if (policy.versions.length >= VERSIONS_QUOTA) {
        throw limitExceeded(
          `A managed policy can have up to ${VERSIONS_QUOTA} versions. Before you create a new version, you must delete an existing version.`,
        )
      }
      policy.versionsMade += 1
      const version = { id: `v${policy.versionsMade}`, document, created: new Date().toISOString() }
      policy.versions.push(version)
      if (call.parameters.get('SetAsDefault') === 'true') policy.defaultVersion = version.id
      return { PolicyVersion: describeVersion(policy, version) }
    }),
  ],
  [
    'GetPolicyVersion',
    reads((call) => {
      const [policy, version] = findVersion(call, readablePolicy(call, policyArnOf(call)))
      return { PolicyVersion: { Document: encodeDocument(version.document), ...describeVersion(policy, version) } }
    }),
  ],
  [
    'ListPolicyVersions',
    reads((call) => {
      const policy = readablePolicy(call, policyArnOf(call))
      return iamPage(
        call,
        'Versions',
        policy.versions,
        ({ id }) => id.padStart(10),
        (version) => describeVersion(policy, version),
      )
    }),
  ],
  [
    'SetDefaultPolicyVersion',
    writes((call) => {
      const [policy, version] = findVersion(call, findPolicy(call))
      policy.defaultVersion = version.id
      return null
    }),
  ],
  [
    'DeletePolicyVersion',
    writes((call) => {
      const [policy, version] = findVersion(call, findPolicy(call))
      if (version.id === policy.defaultVersion) {
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete the default version of a policy.')
      }
      policy.versions = policy.versions.filter((other) => other !== version)
      return null
    }),
  ],
]

type Readable = Pick<ManagedPolicy, 'versions' | 'defaultVersion'>

/** The versions of a managed policy, the customer's or AWS's. Throws NoSuchEntity. */
export function readablePolicy(call: Call, arn: string): Readable {
  const policy = call.account.policies.find((other) => other.arn === arn) ?? awsVersions(arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

function awsVersions(arn: string): Readable | null {
  const aws = awsPolicyAt(arn)
  return aws ? { versions: [{ id: aws.version, document: aws.document, created: aws.created }], defaultVersion: aws.version } : null
}

function findVersion<Policy extends Readable>(call: Call, policy: Policy): [Policy, Version] {
  const id = call.parameters.text('VersionId', { min: 1, max: 64, pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' })
  const version = policy.versions.find((other) => other.id === id)
  if (!version) throw noSuchEntity(`Policy ${policyArnOf(call)} version ${id} does not exist or is not attachable.`)
  return [policy, version]
}

/** A version without its document, which lists leave out. */
export const describeVersion = (policy: Readable, version: Version): XmlElement => ({
  VersionId: version.id,
  IsDefaultVersion: version.id === policy.defaultVersion,
  CreateDate: version.created,
})
