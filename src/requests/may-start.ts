import type { Logger } from 'pino'
import type { SallyportFile } from '../config/index.ts'
import { isOfPostgres, type Tx } from '../db/index.ts'
import type { GrantDetails, MayStart } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { standing } from './judging.ts'
import { entitlementOf } from './latecomer.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { type Request, resourceOf } from './request.ts'
import { getRequest } from './request-view.ts'

/**
 * Judges, when their start has come, grants that were approved for later: by the rules and the people of now, each
 * entitlement must still be allowed, the approvals given must still be enough for it, and may lie unused for so long. One that cannot be judged, as by a
 * worker of an older version in a rolling deploy, is `unknown`: its target has others, which must go on and come to their
 * ends. Throws Postgres's failures only.
 */
export const mayStart =
  (parts: Pick<RequestParts, 'ruleSets'>, log: Logger): MayStart =>
  async (tx, starting) => {
    const limits = new Map<Id<'grt'>, number | 'unknown'>()
    for (const requestId of new Set(starting.map((grant) => grant.requestId))) {
      const ids = starting.filter((grant) => grant.requestId === requestId).map((grant) => grant.id)
      try {
        for (const [id, longest] of await judgeStart(parts, tx, requestId, ids)) limits.set(id, longest)
      } catch (error) {
        if (isOfPostgres(error)) throw error
        log.error({ err: error, request: requestId }, 'grants whose start has come cannot be judged; they wait, and it is tried again')
        for (const id of ids) limits.set(id, 'unknown')
      }
    }
    return limits
  }

async function judgeStart(
  parts: Pick<RequestParts, 'ruleSets'>,
  tx: Tx,
  requestId: Id<'req'>,
  ids: readonly Id<'grt'>[],
): Promise<readonly [Id<'grt'>, number][]> {
  const { request, inForce, now } = await getRequest(tx, requestId)
  const { file } = await activeRules(parts, inForce)
  const starting = request.grants.filter(({ id }) => ids.includes(id))
  return starting.flatMap((grant): [Id<'grt'>, number][] => {
    const longest = longestNow(file, request, grant)
    return grant.startsAt.getTime() + longest * 1_000 > now.getTime() ? [[grant.id, longest]] : []
  })
}

/** For how many seconds the rules of now allow a grant at most; 0 if not at all. */
function longestNow(file: SallyportFile, request: Request, grant: GrantDetails): number {
  const joined = request.later.map((late, index) => entitlementOf(late, request.entitlements.length + index))
  const entitlements = [...request.entitlements, ...joined]
  const entitlement = entitlements.find((each) => resourceOf(each) === grant.resourceArn)
  if (entitlement === undefined) throw new Error(`grant ${grant.id} is for nothing that ${request.id} asked for`)
  const { satisfied, judgement } = standing(file, { ...request, entitlements }, request.decisions, [entitlement.position])
  if (!satisfied || !judgement.allowed) return 0
  const unused = grant.startsAt.getTime() - (request.decidedAt ?? request.createdAt).getTime()
  return unused <= judgement.startsWithin * 1_000 ? judgement.durationLongest : 0
}
