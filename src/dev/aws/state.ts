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
}

const user = z.strictObject(entity)

const role = z.strictObject({
  ...entity,
  trustPolicy: z.string(),
  description: z.string().nullable(),
  maxSessionDuration: z.int(),
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
  databases: z.array(z.discriminatedUnion('kind', [cluster, instance, proxy])),
})

/** Everything that the stand-in remembers: accounts by their 12 digits. Lists, because `__proto__` is a possible role name. */
export const stateSchema = z.strictObject({ accounts: z.record(z.string().regex(/^\d{12}$/), account) })

export type State = z.infer<typeof stateSchema>
export type AccountState = z.infer<typeof account>
export type Tag = z.infer<typeof tag>
export type User = z.infer<typeof user>
export type Role = z.infer<typeof role>
export type Cluster = z.infer<typeof cluster>
export type Instance = z.infer<typeof instance>
export type Proxy = z.infer<typeof proxy>
export type Database = AccountState['databases'][number]

/** An account of the state; every account exists, empty until something is made in it. */
export function accountOf(state: State, id: string): AccountState {
  state.accounts[id] ??= { roles: [], users: [], databases: [] }
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
