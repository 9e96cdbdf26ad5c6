import type { Logger } from 'pino'
import { isOfPostgres, type Tx } from '../db/index.ts'
import type { MatchingPlace } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { askLater, type ToAsk } from './ask-later.ts'
import { type Granted, type Granting, grantEntitlements } from './grant-approved.ts'
import { judgeLater, type LaterVerdict } from './judge-later.ts'
import { entitlementOf, type Latecomer } from './latecomer.ts'
import { catalogActor } from './later-match.ts'
import { type JudgedLatecomer, saveLaterMatches } from './later-match-store.ts'
import { latecomersOf, requestsToJudge } from './later-match-view.ts'
import { type ActiveRules, type ApprovedPrincipal, activeRules, observedInAws, parseFor, type RequestParts } from './parts.ts'
import type { Request } from './request.ts'
import { lockRequest } from './request-store.ts'
import { getRequest, getRequests } from './request-view.ts'

/** How many requests are read at a time. */
const PAGE = 50

/** The principal as it is in AWS, or what keeps it from being given more. */
type Observed = ApprovedPrincipal | SallyportError

/**
 * Looks at everything in a place that came to match what somebody asked for, and was not judged by the rules and facts of
 * now: it joins, is asked for, or is told as refused. Repeating it is harmless, and so is doing it twice at the same time:
 * each request is judged again under its lock. One that cannot be judged holds up no other. Throws Postgres's failures only.
 */
export const matchLater =
  (parts: RequestParts, log: Logger) =>
  async (place: MatchingPlace): Promise<void> => {
    let after = ''
    for (;;) {
      const ids = await requestsToJudge(parts.db, place, after, PAGE)
      if (ids.length === 0) return
      const observe = observing(parts)
      const [requests, latecomers] = await Promise.all([getRequests(parts.db, ids), latecomersOf(parts.db, ids)])
      for (const read of requests) {
        try {
          const rules = await activeRules(parts, read.inForce)
          const joining = (latecomers.get(read.request.id) ?? []).filter(
            (late) => judgeLater(rules.file, read.request, late, read.now)?.outcome === 'joined',
          )
          // AWS is asked before the transaction, and only about what is to be given.
          await settle(parts, read.request.id, joining.length > 0 ? await observe(rules, read.request, joining) : null)
        } catch (error) {
          if (isOfPostgres(error)) throw error
          log.warn({ err: error, request: read.request.id }, 'databases that came to match a request cannot be judged; it is tried again')
        }
      }
      after = ids.at(-1) ?? ''
    }
  }

/** Asks AWS about each principal once. */
function observing(parts: RequestParts): (rules: ActiveRules, request: Request, joining: readonly Latecomer[]) => Promise<Observed> {
  const known = new Map<string, Promise<Observed>>()
  return (rules, { principal: { arn }, path }, joining) => {
    const entitlements = joining.map((late) => entitlementOf(late, 0))
    const accounts = [...new Set(entitlements.map(({ place }) => place.accountId))].sort()
    const key = [path, arn, ...accounts].join(' ')
    const observed = known.get(key) ?? observedInAws(parts, rules, { principal: parseFor(path)(arn), path, entitlements }).catch(refusal)
    known.set(key, observed)
    return observed
  }
}

function refusal(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error
  throw error
}

/** Judges and stores; where there is no room for what would join, that is stored in its place. */
async function settle(parts: RequestParts, id: Id<'req'>, observed: Observed | null): Promise<void> {
  try {
    await parts.db.inTransaction((tx) => judgeAndStore(tx, parts, id, observed))
  } catch (error) {
    if (!(error instanceof SallyportError) || !['quota_exceeded', 'principal_replaced'].includes(error.code)) throw error
    await parts.db.inTransaction((tx) => judgeAndStore(tx, parts, id, error))
  }
}

async function judgeAndStore(tx: Tx, parts: RequestParts, id: Id<'req'>, observed: Observed | null): Promise<void> {
  await lockRequest(tx, id)
  const latecomers = (await latecomersOf(tx, [id])).get(id) ?? []
  const { request, inForce, now } = await getRequest(tx, id)
  const { file, hash } = await activeRules(parts, inForce)
  const judged = latecomers.flatMap((late) => {
    const verdict = judgeLater(file, request, late, now)
    // What joins without AWS having been asked was not foreseen: it is still due, and comes again.
    return verdict === null || (verdict.outcome === 'joined' && observed === null) ? [] : [{ late, verdict }]
  })
  const asked = await askLater(tx, request, judged.flatMap(toAsk), hash, now)
  if (observed !== null && !(observed instanceof SallyportError))
    await join(tx, { request, observed, actor: catalogActor, now, deploymentId: parts.deploymentId }, judged)
  const rows = judged.map(({ late, verdict }): JudgedLatecomer => {
    const { outcome, rule, detail } = verdict
    if (outcome === 'joined' && observed instanceof SallyportError) {
      return { late, outcome: 'blocked', rule, detail: observed.message, askedId: null }
    }
    return { late, outcome, rule, detail, askedId: asked.get(late) ?? null }
  })
  await saveLaterMatches(tx, request, rows, hash)
}

interface Judged {
  readonly late: Latecomer
  readonly verdict: LaterVerdict
}

const toAsk = ({ late, verdict }: Judged): ToAsk[] => (verdict.outcome === 'asked' ? [{ late, verdict }] : [])

/** Opens grants for what joins: until the end of what it joins, or as long as its rule allows if that is less. */
async function join(tx: Tx, granting: Granting, judged: readonly Judged[]): Promise<void> {
  const granted = judged.flatMap(({ late, verdict }): Granted[] => {
    if (verdict.outcome !== 'joined') return []
    const { judgement, span } = verdict
    const longest = new Date(span.startsAt.getTime() + judgement.durationLongest * 1_000)
    const endsAt = longest < span.endsAt ? longest : span.endsAt
    const { stages, notifyBefore } = judgement
    return [{ ...entitlementOf(late, granting.request.entitlements.length), startsAt: span.startsAt, endsAt, notifyBefore, stages }]
  })
  if (granted.length > 0) await grantEntitlements(tx, { ...granting, granted })
}
