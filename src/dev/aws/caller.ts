import { type CredentialScope, partitionOf } from './protocol/credential-scope.ts'
import { Refusal } from './protocol/refusal.ts'
import type { State } from './state.ts'
import { readSessionToken } from './sts/session-token.ts'

/** Whom a call's credentials stand for. */
export interface Caller {
  readonly account: string
  readonly arn: string
  readonly userId: string
  /** The role of a session, null for long-lived keys. */
  readonly roleArn: string | null
  /** The unique id of the role or user; null for an account's administrator, who may do everything. */
  readonly entityId: string | null
}

const DEFAULT_ACCOUNT = '123456789012'

/**
 * Tells the caller from the credentials.
 * - An access key id of 12 digits is the administrator of that account, as in moto.
 * - One that begins with `ASIA` belongs to a session made by AssumeRole, and needs its token.
 * - One made by CreateAccessKey is its user.
 * - Any other is the administrator of account 123456789012.
 * Throws InvalidClientTokenId or ExpiredToken (403).
 */
export function callerOf(scope: CredentialScope, token: string | null, state: State): Caller {
  if (scope.accessKeyId.startsWith('ASIA')) return sessionCaller(scope, token, state)
  const user = userCaller(scope, state)
  if (user) return user
  const account = /^\d{12}$/.test(scope.accessKeyId) ? scope.accessKeyId : DEFAULT_ACCOUNT
  return administratorOf(account, scope.region)
}

export const administratorOf = (account: string, region: string): Caller => ({
  account,
  arn: `arn:${partitionOf(region)}:iam::${account}:user/administrator`,
  userId: 'AIDAADMINISTRATOR0000',
  roleArn: null,
  entityId: null,
})

function userCaller({ accessKeyId }: CredentialScope, state: State): Caller | null {
  for (const [account, { users }] of Object.entries(state.accounts)) {
    const user = users.find(({ accessKeys }) => accessKeys.some(({ id }) => id === accessKeyId))
    if (user) return { account, arn: user.arn, userId: user.uniqueId, roleArn: null, entityId: user.uniqueId }
  }
  return null
}

function sessionCaller(scope: CredentialScope, token: string | null, state: State): Caller {
  const session = readSessionToken(token)
  const role = session && state.accounts[session.account]?.roles.find(({ uniqueId }) => uniqueId === session.roleId)
  if (!session || !role || session.accessKeyId !== scope.accessKeyId) {
    throw new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid')
  }
  if (Date.parse(session.expires) <= Date.now()) {
    throw new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired')
  }
  return {
    account: session.account,
    arn: `arn:${partitionOf(scope.region)}:sts::${session.account}:assumed-role/${role.name}/${session.sessionName}`,
    userId: `${role.uniqueId}:${session.sessionName}`,
    roleArn: role.arn,
    entityId: role.uniqueId,
  }
}
