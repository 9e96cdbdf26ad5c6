import type { Call } from '../action.ts'
import type { Caller } from '../caller.ts'
import { documentBehind } from '../iam/find-policy.ts'
import { groupsOf } from '../iam/groups.ts'
import type { AccountState, Entity, State } from '../state.ts'
import { type Verdict, verdictOf, type Wish } from './verdict.ts'

/** What the caller's own policies say, and what its permissions boundary does; `allowed` where it has none. */
export interface CallerVerdict {
  readonly identity: Verdict
  readonly boundary: Verdict
}

/** Judges by the caller's own policies, those of a user's groups included. An account's administrator may do everything. */
export function callerVerdict({ caller, state }: Call, wish: Wish): CallerVerdict {
  if (caller.entityId === null) return { identity: 'allowed', boundary: 'allowed' }
  const account = state.accounts[caller.account]
  const entity = entityOf(state, caller)
  if (!account || !entity) return { identity: 'silent', boundary: 'silent' }
  return {
    identity: verdictOf(policiesOf(account, entity), wish),
    boundary: entity.boundary === null ? 'allowed' : verdictOf(documentsBehind(account, [entity.boundary]), wish),
  }
}

/** The role or user that calls; none for an administrator. */
export function entityOf(state: State, { account, entityId }: Caller): Entity | undefined {
  const { roles = [], users = [] } = state.accounts[account] ?? {}
  return [...roles, ...users].find(({ uniqueId }) => uniqueId === entityId)
}

function policiesOf(account: AccountState, entity: Entity): string[] {
  const user = account.users.find((each) => each === entity)
  return [entity, ...(user ? groupsOf(account, user) : [])].flatMap(({ inlinePolicies, attached }) => [
    ...inlinePolicies.map(({ document }) => document),
    ...documentsBehind(account, attached),
  ])
}

const documentsBehind = (account: AccountState, arns: readonly string[]): string[] =>
  arns.flatMap((arn) => documentBehind(account, arn) ?? [])
