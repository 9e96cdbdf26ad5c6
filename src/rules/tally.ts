import type { Person } from '../kernel/actor.ts'
import { includes, type Stage, turnOf } from '../kernel/rule.ts'

export interface Tally {
  readonly satisfied: boolean
  /** Ids of those whose approval fills a place, each filling one. */
  readonly counted: readonly string[]
  /** What is still needed: the same stages with the counts that remain. */
  readonly missing: readonly Stage[]
}

/**
 * Counts approvals, which are in the order in which they were given. Nobody counts twice, those excluded (whoever asked or
 * will use it) never, and within a turn people are placed so that as many places as possible are filled: one who could
 * serve two stages serves the one that others cannot. This is a maximum bipartite matching, grown by augmenting paths
 * (Kuhn's algorithm). An approval counts in the turn in which it was given: one that came before its turn does not.
 */
export function tally(stages: readonly Stage[], approvals: readonly Person[], excluded: ReadonlySet<string>): Tally {
  const { placed } = progress(stages, approvals, excluded)
  const missing = stages.flatMap((stage, index) => {
    const count = stage.count - (placed.get(index)?.length ?? 0)
    return count > 0 ? [{ ...stage, count }] : []
  })
  const counted = [...placed.values()].flat().map((person) => person.id)
  return { satisfied: missing.length === 0, counted: counted.sort(), missing }
}

/**
 * Ids of who could still approve now: those not excluded who have not approved yet and whose approval would fill
 * a place that the approvals so far leave open, whose turn it is, others moving to another stage if need be.
 */
export function approversOf(
  stages: readonly Stage[],
  people: readonly Person[],
  excluded: ReadonlySet<string>,
  approvals: readonly Person[] = [],
): readonly string[] {
  const { placed, turn } = progress(stages, approvals, excluded)
  const approved = new Set(approvals.map((person) => person.id))
  return able(people, excluded)
    .filter((person) => !approved.has(person.id) && seat(stages, turn, copy(placed), person, new Set()))
    .map((person) => person.id)
}

/** How one stage stands. */
export interface StageStanding<Of extends Stage = Stage> {
  readonly stage: Of
  readonly filledBy: readonly string[]
  /** `open`: it is its turn; `later`: others come first. */
  readonly state: 'complete' | 'open' | 'later'
  /** Ids of those who could fill a place of it: now, or when its turn comes. */
  readonly approvers: readonly string[]
}

/** How each of the stages stands, in their order. */
export function stagesNow<Of extends Stage>(
  stages: readonly Of[],
  people: readonly Person[],
  excluded: ReadonlySet<string>,
  approvals: readonly Person[] = [],
): readonly StageStanding<Of>[] {
  const { placed, turn } = progress(stages, approvals, excluded)
  const approved = new Set(approvals.map((person) => person.id))
  const now = new Set(approversOf(stages, people, excluded, approvals))
  return stages.map((stage, index) => {
    const filledBy = (placed.get(index) ?? []).map(({ id }) => id)
    const state = filledBy.length >= stage.count ? 'complete' : turnOf(stage) > turn ? 'later' : 'open'
    const free = able(people, excluded).filter((person) => !approved.has(person.id) && includes(stage.from, person))
    const could = state === 'complete' ? [] : state === 'open' ? free.filter(({ id }) => now.has(id)) : free
    return { stage, filledBy, state, approvers: could.map(({ id }) => id) }
  })
}

interface Progress {
  readonly placed: Placement
  /** Whose turn it is; the last, if all of them are over. */
  readonly turn: number
}

/** Turn by turn: what completes one is the last that counts for it, and what comes after that counts for the next. */
function progress(stages: readonly Stage[], approvals: readonly Person[], excluded: ReadonlySet<string>): Progress {
  const turns = [...new Set(stages.map(turnOf))].sort((one, other) => one - other)
  const placed: Placement = new Map()
  let rest = approvals
  for (const turn of turns) {
    const completing =
      turn === turns.at(-1) ? -1 : rest.findIndex((_, index) => isComplete(stages, turn, rest.slice(0, index + 1), excluded, placed))
    const given = completing < 0 ? rest : rest.slice(0, completing + 1)
    for (const [index, people] of place(stages, turn, unused(given, excluded, placed))) placed.set(index, people)
    if (completing < 0) return { placed, turn }
    rest = rest.slice(completing + 1)
  }
  return { placed, turn: 1 } // there are no stages
}

function isComplete(
  stages: readonly Stage[],
  turn: number,
  given: readonly Person[],
  excluded: ReadonlySet<string>,
  before: Placement,
): boolean {
  const placed = place(stages, turn, unused(given, excluded, before))
  return stages.every((stage, index) => turnOf(stage) !== turn || placed.get(index)?.length === stage.count)
}

/** Those who may approve and did not serve in a turn before. */
function unused(given: readonly Person[], excluded: ReadonlySet<string>, before: Placement): readonly Person[] {
  const served = [...before.values()].flat().map(({ id }) => id)
  return able(given, new Set([...excluded, ...served]))
}

/** Who fills a place of each stage, by the stage's index. */
type Placement = Map<number, Person[]>

const copy = (placement: Placement): Placement => new Map([...placement].map(([index, people]) => [index, [...people]]))

/** Each once, in the order of ids, so that the order of approvals changes nothing. */
const able = (people: readonly Person[], excluded: ReadonlySet<string>): readonly Person[] =>
  [...new Map(people.filter((person) => !excluded.has(person.id)).map((person) => [person.id, person])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )

function place(stages: readonly Stage[], turn: number, people: readonly Person[]): Placement {
  const placement: Placement = new Map()
  for (const person of people) seat(stages, turn, placement, person, new Set())
  return placement
}

/** Finds a place of a turn for one more, moving others to other stages of it if that frees one; answers whether it could. */
function seat(stages: readonly Stage[], turn: number, placement: Placement, person: Person, tried: Set<number>): boolean {
  for (const [index, stage] of stages.entries()) {
    if (turnOf(stage) !== turn || tried.has(index) || !includes(stage.from, person)) continue
    tried.add(index)
    const seated = placement.get(index) ?? []
    const leaving = seated.length < stage.count ? undefined : seated.find((other) => seat(stages, turn, placement, other, tried))
    if (seated.length >= stage.count && leaving === undefined) continue
    placement.set(index, [...seated.filter((other) => other !== leaving), person])
    return true
  }
  return false
}
