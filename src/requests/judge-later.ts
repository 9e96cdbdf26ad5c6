import { isDeepStrictEqual } from 'node:util'
import type { SallyportFile } from '../config/index.ts'
import type { GrantDetails } from '../grants/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Stage } from '../kernel/rule.ts'
import { checkDbUser } from '../policy/index.ts'
import { isLaxer, type Judgement } from '../rules/index.ts'
import { undeclaredUsers } from './declared-users.ts'
import { reasonsOf, type Standing, standing } from './judging.ts'
import { entitlementOf, type Latecomer } from './latecomer.ts'
import { type Request, type RequestEntitlement, resourceOf, type Selector } from './request.ts'

type Allowed = Extract<Judgement, { allowed: true }>

/** From when to when what was approved gives access. */
interface Span {
  readonly startsAt: Date
  readonly endsAt: Date
}

/** What the rules of now say to a latecomer; `span` is what is left of the access that it would share. */
export type LaterVerdict =
  | { readonly outcome: 'waiting' | 'refused' | 'covered' | 'too_wide'; readonly rule: string | null; readonly detail: string }
  | Shares<'joined'>
  | Shares<'asked'>

export interface Shares<Outcome> {
  readonly outcome: Outcome
  readonly rule: string
  readonly detail: string
  readonly judgement: Allowed
  readonly span: Span
}

/**
 * Judges, by the rules of now, a database that came to match what a request names. Pure. Null if nothing of what it would
 * join gives access any more.
 *
 * By tags it joins what was approved if the rule that decides is one that was approved under, or a laxer one, and the
 * approvals given are still enough. Another rule that is as strict does not do: nobody who approves by it has seen this
 * database, and whoever tagged it would have approved in their place. Such a one is to be asked for.
 *
 * What is in a region that was granted as a whole is let in by AWS already: it can only be said whether the rules would.
 */
export function judgeLater(file: SallyportFile, request: Request, late: Latecomer, now: Date): LaterVerdict | null {
  const entitlement = entitlementOf(late, request.entitlements.length)
  const asked = { ...request, entitlements: [...request.entitlements, entitlement] }
  const stand = standing(file, asked, request.decisions, [entitlement.position])
  const byTags = late.selectors.filter(({ tags }) => tags !== null)
  if (byTags.length < late.selectors.length) return reached(stand)
  const { judgement } = stand
  if (!judgement.allowed) return { outcome: 'refused', ...refusal(judgement) }
  const rule = nameIn(judgement)
  const unusable = unusableUser(file, entitlement)
  if (unusable !== null) return { outcome: 'refused', rule, detail: unusable }
  if (request.status === 'pending') {
    return { outcome: 'waiting', rule, detail: `Rule ${rule} applies to it. It is judged again once the request is approved.` }
  }
  const open = byTags.flatMap((selector) => openPart(request, selector, late.dbUser, now) ?? [])
  const judged = open.map(({ positions, span }) => ({ span, obstacle: obstacleTo(file, request, positions, judgement, stand.satisfied) }))
  const best = judged.find(({ obstacle }) => obstacle === null) ?? judged[0]
  if (best === undefined) return null
  const { span, obstacle } = best
  if (span.startsAt.getTime() - now.getTime() > judgement.startsWithin * 1_000) {
    return { outcome: 'refused', rule, detail: `Rule ${rule} applies to it, and does not let an approval go unused until the start.` }
  }
  if (obstacle !== null) return { outcome: 'asked', rule, detail: obstacle, judgement, span }
  return { outcome: 'joined', rule, detail: `Rule ${rule} applies to it, and the approvals given are enough.`, judgement, span }
}

/** What a wildcard reaches. */
function reached({ judgement, satisfied }: Standing): LaterVerdict {
  if (!judgement.allowed) return { outcome: 'too_wide', ...refusal(judgement) }
  const rule = nameIn(judgement)
  if (!satisfied) return { outcome: 'too_wide', rule, detail: needsMore(rule, judgement.stages) }
  return { outcome: 'covered', rule, detail: `Rule ${rule} applies to it, and the approvals given are enough.` }
}

/** The entitlements that a selector stood for, and how long those of them that give access still do so; null if none does. */
function openPart(request: Request, selector: Selector, dbUser: string, now: Date) {
  const entitlements = request.entitlements.filter((each) => each.dbUser === dbUser && isDeepStrictEqual(each.selector, selector))
  const resources = new Set(entitlements.map(resourceOf))
  const granted = request.grants.map((grant) => ({ ...grant, endsAt: approvedEnd(request, grant) }))
  const open = granted.filter(
    ({ resourceArn, status, endsAt }) => resources.has(resourceArn) && status !== 'revoking' && status !== 'ended' && endsAt > now,
  )
  if (open.length === 0) return null
  const least = (times: readonly Date[]) => Math.min(...times.map((time) => time.getTime()))
  const startsAt = new Date(Math.max(now.getTime(), least(open.map((grant) => grant.startsAt))))
  const endsAt = new Date(least(open.map((grant) => grant.endsAt)))
  return { positions: entitlements.map(({ position }) => position), span: { startsAt, endsAt } }
}

/** The end of a grant as its request was approved: what extended it was asked for and approved for that database alone. */
function approvedEnd(
  { manner, durationSeconds, decisions }: Request,
  { startsAt, endsAt }: Pick<GrantDetails, 'startsAt' | 'endsAt'>,
): Date {
  if (manner === 'standing') return endsAt
  const seconds = Math.min(durationSeconds, ...decisions.flatMap((decision) => decision.durationSeconds ?? []))
  return new Date(Math.min(endsAt.getTime(), startsAt.getTime() + seconds * 1_000))
}

/** Why a latecomer may not join what was approved at these positions, or null. */
function obstacleTo(
  file: SallyportFile,
  request: Request,
  positions: readonly number[],
  judgement: Allowed,
  satisfied: boolean,
): string | null {
  const rule = nameIn(judgement)
  const partly = request.decisions.find(
    (decision) => decision.verdict === 'approve' && positions.some((position) => !decision.positions.includes(position)),
  )
  if (partly !== undefined) return `${partly.personId} approved only some of the databases that have the tags.`
  if (!satisfied) return needsMore(rule, judgement.stages)
  if (judgement.stages.length === 0) return null
  const under = [...new Set(request.judgement.matched.flatMap((match) => (positions.includes(match.position) ? match.rule : [])))]
  if (under.includes(rule)) return null
  const laxer = file.rules.some((then) => then.effect === 'allow' && under.includes(then.name) && isLaxer(judgement.stages, then.approvals))
  return laxer ? null : `Rule ${rule} applies to it, and the approvals were given under ${under.join(', ')}.`
}

/** Why nobody can be this user of the database, whatever the rules say; null if somebody can. */
function unusableUser(file: SallyportFile, entitlement: RequestEntitlement): string | null {
  const { database, dbUser } = entitlement
  try {
    if (dbUser !== '*') checkDbUser(dbUser, database?.engine ?? null)
  } catch (error) {
    if (error instanceof SallyportError) return error.message
    throw error
  }
  return undeclaredUsers(file, [entitlement]).find(({ others }) => others === 'refuse')?.detail ?? null
}

const nameIn = ({ matched }: Allowed): string => matched.map(({ rule }) => rule).join(', ')

const refusal = (judgement: Extract<Judgement, { allowed: false }>) => ({
  rule: judgement.refusals[0]?.rule ?? null,
  detail: reasonsOf(judgement),
})

function needsMore(rule: string, stages: readonly Stage[]): string {
  const wanted = stages.map(({ from, count }) => `${count} of ${[...from.groups, ...from.people].join(', ')}`).join(' and ')
  return `Rule ${rule} applies to it and wants the approval of ${wanted}; the approvals given are not enough.`
}
