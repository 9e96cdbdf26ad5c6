import type { MayStart } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { judgeRequest, standing } from './judging.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { getRequest } from './request-view.ts'

/**
 * Judges, when their start has come, grants that were approved for later: by the rules and the people of now,
 * the entitlement must still be allowed and the approvals given must still be enough.
 */
export const mayStart =
  (parts: Pick<RequestParts, 'ruleSets'>): MayStart =>
  async (tx, starting) => {
    const allowed = new Set<Id<'grt'>>()
    for (const requestId of new Set(starting.map((grant) => grant.requestId))) {
      const { request, activeRuleSet } = await getRequest(tx, requestId)
      const { file } = await activeRules(parts, activeRuleSet)
      if (!standing(file, request, request.decisions).satisfied) continue
      for (const grant of request.grants) {
        const entitlement = request.entitlements.find(
          ({ database, dbUser }) => database.id === grant.database.id && dbUser === grant.dbUser,
        )
        if (entitlement !== undefined && judgeRequest(file, request, [entitlement.position]).allowed) allowed.add(grant.id)
      }
    }
    return allowed
  }
