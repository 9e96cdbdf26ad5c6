import { z } from 'zod'
import { identityCenterSchema } from './identity-center/identity-center-state.ts'
import { databaseSchema } from './rds/database-state.ts'
import { tagSchema } from './tags.ts'

export { setTags, type Tag } from './tags.ts'

const entity = {
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  uniqueId: z.string(),
  created: z.iso.datetime(),
  tags: z.array(tagSchema),
  inlinePolicies: z.array(z.strictObject({ name: z.string(), document: z.string() })),
  /** ARNs of managed policies. */
  attached: z.array(z.string()),
  /** The ARN of the managed policy that is its permissions boundary; a group never has one. */
  boundary: z.string().nullable(),
}

const user = z.strictObject({ ...entity, accessKeys: z.array(z.strictObject({ id: z.string(), created: z.iso.datetime() })) })

const role = z.strictObject({
  ...entity,
  trustPolicy: z.string(),
  /** Roles and users that the trust policy names, and who they were when it was written. */
  trusted: z.array(z.strictObject({ arn: z.string(), uniqueId: z.string() })),
  description: z.string().nullable(),
  maxSessionDuration: z.int(),
})

/** Members by name: IAM takes a user out of all its groups before it can be deleted. */
const group = z.strictObject({ ...entity, members: z.array(z.string()) })

const managedPolicy = z.strictObject({
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  uniqueId: z.string(),
  created: z.iso.datetime(),
  description: z.string().nullable(),
  tags: z.array(tagSchema),
  /** In the order of their making; numbers are never used twice. */
  versions: z.array(z.strictObject({ id: z.string(), document: z.string(), created: z.iso.datetime() })),
  defaultVersion: z.string(),
  versionsMade: z.int(),
})

const account = z.strictObject({
  roles: z.array(role),
  users: z.array(user),
  groups: z.array(group),
  policies: z.array(managedPolicy),
  databases: z.array(databaseSchema),
  /** Of an organisation's management account. */
  identityCenter: identityCenterSchema.nullable(),
})

/** Everything that the stand-in remembers: accounts by their 12 digits. Lists, because `__proto__` is a possible role name. */
export const stateSchema = z.strictObject({ accounts: z.record(z.string().regex(/^\d{12}$/), account) })

export type State = z.infer<typeof stateSchema>
export type AccountState = z.infer<typeof account>
export type Entity = z.infer<z.ZodObject<typeof entity>>
export type User = z.infer<typeof user>
export type Role = z.infer<typeof role>
export type Group = z.infer<typeof group>
export type ManagedPolicy = z.infer<typeof managedPolicy>

/** An account of the state; every account exists, empty until something is made in it. */
export function accountOf(state: State, id: string): AccountState {
  state.accounts[id] ??= { roles: [], users: [], groups: [], policies: [], databases: [], identityCenter: null }
  return state.accounts[id]
}
