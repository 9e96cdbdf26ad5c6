import type { Context, Effect, Service } from './action.ts'
import { iam } from './iam/iam.ts'
import { identityStore } from './identity-center/identity-store.ts'
import { ssoAdmin } from './identity-center/sso-admin.ts'
import { type JsonService, validationException } from './json-action.ts'
import { type CredentialScope, credentialScope } from './protocol/credential-scope.ts'
import { refusalJson } from './protocol/json.ts'
import { Parameters } from './protocol/parameters.ts'
import { Refusal } from './protocol/refusal.ts'
import { answerXml, refusalXml } from './protocol/xml.ts'
import { rds } from './rds/rds.ts'
import { sts } from './sts/sts.ts'

const queryServices: ReadonlyMap<string, Service> = new Map([
  ['iam', iam],
  ['sts', sts],
  ['rds', rds],
])

/** By the name that their calls are signed for. */
const jsonServices: ReadonlyMap<string, JsonService> = new Map([
  ['sso', ssoAdmin],
  ['identitystore', identityStore],
])

/** What of an HTTP request matters. */
export interface SignedRequest {
  readonly authorization: string | null
  readonly securityToken: string | null
  /** The header `x-amz-target` of calls in JSON; null is the query protocol, whose body is a form. */
  readonly target: string | null
  readonly body: string
}

type Print = (requestId: string) => string

/** How a protocol writes what it answers. */
export interface Wire {
  readonly contentType: string
  readonly refuse: (refusal: Refusal, requestId: string) => string
}

/** What a request asks for: which operation of which service. */
export interface Operation {
  readonly scope: CredentialScope
  readonly name: string
  readonly effect: Effect
  readonly wire: Wire
  /** Does it, or throws a Refusal; what it answers is printed with the id of the request. */
  readonly run: (context: Context) => Print
  readonly tick: JsonService['tick']
}

const queryWire = (namespace: string): Wire => ({
  contentType: 'text/xml',
  refuse: (refusal, requestId) => refusalXml(namespace, refusal, requestId),
})

const jsonWire: Wire = { contentType: 'application/x-amz-json-1.1', refuse: refusalJson }

/** For refusals that belong to no service. */
export const wireOf = ({ target }: SignedRequest): Wire =>
  target === null ? queryWire('http://webservices.amazon.com/AWSFault/2005-15-09') : jsonWire

/** Reads a request. Throws MissingAuthenticationToken (403) or InvalidAction (400). */
export function readOperation({ authorization, target, body }: SignedRequest): Operation {
  const scope = credentialScope(authorization)
  if (!scope) throw new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
  if (target !== null) {
    const [prefix, name = ''] = target.split('.')
    if (jsonServices.get(scope.service)?.target !== prefix) throw unknownAction(scope, target)
    return jsonOperation(scope, name, parseJson(body))
  }
  const parameters = new Parameters(new URLSearchParams(body))
  const version = parameters.get('Version') ?? ''
  const name = parameters.get('Action') ?? ''
  if (queryServices.get(scope.service)?.version !== version) throw unknownAction(scope, `${name}, version ${version}`)
  return queryOperation(scope, name, parameters)
}

/** The operation of a service, with its parameters: form fields of the query protocol, or JSON. Throws InvalidAction. */
export const operationOf = (scope: CredentialScope, name: string, parameters: Readonly<Record<string, unknown>>): Operation =>
  jsonServices.has(scope.service)
    ? jsonOperation(scope, name, parameters)
    : queryOperation(scope, name, new Parameters(Object.entries(parameters).map(([key, value]) => [key, String(value)])))

function queryOperation(scope: CredentialScope, name: string, parameters: Parameters): Operation {
  const service = queryServices.get(scope.service)
  const action = service?.actions.get(name)
  if (!service || !action) throw unknownAction(scope, name)
  return {
    scope,
    name,
    effect: action.effect,
    wire: queryWire(service.namespace),
    run: (context) => {
      const call = { ...context, parameters }
      service.authorize?.(name, call)
      const result = action.run(call)
      return (requestId) => answerXml(service.namespace, name, result, requestId)
    },
    tick: undefined,
  }
}

function jsonOperation(scope: CredentialScope, name: string, input: unknown): Operation {
  const service = jsonServices.get(scope.service)
  const action = service?.actions.get(name)
  if (!action) throw unknownAction(scope, name)
  return {
    scope,
    name,
    effect: action.effect,
    wire: jsonWire,
    run: (context) => {
      const text = JSON.stringify(action.run(context, input))
      return () => text
    },
    tick: service?.tick,
  }
}

const unknownAction = ({ service }: CredentialScope, name: string): Refusal =>
  new Refusal(400, 'InvalidAction', `The stand-in has no operation ${name} of ${service}`)

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw validationException('The body is not JSON')
  }
}
