import type { AccountSession, Aws } from '../src/aws/index.ts'

/** One question to AWS, or one change, from being asked to being answered; milliseconds since 1970. */
export interface AwsCall {
  readonly kind: 'read' | 'write'
  readonly from: number
  readonly until: number
}

/** Milliseconds since 1970, with fractions. */
export const instant = (): number => performance.timeOrigin + performance.now()

/** The same AWS, telling of every call once it has been answered. What a call waits for credentials counts as the call. */
export function timedAws(aws: Aws, told: (call: AwsCall) => void): Aws {
  const timed = async <T>(kind: AwsCall['kind'], call: () => Promise<T>): Promise<T> => {
    const from = instant()
    try {
      return await call()
    } finally {
      told({ kind, from, until: instant() })
    }
  }
  return {
    session: (account, planId) => {
      const session = aws.session(account, planId)
      return {
        getPrincipal: (...args) => timed('read', () => session.getPrincipal(...args)),
        listRoles: (...args) => timed('read', () => session.listRoles(...args)),
        listInlinePolicies: (...args) => timed('read', () => session.listInlinePolicies(...args)),
        listAttachedPolicies: (...args) => timed('read', () => session.listAttachedPolicies(...args)),
        getManagedPolicy: (...args) => timed('read', () => session.getManagedPolicy(...args)),
        getAccountDetails: () => timed('read', () => session.getAccountDetails()),
        getEntityUsers: (...args) => timed('read', () => session.getEntityUsers(...args)),
        putInlinePolicy: (...args) => timed('write', () => session.putInlinePolicy(...args)),
        deleteInlinePolicy: (...args) => timed('write', () => session.deleteInlinePolicy(...args)),
        attachPolicy: (...args) => timed('write', () => session.attachPolicy(...args)),
        detachPolicy: (...args) => timed('write', () => session.detachPolicy(...args)),
        createManagedPolicy: (...args) => timed('write', () => session.createManagedPolicy(...args)),
        createPolicyVersion: (...args) => timed('write', () => session.createPolicyVersion(...args)),
        deletePolicyVersion: (...args) => timed('write', () => session.deletePolicyVersion(...args)),
        deleteManagedPolicy: (...args) => timed('write', () => session.deleteManagedPolicy(...args)),
        getRole: (...args) => timed('read', () => session.getRole(...args)),
        createRole: (...args) => timed('write', () => session.createRole(...args)),
        putTrustPolicy: (...args) => timed('write', () => session.putTrustPolicy(...args)),
        putBoundary: (...args) => timed('write', () => session.putBoundary(...args)),
        putSessionSeconds: (...args) => timed('write', () => session.putSessionSeconds(...args)),
        deleteRole: (...args) => timed('write', () => session.deleteRole(...args)),
      } satisfies AccountSession
    },
    identityCenter: aws.identityCenter,
    findDatabases: aws.findDatabases,
    close: () => aws.close(),
  }
}
