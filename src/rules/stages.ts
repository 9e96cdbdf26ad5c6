import { type Stage, turnOf, type Who } from '../kernel/rule.ts'

/**
 * The approvals that several rules need together. Stages of one rule with the same people add up, because
 * each stage is approved by different people; across rules the larger count is enough for both. Stages in order keep their
 * turns; what a rule wants at once may be met by them in whatever turn they come.
 */
export function unionOfStages(perRule: readonly (readonly Stage[])[]): readonly Stage[] {
  const inOrder = perRule.filter((stages) => stages.some((stage) => turnOf(stage) > 1))
  const union = new Map<string, Stage>()
  for (const stages of inOrder) {
    for (const [key, stage] of added(stages)) {
      if ((union.get(key)?.count ?? 0) < stage.count) union.set(key, stage)
    }
  }
  for (const stages of perRule.filter((each) => !inOrder.includes(each))) {
    for (const [key, stage] of added(stages)) {
      const there = [...union.values()].filter((each) => whoKey(each.from) === whoKey(stage.from))
      const lacking = stage.count - there.reduce((sum, { count }) => sum + count, 0)
      if (lacking > 0) union.set(key, { ...stage, count: lacking + (union.get(key)?.count ?? 0) })
    }
  }
  return [...union.values()].sort((one, other) => turnOf(one) - turnOf(other))
}

/** Whether approvals ask for less than others: of nobody else, of none of them more, in no other order, and of fewer in all. */
export function isLaxer(stages: readonly Stage[], than: readonly Stage[]): boolean {
  const [less, more] = [added(stages), added(than)]
  const count = (of: ReadonlyMap<string, Stage>) => [...of.values()].reduce((sum, stage) => sum + stage.count, 0)
  return count(less) < count(more) && [...less].every(([key, stage]) => stage.count <= (more.get(key)?.count ?? 0))
}

const sorted = ({ groups, people }: Who): Who => ({ groups: [...new Set(groups)].sort(), people: [...new Set(people)].sort() })

const whoKey = (who: Who): string => JSON.stringify([sorted(who).groups, sorted(who).people])

function added(stages: readonly Stage[]): ReadonlyMap<string, Stage> {
  const sums = new Map<string, Stage>()
  for (const stage of stages) {
    const key = `${turnOf(stage)} ${whoKey(stage.from)}`
    sums.set(key, { ...stage, from: sorted(stage.from), count: stage.count + (sums.get(key)?.count ?? 0) })
  }
  return sums
}
