import type { Plan } from '../policy/index.ts'
import type { States } from './target-plan.ts'
import type { IamWrite } from './write-store.ts'

/** A policy or access role of ours that somebody else has changed: the state in which we left it and the one found. */
export interface Drift {
  readonly policyName: string
  readonly expected: string | null
  readonly found: string | null
}

/** The policies whose state differs from the one last left, where no recent write of ours explains it. */
export function driftIn(held: States, written: Readonly<Record<string, string>>, recent: readonly IamWrite[]): Drift[] {
  const names = [...new Set([...held.keys(), ...Object.keys(written)])].sort()
  return names.flatMap((policyName) => {
    const expected = written[policyName] ?? null
    const found = held.get(policyName) ?? null
    return found === expected || mayBeOurs(policyName, found, recent) ? [] : [{ policyName, expected, found }]
  })
}

/** True if all that a plan starts from may be the state before or after one of these writes: IAM is eventually consistent. */
export const explainedBy = (writes: readonly IamWrite[], rest: Plan): boolean =>
  firstOfEach(rest).every(({ policyName, before }) => mayBeOurs(policyName, before, writes))

/**
 * Whole seconds after which to look again, if IAM only does not show yet what was written; null if some policy is another
 * than it should be for another reason. They double as the writes age: it is looked at seven times or so until IAM has had
 * its minute.
 */
export function waitIn(held: States, wanted: States, recent: readonly IamWrite[], now: Date): number | null {
  const names = [...new Set([...held.keys(), ...wanted.keys()])]
  const waits = names
    .filter((name) => held.get(name) !== wanted.get(name))
    .map((name) => notVisibleYet(name, held.get(name) ?? null, wanted.get(name) ?? null, recent, now))
  return waits.reduce((longest, wait) => (longest === null || wait === null ? null : Math.max(longest, wait)), 1)
}

function notVisibleYet(name: string, found: string | null, desired: string | null, recent: readonly IamWrite[], now: Date): number | null {
  if (!mayBeOurs(name, found, recent)) return null
  const latest = recent.findLast((write) => write.policyName === name && write.outcome === 'done')
  if (latest === undefined || latest.settledAt === null || latest.after !== desired) return null
  return Math.max(1, Math.round((now.getTime() - latest.settledAt.getTime()) / 1_000))
}

const mayBeOurs = (policyName: string, found: string | null, writes: readonly IamWrite[]): boolean =>
  writes.some((write) => write.policyName === policyName && (write.before === found || write.after === found))

const firstOfEach = (plan: Plan): Plan =>
  plan.filter((write, index) => plan.findIndex((other) => other.policyName === write.policyName) === index)
