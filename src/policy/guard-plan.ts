import { readGuard } from './guard.ts'
import type { HeldPolicy } from './held.ts'
import { applyWrite, type Phase, type Plan, type PolicyChange, type PolicyWrite, writeOf } from './plan.ts'
import { changeTo, removal } from './policy-changes.ts'
import { readDocument } from './read-document.ts'
import { listsWhole } from './relate.ts'

/** A guard as it should be and as it is; null: there should be none. */
export interface GuardChange {
  readonly name: string
  readonly desired: string | null
  readonly held: HeldPolicy | undefined
}

/**
 * One plan out of that for what a target is allowed (see `diff`) and the change of its guard. What a guard denies goes the
 * other way round from what a policy allows: it comes first where something ends, and last where something is granted.
 *
 * - A guard that lets through what has ended, or that somebody has changed, is replaced before all else, by one that lets
 *   through all that is granted: so it never denies for a moment what is granted and stays.
 * - One that only has to let more through is replaced when that is allowed.
 * - One that must be made or attached is what AWS may refuse for want of room: it comes after what has ended is taken out,
 *   which it must not hold up, and before anything is added.
 * - One that is no longer wanted goes last, or first if somebody has made it allow something.
 */
export function withGuard(policies: Plan, change: GuardChange): Plan {
  const writes = writesFor(change)
  const [first] = writes
  if (first === undefined) return policies
  if (first.phase === 1 && change.held?.managed?.attached === true) return [...writes, ...policies]
  const after = policies.filter(({ phase }) => phase > first.phase)
  return [...policies.filter((write) => !after.includes(write)), ...writes, ...after]
}

function writesFor({ name, desired, held }: GuardChange): readonly PolicyWrite[] {
  const writes: PolicyWrite[] = []
  let now = new Map(held === undefined ? [] : [[name, held]])
  const make = (phase: Phase, changes: readonly PolicyChange[]): void => {
    for (const change of changes) {
      const write = writeOf(phase, name, change, now.get(name))
      writes.push(write)
      now = new Map(applyWrite(now, write))
    }
  }

  const attached = held?.managed?.attached === true
  if (desired !== null) {
    if (!attached || held.document !== desired) make(attached && onlyGrows(held.document, desired) ? 2 : 1, changeTo(desired, name, held))
    return writes
  }
  if (held === undefined) return writes
  const phase = attached && readDocument(held.document).resources.length > 0 ? 1 : 3
  if (attached) make(phase, changeTo(null, name, held))
  make(phase, removal(held))
  return writes
}

/** Whether all that a guard lets through now it is to let through. */
function onlyGrows(document: string, desired: string): boolean {
  const [standing, wanted] = [readGuard(document), readGuard(desired)]
  return standing !== null && wanted !== null && standing.every((resource) => listsWhole(wanted, resource, '2012-10-17'))
}
