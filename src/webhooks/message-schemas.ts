import { z } from 'zod'
import { eventMeanings } from '../audit/index.ts'
import { type MessageType, messageTypes } from './message.ts'

const time = z.iso.datetime().meta({ example: '2026-11-24T12:00:00.000Z' })
const person = z.string().meta({ example: 'developer' })
const principal = z.string().meta({ example: 'arn:aws:iam::123456789012:role/app-reader' })

const entitlement = z.strictObject({
  account: z.string().meta({ example: '123456789012' }),
  region: z.string().meta({ example: 'us-east-2' }),
  database: z.string().nullable().describe('Null: every database of the region.').meta({ example: 'dbs_01kazv5vb4pex5vsknk084sn02' }),
  resource: z.string().describe('As a policy names it.').meta({
    example: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user',
  }),
  dbUser: z.string().meta({ example: 'db_user' }),
})

const grantInBrief = entitlement.extend({
  id: z.string().meta({ example: 'grt_01kazv5vb4pex5vsknk084sn02' }),
  request: z.string().meta({ example: 'req_01kazv5vb4pex5vsknk084sn02' }),
  beneficiary: person,
  principal,
  startsAt: time,
  endsAt: time,
})

const common = {
  version: z.literal(1).describe('Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.'),
  event: z.string().describe('The audit event, and the `webhook-id`.').meta({ example: 'evt_01kazv5vb4pex5vsknk084sn02' }),
  seq: z.number().int().describe('Grows with the order in which events were recorded, with gaps. Messages may come in any order.'),
  actor: z.strictObject({ kind: z.enum(['person', 'service', 'system']), person: person.nullable(), via: z.string() }),
}

const request = z
  .strictObject({
    id: z.string().meta({ example: 'req_01kazv5vb4pex5vsknk084sn02' }),
    status: z.enum(['pending', 'approved', 'denied', 'withdrawn', 'expired']),
    requester: person,
    beneficiary: person,
    principal,
    entitlements: z.array(entitlement),
  })
  .describe('What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them.')

const comment = z.strictObject({ id: z.string().meta({ example: 'cmt_01kazv5vb4pex5vsknk084sn02' }) })

const decision = z.strictObject({ verdict: z.enum(['approve', 'deny']) })

const grant = grantInBrief.extend({
  status: z.enum(['scheduled', 'applying', 'active', 'revoking', 'ended']).describe('After the event.'),
  endReason: z.enum(['expired', 'revoked', 'returned', 'rules_changed', 'ticket_closed', 'unreviewed', 'reviewed', 'left']).nullable(),
})

const trouble = z.strictObject({ code: z.string().meta({ example: 'aws_denied' }), message: z.string().optional() })
const held = z.array(grantInBrief).describe('The grants that the target held when this was made into a message.')
const webhook = z.strictObject({
  id: z.string().meta({ example: 'whk_01kazv5vb4pex5vsknk084sn02' }),
  because: z.enum(['asked', 'failing', 'gone']).optional(),
})

const those = z.strictObject({ groups: z.array(z.string()), people: z.array(z.string()) })

const review = z
  .strictObject({
    id: z.string().meta({ example: 'rev_01kazv5vb4pex5vsknk084sn02' }),
    kind: z.enum(['emergency', 'standing']),
    reviewers: those,
    dueAt: time.nullable().optional().describe('When standing access ends unless it is kept; null for emergency access.'),
    outcome: z.enum(['justified', 'unjustified', 'keep', 'end']).optional(),
  })
  .describe('`GET /v1/reviews/{id}` has the rest.')

const notify = those.extend({ channels: z.array(z.string()) }).describe('Who is to be told, besides the reviewers, as the rule says.')

const escalation = z
  .strictObject({
    stages: z.array(
      z.strictObject({
        turn: z.number().int(),
        from: those.describe('Who was asked before.'),
        to: those.describe('Who is asked too from now on.'),
        after: z.string().describe('For how long it had waited, as an ISO 8601 duration.').meta({ example: 'PT1H' }),
      }),
    ),
  })
  .describe('The stages that ask others too. `GET /v1/requests/{id}` has who that is by name.')

const ruleSet = z.strictObject({
  hash: z
    .string()
    .describe('Of the rule set that came into force, waits to be confirmed, or waits no more. `GET /v1/rules` has what changes by it.'),
})

const dataOf = (type: MessageType | 'ping'): z.ZodObject => {
  if (type === 'ping' || type === 'webhook.paused') return z.strictObject({ ...common, webhook })
  if (type === 'decision.recorded') return z.strictObject({ ...common, request, decision })
  if (type === 'grant.emergency') return z.strictObject({ ...common, request, review, notify })
  if (type.startsWith('review.')) return z.strictObject({ ...common, request, review })
  if (type.startsWith('rules.')) return z.strictObject({ ...common, rules: ruleSet })
  if (type === 'request.escalated') return z.strictObject({ ...common, request, escalation })
  if (type === 'request.commented') return z.strictObject({ ...common, request, comment })
  if (type.startsWith('request.')) return z.strictObject({ ...common, request })
  if (type.startsWith('grant.')) return z.strictObject({ ...common, grant })
  return z.strictObject({ ...common, attention: trouble, grants: held })
}

/** The whole of a message of a type. */
export const messageSchema = (type: MessageType | 'ping') =>
  z.strictObject({ type: z.literal(type), timestamp: time.describe('When it happened.'), data: dataOf(type) })

/** What is sent, by type, for the API's document (OpenAPI 3.1, `webhooks`). */
export const describedMessages = () =>
  Object.fromEntries([...messageTypes, 'ping' as const].map((type) => [type, { post: described(type) }]))

function described(type: MessageType | 'ping') {
  const meaning = type === 'ping' ? 'somebody had the endpoint tested' : eventMeanings[type]
  const { $schema: _, ...schema } = z.toJSONSchema(messageSchema(type), { target: 'draft-2020-12' })
  return {
    operationId: `webhook.${type}`,
    summary: `${type}: ${meaning}`,
    description:
      'Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.',
    tags: ['webhooks'],
    security: [],
    parameters: [
      header('webhook-id', 'The same at every attempt: by it a message that comes twice is known.'),
      header('webhook-timestamp', 'When this attempt was made, in seconds since 1970. Refuse one more than five minutes away.'),
      header(
        'webhook-signature',
        '`v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced.',
      ),
    ],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {
      '204': { description: 'Any 2xx within 15 seconds: it has been received.' },
      '410': { description: 'Nothing more is wanted: the webhook is paused.' },
      default: { description: 'Anything else, redirects included: it is sent again later.' },
    },
  }
}

const header = (name: string, description: string) => ({
  in: 'header' as const,
  name,
  required: true,
  description,
  schema: { type: 'string' as const },
})
