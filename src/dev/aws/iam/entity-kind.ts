import type { Call } from '../action.ts'
import type { TextConstraint } from '../protocol/parameters.ts'
import { noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { AccountState, Group, Role, User } from '../state.ts'

/** In what roles, users and groups differ. Everything else about them is written once, for all. */
export interface EntityTraits {
  readonly noun: 'Role' | 'User' | 'Group'
  readonly uniqueIdPrefix: 'AROA' | 'AIDA' | 'AGPA'
  readonly longestName: number
  /** Non-blank characters that the inline policies of one may have together. */
  readonly inlineQuota: number
  readonly of: (account: AccountState) => User[]
}

export interface EntityKind<E extends User> extends EntityTraits {
  readonly of: (account: AccountState) => E[]
  readonly describe: (entity: E) => XmlElement
}

const describe = (noun: string, entity: User): XmlElement => ({
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
  of: (account) => account.roles,
  describe: (role) => ({
    ...describe('Role', role),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  }),
}

export const users: EntityKind<User> = {
  noun: 'User',
  uniqueIdPrefix: 'AIDA',
  longestName: 64,
  inlineQuota: 2_048,
  of: (account) => account.users,
  describe: (user) => describe('User', user),
}

export const groups: EntityKind<Group> = {
  noun: 'Group',
  uniqueIdPrefix: 'AGPA',
  longestName: 128,
  inlineQuota: 5_120,
  of: (account) => account.groups,
  describe: (group) => describe('Group', group),
}

const nameConstraint = (max: number): TextConstraint => ({ min: 1, max, pattern: '[\\w+=,.@-]+' })

export const nameOf = (kind: EntityTraits, call: Call): string => call.parameters.text(`${kind.noun}Name`, nameConstraint(kind.longestName))

/** The entity that the call names. Throws NoSuchEntity. */
export function findEntity<E extends User>(kind: EntityKind<E>, call: Call): E {
  const name = nameOf(kind, call)
  const entity = kind.of(call.account).find((other) => other.name === name)
  if (!entity) throw noSuchEntity(`The ${kind.noun.toLowerCase()} with name ${name} cannot be found.`)
  return entity
}

/** The entity that the call wants to change. Throws NoSuchEntity, or UnmodifiableEntity for one that only AWS may change. */
export function findModifiable<E extends User>(kind: EntityKind<E>, call: Call): E {
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

/** IAM answers policy documents URL-encoded as RFC 3986 has it, which escapes more than `encodeURIComponent` does. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
