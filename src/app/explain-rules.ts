import { type Hypothesis, loadSallyportFile } from '../config/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { SallyportError } from '../kernel/errors.ts'
import { anyOf, paths, type Stage, turnOf } from '../kernel/rule.ts'
import type { ReviewTerms, RuleReading } from '../rules/index.ts'
import { type Thought, think } from './hypothesis.ts'

export interface ExplainRulesOptions {
  readonly person: string
  readonly for?: string
  readonly principal: string
  readonly path: string
  readonly database: string
  readonly dbUser: string
  readonly reason: string
  readonly ticket?: string
  readonly emergency?: boolean
  readonly standing?: boolean
  readonly json: boolean
}

/** The options of the command as a hypothesis. Throws `unsupported_path`. */
export function hypothesisOf({ for: beneficiary, path, ticket, emergency, standing, json: _, ...rest }: ExplainRulesOptions): Hypothesis {
  const known = paths.find((each) => each === path)
  if (known === undefined) throw new SallyportError('unsupported_path', `There is no path ${path}; there are ${paths.join(' and ')}.`)
  const [system = '', key = ''] = ticket?.split(':') ?? []
  return {
    ...rest,
    beneficiary: beneficiary ?? rest.person,
    path: known,
    manner: emergency === true ? 'emergency' : standing === true ? 'standing' : 'ordinary',
    ticket: ticket === undefined ? null : { system, key },
    duration: null,
  }
}

/** `sallyport rules explain`: answers what to print, and the exit code: 1 if the rules refuse. Throws ConfigError and the codes of think. */
export async function explainRulesCommand(
  path: string,
  ask: Hypothesis,
  { json }: { readonly json: boolean },
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const { file } = await loadSallyportFile(path)
  const thought = think(file, ask)
  const text = json ? JSON.stringify(printThought(thought), null, 2) : inWords(thought)
  return { text, exitCode: thought.judgement.allowed ? 0 : 1 }
}

function printThought({ judgement, reasoning, approvers, stages, later }: Thought) {
  return {
    allowed: judgement.allowed,
    rules: reasoning.readings,
    refusals: judgement.allowed ? [] : judgement.refusals.map(({ rule, detail }) => ({ rule, detail })),
    approvalsNeeded: stages.map(({ stage: { from, count, turn, escalate }, approvers: could }) => ({
      from,
      count,
      turn: turn ?? 1,
      approvers: could,
      escalation: escalate === undefined ? null : { to: escalate.to, after: formatDuration(escalate.after) },
    })),
    approvers,
    approversLater: later,
    duration: judgement.allowed
      ? { default: formatDuration(judgement.durationDefault), longest: formatDuration(judgement.durationLongest) }
      : null,
    notifyBefore: judgement.allowed ? formatDuration(judgement.notifyBefore) : null,
    review: judgement.allowed ? judgement.review : null,
    waits: judgement.allowed ? formatDuration(judgement.waits) : null,
  }
}

/** The reasoning in lines, for people: each rule in the order of the file, then what comes of it. */
export function inWords({ judgement, reasoning: { readings }, approvers, later }: Thought): string {
  const width = Math.max(...readings.map(({ rule }) => rule.length), 0)
  const lines = readings.map((reading) => `  ${reading.rule.padEnd(width)}  ${reading.effect.padEnd(5)}  ${said(reading)}`)
  const inOrder = judgement.allowed && judgement.stages.some((stage) => turnOf(stage) > 1)
  const places = judgement.allowed ? judgement.stages.reduce((sum, { count }) => sum + count, 0) : 0
  const needed = judgement.allowed ? judgement.stages.map(inStage).join(inOrder ? ', then ' : ', and ') : ''
  const conclusion = judgement.allowed
    ? [
        `Allowed by ${judgement.matched.map(({ rule }) => rule).join(', ')}.`,
        judgement.stages.length === 0
          ? '  approvals  none: it is granted at once'
          : `  approvals  ${needed}${places > 1 ? ', by different people' : ''}`,
        ...(judgement.stages.length === 0
          ? []
          : [`  who could  ${approvers.length === 0 ? 'nobody: it would wait in vain' : approvers.join(', ')}`]),
        ...(later.length === 0 ? [] : [`  later too  ${later.join(', ')}`]),
        judgement.review?.kind === 'standing'
          ? '  duration   without an end, for as long as it is kept'
          : `  duration   ${formatDuration(judgement.durationDefault)} unless said, at most ${formatDuration(judgement.durationLongest)}`,
        ...(judgement.review?.kind === 'standing' ? [] : [`  notice     ${formatDuration(judgement.notifyBefore)} before the end`]),
        ...(judgement.review === null ? [] : [`  review     ${reviewInWords(judgement.review)}`]),
        ...(judgement.stages.length === 0 ? [] : [`  waits      ${formatDuration(judgement.waits)} for its decision`]),
      ]
    : judgement.refusals.map(({ detail }) => `Refused. ${detail}`)
  return [...lines, ...conclusion].join('\n')
}

function said({ result, because }: RuleReading): string {
  const results = {
    denies: 'denies it',
    decides: 'allows it, and decides',
    overruled: 'would allow it, and another rule comes first',
  } as const
  return result === 'does_not_match' ? `does not match: ${because.join('; ')}` : results[result]
}

function inStage({ from, count, escalate }: Stage): string {
  const later = escalate === undefined ? '' : ` (after a wait of ${formatDuration(escalate.after)} also of ${anyOf(escalate.to)})`
  return `${count} of ${anyOf(from)}${later}`
}

function reviewInWords(review: ReviewTerms): string {
  if (review.kind === 'emergency') return `afterwards, by ${anyOf(review.reviewers)}`
  return `every ${formatDuration(review.every)}, by ${anyOf(review.reviewers)}, who are asked ${formatDuration(review.remindBefore)} before; unreviewed, it ends`
}
