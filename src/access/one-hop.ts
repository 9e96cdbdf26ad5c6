import { allowing, CONNECT, evaluate, evaluateAction, type Policy } from '../policy/index.ts'
import type { PolicySource, PrincipalPolicies, ReadDocument, SeenGroup, SeenPrincipal } from '../snapshot/index.ts'
import { policiesOf, policyReader } from '../snapshot/index.ts'
import { ASSUME_ROLE, canAssume } from './assume-role.ts'
import type { Candidate } from './direct-access.ts'

/** By one call to AWS a principal could come to connect. */
export interface Hop {
  /** The call, such as `iam:PutRolePolicy`. */
  readonly action: string
  /** The ARN that it is about. */
  readonly on: string
  readonly conditional: boolean
}

/** Every action that a hop may begin with, and what it leads to. */
const hopActions = [
  CONNECT,
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutGroupPolicy',
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachGroupPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:DetachUserPolicy',
  'iam:DetachRolePolicy',
  'iam:DetachGroupPolicy',
  'iam:DeleteUserPolicy',
  'iam:DeleteRolePolicy',
  'iam:DeleteGroupPolicy',
  'iam:AddUserToGroup',
  ASSUME_ROLE,
] as const

/** Reads policies for reports on access. */
export const accessReader = (): ReadDocument => policyReader(hopActions)

/** What in the account a hop may lead to. */
export interface Surroundings {
  /** Roles that can connect, with their trust policies read. */
  readonly roles: readonly { readonly arn: string; readonly trust: Policy; readonly conditional: boolean }[]
  readonly groups: readonly SeenGroup[]
  readonly read: ReadDocument
  /** The ARNs of the database users that are asked about. */
  readonly resources: readonly string[]
  /** Whether who can connect as this database user needs no hop any more. */
  readonly settles: (dbUser: string) => boolean
}

/**
 * The single calls by which a principal could give itself what it was asked about: writing or attaching a policy, joining
 * a group, assuming a role, or taking away a policy that denies it, such as a guard. A policy of its own helps only where its boundary allows it and no Deny stays that the same
 * call could not take away. Pure.
 */
export function hopsOf({ seen, held }: Candidate, surroundings: Surroundings): Hop[] {
  const own = ownHops(seen, held).flatMap(({ action, on, changes }) =>
    helps(held, surroundings.resources, changes) ? tried(held, action, on) : [],
  )
  const denials = held.policies.filter(({ policy }) => policy.statements.some(({ effect }) => effect === 'Deny'))
  const removing = denials.flatMap(({ source }) =>
    frees(held, surroundings.resources, source) ? tried(held, ...removalOf(seen, source)) : [],
  )
  const joining = seen.kind === 'user' ? surroundings.groups.flatMap((group) => join(seen, held, group, surroundings)) : []
  const assuming = surroundings.roles.flatMap((role): Hop[] => {
    const answer = role.arn === seen.arn ? 'no' : canAssume(seen, held, role)
    return answer === 'no' ? [] : [{ action: ASSUME_ROLE, on: role.arn, conditional: answer === 'conditional' || role.conditional }]
  })
  return [...own, ...removing, ...joining, ...assuming]
}

interface OwnHop {
  readonly action: string
  readonly on: string
  /** Whether the call can take back what a policy denies. */
  readonly changes: (source: PolicySource) => boolean
}

function ownHops({ kind, arn, groups }: SeenPrincipal, { policies }: PrincipalPolicies): OwnHop[] {
  const noun = kind === 'role' ? 'Role' : 'User'
  const inlineOf = (group: string | null) => (source: PolicySource) => source.kind === 'inline' && source.group === group
  const nothing = () => false
  const managed = new Map(policies.flatMap(({ source }) => (source.arn === null || isOfAws(source.arn) ? [] : [[source.arn, source]])))
  return [
    { action: `iam:Put${noun}Policy`, on: arn, changes: inlineOf(null) },
    { action: `iam:Attach${noun}Policy`, on: arn, changes: nothing },
    ...groups.flatMap((group) => [
      { action: 'iam:PutGroupPolicy', on: group.arn, changes: inlineOf(group.arn) },
      { action: 'iam:AttachGroupPolicy', on: group.arn, changes: nothing },
    ]),
    ...[...managed.values()].flatMap(({ arn: policy, versions }): OwnHop[] => {
      if (policy === null) return []
      const changes = (source: PolicySource) => source.arn === policy
      const anew = { action: 'iam:CreatePolicyVersion', on: policy, changes }
      // What other versions say is not known; that there are some is.
      return versions === 1 ? [anew] : [anew, { action: 'iam:SetDefaultPolicyVersion', on: policy, changes }]
    }),
  ]
}

const isOfAws = (policyArn: string): boolean => policyArn.split(':')[4] === 'aws'

const everything = allowing('*', '*')

/** Whether a policy more would let connect, where what the same call can change denies nothing any more. */
function helps({ policies, boundary, context }: PrincipalPolicies, resources: readonly string[], changes: OwnHop['changes']): boolean {
  const staying = policies.filter(({ source }) => !changes(source)).map(({ policy }) => policy)
  return resources.some((resource) => can(evaluate({ policies: [...staying, everything], boundary, resource, context }).result))
}

/** The call that takes a policy off the principal, or off the group through which it has it. */
function removalOf({ kind, arn }: SeenPrincipal, source: PolicySource): readonly [action: string, on: string] {
  const noun = source.group !== null ? 'Group' : kind === 'role' ? 'Role' : 'User'
  return [`iam:${source.kind === 'managed' ? 'Detach' : 'Delete'}${noun}Policy`, source.group ?? arn]
}

/** Whether the policies that are left without this one let connect where all of them do not, or not for certain. */
function frees({ policies, boundary, context }: PrincipalPolicies, resources: readonly string[], without: PolicySource): boolean {
  const rank = (some: PrincipalPolicies['policies'], resource: string): number => {
    const { result } = evaluate({ policies: some.map(({ policy }) => policy), boundary, resource, context })
    return ['conditional', 'allowed'].indexOf(result)
  }
  const left = policies.filter(({ source }) => source !== without)
  return resources.some((resource) => rank(left, resource) > rank(policies, resource))
}

const can = (result: string): boolean => result === 'allowed' || result === 'conditional'

function tried({ policies, boundary, context }: PrincipalPolicies, action: string, on: string): Hop[] {
  const { result } = evaluateAction({ policies: policies.map(({ policy }) => policy), boundary, action, resource: on, context })
  return can(result) ? [{ action, on, conditional: result === 'conditional' }] : []
}

/** Joining a group whose policies let connect, unless the user is in it. */
function join(seen: SeenPrincipal, held: PrincipalPolicies, group: SeenGroup, { read, resources }: Surroundings): Hop[] {
  if (seen.groups.some(({ arn }) => arn === group.arn)) return []
  const hop = tried(held, 'iam:AddUserToGroup', group.arn)
  if (hop.length === 0) return []
  const { policies, boundary, context } = policiesOf({ ...seen, groups: [...seen.groups, group] }, read)
  const results = resources.map(
    (resource) => evaluate({ policies: policies.map(({ policy }) => policy), boundary, resource, context }).result,
  )
  return results.some(can) ? hop.map((each) => ({ ...each, conditional: each.conditional || !results.includes('allowed') })) : []
}
