import { type Stage, turnOf, type Who } from '../kernel/rule.ts'
import { commonEscalation } from './escalation.ts'

/**
 * The approvals that several rules need together. Stages of one rule with the same people add up, because
 * each stage is approved by different people; across rules the larger count is enough for both. Stages in order keep their
 * turns; what a rule wants at once may be met by them in whatever turn they come. A place that several rules want
 * escalates only as all of them let it.
 */
export function unionOfStages(perRule: readonly (readonly Stage[])[]): readonly Stage[] {
  const different = [...new Set(perRule)]
  const inOrder = different.filter((stages) => stages.some((stage) => turnOf(stage) > 1))
  let union: readonly Stage[] = []
  for (const stages of inOrder) union = withPlaces(union, placesOf(stages), (one, other) => turnOf(one) === turnOf(other))
  for (const stages of different.filter((each) => !inOrder.includes(each))) union = withPlaces(union, placesOf(stages), () => true)
  return [...added(union).values()].sort((one, other) => turnOf(one) - turnOf(other))
}

/** A stage of one place for each that there is to fill. */
const placesOf = (stages: readonly Stage[]): readonly Stage[] =>
  stages.flatMap((stage) => Array.from({ length: stage.count }, () => ({ ...stage, count: 1 })))

/**
 * The places of several rules and those of one more. What they both want is one place, paired so that the stricter of one meets the
 * stricter of the other: then who fills the places together fills those of each.
 */
function withPlaces(union: readonly Stage[], more: readonly Stage[], mayPair: (one: Stage, other: Stage) => boolean): readonly Stage[] {
  const pairs = new Map<Stage, Stage>()
  const alone = new Set(more)
  for (const there of [...union].sort(stricterFirst)) {
    const alike = [...alone].filter((place) => whoKey(place.from) === whoKey(there.from) && mayPair(there, place))
    const [place] = alike.sort(stricterFirst)
    if (place === undefined) continue
    alone.delete(place)
    pairs.set(there, { ...there, escalate: commonEscalation(there.escalate, place.escalate) })
  }
  return [...union.map((there) => pairs.get(there) ?? there), ...alone]
}

/** Those first that never ask others, then those that do so last. */
const stricterFirst = (one: Stage, other: Stage): number => patience(other) - patience(one)

const patience = ({ escalate }: Stage): number => escalate?.after ?? Number.MAX_SAFE_INTEGER

/** Whether approvals ask for less than others: of nobody else, of none of them more, in no other order, and of fewer in all. */
export function isLaxer(stages: readonly Stage[], than: readonly Stage[]): boolean {
  const [less, more] = [counts(stages), counts(than)]
  const count = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((sum, each) => sum + each, 0)
  return count(less) < count(more) && [...less].every(([key, wanted]) => wanted <= (more.get(key) ?? 0))
}

function counts(stages: readonly Stage[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const stage of stages) sums.set(placeKey(stage), stage.count + (sums.get(placeKey(stage)) ?? 0))
  return sums
}

const sorted = ({ groups, people }: Who): Who => ({ groups: [...new Set(groups)].sort(), people: [...new Set(people)].sort() })

const whoKey = (who: Who): string => JSON.stringify([sorted(who).groups, sorted(who).people])

const placeKey = (stage: Stage): string => `${turnOf(stage)} ${whoKey(stage.from)}`

function added(stages: readonly Stage[]): ReadonlyMap<string, Stage> {
  const sums = new Map<string, Stage>()
  for (const { escalate, ...stage } of stages) {
    const key = `${placeKey(stage)} ${escalate === undefined ? '' : `${escalate.after} ${whoKey(escalate.to)}`}`
    const asks = escalate === undefined ? {} : { escalate: { ...escalate, to: sorted(escalate.to) } }
    sums.set(key, { ...stage, ...asks, from: sorted(stage.from), count: stage.count + (sums.get(key)?.count ?? 0) })
  }
  return sums
}
