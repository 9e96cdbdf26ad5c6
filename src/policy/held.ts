import { hashDocument, type PolicyDocuments } from './document.ts'

/** A policy of Sallyport's as IAM holds it. */
export interface HeldPolicy {
  /** Of a managed policy: its default version's. */
  readonly document: string
  /** Null for an inline policy. */
  readonly managed: {
    /** Whether it is attached to the target; without that it allows nothing. */
    readonly attached: boolean
    /** The default version, such as `v3`. */
    readonly version: string
    /** Its other versions, the oldest first. */
    readonly spares: readonly string[]
    /** Somebody has attached it here, though it is another target's: all that can be done to it here is to detach it. */
    readonly stray?: true
  } | null
}

/** Sallyport's policies on one target by name, or for one. */
export type HeldPolicies = ReadonlyMap<string, HeldPolicy>

/** What the policies that have an effect say. */
export const effective = (held: HeldPolicies): PolicyDocuments =>
  new Map([...held].flatMap(([name, policy]) => (policy.managed?.attached === false ? [] : [[name, policy.document]])))

/**
 * A policy's state, to be compared and put on record: the SHA-256 of its document, with `detached:` before it if it is a
 * managed policy that is not attached; null if there is none.
 */
export const stateOf = (policy: HeldPolicy | undefined): string | null => (policy === undefined ? null : stateOfHeld(policy))

function stateOfHeld({ document, managed }: HeldPolicy): string {
  const hash = hashDocument(document)
  return managed?.attached === false ? `detached:${hash}` : hash
}

/** The states of policies that are held. */
export const statesHeld = (held: HeldPolicies): ReadonlyMap<string, string> =>
  new Map([...held].map(([name, policy]) => [name, stateOfHeld(policy)]))

/** The states of policies that say this and have an effect. */
export const statesOf = (documents: PolicyDocuments): ReadonlyMap<string, string> =>
  new Map([...documents].map(([name, document]) => [name, hashDocument(document)]))
