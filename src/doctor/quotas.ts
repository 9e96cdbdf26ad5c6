import { type Finding, findingsAt } from './finding.ts'

/** How much of a quota of IAM's is left in an account. */
export interface Room {
  readonly what: string
  readonly used: number
  readonly quota: number
}

/** By AWS's names in GetAccountSummary: docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html. */
const watched = [
  { what: 'roles', used: 'Roles', quota: 'RolesQuota' },
  { what: 'managed policies', used: 'Policies', quota: 'PoliciesQuota' },
] as const

/** What of it Sallyport uses up: a role for each principal from elsewhere, managed policies for what does not fit inline. */
export const roomIn = (summary: ReadonlyMap<string, number>): readonly Room[] =>
  watched.flatMap(({ what, used, quota }) => {
    const most = summary.get(quota)
    return most === undefined ? [] : [{ what, used: summary.get(used) ?? 0, quota: most }]
  })

export const roomFindings = (where: string, room: readonly Room[]): readonly Finding[] =>
  room.flatMap(({ what, used, quota }) => {
    if (used < quota * 0.9) return []
    const said = `${used} of ${quota} ${what} of the account are used`
    const cure = `Delete ${what} that nobody uses, or ask AWS for a higher quota (Service Quotas, IAM).`
    return [used < quota ? findingsAt(where).warning('quota', said, cure) : findingsAt(where).error('quota', said, cure)]
  })
