import type { Person } from '../kernel/actor.ts'
import { type Escalation, includes, type Stage, turnOf, type Who } from '../kernel/rule.ts'
import { tally } from './tally.ts'

/** An approval, and when it was given. */
export interface GivenApproval {
  readonly person: Person
  readonly at: Date
}

/** How long something has waited for approvals: since it was asked for, and until when that is known; null: nothing is known yet. */
export interface Wait {
  readonly since: Date
  readonly until: Date | null
}

/** A stage of something that waits: `from` are those whom it asks now. */
export interface WaitingStage extends Stage {
  /** When it escalates, or did; null: never, or its turn has not come. */
  readonly escalatesAt: Date | null
  readonly escalated: boolean
}

/**
 * The stages as they are after a wait: those that have waited for so long since their turn came ask others too. The first turn
 * comes with the asking, each other with the approval that completes the one before; approvals are in the order in which they were given.
 */
export function escalate(
  stages: readonly Stage[],
  approvals: readonly GivenApproval[],
  excluded: ReadonlySet<string>,
  { since, until }: Wait,
): readonly WaitingStage[] {
  const people = approvals.map(({ person }) => person)
  let waiting: readonly WaitingStage[] = stages.map((stage) => ({ ...stage, escalatesAt: null, escalated: false }))
  let came: Date | null = since
  for (const turn of [...new Set(stages.map(turnOf))].sort((one, other) => one - other)) {
    if (came === null) break
    const start = came
    waiting = waiting.map((stage) => (turnOf(stage) === turn ? afterWait(stage, start, until) : stage))
    const sofar = waiting.filter((stage) => turnOf(stage) <= turn)
    came = approvals.find((_, index) => tally(sofar, people.slice(0, index + 1), excluded).satisfied)?.at ?? null
  }
  return waiting
}

function afterWait(stage: WaitingStage, start: Date, until: Date | null): WaitingStage {
  if (stage.escalate === undefined) return stage
  const escalatesAt = new Date(start.getTime() + stage.escalate.after * 1_000)
  const escalated = until !== null && escalatesAt <= until
  return { ...stage, ...(escalated ? asking(stage) : {}), escalatesAt, escalated }
}

/** The stages as they will be if nobody approves before `deadline`: those that could still escalate ask others too. */
export const escalatedBy = (stages: readonly WaitingStage[], deadline: Date): readonly WaitingStage[] =>
  stages.map((stage) => (stage.escalatesAt === null || stage.escalatesAt < deadline ? { ...stage, ...asking(stage) } : stage))

/** Whether somebody is to be asked by a stage that has not escalated. */
export const asksLater = ({ escalate: to, escalated }: WaitingStage, person: Person): boolean =>
  to !== undefined && !escalated && includes(to.to, person)

const asking = ({ from, escalate: to }: Stage): { readonly from: Who } => ({ from: to === undefined ? from : both(from, to.to) })

const both = (one: Who, other: Who): Who => ({
  groups: [...new Set([...one.groups, ...other.groups])],
  people: [...new Set([...one.people, ...other.people])],
})

/** The escalation that two rules agree on for the same place: of those whom both ask, after the longer of the waits. */
export function commonEscalation(one: Escalation | undefined, other: Escalation | undefined): Escalation | undefined {
  if (one === undefined || other === undefined) return undefined
  const to = {
    groups: one.to.groups.filter((group) => other.to.groups.includes(group)),
    people: one.to.people.filter((person) => other.to.people.includes(person)),
  }
  if (to.groups.length + to.people.length === 0) return undefined
  return { after: Math.max(one.after, other.after), to }
}
