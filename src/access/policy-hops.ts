import { allowing } from '../policy/index.ts'
import type { PolicySource, PrincipalPolicies, SeenPrincipal } from '../snapshot/index.ts'
import { connects, type Hop, type HopAction } from './hop.ts'

/**
 * The single changes by which a role or user comes to connect: a policy more, a policy less that denies it, or no
 * permissions boundary any more. A policy more helps only where no Deny stays that the same change could not take away.
 * Whoever may make one, for himself or for a role that he can assume, lets himself. Pure.
 */
export function policyHops(seen: SeenPrincipal, held: PrincipalPolicies, resources: readonly string[]): Hop[] {
  const after = (changed: Partial<PrincipalPolicies>, more: readonly (typeof everything)[] = []) => {
    const { policies, ...rest } = { ...held, ...changed }
    return connects({ ...rest, policies: [...policies.map(({ policy }) => policy), ...more] }, resources)
  }
  const without = (gone: (source: PolicySource) => boolean) => ({ policies: held.policies.filter(({ source }) => !gone(source)) })
  const hop = (action: HopAction, on: string, answer: ReturnType<typeof connects>): Hop[] =>
    answer === 'no' ? [] : [{ action, on, conditional: answer === 'conditional' }]

  const adding = additions(seen, held).flatMap(({ action, on, changes }) => hop(action, on, after(without(changes), [everything])))
  if (after({}) === 'yes') return adding
  const removing = removals(seen, held).flatMap(({ action, on, changes }) => hop(action, on, improved(after({}), after(without(changes)))))
  const unbound = held.boundary === null ? 'no' : improved(after({}), after({ boundary: null }))
  const noun = seen.kind === 'role' ? 'Role' : 'User'
  return [
    ...adding,
    ...removing,
    ...hop(`iam:Delete${noun}PermissionsBoundary`, seen.arn, unbound),
    ...hop(`iam:Put${noun}PermissionsBoundary`, seen.arn, unbound),
  ]
}

const everything = allowing('*', '*')

/** What a change leads to, if it changes anything. */
const improved = (before: ReturnType<typeof connects>, after: ReturnType<typeof connects>) => (before === after ? 'no' : after)

interface Change {
  readonly action: HopAction
  readonly on: string
  /** What the change can take back. */
  readonly changes: (source: PolicySource) => boolean
}

function additions({ kind, arn, groups }: SeenPrincipal, { policies }: PrincipalPolicies): Change[] {
  const noun = kind === 'role' ? 'Role' : 'User'
  const inlineOf = (group: string | null) => (source: PolicySource) => source.kind === 'inline' && source.group === group
  const nothing = () => false
  const managed = new Map(policies.flatMap(({ source }) => (source.arn === null || isOfAws(source.arn) ? [] : [[source.arn, source]])))
  return [
    { action: `iam:Put${noun}Policy`, on: arn, changes: inlineOf(null) },
    { action: `iam:Attach${noun}Policy`, on: arn, changes: nothing },
    ...groups.flatMap((group): Change[] => [
      { action: 'iam:PutGroupPolicy', on: group.arn, changes: inlineOf(group.arn) },
      { action: 'iam:AttachGroupPolicy', on: group.arn, changes: nothing },
    ]),
    ...[...managed.values()].flatMap(({ arn: policy, versions }): Change[] => {
      if (policy === null) return []
      const changes = (source: PolicySource) => source.arn === policy
      const anew: Change = { action: 'iam:CreatePolicyVersion', on: policy, changes }
      // What other versions say is not known; that there are some is.
      return versions === 1 ? [anew] : [anew, { action: 'iam:SetDefaultPolicyVersion', on: policy, changes }]
    }),
  ]
}

/** The policies that can be taken away, one by one; a group's by leaving it too. */
function removals({ kind, arn, groups }: SeenPrincipal, { policies }: PrincipalPolicies): Change[] {
  const own = kind === 'role' ? 'Role' : 'User'
  return [
    ...policies.map(({ source }): Change => {
      const noun = source.group === null ? own : 'Group'
      const action: HopAction = source.arn === null ? `iam:Delete${noun}Policy` : `iam:Detach${noun}Policy`
      return { action, on: source.group ?? arn, changes: (each) => each === source }
    }),
    ...groups.map(
      (group): Change => ({ action: 'iam:RemoveUserFromGroup', on: group.arn, changes: (source) => source.group === group.arn }),
    ),
  ]
}

const isOfAws = (policyArn: string): boolean => policyArn.split(':')[4] === 'aws'
