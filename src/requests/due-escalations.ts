import { isDeepStrictEqual } from 'node:util'
import type { SallyportFile } from '../config/index.ts'
import { type Escalation, turnOf } from '../kernel/rule.ts'
import { standing } from './judging.ts'
import type { Escalated, Request } from './request.ts'

/** A stage that is to ask others too from now on. */
export type DueStage = Omit<Escalated, 'at'> & Pick<Escalation, 'after'>

/**
 * What has waited for so long, by the rules and the people of now, that others are to be asked, and has not been recorded; and when that
 * will be next, as far as it is known: the turn of a later stage comes with a decision. Pure.
 */
export function dueEscalations(
  file: SallyportFile,
  request: Request,
  now: Date,
): { readonly due: readonly DueStage[]; readonly nextAt: Date | null } {
  const open = standing(file, request, request.decisions).stages.flatMap(({ stage, state }) => {
    const { escalate, escalatesAt, escalated, from } = stage
    if (escalate === undefined || escalatesAt === null || state !== 'open') return []
    const asked = { turn: turnOf(stage), from, to: escalate.to }
    return escalated && isRecorded(request, asked) ? [] : [{ at: escalatesAt, stage: { ...asked, after: escalate.after } }]
  })
  const later = open.flatMap(({ at }) => (at > now ? [at.getTime()] : []))
  return {
    due: open.flatMap(({ at, stage }) => (at <= now ? [stage] : [])),
    nextAt: later.length === 0 ? null : new Date(Math.min(...later)),
  }
}

/** Rules that changed may let one be in force already that nobody was told of. */
const isRecorded = ({ escalations }: Request, { turn, to }: Pick<Escalated, 'turn' | 'to'>): boolean =>
  escalations.some((each) => each.turn === turn && isDeepStrictEqual(each.to, to))
