import { z } from 'zod'

/** Of the API's answers, what the demo looks at. Whatever lacks it is no answer of Sallyport's. */
const grantAnswer = z.object({
  id: z.string(),
  status: z.string(),
  endReason: z.string().nullable(),
  principal: z.string(),
  dbUser: z.string(),
  createdAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  activeAt: z.coerce.date().nullable(),
  endedAt: z.coerce.date().nullable(),
  attention: z.object({ message: z.string() }).nullable(),
})

const requestAnswer = z.object({
  id: z.string(),
  status: z.string(),
  entitlements: z.array(z.object({ rule: z.string() })),
  approvals: z.object({ approvers: z.array(z.string()) }),
  grants: z.array(grantAnswer),
})

const eventAnswer = z.object({
  at: z.coerce.date(),
  type: z.string(),
  actor: z.object({ person: z.string().nullable(), credential: z.string() }),
  request: z.string().nullable(),
  grant: z.string().nullable(),
  target: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
})

export const answers = {
  grant: grantAnswer,
  request: requestAnswer,
  events: z.object({ items: z.array(eventAnswer), nextCursor: z.string().nullable() }),
}

export type Grant = z.output<typeof grantAnswer>
export type AccessRequest = z.output<typeof requestAnswer>
export type AuditEvent = z.output<typeof eventAnswer>
