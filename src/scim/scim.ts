import type { Database } from '../db/index.ts'
import type { RuleSets } from '../identity/index.ts'
import { type ErrorCode, SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'

/** What the use cases of this slice stand on. */
export interface ScimParts {
  readonly db: Database
  readonly ruleSets: RuleSets
}

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** What is kept of a user, as it is on the wire (RFC 7643, 4.1). */
export interface UserAttributes {
  readonly userName: string
  readonly externalId: string | null
  readonly active: boolean
  readonly profile: Profile
}

/** How a user is shown: nothing is decided by it. */
export interface Profile {
  readonly displayName: string | null
  readonly name: Readonly<Record<string, string>> | null
  readonly emails: readonly Readonly<Record<string, unknown>>[]
}

export interface ScimUser extends UserAttributes {
  readonly id: Id<'scu'>
  readonly personId: string
  readonly groups: readonly { readonly value: string; readonly display: string }[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface GroupAttributes {
  readonly displayName: string
  readonly externalId: string | null
}

export interface ScimGroup extends GroupAttributes {
  readonly id: Id<'scg'>
  /** Null: they were not asked for. */
  readonly members: readonly { readonly value: Id<'scu'>; readonly display: string }[] | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A part of a list, from a place counted from 1 (RFC 7644, 3.4.2.4). */
export interface Part {
  readonly startIndex: number
  readonly count: number
}

export interface Listed<Item> {
  readonly total: number
  readonly items: readonly Item[]
}

/** A refusal of what was sent, with the value that SCIM has for it (RFC 7644, 3.12). */
export const refuse = (code: ErrorCode, detail: string) => new SallyportError(code, detail)

const types: Readonly<Partial<Record<ErrorCode, string>>> = {
  malformed_json: 'invalidSyntax',
  invalid_request: 'invalidValue',
  invalid_filter: 'invalidFilter',
  invalid_path: 'invalidPath',
  scim_conflict: 'uniqueness',
}

/** An error as SCIM has it. */
export const scimError = ({ code, status, message }: SallyportError) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(types[code] === undefined ? {} : { scimType: types[code] }),
  detail: message,
})
