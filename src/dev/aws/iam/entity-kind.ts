import type { Call } from '../action.ts'
import { noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { AccountState, Entity, Group, Role, State, User } from '../state.ts'
import { nameConstraint } from './names.ts'
import { encodeDocument } from './policy-document.ts'
import { tagList } from './tags.ts'
import { trustPolicyNow } from './trust-policy.ts'

/** In what roles, users and groups differ. Everything else about them is written once, for all. */
export interface EntityTraits {
  readonly noun: 'Role' | 'User' | 'Group'
  readonly uniqueIdPrefix: 'AROA' | 'AIDA' | 'AGPA'
  readonly longestName: number
  /** Non-blank characters that the inline policies of one may have together. */
  readonly inlineQuota: number
  readonly perAccount: number
  readonly of: (account: AccountState) => Entity[]
}

export interface EntityKind<E extends Entity> extends EntityTraits {
  readonly of: (account: AccountState) => E[]
  /** As the lists of IAM have it; they leave out tags and boundary. */
  readonly describe: (entity: E, state: State) => XmlElement
}

const describe = (noun: string, entity: Entity): XmlElement => ({
  Path: entity.path,
  [`${noun}Name`]: entity.name,
  [`${noun}Id`]: entity.uniqueId,
  Arn: entity.arn,
  CreateDate: entity.created,
})

export const roles: EntityKind<Role> = {
  noun: 'Role',
  uniqueIdPrefix: 'AROA',
  longestName: 64,
  inlineQuota: 10_240,
  perAccount: 1_000,
  of: (account) => account.roles,
  describe: (role, state) => ({
    ...describe('Role', role),
    AssumeRolePolicyDocument: encodeDocument(trustPolicyNow(role, state)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  }),
}

export const users: EntityKind<User> = {
  noun: 'User',
  uniqueIdPrefix: 'AIDA',
  longestName: 64,
  inlineQuota: 2_048,
  perAccount: 5_000,
  of: (account) => account.users,
  describe: (user) => describe('User', user),
}

export const groups: EntityKind<Group> = {
  noun: 'Group',
  uniqueIdPrefix: 'AGPA',
  longestName: 128,
  inlineQuota: 5_120,
  perAccount: 300,
  of: (account) => account.groups,
  describe: (group) => describe('Group', group),
}

/** What IAM answers about a single one, which is more than its lists have. */
export const describeInFull = <E extends Entity>(kind: EntityKind<E>, entity: E, { state }: Call): XmlElement => ({
  ...kind.describe(entity, state),
  ...describeBoundary(entity),
  Tags: tagList(entity.tags),
})

export const describeBoundary = ({ boundary }: Entity): XmlElement => ({
  PermissionsBoundary: boundary === null ? null : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
})

export const nameOf = (kind: EntityTraits, call: Call): string => call.parameters.text(`${kind.noun}Name`, nameConstraint(kind.longestName))

/** The entity that the call names. Throws NoSuchEntity. */
export function findEntity<E extends Entity>(kind: EntityKind<E>, call: Call): E {
  const name = nameOf(kind, call)
  const entity = kind.of(call.account).find((other) => other.name === name)
  if (!entity) throw noSuchEntity(`The ${kind.noun.toLowerCase()} with name ${name} cannot be found.`)
  return entity
}

/** The entity that the call wants to change. Throws NoSuchEntity, or UnmodifiableEntity for one that only AWS may change. */
export function findModifiable<E extends Entity>(kind: EntityKind<E>, call: Call): E {
  const entity = findEntity(kind, call)
  if (/^\/aws-(reserved|service-role)\//.test(entity.path) || entity.name.startsWith('AWSReservedSSO_')) {
    throw new Refusal(
      400,
      'UnmodifiableEntity',
      `Cannot perform the operation on the protected role '${entity.name}' - this role is only modifiable by AWS`,
    )
  }
  return entity
}
