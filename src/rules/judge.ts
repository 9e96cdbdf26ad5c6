import type { AllowRule, Rule, Stage } from '../kernel/rule.ts'
import { unmetDemand } from './demands.ts'
import { approvalsIn, durationIn, type ReviewTerms, reviewIn, unmetManner } from './manner.ts'
import type { AskedEntitlement, Question } from './question.ts'
import { allowParts, denies } from './rule-parts.ts'
import { unionOfStages } from './stages.ts'

/** Why one entitlement is refused: the rule that denies it, that wants to be told more, or that came nearest to allowing it. */
interface Refusal {
  readonly position: number
  readonly rule: string | null
  readonly because: 'deny' | 'no_rule' | 'reason' | 'ticket' | 'emergency' | 'standing' | 'extension'
  readonly detail: string
}

export type Judgement =
  | { readonly allowed: false; readonly refusals: readonly Refusal[] }
  | {
      readonly allowed: true
      readonly matched: readonly { readonly position: number; readonly rule: string }[]
      /** None: no approval is needed. */
      readonly stages: readonly Stage[]
      /** Whole seconds, as are the next three. */
      readonly durationDefault: number
      readonly durationLongest: number
      readonly waits: number
      readonly startsWithin: number
      /** Whole seconds before the end; of several rules the longest. */
      readonly notifyBefore: number
      /** What becomes of it once it is granted, for emergency and standing access; null for ordinary access. */
      readonly review: ReviewTerms | null
      /** How often an extension may be had, and to how many seconds in all; null for everything else. */
      readonly extensions: { readonly count: number; readonly total: number } | null
      /** The sources of tickets by which approvers may decide. */
      readonly decisionsFrom: readonly string[]
    }

/**
 * What the rules say to a question. Each entitlement is judged by itself: any deny that touches it refuses
 * it, otherwise the first allow in file order that contains it decides, if it is told what it demands, otherwise it is refused. One refusal
 * refuses the whole. Several rules together need the approvals of each and keep to the smallest limits.
 */
export function judge(rules: readonly Rule[], question: Question): Judgement {
  const found = question.entitlements.map((entitlement) => ({ entitlement, verdict: judgeOne(rules, question, entitlement) }))
  const refusals = found.flatMap(({ verdict }) => ('because' in verdict ? [verdict] : []))
  const matches = found.flatMap(({ entitlement, verdict }) =>
    'because' in verdict ? [] : [{ position: entitlement.position, rule: verdict }],
  )
  // Nothing asked for is nothing allowed; it also leaves the minima below defined.
  if (refusals.length > 0 || matches.length === 0) return { allowed: false, refusals }
  const matched = matches.map(({ position, rule }) => ({ position, rule: rule.name }))
  const review = reviewIn(
    matches.map(({ rule }) => rule),
    question.manner,
  )
  if (review === 'mixed')
    return { allowed: false, refusals: matches.map(({ position, rule }) => reviewedByOthers(question, position, rule)) }
  const [first, ...others] = matches.map(({ rule }) => rule.decisionsFrom)
  const least = (limit: (rule: AllowRule) => number): number => Math.min(...matches.map(({ rule }) => limit(rule)))
  return {
    allowed: true,
    matched,
    stages: question.manner === 'emergency' ? [] : unionOfStages(matches.map(({ rule }) => approvalsIn(rule, question.manner))),
    durationDefault: least((rule) => durationIn(rule, question.manner).default),
    durationLongest: least((rule) => durationIn(rule, question.manner).longest),
    waits: least((rule) => rule.waits),
    startsWithin: least((rule) => rule.startsWithin),
    notifyBefore: Math.max(...matches.map(({ rule }) => rule.notifyBefore)),
    review,
    extensions:
      question.manner === 'extension'
        ? { count: least(({ extensions }) => extensions?.count ?? 0), total: least(({ extensions }) => extensions?.total ?? 0) }
        : null,
    decisionsFrom: (first ?? []).filter((source) => others.every((each) => each.includes(source))),
  }
}

function reviewedByOthers({ manner }: Question, position: number, { name }: AllowRule): Refusal {
  const because = manner === 'emergency' ? 'emergency' : 'standing'
  return { position, rule: name, because, detail: 'Different people review the parts of it: ask for what each rule gives by itself.' }
}

function judgeOne(rules: readonly Rule[], question: Question, entitlement: AskedEntitlement): AllowRule | Refusal {
  const { position, database, place, dbUser } = entitlement
  const where = database === null ? `every database of ${place.region} in ${place.accountId}` : database.identifier
  const what = `${dbUser === '*' ? 'every user' : dbUser} on ${where}`
  const allows: AllowRule[] = []
  for (const rule of rules) {
    if (rule.effect === 'allow') allows.push(rule)
    else if (denies(rule, question, entitlement))
      return { position, rule: rule.name, because: 'deny', detail: `Rule ${rule.name} denies ${what}.` }
  }
  const candidates = allows.map((rule) => {
    const mismatches = allowParts(rule, question, entitlement).filter(({ mismatch }) => mismatch !== null)
    return { rule, mismatches, forThem: mismatches.every(({ part }) => part !== 'who') }
  })
  const match = candidates.find(({ mismatches }) => mismatches.length === 0)
  if (match !== undefined) {
    const unmet = unmetDemand(match.rule, question) ?? unmetManner(match.rule, question)
    return unmet === null ? match.rule : { position, rule: match.rule.name, because: unmet.field, detail: unmet.message }
  }
  // Sorting is stable: of two equally near, the first in the file is named.
  const [nearest] = candidates.sort((a, b) => a.mismatches.length - b.mismatches.length || Number(b.forThem) - Number(a.forThem))
  if (nearest === undefined)
    return { position, rule: null, because: 'no_rule', detail: `No rule allows ${what}: there are no rules that allow anything.` }
  const reasons = nearest.mismatches.map(({ mismatch }) => mismatch).join('; ')
  return {
    position,
    rule: nearest.rule.name,
    because: 'no_rule',
    detail: `No rule allows ${what}. The nearest is ${nearest.rule.name}: ${reasons}.`,
  }
}
