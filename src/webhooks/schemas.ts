import { z } from 'zod'
import { eventMeanings } from '../audit/index.ts'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import { parseDuration } from '../kernel/duration.ts'
import { type Id, idPattern } from '../kernel/ids.ts'
import type { Delivery } from './delivery-view.ts'
import { messageTypes } from './message.ts'
import { type Trouble, troubles } from './outcome.ts'
import type { Webhook } from './webhook.ts'

const webhookId = z
  .string()
  .regex(idPattern('whk'), 'is not the id of a webhook (whk_…)')
  .meta({ example: 'whk_01kazv5vb4pex5vsknk084sn02' })

/** The path of one webhook. */
export const webhookParams = z.strictObject({ id: webhookId })

export const idOf = ({ id }: z.infer<typeof webhookParams>): Id<'whk'> => id as Id<'whk'> // the schema has checked its form

const deliveryId = z
  .string()
  .regex(idPattern('evt'), 'is not the id of a delivery (evt_…)')
  .describe('The audit event that it tells of, which is also its `webhook-id`.')
  .meta({ example: 'evt_01kazv5vb4pex5vsknk084sn02' })

/** The path of one delivery. */
export const deliveryParams = webhookParams.extend({ delivery: deliveryId })

export const eventOf = ({ delivery }: z.infer<typeof deliveryParams>): Id<'evt'> => delivery as Id<'evt'> // the same

const type = z.enum(messageTypes).describe(messageTypes.map((each) => `\`${each}\`: ${eventMeanings[each]}`).join('; '))

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length

const url = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[\x21-\x7e]+$/, 'has characters other than printable ASCII')
  .describe('https, with a public address unless the operators allow others. Its path and query are told to admins only.')
  .meta({ example: 'https://portal.example.com/hooks/sallyport' })
const description = z.string().trim().max(200).describe('What it is for, for people.').meta({ example: 'Developer portal' })
const types = z.array(type).min(1).refine(distinct, 'names a type twice')
const accounts = z
  .array(z.string().regex(/^\d{12}$/, 'is not an AWS account id of 12 digits'))
  .max(200)
  .refine(distinct, 'names an account twice')
  .describe('Only events about something in these AWS accounts; none: in all of them.')
const databases = z
  .array(z.string().regex(idPattern('dbs'), 'is not Sallyport’s id of a database (dbs_…)'))
  .max(200)
  .refine(distinct, 'names a database twice')
  .describe('Only events about these databases; none: about all of them.')

export const createBody = z.strictObject({
  url,
  description: description.default(''),
  types: types.default([...messageTypes]).describe('What it is told of; by default everything that there is in this version.'),
  accounts: accounts.default([]),
  databases: databases.default([]),
})

export const changeBody = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    types: types.optional(),
    accounts: accounts.optional(),
    databases: databases.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'changes nothing')
  .meta({ example: { types: ['request.created', 'grant.activated', 'grant.ended'] } })

const LONGEST_OVERLAP = 7 * 86_400

export const rotateBody = z.strictObject({
  overlap: z
    .string()
    .refine((text) => (parseDuration(text) ?? Number.POSITIVE_INFINITY) <= LONGEST_OVERLAP, 'is not an ISO 8601 duration of at most P7D')
    .transform((text) => parseDuration(text) ?? 0)
    .nullable()
    .prefault('P1D')
    .describe('For how long messages are signed with the secret before, too. Null: it signs no more at once, as when it has leaked.')
    .meta({ example: 'P1D' }),
})

/** Postgres has no year 0. */
const time = z.iso.datetime({ offset: true }).refine((text) => new Date(text).getUTCFullYear() > 0, 'must be in the year 1 or later')

export const redeliverBody = z.strictObject({
  since: time.describe('Deliveries of this time or later that were given up are sent once more.').meta({ example: '2026-11-24T00:00:00Z' }),
})
export const redelivered = z.strictObject({ count: z.number().int().describe('How many are sent once more.') }).meta({ id: 'Redelivered' })

const instant = z.iso.datetime().meta({ example: '2026-11-24T12:00:00.000Z' })
const names = Object.keys(troubles) as [Trouble, ...Trouble[]] // the keys of a complete record
const trouble = z.enum(names).describe(
  Object.entries(troubles)
    .map(([code, meaning]) => `\`${code}\`: ${meaning}`)
    .join('; '),
)

export const webhookSchema = z
  .strictObject({
    id: webhookId,
    url,
    description,
    types: z.array(type),
    accounts,
    databases,
    paused: z
      .strictObject({
        because: z.enum(['asked', 'failing', 'gone']).describe('`failing`: nothing was received for three days; `gone`: it answered 410.'),
        at: instant,
      })
      .nullable()
      .describe('Nothing is sent, and what happens waits, until somebody resumes it; null: it is sent to.'),
    attention: z
      .strictObject({ code: trouble, message: z.string(), since: instant, attempts: z.number().int() })
      .nullable()
      .describe('What keeps messages from it at this moment; goes away with the first that is received.'),
    previousSecretUntil: instant.nullable().describe('Until when messages are signed with the secret before, too.'),
    createdAt: instant,
    links: z.strictObject({ self: z.string(), deliveries: z.string() }),
  })
  .meta({ id: 'Webhook' })

/** With the secret in the first answer, and never again. */
export const webhookWithSecret = webhookSchema
  .extend({
    secret: z
      .string()
      .nullable()
      .describe(
        'By which messages are verified. It is told once: null in a repeated answer of the same Idempotency-Key. A lost one is replaced.',
      )
      .meta({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
  })
  .meta({ id: 'WebhookWithSecret' })

export const webhookPage = pageOf(webhookSchema).meta({ id: 'WebhookPage' })

const deliveryStatus = z.enum(['pending', 'succeeded', 'failed']).describe('`failed`: it was given up, after ten attempts or a 410.')
const sentType = z.enum([...messageTypes, 'ping'])

export const deliverySchema = z
  .strictObject({
    id: deliveryId,
    type: sentType,
    status: deliveryStatus,
    createdAt: instant,
    nextAt: instant.nullable().describe('When it is tried again, unless the webhook is paused; null once it is settled.'),
    tries: z
      .array(
        z.strictObject({
          at: instant,
          status: z.number().int().nullable().describe('Of the answer; null if there was none.'),
          trouble: trouble.nullable().describe('Null: it was received.'),
          milliseconds: z.number().int(),
        }),
      )
      .describe('All attempts, oldest first.'),
    body: z.string().describe('Exactly what is sent, and signed.'),
    links: z.strictObject({ self: z.string(), event: z.string() }),
  })
  .meta({ id: 'WebhookDelivery' })

export const deliveryPage = pageOf(deliverySchema).meta({ id: 'WebhookDeliveryPage' })

export const listDeliveriesQuery = z.strictObject({
  ...pageQuery,
  status: deliveryStatus.optional(),
  type: sentType.optional(),
  since: time.optional().describe('Of this time or later.'),
})

/** The wire form of a webhook. */
export function printWebhook(webhook: Webhook): z.infer<typeof webhookSchema> {
  const { id, paused, attention, previousSecretUntil, createdAt, types, accounts, databases, ...rest } = webhook
  return {
    id,
    ...rest,
    types: [...types],
    accounts: [...accounts],
    databases: [...databases],
    paused: paused === null ? null : { because: paused.because, at: paused.at.toISOString() },
    attention: attention === null ? null : { ...attention, since: attention.since.toISOString() },
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    links: { self: `/v1/webhooks/${id}`, deliveries: `/v1/webhooks/${id}/deliveries` },
  }
}

/** The wire form of a delivery. */
export function printDelivery(webhook: string, delivery: Delivery): z.infer<typeof deliverySchema> {
  const { id, status, createdAt, nextAt, tries, body } = delivery
  return {
    id,
    type: delivery.type === 'webhook.tested' ? 'ping' : delivery.type,
    status,
    createdAt: createdAt.toISOString(),
    nextAt: nextAt?.toISOString() ?? null,
    tries: tries.map((each) => ({ ...each })),
    body,
    links: { self: `/v1/webhooks/${webhook}/deliveries/${id}`, event: `/v1/audit/${id}` },
  }
}
