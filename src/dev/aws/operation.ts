import type { Action, Service } from './action.ts'
import { iam } from './iam/iam.ts'
import { type CredentialScope, credentialScope } from './protocol/credential-scope.ts'
import { Parameters } from './protocol/parameters.ts'
import { Refusal } from './protocol/refusal.ts'
import { rds } from './rds/rds.ts'
import { sts } from './sts/sts.ts'

const services: ReadonlyMap<string, Service> = new Map([
  ['iam', iam],
  ['sts', sts],
  ['rds', rds],
])

/** What a request asks for: which operation of which service, with what. */
export interface Operation {
  readonly scope: CredentialScope
  readonly service: Service
  readonly name: string
  readonly action: Action
  readonly parameters: Parameters
}

/** Reads a request of the query protocol. Throws MissingAuthenticationToken (403) or InvalidAction (400). */
export function readOperation(authorization: string | null, form: string): Operation {
  const scope = credentialScope(authorization)
  if (!scope) throw new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
  const parameters = new Parameters(new URLSearchParams(form))
  const name = parameters.get('Action') ?? ''
  const version = parameters.get('Version') ?? ''
  const service = services.get(scope.service)
  const action = service?.version === version ? service.actions.get(name) : undefined
  if (!service || !action) {
    throw new Refusal(400, 'InvalidAction', `The stand-in has no operation ${name} of ${scope.service}, version ${version}`)
  }
  return { scope, service, name, action, parameters }
}
