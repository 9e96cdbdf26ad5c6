import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { ManagedPolicy } from '../state.ts'
import { awsPolicies, awsPolicyNamed } from './aws-policies.ts'
import { encodeDocument } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'
import { documentOf, findPolicy, policyArnOf } from './managed-policies.ts'

const VERSIONS_QUOTA = 5

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
      return { PolicyVersion: describe(policy, version) }
    }),
  ],
  [
    'GetPolicyVersion',
    reads((call) => {
      const [policy, version] = findVersion(call, readable(call))
      return { PolicyVersion: { Document: encodeDocument(version.document), ...describe(policy, version) } }
    }),
  ],
  [
    'ListPolicyVersions',
    reads((call) => {
      const policy = readable(call)
      return iamPage(
        call,
        'Versions',
        policy.versions,
        ({ id }) => id.padStart(10),
        (version) => describe(policy, version),
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

function readable(call: Call): Readable {
  const name = awsPolicyNamed(policyArnOf(call))
  if (name === null) return findPolicy(call)
  return { versions: [{ id: 'v1', document: awsPolicies.get(name) ?? '', created: '2015-02-06T18:39:46.000Z' }], defaultVersion: 'v1' }
}

function findVersion<Policy extends Readable>(call: Call, policy: Policy): [Policy, Version] {
  const id = call.parameters.text('VersionId', { min: 1, max: 64, pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' })
  const version = policy.versions.find((other) => other.id === id)
  if (!version) throw noSuchEntity(`Policy ${policyArnOf(call)} version ${id} does not exist or is not attachable.`)
  return [policy, version]
}

const describe = (policy: Readable, version: Version): XmlElement => ({
  VersionId: version.id,
  IsDefaultVersion: version.id === policy.defaultVersion,
  CreateDate: version.created,
})
