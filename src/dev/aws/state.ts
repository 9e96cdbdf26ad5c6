import { z } from 'zod'

const tag = z.strictObject({ key: z.string(), value: z.string() })

const entity = {
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  uniqueId: z.string(),
  created: z.iso.datetime(),
  tags: z.array(tag),
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
  tags: z.array(tag),
  /** In the order of their making; numbers are never used twice. */
  versions: z.array(z.strictObject({ id: z.string(), document: z.string(), created: z.iso.datetime() })),
  defaultVersion: z.string(),
  versionsMade: z.int(),
})

const database = {
  region: z.string(),
  identifier: z.string(),
  arn: z.string(),
  resourceId: z.string(),
  engine: z.string(),
  host: z.string(),
  created: z.iso.datetime(),
  tags: z.array(tag),
}

const cluster = z.strictObject({ ...database, kind: z.literal('cluster'), port: z.int(), iamAuthentication: z.boolean() })

const instance = z.strictObject({
  ...database,
  kind: z.literal('instance'),
  port: z.int(),
  iamAuthentication: z.boolean(),
  instanceClass: z.string(),
  cluster: z.string().nullable(),
})

const proxy = z.strictObject({
  ...database,
  kind: z.literal('proxy'),
  defaultAuthScheme: z.enum(['NONE', 'IAM_AUTH']),
  auth: z.array(z.strictObject({ secretArn: z.string().nullable(), iamAuth: z.enum(['DISABLED', 'REQUIRED', 'ENABLED']) })),
})

const account = z.strictObject({
  roles: z.array(role),
  users: z.array(user),
  groups: z.array(group),
  policies: z.array(managedPolicy),
  databases: z.array(z.discriminatedUnion('kind', [cluster, instance, proxy])),
})

/** Everything that the stand-in remembers: accounts by their 12 digits. Lists, because `__proto__` is a possible role name. */
export const stateSchema = z.strictObject({ accounts: z.record(z.string().regex(/^\d{12}$/), account) })

export type State = z.infer<typeof stateSchema>
export type AccountState = z.infer<typeof account>
export type Tag = z.infer<typeof tag>
export type Entity = z.infer<z.ZodObject<typeof entity>>
export type User = z.infer<typeof user>
export type Role = z.infer<typeof role>
export type Group = z.infer<typeof group>
export type ManagedPolicy = z.infer<typeof managedPolicy>
export type Cluster = z.infer<typeof cluster>
export type Instance = z.infer<typeof instance>
export type Proxy = z.infer<typeof proxy>
export type Database = AccountState['databases'][number]

/** An account of the state; every account exists, empty until something is made in it. */
export function accountOf(state: State, id: string): AccountState {
  state.accounts[id] ??= { roles: [], users: [], groups: [], policies: [], databases: [] }
  return state.accounts[id]
}

/** Sets tags: a key that is there gets the new value. */
export function setTags(tags: Tag[], wanted: readonly Tag[]): void {
  for (const { key, value } of wanted) {
    const present = tags.find((tag) => tag.key === key)
    if (present) present.value = value
    else tags.push({ key, value })
  }
}
