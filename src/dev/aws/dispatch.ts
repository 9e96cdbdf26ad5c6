import { randomUUID } from 'node:crypto'
import type { Context } from './action.ts'
import { type Caller, callerOf } from './caller.ts'
import type { Calls } from './calls.ts'
import type { Faults } from './faults.ts'
import { type Operation, readOperation, type SignedRequest, type Wire, wireOf } from './operation.ts'
import type { Pace } from './pace.ts'
import { partitionOf } from './protocol/credential-scope.ts'
import { Refusal } from './protocol/refusal.ts'
import { accountOf, type State } from './state.ts'
import type { Store } from './store.ts'

/** All that a call can touch. */
export interface World {
  readonly store: Store
  readonly faults: Faults
  readonly calls: Calls
  readonly pace: Pace
}

interface Answer {
  readonly status: number
  readonly requestId: string
  readonly contentType: string
  readonly body: string
}

type Outcome = { readonly print: (requestId: string) => string } | 'lost-request' | 'lost-answer'

/** Answers one call. Null: the connection is to break without an answer. */
export function dispatch(world: World, request: SignedRequest): Answer | null {
  const requestId = randomUUID()
  const operation = orRefusal(() => readOperation(request))
  if (operation instanceof Refusal) return refuse(wireOf(request), operation, requestId)

  const { scope, name, wire } = operation
  const caller = orRefusal(() => world.store.current((state) => callerOf(scope, request.securityToken, state)))
  const outcome = orRefusal(() => perform(world, operation, caller))
  world.calls.add({
    at: new Date().toISOString(),
    requestId,
    service: scope.service,
    action: name,
    account: caller instanceof Refusal ? null : caller.account,
    region: scope.region,
    caller: caller instanceof Refusal ? null : caller.arn,
    outcome: typeof outcome === 'string' ? outcome : outcome instanceof Refusal ? outcome.code : 'ok',
  })
  if (typeof outcome === 'string') return null
  if (outcome instanceof Refusal) return refuse(wire, outcome, requestId)
  return { status: 200, requestId, contentType: wire.contentType, body: outcome.print(requestId) }
}

function perform(world: World, operation: Operation, caller: Caller | Refusal): Outcome {
  const fault = world.faults.take(operation.scope.service, operation.name, operation.effect)
  if (fault?.kind === 'error' || fault?.kind === 'rate') throw new Refusal(fault.status, fault.code, fault.message)
  if (fault?.kind === 'lost-request') return 'lost-request'
  const print = orRefusal(() => run(world, operation, caller, fault?.kind === 'delayed-visibility' ? fault.reads : 0))
  if (fault?.kind === 'lost-answer') return 'lost-answer'
  if (print instanceof Refusal) throw print
  return { print }
}

function run({ store, pace }: World, operation: Operation, caller: Caller | Refusal, hiddenFor: number): (requestId: string) => string {
  if (caller instanceof Refusal) throw caller
  const { scope, tick } = operation
  const act = (state: State) => operation.run(contextOf(operation, caller, state))
  // A change of its own, because time passes even if the call is then refused.
  if (tick) store.change(scope.service, 0, (state) => tick(contextOf(operation, caller, state), pace.calls))
  switch (operation.effect) {
    case 'read':
      return store.read(scope.service, act)
    case 'write':
      return store.change(scope.service, hiddenFor, act)
    case 'none':
      return store.current(act)
  }
}

export const contextOf = ({ scope: { region } }: Operation, caller: Caller, state: State): Context => ({
  caller,
  region,
  partition: partitionOf(region),
  state,
  account: accountOf(state, caller.account),
})

/** The value, or why there is none. Anything thrown that is no Refusal is a failure of the stand-in's own. */
function orRefusal<T>(produce: () => T): T | Refusal {
  try {
    return produce()
  } catch (error) {
    return error instanceof Refusal ? error : new Refusal(500, 'InternalFailure', String(error))
  }
}

const refuse = ({ contentType, refuse: print }: Wire, refusal: Refusal, requestId: string): Answer => ({
  status: refusal.status,
  requestId,
  contentType,
  body: print(refusal, requestId),
})
