import { diff } from './diff.ts'
import { hashDocument, type PolicyDocuments } from './document.ts'
import { effective, type HeldPolicies, statesHeld } from './held.ts'
import type { Room } from './pack.ts'
import { applyWrite, type Phase, type PlannedWrite, type PolicyWrite, type SetWrite } from './plan.ts'
import { isManaged } from './policy-name.ts'
import { readDocument } from './read-document.ts'

/** A permission set, and what one account has of it. */
export interface HeldSet {
  /**
   * Sallyport's policies, those of this account: managed ones, attached or not, and what the set's inline policy says of
   * ours for it. All count as having an effect: what is not in effect is as soon as somebody provisions the set.
   */
  readonly policies: HeldPolicies
  /** Those of the managed policies, by name, that the set refers to. */
  readonly references: ReadonlySet<string>
  /** The other accounts that have the set, each with the managed policies, by name, that it has already. */
  readonly elsewhere: ReadonlyMap<string, ReadonlySet<string>>
  /** What the role of the set in this account has of ours; null: there is none, since the set is not provisioned here. */
  readonly role: ProvisionedRole | null
}

export interface ProvisionedRole {
  /** What the inline policy says of ours for this account. */
  readonly inline: string | null
  /** The names of our managed policies that are attached. */
  readonly attached: ReadonlySet<string>
}

/** The name under which provisioning is on record, beside the policies. */
const PROVISIONED = 'provisioned'

const REFERENCE = 'reference '
const PREPARED = 'prepared '

/**
 * The calls that let a permission set give in one account exactly what is desired. `desired` and `room` are as in `diff`;
 * `nothing` is what a managed policy says by which nothing is granted: it stays, because the set refers to it.
 *
 * A set refers to a policy only when every account that has the set has one of that name, since it could not be provisioned
 * otherwise. What is changed on the set has its effect when it is provisioned, which takes its time: a plan ends with that,
 * and what comes after it is planned when it is over. Changes of managed policies need nothing of the kind.
 */
export function diffSet(desired: PolicyDocuments, held: HeldSet, room: Pick<Room, 'inline'>, nothing: string): readonly PlannedWrite[] {
  const policies = diff(desired, held.policies, room, nothing).flatMap(asOfSet)
  const of = (phase: Phase) => policies.filter((write) => write.phase === phase)
  const after = (writes: readonly PolicyWrite[]) => writes.reduce(applyWrite, held.policies)

  const ended = after(of(1))
  const first = provisioning(1, held, { ...held, policies: ended })
  if (first !== null && allowsMore(held.role?.inline ?? null, desired)) return [...of(1), first]

  const references = [...desired.keys()].filter((name) => isManaged(name) && !held.references.has(name))
  const added = after([...of(1), ...of(2)])
  const second = provisioning(2, held, { ...held, policies: added, references: new Set([...held.references, ...references]) })
  const before = [...of(1), ...of(2), ...references.flatMap((policy) => referring(policy, held, nothing))]
  if (second !== null) return [...before, second]

  const third = provisioning(2, held, { ...held, policies: after(policies) })
  return [...before, ...of(3), ...(third === null ? [] : [third])]
}

/** A policy that a set refers to needs no attaching, and from its making on it counts as having an effect. */
function asOfSet(write: PolicyWrite): readonly PolicyWrite[] {
  if (write.operation === 'attach_policy') return []
  return [write.operation === 'create_policy' ? { ...write, after: hashDocument(write.document) } : write]
}

function referring(policy: string, { elsewhere }: HeldSet, nothing: string): readonly SetWrite[] {
  const lacking = [...elsewhere].flatMap(([account, names]) => (names.has(policy) ? [] : [account])).sort()
  const prepare = lacking.map(
    (account): SetWrite => ({
      phase: 2,
      policyName: `${PREPARED}${account} ${policy}`,
      operation: 'prepare_account',
      account,
      policy,
      before: null,
      after: hashDocument(nothing),
    }),
  )
  return [
    ...prepare,
    { phase: 2, policyName: `${REFERENCE}${policy}`, operation: 'attach_reference', policy, before: null, after: REFERRED },
  ]
}

const REFERRED = 'referred'

/** Provisioning, if the role of the set has not yet what the set has; null where there is no role to bring it to. */
function provisioning(phase: Phase, { role }: HeldSet, set: HeldSet): SetWrite | null {
  if (role === null) return null
  const wanted = stateProvisioned(roleAfter(role, set))
  const state = stateProvisioned(role)
  return wanted === state ? null : { phase, policyName: PROVISIONED, operation: 'provision', before: state, after: wanted }
}

/** What a role has once the set, as it is, has been brought to it. What the set no longer refers to, and denies nothing, may stay. */
function roleAfter(role: ProvisionedRole, { policies, references }: HeldSet): ProvisionedRole {
  const inline = [...effective(policies)].find(([name]) => !isManaged(name))?.[1] ?? null
  return { inline, attached: new Set([...role.attached, ...references]) }
}

const stateProvisioned = ({ inline, attached }: ProvisionedRole): string => hashDocument(JSON.stringify([inline, [...attached].sort()]))

/** Whether a document, as far as can be told, lets connect to what is not desired. */
function allowsMore(document: string | null, desired: PolicyDocuments): boolean {
  if (document === null) return false
  const granted = new Set([...desired.values()].flatMap((each) => readDocument(each).resources))
  const { ours, resources } = readDocument(document)
  return !ours || !resources.every((resource) => granted.has(resource))
}

/** The state of each thing of ours by its name, as writes have it on record. */
export function statesOfSet({ policies, references, elsewhere, role }: HeldSet, nothing: string): ReadonlyMap<string, string> {
  return new Map([
    ...statesHeld(policies),
    ...[...references].map((policy): [string, string] => [`${REFERENCE}${policy}`, REFERRED]),
    ...[...elsewhere].flatMap(([account, names]) =>
      [...names].map((policy): [string, string] => [`${PREPARED}${account} ${policy}`, hashDocument(nothing)]),
    ),
    ...(role === null ? [] : [[PROVISIONED, stateProvisioned(role)] as const]),
  ])
}

/** Whether what a write leaves under this name is to be found so again: roles and other accounts change for reasons of their own. */
export const isWatched = (name: string): boolean => name !== PROVISIONED && !name.startsWith(PREPARED)

/** The states that nobody else has any business to change: a reference only if it was made for this account. */
export const watchedOfSet = (states: ReadonlyMap<string, string>, written: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map([...states].filter(([name]) => isWatched(name) && (!name.startsWith(REFERENCE) || written[name] !== undefined)))
