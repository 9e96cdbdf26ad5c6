import { z } from 'zod'
import { type Id, isId } from '../kernel/ids.ts'
import { type GroupAttributes, refuse, type UserAttributes } from './scim.ts'

/** A JSON object of the wire, its known attributes under the names that RFC 7643 gives them. */
export type Attributes = Readonly<Record<string, unknown>>

const text = (longest: number) =>
  z.string().regex(new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${longest}}$`, 'u'), `must be 1 to ${longest} characters on one line`)
/** Identity providers send an empty text, or null, for what somebody does not have. */
const maybe = (longest: number) => z.preprocess((value) => (value === '' || value === undefined ? null : value), text(longest).nullable())

const folded = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value
  return value.toLowerCase() === 'true'
}

const userSchema = z.object({
  userName: text(256),
  externalId: maybe(256),
  /** Entra ID sends "True" and "False". */
  active: z.preprocess((value) => folded(value ?? true), z.boolean()),
  displayName: maybe(200),
  name: z
    .object({ formatted: maybe(200), givenName: maybe(200), familyName: maybe(200) })
    .nullish()
    .transform((name) =>
      name == null ? null : Object.fromEntries(Object.entries(name).filter((entry): entry is [string, string] => entry[1] !== null)),
    ),
  emails: z
    .array(z.object({ value: maybe(320), type: maybe(50), primary: z.preprocess(folded, z.boolean().nullish()) }))
    .max(50)
    .nullish()
    .transform((emails) =>
      (emails ?? [])
        .filter(({ value }) => value !== null)
        .map((email) => Object.fromEntries(Object.entries(email).filter(([, value]) => value != null))),
    ),
})

const groupSchema = z.object({ displayName: text(256), externalId: maybe(256) })
const memberSchema = z.object({ value: z.string() })

/**
 * What is kept of a user that was sent; attributes that are not known are left out, as RFC 7644 3.3 lets a server do. Throws
 * `invalid_request` where a known one has the wrong type.
 */
export function readUser(sent: unknown): UserAttributes {
  const { userName, externalId, active, displayName, name, emails } = checked(userSchema, named(sent, Object.keys(userSchema.shape)))
  return { userName, externalId, active, profile: { displayName, name, emails } }
}

/** The same for a group, without its members. */
export const readGroup = (sent: unknown): GroupAttributes => checked(groupSchema, named(sent, Object.keys(groupSchema.shape)))

/** The ids of the users that a list of members names, each once. Throws `invalid_request`, also where one can be no user. */
export function readMembers(sent: unknown): readonly Id<'scu'>[] {
  const list = sent == null ? [] : Array.isArray(sent) ? sent : [sent]
  return [...new Set(list.map((member: unknown) => memberId(checked(memberSchema, member).value)))]
}

export function memberId(value: string): Id<'scu'> {
  if (isId('scu', value)) return value
  throw refuse(
    'invalid_request',
    `${JSON.stringify(value.slice(0, 100))} is no user here; members are users, and groups have no groups in them.`,
  )
}

/** An object with the attributes that are known under their names: SCIM's have no case (RFC 7643, 2.1). Throws `invalid_request`. */
export function named(sent: unknown, known: readonly string[]): Attributes {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw refuse('invalid_request', 'The body must be a JSON object.')
  const names = new Map(known.map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(Object.entries(sent).map(([name, value]: [string, unknown]) => [names.get(name.toLowerCase()) ?? name, value]))
}

function checked<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refuse('invalid_request', `${issue?.path.join('.') || 'The value'}: ${issue?.message ?? 'cannot be used'}.`)
}
