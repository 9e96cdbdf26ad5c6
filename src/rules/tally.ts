import type { Person } from '../kernel/actor.ts'
import { includes, type Stage } from '../kernel/rule.ts'

export interface Tally {
  readonly satisfied: boolean
  /** Ids of those whose approval fills a place, each filling one. */
  readonly counted: readonly string[]
  /** What is still needed: the same stages with the counts that remain. */
  readonly missing: readonly Stage[]
}

/**
 * Counts approvals. Nobody counts twice, those excluded (whoever asked or will use it) never, and people are
 * placed so that as many places as possible are filled: one who could serve two stages serves the one that
 * others cannot. This is a maximum bipartite matching, grown by augmenting paths (Kuhn's algorithm).
 */
export function tally(stages: readonly Stage[], approvals: readonly Person[], excluded: ReadonlySet<string>): Tally {
  const placed = place(stages, able(approvals, excluded))
  const missing = stages.flatMap((stage, index) => {
    const count = stage.count - (placed.get(index)?.length ?? 0)
    return count > 0 ? [{ ...stage, count }] : []
  })
  const counted = [...placed.values()].flat().map((person) => person.id)
  return { satisfied: missing.length === 0, counted: counted.sort(), missing }
}

/**
 * Ids of who could still approve: those not excluded who have not approved yet and whose approval would fill
 * a place that the approvals so far leave open, others moving to another stage if need be.
 */
export function approversOf(
  stages: readonly Stage[],
  people: readonly Person[],
  excluded: ReadonlySet<string>,
  approvals: readonly Person[] = [],
): readonly string[] {
  const sofar = place(stages, able(approvals, excluded))
  const approved = new Set(approvals.map((person) => person.id))
  return able(people, excluded)
    .filter((person) => !approved.has(person.id) && seat(stages, copy(sofar), person, new Set()))
    .map((person) => person.id)
}

/** Who fills a place of each stage, by the stage's index. */
type Placement = Map<number, Person[]>

const copy = (placement: Placement): Placement => new Map([...placement].map(([index, people]) => [index, [...people]]))

/** Each once, in the order of ids, so that the order of approvals changes nothing. */
const able = (people: readonly Person[], excluded: ReadonlySet<string>): readonly Person[] =>
  [...new Map(people.filter((person) => !excluded.has(person.id)).map((person) => [person.id, person])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )

function place(stages: readonly Stage[], people: readonly Person[]): Placement {
  const placement: Placement = new Map()
  for (const person of people) seat(stages, placement, person, new Set())
  return placement
}

/** Finds a place for one more, moving others to other stages if that frees one; answers whether it could. */
function seat(stages: readonly Stage[], placement: Placement, person: Person, tried: Set<number>): boolean {
  for (const [index, stage] of stages.entries()) {
    if (tried.has(index) || !includes(stage.from, person)) continue
    tried.add(index)
    const seated = placement.get(index) ?? []
    const leaving = seated.length < stage.count ? undefined : seated.find((other) => seat(stages, placement, other, tried))
    if (seated.length >= stage.count && leaving === undefined) continue
    placement.set(index, [...seated.filter((other) => other !== leaving), person])
    return true
  }
  return false
}
