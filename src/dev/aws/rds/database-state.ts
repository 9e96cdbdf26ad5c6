import { z } from 'zod'
import { tagSchema } from '../tags.ts'

const database = {
  region: z.string(),
  identifier: z.string(),
  arn: z.string(),
  resourceId: z.string(),
  engine: z.string(),
  host: z.string(),
  created: z.iso.datetime(),
  tags: z.array(tagSchema),
}

/** What of a cluster or instance can be changed. */
const server = {
  engineVersion: z.string(),
  port: z.int(),
  iamAuthentication: z.boolean(),
  /** Changes asked for without ApplyImmediately. They wait for the maintenance window, which never comes here. */
  pending: z.strictObject({ identifier: z.string().nullable(), iamAuthentication: z.boolean().nullable() }),
}

const customEndpoint = z.strictObject({
  identifier: z.string(),
  arn: z.string(),
  resourceId: z.string(),
  host: z.string(),
  type: z.enum(['READER', 'ANY']),
  staticMembers: z.array(z.string()),
  excludedMembers: z.array(z.string()),
})

const cluster = z.strictObject({ ...database, ...server, kind: z.literal('cluster'), endpoints: z.array(customEndpoint) })

/** `cluster` is the identifier of the cluster that it is a member of. */
const instance = z.strictObject({
  ...database,
  ...server,
  kind: z.literal('instance'),
  instanceClass: z.string(),
  cluster: z.string().nullable(),
})

const proxyEndpoint = z.strictObject({
  identifier: z.string(),
  arn: z.string(),
  host: z.string(),
  role: z.enum(['READ_WRITE', 'READ_ONLY']),
  created: z.iso.datetime(),
})

/** `engine` is the engine family. Targets are known by resource id, which a rename does not change. */
const proxy = z.strictObject({
  ...database,
  kind: z.literal('proxy'),
  vpc: z.string(),
  defaultAuthScheme: z.enum(['NONE', 'IAM_AUTH']),
  auth: z.array(z.strictObject({ secretArn: z.string().nullable(), iamAuth: z.enum(['DISABLED', 'REQUIRED', 'ENABLED']) })),
  endpoints: z.array(proxyEndpoint),
  target: z.string().nullable(),
})

export const databaseSchema = z.discriminatedUnion('kind', [cluster, instance, proxy])

export type Database = z.infer<typeof databaseSchema>
export type Cluster = z.infer<typeof cluster>
export type CustomEndpoint = z.infer<typeof customEndpoint>
export type Instance = z.infer<typeof instance>
export type Proxy = z.infer<typeof proxy>
export type ProxyEndpoint = z.infer<typeof proxyEndpoint>
