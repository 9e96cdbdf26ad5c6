import { about, CONNECT, evaluate, evaluateAction, type Policy } from '../policy/index.ts'
import { type PrincipalPolicies, policyReader, type ReadDocument, type SeenGroup } from '../snapshot/index.ts'
import { ASSUME_ROLE } from './assume-role.ts'

/** By one change in IAM, or by assuming a role, a principal could come to connect: itself, or as somebody whom it can then be. */
export interface Hop {
  /** The call, such as `iam:PutRolePolicy`. */
  readonly action: HopAction
  /** The ARN that it is about. */
  readonly on: string
  readonly conditional: boolean
}

/** Every action that a hop may begin with, and what it leads to. */
const hopActions = [
  CONNECT,
  ASSUME_ROLE,
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:DeleteGroupPolicy',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DeleteUserPermissionsBoundary',
  'iam:DeleteUserPolicy',
  'iam:DetachGroupPolicy',
  'iam:DetachRolePolicy',
  'iam:DetachUserPolicy',
  'iam:PutGroupPolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:PutUserPermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:RemoveUserFromGroup',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
] as const

export type HopAction = (typeof hopActions)[number]

/** Reads policies for reports on access. */
export const accessReader = (): ReadDocument => policyReader(hopActions)

/** Somebody who can connect. */
export interface Connecting {
  readonly arn: string
  readonly conditional: boolean
}

/** What in the account a hop may lead to. */
export interface Surroundings {
  /** Roles and users that can connect. */
  readonly connecting: { readonly role: readonly Connecting[]; readonly user: readonly Connecting[] }
  /** The ARNs of all roles. */
  readonly roles: readonly string[]
  /** The changes of what a role holds by which it comes to connect, whoever makes them. */
  readonly changesOf: (roleArn: string) => readonly Hop[]
  /** A role's trust policy, read. */
  readonly trustOf: (roleArn: string) => Policy
  readonly groups: readonly SeenGroup[]
  readonly read: ReadDocument
  /** The ARNs of the database users that are asked about. */
  readonly resources: readonly string[]
  /** Whether who can connect as this database user needs no hop any more. */
  readonly settles: (dbUser: string) => boolean
}

/** What policies say of one of the database users that are asked about; the best of it. */
export function connects(
  { policies, boundary, context }: { readonly policies: readonly Policy[] } & Omit<PrincipalPolicies, 'policies'>,
  resources: readonly string[],
): 'yes' | 'conditional' | 'no' {
  const results = resources.map((resource) => evaluate({ policies, boundary, resource, context }).result)
  return results.includes('allowed') ? 'yes' : results.includes('conditional') ? 'conditional' : 'no'
}

/** A way that a principal could go, if what it holds lets it: the hop, or none. */
export type Try = (action: HopAction, on: string, conditional?: boolean) => Hop[]

/** For one principal. Most are allowed few of the actions anywhere, and of the others nothing is asked: there may be thousands. */
export function tryingWith({ policies, boundary, context }: PrincipalPolicies): Try {
  const all = policies.map(({ policy }) => policy)
  const relevant = new Map<HopAction, readonly Policy[]>()
  const policiesOn = (action: HopAction): readonly Policy[] => {
    const known = relevant.get(action) ?? policiesAbout(all, action)
    relevant.set(action, known)
    return known
  }
  return (action, on, conditional = false) => {
    const asked = policiesOn(action)
    if (asked.length === 0) return []
    const { result } = evaluateAction({ policies: asked, boundary, action, resource: on, context })
    return result === 'allowed' || result === 'conditional' ? [{ action, on, conditional: conditional || result === 'conditional' }] : []
  }
}

/** None if no Allow is among them. */
function policiesAbout(policies: readonly Policy[], action: HopAction): readonly Policy[] {
  const found = policies.map((policy) => about(policy, [action])).filter(({ statements }) => statements.length > 0)
  return found.some(({ statements }) => statements.some(({ effect }) => effect === 'Allow')) ? found : []
}
