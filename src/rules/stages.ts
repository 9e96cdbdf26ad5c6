import type { Stage } from '../kernel/rule.ts'

/**
 * The approvals that several rules need together. Stages of one rule with the same people add up, because
 * each stage is approved by different people; across rules the larger count is enough for both.
 */
export function unionOfStages(perRule: readonly (readonly Stage[])[]): readonly Stage[] {
  const union = new Map<string, Stage>()
  for (const stages of perRule) {
    for (const [key, stage] of added(stages)) {
      const before = union.get(key)
      if (before === undefined || before.count < stage.count) union.set(key, stage)
    }
  }
  return [...union.values()]
}

/** Whether approvals ask for less than others: of nobody else, of none of them more, and of fewer in all. */
export function isLaxer(stages: readonly Stage[], than: readonly Stage[]): boolean {
  const [less, more] = [added(stages), added(than)]
  const count = (of: ReadonlyMap<string, Stage>) => [...of.values()].reduce((sum, stage) => sum + stage.count, 0)
  return count(less) < count(more) && [...less].every(([key, stage]) => stage.count <= (more.get(key)?.count ?? 0))
}

function added(stages: readonly Stage[]): ReadonlyMap<string, Stage> {
  const sums = new Map<string, Stage>()
  for (const { from, count } of stages) {
    const groups = [...new Set(from.groups)].sort()
    const people = [...new Set(from.people)].sort()
    const key = JSON.stringify([groups, people])
    sums.set(key, { from: { groups, people }, count: count + (sums.get(key)?.count ?? 0) })
  }
  return sums
}
