import { type PolicyDocuments, printDocument } from './document.ts'
import { effective, type HeldPolicies } from './held.ts'
import { applyWrite, type Phase, type Plan, type PolicyChange, type PolicyWrite, writeOf } from './plan.ts'
import { changeTo, removal } from './policy-changes.ts'
import { mayAllow, readDocument } from './read-document.ts'

/**
 * The calls that make the policies held equal to the desired documents, byte for byte, and leave none besides; none if
 * they are. `desired` must come from compile; `held` must be the policies of this deployment on the target and no others.
 *
 * INVARIANT: after each call, whatever was allowed and is granted still is, and nothing is allowed that is neither
 * granted nor was before. After phase 1 nothing is allowed that is not granted. (With several documents this holds as
 * long as nobody has written into one a Deny of what another allows: it goes when its own document is mended.)
 *
 * Phase 1 makes a document that compile wrote only shorter, so that no quota can refuse it: an addition that cannot be
 * made holds up no removal. A document that somebody has changed is replaced in phase 1 by as much of what is granted
 * as it may have allowed and no other document does; where that cannot be read, by all of that. A policy of another
 * target's is detached; what it allows here is not what was granted here.
 */
export function diff(desired: PolicyDocuments, held: HeldPolicies): Plan {
  const plan: PolicyWrite[] = []
  let now = held

  const make = (phase: Phase, name: string, changes: readonly PolicyChange[]): void => {
    for (const change of changes) {
      const write = writeOf(phase, name, change, now.get(name))
      plan.push(write)
      now = applyWrite(now, write)
    }
  }
  const say = (phase: Phase, name: string, document: string | null): void =>
    make(phase, name, document === (effective(now).get(name) ?? null) ? [] : changeTo(document, name, now.get(name)))

  const granted = new Map(byName(desired).map(([name, document]) => [name, compiledResources(document)]))
  const allGranted = new Set([...granted.values()].flat())

  /** Granted elsewhere, and standing there for certain. */
  const standsBeside = (name: string) => {
    const here = new Set(granted.get(name))
    const beside = new Set([...effective(now)].flatMap(([other, document]) => (other === name ? [] : ownResources(document))))
    return (arn: string) => beside.has(arn) && !here.has(arn)
  }

  for (const [name, { managed }] of byName(held)) if (managed?.stray === true) make(1, name, [{ operation: 'detach_policy' }])

  for (const [name, document] of byName(effective(now))) {
    const reading = readDocument(document)
    if (reading.ours && reading.resources.every((resource) => allGranted.has(resource))) continue
    const beside = standsBeside(name)
    say(1, name, printDocument([...allGranted].filter(mayAllow(reading)).filter((arn) => !beside(arn))))
  }

  for (const [name, resources] of granted) {
    const document = effective(now).get(name)
    const standingHere = new Set(document === undefined ? [] : readDocument(document).resources)
    const allStanding = resources.every((resource) => standingHere.has(resource))
    if (!allStanding) say(2, name, printDocument([...standingHere, ...resources]))
  }

  for (const [name] of byName(effective(now))) say(3, name, desired.get(name) ?? null)
  for (const [name, policy] of byName(now)) if (!desired.has(name)) make(3, name, removal(policy))

  return plan
}

/** The ARNs of a document that compile made. Any other is a fault of the caller's, and planning stops before it does harm. */
function compiledResources(document: string): readonly string[] {
  const { ours, resources } = readDocument(document)
  if (!ours) throw new Error('diff was given a desired document that compile did not make')
  return resources
}

/** What a document allows for certain: nothing, if somebody has changed it. */
function ownResources(document: string): readonly string[] {
  const { ours, resources } = readDocument(document)
  return ours ? resources : []
}

/** In the order of the names' code units, so that equal inputs give equal plans. */
const byName = <Value>(policies: ReadonlyMap<string, Value>): [name: string, policy: Value][] =>
  [...policies].sort(([one], [other]) => (one < other ? -1 : 1))
