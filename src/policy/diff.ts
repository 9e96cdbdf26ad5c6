import { countedCharacters, type PolicyDocuments, printDocument } from './document.ts'
import { effective, type HeldPolicies } from './held.ts'
import { fitting, type Room } from './pack.ts'
import { applyWrite, type Phase, type PolicyChange, type PolicyWrite, writeOf } from './plan.ts'
import { changeTo, removal } from './policy-changes.ts'
import { isManaged } from './policy-name.ts'
import { MANAGED_QUOTA } from './quota.ts'
import { mayAllow, readDocument } from './read-document.ts'

/**
 * The calls that make the policies held equal to the desired documents, byte for byte, and leave none besides; none if
 * they are. `desired` must come from compile; `held` must be the policies of this deployment on the target and no others;
 * `room` is what the policies of others leave there.
 *
 * INVARIANT: after each call nothing is allowed that is neither granted nor was before, and whatever was allowed and is
 * granted still is, if there is room for it on the way. After phase 1 nothing is allowed that is not granted. (With several
 * documents this holds as long as nobody has written into one a Deny of what another allows: it goes when its own document
 * is mended.)
 *
 * Phase 1 replaces a document that allows more than is granted by as much of what is granted as it may have allowed and no
 * other document does; where that cannot be read, by all of that. What has its place elsewhere (it was covered by a
 * wildcard that ends, or let in by somebody's change) may not fit; then it waits for phase 2, since a document that IAM
 * refuses for its size would leave what has ended in force for ever. So an addition that cannot be made holds up no removal. A policy
 * of another target's is detached; what it allows here is not what was granted here.
 *
 * `nothing` is what a managed policy says that must stay though nothing is granted by it; null: it goes.
 */
export function diff(
  desired: PolicyDocuments,
  held: HeldPolicies,
  room: Pick<Room, 'inline'>,
  nothing: string | null = null,
): readonly PolicyWrite[] {
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

  /** What has its place in this document, and what has it in another. */
  const ownAndGuests = (name: string, arns: readonly string[]): readonly [own: readonly string[], guests: readonly string[]] => {
    const here = new Set(granted.get(name))
    return [arns.filter((arn) => here.has(arn)), arns.filter((arn) => !here.has(arn))]
  }
  const left = (name: string) => (isManaged(name) ? nothing : null)
  const roomIn = (name: string) => (isManaged(name) ? MANAGED_QUOTA : room.inline)

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
    const kept = [...allGranted].filter(mayAllow(reading)).filter((arn) => !beside(arn))
    const [own, guests] = ownAndGuests(name, kept)
    // A document no longer than the one that stands is not refused for its size, whatever others have beside it.
    const limit = Math.max(roomIn(name), countedCharacters(document))
    say(1, name, printDocument(fitting(limit, [], [...own, ...guests])) ?? left(name))
  }

  const standingIn = (name: string) => readDocument(effective(now).get(name) ?? '{"Statement":[]}').resources
  const hasGuests = (name: string) => ownAndGuests(name, standingIn(name))[1].length > 0

  // What a full document has to give up for its own must stand in its own place by then.
  for (const [name, resources] of [...granted].sort(([one], [other]) => Number(hasGuests(one)) - Number(hasGuests(other)))) {
    const standing = new Set(standingIn(name))
    if (resources.every((resource) => standing.has(resource))) continue
    const [, guests] = ownAndGuests(name, [...standing])
    const beside = standsBeside(name)
    const needed = guests.filter((arn) => !beside(arn))
    say(2, name, printDocument([...resources, ...fitting(roomIn(name), resources, [...needed, ...guests.filter(beside)])]))
  }

  for (const [name] of byName(effective(now))) say(3, name, desired.get(name) ?? left(name))
  for (const [name, policy] of byName(now)) if (!desired.has(name) && left(name) === null) make(3, name, removal(policy))

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
