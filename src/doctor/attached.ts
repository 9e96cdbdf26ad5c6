import { ATTACHED_QUOTA, type EntityKind } from '../policy/index.ts'
import { type Finding, findingsAt, listed } from './finding.ts'

/** How many managed policies a principal with grants has attached, everybody's, as the last sweep of its account saw it. */
export interface Attached {
  readonly arn: string
  readonly kind: EntityKind
  readonly attached: number
}

export interface AttachedRoom {
  readonly arn: string
  readonly attached: number
  readonly quota: number
}

/** By AWS's names in GetAccountSummary. */
const quotaNames: Readonly<Record<EntityKind, string>> = {
  role: 'AttachedPoliciesPerRoleQuota',
  user: 'AttachedPoliciesPerUserQuota',
  group: 'AttachedPoliciesPerGroupQuota',
}

/** What is left of what Sallyport uses: it counts on no raised quota. Those with the least left first. */
export const attachedRoom = (principals: readonly Attached[], summary: ReadonlyMap<string, number>): readonly AttachedRoom[] =>
  principals
    .map(({ arn, kind, attached }) => ({
      arn,
      attached,
      quota: Math.min(summary.get(quotaNames[kind]) ?? ATTACHED_QUOTA, ATTACHED_QUOTA),
    }))
    .sort((one, other) => one.quota - one.attached - (other.quota - other.attached))

export function attachedFindings(where: string, room: readonly AttachedRoom[]): readonly Finding[] {
  const full = room.filter(({ attached, quota }) => attached >= quota * 0.9)
  if (full.length === 0) return []
  const said = full.map(({ arn, attached, quota }) => `${arn} (${attached} of ${quota})`)
  const what = `Hardly a managed policy more can be attached to principals that have grants: ${listed(said, 5)}`
  const cure = 'Detach policies that they do not need, or merge some; else grants that do not fit into what is there are refused.'
  return [findingsAt(where).warning('quota', what, cure)]
}
