import type { Call } from '../action.ts'
import type { TextConstraint } from '../protocol/parameters.ts'
import { noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { AccountState, Role, User } from '../state.ts'

/** In what roles and users differ. Everything else about them is written once, for both. */
export interface EntityTraits {
  readonly noun: 'Role' | 'User'
  readonly uniqueIdPrefix: 'AROA' | 'AIDA'
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
  inlineQuota: 2_048,
  of: (account) => account.users,
  describe: (user) => describe('User', user),
}

const nameConstraint: TextConstraint = { min: 1, max: 64, pattern: '[\\w+=,.@-]+' }

export const nameOf = (kind: EntityTraits, call: Call): string => call.parameters.text(`${kind.noun}Name`, nameConstraint)

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
