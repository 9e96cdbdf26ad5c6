import type { Caller } from './caller.ts'
import type { Parameters } from './protocol/parameters.ts'
import type { XmlElement } from './protocol/xml.ts'
import type { AccountState, State } from './state.ts'

/** Who calls from where, and what can be touched. */
export interface Context {
  readonly caller: Caller
  readonly region: string
  readonly partition: string
  readonly state: State
  /** The caller's account. */
  readonly account: AccountState
}

/** One call of the query protocol, read and authenticated. */
export interface Call extends Context {
  readonly parameters: Parameters
}

/** Only a `write` may change the state. */
export type Effect = 'read' | 'write' | 'none'

/** An operation of a service: what it answers (null: nothing), or a thrown Refusal. */
export interface Action {
  readonly effect: Effect
  readonly run: (call: Call) => XmlElement | null
}

export type Actions = readonly (readonly [name: string, action: Action])[]

export interface Service {
  readonly namespace: string
  readonly version: string
  readonly actions: ReadonlyMap<string, Action>
  /** Throws AccessDenied unless the caller may make this call; without it the service leaves that to each action. */
  readonly authorize?: (name: string, call: Call) => void
}

export const reads = (run: Action['run']): Action => ({ effect: 'read', run })
export const writes = (run: Action['run']): Action => ({ effect: 'write', run })
