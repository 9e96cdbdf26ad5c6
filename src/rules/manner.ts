import { type AllowRule, includes, type Manner, type Who } from '../kernel/rule.ts'
import type { Question } from './question.ts'

/** What is to be reviewed, and by whom; times are whole seconds. */
export type ReviewTerms =
  | {
      readonly kind: 'emergency'
      readonly reviewers: Who
      readonly notify: Who & { readonly channels: readonly string[] }
    }
  | { readonly kind: 'standing'; readonly reviewers: Who; readonly every: number; readonly remindBefore: number }

/** Why a rule does not give access in the manner that is asked for, or null if it does. Pure. */
export function unmetManner(
  { name, emergency, standing, extensions }: AllowRule,
  { manner, requester, beneficiary }: Pick<Question, 'manner' | 'requester' | 'beneficiary'>,
): { readonly field: 'emergency' | 'standing' | 'extension'; readonly message: string } | null {
  if (manner === 'standing' && standing === null) {
    return { field: 'standing', message: `Rule ${name} gives no access without an end: name a duration.` }
  }
  if (manner === 'extension' && extensions === null) {
    return { field: 'extension', message: `Rule ${name} gives no extensions: ask for access anew.` }
  }
  if (manner !== 'emergency') return null
  if (emergency === null) return { field: 'emergency', message: `Rule ${name} gives no emergency access: ask without \`emergency\`.` }
  const outside = [requester, beneficiary].find((person) => !includes(emergency.who, person))
  if (outside === undefined) return null
  return { field: 'emergency', message: `Rule ${name} gives ${outside.id} no emergency access: ask without \`emergency\`.` }
}

/** Whom a rule asks in a manner. Pure. */
export const approvalsIn = ({ approvals, extensions }: AllowRule, manner: Manner): AllowRule['approvals'] =>
  manner === 'extension' ? (extensions?.approvals ?? approvals) : approvals

/** How long access lasts in a manner, in seconds; standing access until its first review is due. The rule gives it. Pure. */
export function durationIn({ duration, emergency, standing }: AllowRule, manner: Manner): AllowRule['duration'] {
  if (manner === 'emergency' && emergency !== null) {
    return { default: Math.min(duration.default, emergency.longest), longest: emergency.longest }
  }
  if (manner === 'standing' && standing !== null) return { default: standing.reviewEvery, longest: standing.reviewEvery }
  return duration
}

/**
 * The review that access by these rules needs, null for ordinary access. `mixed` if different people would review
 * parts of it: nobody could sign for the whole. Pure.
 */
export function reviewIn(rules: readonly AllowRule[], manner: Manner): ReviewTerms | null | 'mixed' {
  const terms = rules.flatMap((rule): ReviewTerms[] => {
    if (manner === 'emergency' && rule.emergency !== null) {
      return [{ kind: 'emergency', reviewers: sorted(rule.emergency.review), notify: rule.emergency.notify }]
    }
    if (manner !== 'standing' || rule.standing === null) return []
    const { reviewers, reviewEvery: every, remindBefore } = rule.standing
    return [{ kind: 'standing', reviewers: sorted(reviewers), every, remindBefore }]
  })
  const [first] = terms
  if (first === undefined) return null
  if (terms.some(({ reviewers }) => JSON.stringify(reviewers) !== JSON.stringify(first.reviewers))) return 'mixed'
  return terms.reduce(together)
}

/** The stricter of both: the sooner review, which opens the less early, and everybody who is to be told. */
function together(one: ReviewTerms, other: ReviewTerms): ReviewTerms {
  if (one.kind === 'standing' && other.kind === 'standing') {
    return { ...one, every: Math.min(one.every, other.every), remindBefore: Math.min(one.remindBefore, other.remindBefore) }
  }
  if (one.kind !== 'emergency' || other.kind !== 'emergency') throw new Error('a request is asked for in one manner')
  const both = (part: 'groups' | 'people' | 'channels') => [...new Set([...one.notify[part], ...other.notify[part]])]
  return { ...one, notify: { groups: both('groups'), people: both('people'), channels: both('channels') } }
}

const sorted = ({ groups, people }: Who): Who => ({ groups: [...new Set(groups)].sort(), people: [...new Set(people)].sort() })
