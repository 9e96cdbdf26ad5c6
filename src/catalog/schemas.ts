import { z } from 'zod'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import type { DatabaseDetails } from './database.ts'

/** A database is named by Sallyport's id, its resource id or its ARN, wherever one is named. */
export const databaseRef = z
  .string()
  .regex(/^[\x21-\x7e]{1,400}$/, 'is not the id of a database, its resource id or its ARN')
  .describe('Sallyport’s id (`dbs_…`), the resource id (`cluster-…`, `db-…`, `prx-…`) or the ARN.')
  .meta({ example: 'cluster-ABCDEFGHIJKL01234' })

/** A database as requests and grants name it: enough to tell which one is meant. */
export const databaseInBrief = z.strictObject({
  id: z.string(),
  resourceId: z.string(),
  identifier: z.string(),
  account: z.string(),
  region: z.string(),
  engine: z.string(),
})

const text = z.string().regex(/^[ -~\u00a0-\uffff]{1,400}$/, 'is empty, too long, or holds control characters')

export const listDatabasesQuery = z.strictObject({
  ...pageQuery,
  account: z
    .string()
    .regex(/^\d{12}$/, 'is not an AWS account id of 12 digits')
    .optional()
    .describe('Only those of this AWS account.'),
  region: text.optional().describe('Only those of this region.').meta({ example: 'us-east-2' }),
  tag: text
    .includes(':', 'is not key:value')
    .optional()
    .describe('Only those with this tag, as `key:value`.')
    .meta({ example: 'environment:production' }),
  q: text.optional().describe('Only those with this in their ARN, resource id or host, in any case.').meta({ example: 'orders' }),
})

export const getDatabaseParams = z.strictObject({ ref: databaseRef })

export const databaseSchema = z
  .strictObject({
    id: z.string().describe('Sallyport’s own id of it.').meta({ example: 'dbs_01kazv5vb4pex5vsknk084sn02' }),
    account: z.string().describe('The AWS account it is in.').meta({ example: '123456789012' }),
    partition: z.string().meta({ example: 'aws' }),
    region: z.string().meta({ example: 'us-east-2' }),
    kind: z.enum(['cluster', 'instance', 'proxy']),
    resourceId: z.string().describe('What policies name it by; it never changes.').meta({ example: 'cluster-ABCDEFGHIJKL01234' }),
    identifier: z.string().describe('Its name in RDS; for a proxy its resource id.').meta({ example: 'orders' }),
    arn: z.string().meta({ example: 'arn:aws:rds:us-east-2:123456789012:cluster:orders' }),
    engine: z.string().meta({ example: 'aurora-postgresql' }),
    engineVersion: z
      .string()
      .nullable()
      .describe('As AWS has it; null for a proxy, and for one that is only declared.')
      .meta({ example: '16.4' }),
    host: z.string().meta({ example: 'orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com' }),
    port: z.number().int().meta({ example: 5432 }),
    iamAuthentication: z.boolean().describe('Whether it accepts IAM authentication; only then can it be asked for.'),
    tags: z.record(z.string(), z.string()).meta({ example: { environment: 'production' } }),
    endpoints: z
      .array(
        z.strictObject({
          kind: z.enum(['writer', 'reader', 'custom', 'instance', 'proxy']),
          host: z.string().meta({ example: 'orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com' }),
        }),
      )
      .describe('Every address that AWS has for it.'),
    members: z
      .array(
        z.strictObject({
          resourceId: z.string().meta({ example: 'db-ABCDEFGHIJKL01234' }),
          identifier: z.string().meta({ example: 'orders-1' }),
          arn: z.string().meta({ example: 'arn:aws:rds:us-east-2:123456789012:db:orders-1' }),
        }),
      )
      .describe('The instances of a cluster. They cannot be asked for: IAM policies name the cluster.'),
    declared: z.boolean().describe('Whether sallyport.yaml has it.'),
    found: z.boolean().describe('Whether AWS had it when it was last looked for.'),
    goneAt: z.iso
      .datetime()
      .nullable()
      .describe('Since when it is neither declared nor found, and cannot be asked for; null while it is.')
      .meta({ example: null }),
    links: z.strictObject({ self: z.string().meta({ example: '/v1/databases/dbs_01kazv5vb4pex5vsknk084sn02' }) }),
  })
  .meta({ id: 'Database' })

export const databasePage = pageOf(databaseSchema).meta({ id: 'DatabasePage' })

/** The wire form of a database. */
export function printDatabase(database: DatabaseDetails): z.infer<typeof databaseSchema> {
  const { accountId, iamAuth, tags, goneAt, endpoints, members, ...rest } = database
  return {
    ...rest,
    account: accountId,
    iamAuthentication: iamAuth,
    tags: { ...tags },
    endpoints: [...endpoints],
    members: [...members],
    goneAt: goneAt?.toISOString() ?? null,
    links: { self: `/v1/databases/${database.id}` },
  }
}
