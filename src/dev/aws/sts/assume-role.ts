import type { Call } from '../action.ts'
import { trustPolicyNow } from '../iam/trust-policy.ts'
import { callerContext, entry, tagEntries } from '../permissions/caller-context.ts'
import { callerVerdict } from '../permissions/caller-policies.ts'
import type { Wish } from '../permissions/verdict.ts'
import { Refusal, validationError } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { Role } from '../state.ts'
import { writeSessionToken } from './session-token.ts'
import { trustIn } from './trust.ts'

/** What would narrow or mark a session. Nothing here would heed it, so that it cannot be asked for. */
const UNHEEDED = ['Policy', 'PolicyArns.member.1.arn', 'Tags.member.1.Key', 'SourceIdentity', 'SerialNumber']

/** Opens a session of a role. Throws ValidationError, or AccessDenied unless the role trusts the caller and the caller may. */
export function assumeRole(call: Call): XmlElement {
  const roleArn = call.parameters.text('RoleArn', { min: 20, max: 2048, pattern: '[\\t\\n\\r\\u0020-\\u007E\\u00A0-\\uFFFD]+' })
  const sessionName = call.parameters.text('RoleSessionName', { min: 2, max: 64, pattern: '[\\w+=,.@-]*' })
  const externalId = call.parameters.optionalText('ExternalId', { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' })
  const seconds = call.parameters.optionalInteger('DurationSeconds', { min: 900, max: 43_200 }) ?? 3600
  const unheeded = UNHEEDED.find((name) => call.parameters.get(name) !== null)
  if (unheeded !== undefined) throw new Refusal(501, 'NotImplemented', `The stand-in does not know ${unheeded} of AssumeRole`)
  const [, account] = /^arn:[\w-]+:iam::(\d{12}):role\/.+$/.exec(roleArn) ?? []
  if (account === undefined) throw validationError(`${roleArn} is invalid`)

  const role = call.state.accounts[account]?.roles.find(({ arn }) => arn === roleArn)
  if (!role || !mayAssume(call, account, role, wishFor(call, role, sessionName, externalId))) {
    // the same words for a role that is missing: AWS does not tell strangers which roles there are
    const message = `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`
    throw new Refusal(403, 'AccessDenied', message)
  }
  checkDuration(call, role, seconds)
  return openSession(call, account, role, sessionName, seconds)
}

function wishFor(call: Call, role: Role, sessionName: string, externalId: string | null): Wish {
  const context = new Map([
    ...callerContext(call),
    entry('sts:rolesessionname', sessionName),
    ...(externalId === null ? [] : [entry('sts:externalid', externalId)]),
    ...tagEntries('aws:resourcetag', role.tags),
    ...tagEntries('iam:resourcetag', role.tags),
  ])
  return { action: 'sts:AssumeRole', resource: role.arn, context }
}

/**
 * Within an account it is enough that the role trusts the caller by name; its own policies must allow it too where the role
 * only trusts its account, and always across accounts (IAM User Guide, "Cross-account policy evaluation logic"). What a
 * permissions boundary does not allow can be given to a user or a session by name, not to a role ("Permissions boundaries").
 */
function mayAssume(call: Call, account: string, role: Role, wish: Wish): boolean {
  const trust = trustIn(trustPolicyNow(role, call.state), call.caller, wish)
  const { identity, boundary } = callerVerdict(call, wish)
  if (trust === null || identity === 'denied' || boundary === 'denied') return false
  if (trust === 'account' || account !== call.caller.account) return identity === 'allowed' && boundary === 'allowed'
  return trust === 'itself' || boundary === 'allowed'
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
