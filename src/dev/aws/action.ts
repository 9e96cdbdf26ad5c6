import type { Caller } from './caller.ts'
import type { Parameters } from './protocol/parameters.ts'
import type { XmlElement } from './protocol/xml.ts'
import type { AccountState, State } from './state.ts'

/** One call, read and authenticated. */
export interface Call {
  readonly parameters: Parameters
  readonly caller: Caller
  readonly region: string
  readonly partition: string
  readonly state: State
  /** The caller's account. */
  readonly account: AccountState
}

/** An operation of a service: what it answers (null: nothing), or a thrown Refusal. Only a `write` may change the state. */
export interface Action {
  readonly effect: 'read' | 'write' | 'none'
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
