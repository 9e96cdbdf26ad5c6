import type { Logger } from 'pino'
import type { SallyportFile } from '../config/index.ts'
import { isOfPostgres } from '../db/index.ts'
import type { GrantDetails, MayStart } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { standing } from './judging.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { type Request, resourceOf } from './request.ts'
import { getRequest } from './request-view.ts'

/**
 * Judges, when their start has come, grants that were approved for later: by the rules and the people of now, each
 * entitlement must still be allowed and the approvals given must still be enough for it. What cannot be judged does not
 * start: its target has other grants, which must go on and come to their ends. Throws Postgres's failures only.
 */
export const mayStart =
  (parts: Pick<RequestParts, 'ruleSets'>, log: Logger): MayStart =>
  async (tx, starting) => {
    /** What `judge` answers, or null if it cannot. */
    const unlessUnreadable = async <T>(what: object, judge: () => T | Promise<T>): Promise<T | null> => {
      try {
        return await judge()
      } catch (error) {
        if (isOfPostgres(error)) throw error
        log.error({ err: error, ...what }, 'a grant whose start has come cannot be judged, and therefore ends')
        return null
      }
    }

    const ids = new Set(starting.map((grant) => grant.id))
    const limits = new Map<Id<'grt'>, number>()
    for (const requestId of new Set(starting.map((grant) => grant.requestId))) {
      const facts = await unlessUnreadable({ request: requestId }, async () => {
        const { request, activeRuleSet, now } = await getRequest(tx, requestId)
        return { request, now, file: (await activeRules(parts, activeRuleSet)).file }
      })
      if (facts === null) continue
      const { request, now, file } = facts
      for (const grant of request.grants.filter(({ id }) => ids.has(id))) {
        const longest = await unlessUnreadable({ request: requestId, grant: grant.id }, () => longestNow(file, request, grant))
        if (longest !== null && grant.startsAt.getTime() + longest * 1_000 > now.getTime()) limits.set(grant.id, longest)
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
