import type { SallyportFile } from '../config/index.ts'
import type { GrantDetails, MayStart } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { standing } from './judging.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { type Request, resourceOf } from './request.ts'
import { getRequest } from './request-view.ts'

/**
 * Judges, when their start has come, grants that were approved for later: by the rules and the people of now, each
 * entitlement must still be allowed and the approvals given must still be enough for it.
 */
export const mayStart =
  (parts: Pick<RequestParts, 'ruleSets'>): MayStart =>
  async (tx, starting) => {
    const ids = new Set(starting.map((grant) => grant.id))
    const limits = new Map<Id<'grt'>, number>()
    for (const requestId of new Set(starting.map((grant) => grant.requestId))) {
      const { request, activeRuleSet, now } = await getRequest(tx, requestId)
      const { file } = await activeRules(parts, activeRuleSet)
      for (const grant of request.grants.filter(({ id }) => ids.has(id))) {
        const longest = longestNow(file, request, grant)
        if (grant.startsAt.getTime() + longest * 1_000 > now.getTime()) limits.set(grant.id, longest)
      }
    }
    return limits
  }

/** For how many seconds the rules of now allow a grant at most; 0 if not at all. */
function longestNow(file: SallyportFile, request: Request, grant: GrantDetails): number {
  const entitlement = request.entitlements.find((each) => resourceOf(each) === grant.resourceArn)
  if (entitlement === undefined) throw new Error(`grant ${grant.id} is for nothing that ${request.id} asked for`)
  const { satisfied, judgement } = standing(file, request, request.decisions, [entitlement.position])
  return satisfied && judgement.allowed ? judgement.durationLongest : 0
}
