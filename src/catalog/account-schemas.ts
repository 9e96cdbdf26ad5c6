import { z } from 'zod'
import { pageOf } from '../kernel/cursor.ts'
import type { AccountDetails } from './accounts-view.ts'

const accountId = z
  .string()
  .regex(/^\d{12}$/, 'is not an AWS account id of 12 digits')
  .meta({ example: '123456789012' })

export const getAccountParams = z.strictObject({ id: accountId })

const time = z.iso.datetime().meta({ example: '2026-11-24T12:00:00.000Z' })
const count = z.number().int()

const syncSchema = z
  .strictObject({
    enabled: z.boolean().describe('Whether databases are looked for in AWS; otherwise there are only those declared.'),
    nextAt: time.nullable().describe('When they will be looked for again; null if they are not.'),
    regions: z.array(
      z.strictObject({
        region: z.string().meta({ example: 'us-east-2' }),
        at: time.nullable().describe('When the last look ended; null before the first.'),
        complete: z.boolean().describe('Whether it read everything. What was not read stays as it was known.'),
        completeAt: time.nullable().describe('When one last read everything.'),
        error: z
          .strictObject({
            code: z.enum([
              'aws_denied',
              'region_disabled',
              'aws_throttled',
              'aws_unavailable',
              'aws_failed',
              'calls_spent',
              'wrong_account',
            ]),
            message: z.string().describe('What is wrong, and what mends it.'),
          })
          .nullable(),
        counts: z
          .strictObject({
            clusters: count,
            instances: count,
            proxies: count,
            found: count.describe('How many were new.'),
            changed: count,
            gone: count,
            returned: count,
          })
          .nullable()
          .describe('What the last look found that read clusters and instances, and what was new about it.'),
      }),
    ),
  })
  .meta({ id: 'AccountSync' })

export const accountSchema = z
  .strictObject({
    id: accountId,
    name: z.string().meta({ example: 'shop' }),
    partition: z.string().meta({ example: 'aws' }),
    regions: z.array(z.string()).meta({ example: ['us-east-2'] }),
    active: z.boolean().describe('False: it is no longer declared, and nothing there can be asked for.'),
    databases: z.strictObject({ clusters: count, instances: count, proxies: count }).describe('How many can be asked for.'),
    guards: z
      .array(
        z.strictObject({
          principal: z.string().describe('Its ARN, as in sallyport.yaml.').meta({ example: 'arn:aws:iam::123456789012:user/jane_doe' }),
          state: z
            .enum(['pending', 'in_place', 'missing'])
            .describe(
              '`pending`: the account has yet to be read, or the guard to be written; `missing`: the account has no such principal.',
            ),
          attention: z
            .strictObject({ code: z.string(), message: z.string() })
            .nullable()
            .describe('What keeps the principal’s policies from being right.'),
        }),
      )
      .describe('The principals that may connect only to what they have been granted, whatever other policies allow them.'),
    sync: syncSchema,
    links: z.strictObject({ self: z.string(), databases: z.string() }),
  })
  .meta({ id: 'Account' })

export const accountPage = pageOf(accountSchema).meta({ id: 'AccountPage' })

export const syncStatusPage = pageOf(z.strictObject({ account: accountId, name: z.string(), sync: syncSchema })).meta({
  id: 'SyncStatusPage',
})

export const syncBody = z.strictObject({
  accounts: z
    .array(accountId)
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe('Where to look; null for every account in which databases are looked for.'),
})

export const syncStarted = z
  .strictObject({
    accounts: z.array(accountId).describe('Where databases are now looked for.'),
    links: z.strictObject({ status: z.string().describe('Tells when it is over, and what came of it.') }),
  })
  .meta({ id: 'SyncStarted' })

/** The wire form of an account. */
export const printAccount = (account: AccountDetails): z.infer<typeof accountSchema> => ({
  id: account.id,
  name: account.name,
  partition: account.partition,
  regions: account.regions.map(({ region }) => region),
  active: account.active,
  databases: { ...account.databases },
  guards: account.guards.map((guard) => ({ ...guard, attention: guard.attention === null ? null : { ...guard.attention } })),
  sync: printSync(account),
  links: { self: `/v1/accounts/${account.id}`, databases: `/v1/databases?account=${account.id}` },
})

/** The wire form of how databases are looked for in an account. */
export function printSync(account: AccountDetails): z.infer<typeof syncSchema> {
  const enabled = account.active && account.sync
  return {
    enabled,
    nextAt: enabled ? account.nextSyncAt.toISOString() : null,
    regions: account.regions.map(({ region, at, completeAt, error, counts }) => ({
      region,
      at: at?.toISOString() ?? null,
      complete: at !== null && error === null,
      completeAt: completeAt?.toISOString() ?? null,
      error: error === null ? null : { ...error },
      counts: counts === null ? null : { ...counts },
    })),
  }
}
