import type { ReviewNow } from '../reviews/index.ts'
import { judgeRequest, reasonsOf } from './judging.ts'
import { entitlementOf } from './latecomer.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { resourceOf } from './request.ts'
import { getRequest } from './request-view.ts'

/** Judges by the rules of now what of a request still gives access, for its review; all of it where nothing does. */
export const reviewNow =
  (parts: Pick<RequestParts, 'ruleSets'>): ReviewNow =>
  async (reader, requestId) => {
    const { request, inForce, now } = await getRequest(reader, requestId)
    const { file } = await activeRules(parts, inForce)
    const joined = request.later.map((late, index) => entitlementOf(late, request.entitlements.length + index))
    const entitlements = [...request.entitlements, ...joined]
    const open = request.grants.filter(({ status, endsAt }) => status !== 'revoking' && status !== 'ended' && endsAt > now)
    const resources = new Set((open.length > 0 ? open : request.grants).map(({ resourceArn }) => resourceArn))
    const positions = entitlements.filter((each) => resources.has(resourceOf(each))).map(({ position }) => position)
    const judgement = judgeRequest(file, { ...request, entitlements }, positions)
    return judgement.allowed ? { terms: judgement.review, refused: '' } : { terms: null, refused: reasonsOf(judgement) }
  }
