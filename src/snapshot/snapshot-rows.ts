import type { AccountDetails, EntityDetails, ManagedPolicyDetails } from '../aws/index.ts'
import { about, CONNECT, hashDocument, readPolicy } from '../policy/index.ts'

/** A row with the hash of all the rest of it, by which it is known to be as before. */
export interface Hashed {
  readonly hash: string
}

/** An account as it is stored: what IAM told, and which policies concern rds-db:connect. */
export type SnapshotRows = ReturnType<typeof snapshotRows>

/** Makes the rows of an account. Pure; for some thousand principals it takes a second or so. */
export const snapshotRows = ({ entities, policies }: AccountDetails) => ({
  principals: entities.map(principalRow),
  policies: policies.map(policyRow),
})

/** Whether a policy says anything about `rds-db:connect`; one that cannot be read may. */
function concernsConnect(document: string): boolean {
  const { policy } = readPolicy(document)
  return policy === null || about(policy, [CONNECT]).statements.length > 0
}

const hashed = <Row extends object>(row: Row): Row & Hashed => ({ ...row, hash: hashDocument(JSON.stringify(row)) })

const policyRow = ({ arn, name, version, versions, document }: ManagedPolicyDetails) =>
  hashed({ arn, name, version, versions, document, connects: concernsConnect(document) })

/** Lists of IAM's come in no order that it promises. */
const principalRow = ({ kind, name, arn, uniqueId, inline, attached, boundary, groups, trust }: EntityDetails) =>
  hashed({
    uniqueId,
    kind,
    name,
    arn,
    groups: groups.toSorted(),
    inline: inline
      .map((policy) => ({ name: policy.name, document: policy.document, connects: concernsConnect(policy.document) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    attached: attached.toSorted(),
    boundary,
    trust,
  })
