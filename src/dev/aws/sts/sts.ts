import type { Call, Service } from '../action.ts'
import { Refusal, validationError } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { Role } from '../state.ts'
import { writeSessionToken } from './session-token.ts'
import { type TrustContext, trusts } from './trust.ts'

/** STS: who am I, and sessions of roles. */
export const sts: Service = {
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  actions: new Map([
    [
      'GetCallerIdentity',
      { effect: 'none', run: ({ caller }: Call): XmlElement => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }) },
    ],
    ['AssumeRole', { effect: 'none', run: assumeRole }],
  ]),
}

function assumeRole(call: Call): XmlElement {
  const roleArn = call.parameters.text('RoleArn', { min: 20, max: 2048, pattern: '[\\t\\n\\r\\u0020-\\u007E\\u00A0-\\uFFFD]+' })
  const sessionName = call.parameters.text('RoleSessionName', { min: 2, max: 64, pattern: '[\\w+=,.@-]*' })
  const externalId = call.parameters.optionalText('ExternalId', { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' })
  const seconds = call.parameters.optionalInteger('DurationSeconds', { min: 900, max: 43_200 }) ?? 3600
  const [, account] = /^arn:[\w-]+:iam::(\d{12}):role\/.+$/.exec(roleArn) ?? []
  if (account === undefined) throw validationError(`${roleArn} is invalid`)

  const role = call.state.accounts[account]?.roles.find(({ arn }) => arn === roleArn)
  if (!role || !trusts(role.trustPolicy, call.caller, trustContext(call, sessionName, externalId))) {
    // the same words for a role that is missing: AWS does not tell strangers which roles there are
    const message = `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`
    throw new Refusal(403, 'AccessDenied', message)
  }
  checkDuration(call, role, seconds)
  return openSession(call, account, role, sessionName, seconds)
}

function trustContext({ caller }: Call, sessionName: string, externalId: string | null): TrustContext {
  const context = new Map([
    ['sts:rolesessionname', sessionName],
    ['aws:principalarn', caller.roleArn ?? caller.arn],
    ['aws:principalaccount', caller.account],
  ])
  if (externalId !== null) context.set('sts:externalid', externalId)
  return context
}

function checkDuration({ caller }: Call, role: Role, seconds: number): void {
  if (caller.roleArn !== null && seconds > 3600) {
    throw validationError('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining')
  }
  if (seconds > role.maxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
}

function openSession(call: Call, account: string, role: Role, sessionName: string, seconds: number): XmlElement {
  const accessKeyId = randomId('ASIA', 16)
  const expires = new Date(Date.now() + seconds * 1000).toISOString()
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomId('', 40),
      SessionToken: writeSessionToken({ accessKeyId, account, roleId: role.uniqueId, sessionName, expires }),
      Expiration: expires,
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.uniqueId}:${sessionName}`,
      Arn: `arn:${call.partition}:sts::${account}:assumed-role/${role.name}/${sessionName}`,
    },
  }
}
