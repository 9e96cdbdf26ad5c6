import { randomUUID } from 'node:crypto'
import { type Caller, callerOf } from './caller.ts'
import type { Calls } from './calls.ts'
import type { ActiveFault, Faults } from './faults.ts'
import { type Operation, readOperation } from './operation.ts'
import { partitionOf } from './protocol/credential-scope.ts'
import { Refusal } from './protocol/refusal.ts'
import { answerXml, refusalXml, type XmlElement } from './protocol/xml.ts'
import { accountOf, type State } from './state.ts'
import type { Store } from './store.ts'

/** All that a call can touch. */
export interface World {
  readonly store: Store
  readonly faults: Faults
  readonly calls: Calls
}

/** What of an HTTP request matters; `form` is its body. */
interface SignedRequest {
  readonly authorization: string | null
  readonly securityToken: string | null
  readonly form: string
}

interface Answer {
  readonly status: number
  readonly requestId: string
  readonly body: string
}

type Outcome = { readonly result: XmlElement | null } | 'lost-request' | 'lost-answer'

/** The namespace of refusals that belong to no service. */
const FAULT_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/** Answers one call of the query protocol. Null: the connection is to break without an answer. */
export function dispatch(world: World, request: SignedRequest): Answer | null {
  const requestId = randomUUID()
  const operation = orRefusal(() => readOperation(request.authorization, request.form))
  if (operation instanceof Refusal) return refuse(FAULT_NAMESPACE, operation, requestId)

  const { scope, service, name } = operation
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
  if (outcome instanceof Refusal) return refuse(service.namespace, outcome, requestId)
  return { status: 200, requestId, body: answerXml(service.namespace, name, outcome.result, requestId) }
}

function perform(world: World, operation: Operation, caller: Caller | Refusal): Outcome {
  const fault = world.faults.take(operation.name, operation.action.effect)
  if (fault?.kind === 'error') throw new Refusal(fault.status, fault.code, fault.message)
  if (fault?.kind === 'lost-request') return 'lost-request'
  const outcome = orRefusal(() => run(world.store, operation, caller, fault))
  if (fault?.kind === 'lost-answer') return 'lost-answer'
  if (outcome instanceof Refusal) throw outcome
  return { result: outcome }
}

function run(
  store: Store,
  { action, name, scope, service, parameters }: Operation,
  caller: Caller | Refusal,
  fault: ActiveFault | null,
): XmlElement | null {
  if (caller instanceof Refusal) throw caller
  const { region } = scope
  const act = (state: State): XmlElement | null => {
    const call = { parameters, caller, region, partition: partitionOf(region), state, account: accountOf(state, caller.account) }
    service.authorize?.(name, call)
    return action.run(call)
  }
  switch (action.effect) {
    case 'read':
      return store.read(scope.service, act)
    case 'write':
      return store.change(scope.service, fault?.kind === 'delayed-visibility' ? fault.reads : 0, act)
    case 'none':
      return store.current(act)
  }
}

/** The value, or why there is none. Anything thrown that is no Refusal is a failure of the stand-in's own. */
function orRefusal<T>(produce: () => T): T | Refusal {
  try {
    return produce()
  } catch (error) {
    return error instanceof Refusal ? error : new Refusal(500, 'InternalFailure', String(error))
  }
}

const refuse = (namespace: string, refusal: Refusal, requestId: string): Answer => ({
  status: refusal.status,
  requestId,
  body: refusalXml(namespace, refusal, requestId),
})
