import { z } from 'zod'
import { databaseInBrief } from '../catalog/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { idPattern } from '../kernel/ids.ts'
import { unmanagedAccessWarning } from '../snapshot/index.ts'
import type { ConnectInstructions } from './connect-command.ts'
import type { Successor } from './database-attention.ts'
import { grantEndReasons } from './grant.ts'
import type { GrantDetails } from './grant-view.ts'

export const grantId = z
  .string()
  .regex(idPattern('grt'), 'is not the id of a grant (grt_…)')
  .meta({ example: 'grt_01kazv5vb4pex5vsknk084sn02' })

export const grantStatus = z.enum(['scheduled', 'applying', 'active', 'revoking', 'ended'])

export const grantOrder = z.enum(['newest', 'end']).default('newest').describe('`newest` first, or what ends soonest first.')

const time = z.iso.datetime()

export const some = z.string().min(1).max(2048)

/** Which grants; what is named narrows the others down. */
export const whichGrants = {
  beneficiary: some.optional().describe('The id of the person who uses them.'),
  account: some.optional().describe('The account of their databases.'),
  database: some.optional().describe('A resource id, an ARN, or Sallyport’s id.'),
  dbUser: some.optional(),
  principal: some.optional().describe('The ARN of the principal.'),
  request: some.optional(),
}

const attention = z
  .strictObject({
    code: z.string().describe('What kind of trouble.'),
    message: z.string().describe('The trouble in words, and what mends it.'),
    since: time,
    attempts: z.number().int().describe('How often it has been tried; Sallyport never stops trying. 0: there is nothing to try.'),
  })
  .describe('What keeps the grant from being right at this moment: trouble with its target, with its database, or with what it reaches.')

export const grantSchema = z
  .strictObject({
    id: grantId,
    status: grantStatus,
    endReason: z.enum(grantEndReasons).nullable(),
    request: z.string().describe('The request that was approved.'),
    principal: z.string().describe('The ARN of the principal that can connect.'),
    principalUniqueId: z
      .string()
      .nullable()
      .describe(
        'The unique id it is pinned by, or of a permission set that part of its ARN: one made again under the same name inherits nothing. Null: its account is not managed here.',
      ),
    accessRole: z.string().nullable().describe('The ARN of the role that the principal assumes first; null: it connects as itself.'),
    guarded: z.boolean().describe('Whether the principal is denied to connect to anything but what it is granted.'),
    database: databaseInBrief.nullable().describe('Null: every database of the region that `resource` names.'),
    dbUser: z.string().describe('`*`: every user.'),
    joined: z
      .strictObject({ at: time, rule: z.string(), detail: z.string() })
      .nullable()
      .describe(
        'Since when, and why, it is granted though the request did not name it: it came to have the tags later. Null: it was named.',
      ),
    resource: z
      .string()
      .describe('The ARN in the policy: `arn:aws:rds-db:region:account:dbuser:resource-id/db-user`; either of the last two may be `*`.'),
    requester: z.string(),
    beneficiary: z.string(),
    duration: z.string().nullable().describe('ISO 8601; null: standing access, until nobody keeps it.'),
    createdAt: time,
    startsAt: time,
    endsAt: time.describe('Of standing access, when its next review is due.'),
    standing: z
      .boolean()
      .describe('Whether it has no end of its own: it ends at `endsAt` unless a reviewer keeps it by then (`GET /v1/reviews`).'),
    notifyAt: time
      .nullable()
      .describe('When those concerned are told that it ends soon (`grant.ends_soon`); null: never, as it is short, or standing access.'),
    activeAt: time.nullable().describe('When IAM was first seen to hold it.'),
    revokingAt: time.nullable(),
    endedAt: time.nullable().describe('When IAM was seen without it.'),
    attention: attention.nullable(),
    askAgain: z
      .strictObject({
        href: z.literal('/v1/requests'),
        body: z
          .strictObject({
            principal: z.string(),
            beneficiary: z.string(),
            entitlements: z.array(z.strictObject({ database: z.string(), dbUser: z.string() })),
            reason: z.string(),
          })
          .describe('To be POSTed there; the reason is yours to change.'),
      })
      .nullable()
      .describe('How to ask for the database that has the name of this one now; null unless `attention` is `database_replaced`.'),
    links: z.strictObject({ self: z.string(), request: z.string(), connect: z.string() }),
  })
  .meta({ id: 'Grant' })

/** A grant as ending it answers: with what taking it away does not close. */
export const endingGrantSchema = grantSchema
  .extend({
    warnings: z
      .array(unmanagedAccessWarning)
      .describe('That the principal can connect without it too, as the last reading of its account shows.'),
  })
  .meta({ id: 'EndingGrant' })

export const packedPolicy = z
  .strictObject({
    name: z.string(),
    kind: z.enum(['inline', 'managed']),
    document: z.string().describe('The exact text that is written to IAM.'),
    characters: z.number().int().describe('As IAM counts them: without white space.'),
  })
  .meta({ id: 'PackedPolicy' })

export const connectSchema = z
  .strictObject({
    host: z.string(),
    port: z.number().int(),
    user: z.string(),
    region: z.string(),
    tls: z.strictObject({ required: z.literal(true), caBundle: z.string().nullable().describe('Null: the system’s own trust store.') }),
    assume: z
      .strictObject({
        role: z.string().describe('The ARN of the access role.'),
        policy: z
          .string()
          .nullable()
          .describe('What the principal’s own policies must allow, to be written by somebody who may; null: nothing is missing.'),
      })
      .nullable()
      .describe('The role to assume first; null: the principal connects as itself.'),
    sso: z
      .strictObject({ account: z.string(), permissionSet: z.string().describe('Its name.') })
      .nullable()
      .describe('Where the person signs in through Identity Center; null: the principal is no permission set.'),
    steps: z.array(z.strictObject({ title: z.string(), command: z.string().describe('For a POSIX shell.') })),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ConnectInstructions' })

export const endGrantBody = z.strictObject({
  comment: z.string().trim().min(1).max(2000).nullable().default(null).describe('Why; kept in the audit log.'),
})

export const revokeGrantsBody = z.strictObject({
  filter: z
    .strictObject(whichGrants)
    .refine((filter) => Object.keys(filter).length > 0, 'must name at least one of its fields: nothing is revoked by leaving them out')
    .meta({ example: { beneficiary: 'developer' } }),
  comment: z.string().trim().min(1).max(2000).describe('Why; kept in the audit log with each of the grants.'),
})

export const revokedGrantsSchema = z
  .strictObject({
    revoked: z.number().int().describe('How many; 0: none that matched was in force or yet to start.'),
    grants: z.array(grantId).describe('Their ids; each is `revoking` until IAM is seen without it.'),
  })
  .meta({ id: 'RevokedGrants' })

function printDatabase({ id, resourceId, identifier, account, region, engine }: NonNullable<GrantDetails['database']>) {
  return { id, resourceId, identifier, account, region, engine }
}

/** The wire form of a grant. */
export function printGrant(grant: GrantDetails): z.infer<typeof grantSchema> {
  return {
    id: grant.id,
    status: grant.status,
    endReason: grant.endReason,
    request: grant.requestId,
    principal: grant.principalArn,
    principalUniqueId: grant.principalUniqueId,
    accessRole: grant.accessRole,
    guarded: grant.guarded,
    database: grant.database === null ? null : printDatabase(grant.database),
    dbUser: grant.dbUser,
    joined: grant.joined === null ? null : { ...grant.joined, at: grant.joined.at.toISOString() },
    resource: grant.resourceArn,
    requester: grant.requesterId,
    beneficiary: grant.beneficiaryId,
    duration: grant.standing ? null : formatDuration(Math.round((grant.endsAt.getTime() - grant.startsAt.getTime()) / 1000)), // one that joined later has what was left
    createdAt: grant.createdAt.toISOString(),
    startsAt: grant.startsAt.toISOString(),
    endsAt: grant.endsAt.toISOString(),
    standing: grant.standing,
    notifyAt: grant.notifyAt?.toISOString() ?? null,
    activeAt: grant.activeAt?.toISOString() ?? null,
    revokingAt: grant.revokingAt?.toISOString() ?? null,
    endedAt: grant.endedAt?.toISOString() ?? null,
    askAgain: grant.attention?.code === 'database_replaced' && grant.successor !== null ? askAgain(grant, grant.successor) : null,
    attention: grant.attention === null ? null : { ...grant.attention, since: grant.attention.since.toISOString() },
    links: { self: `/v1/grants/${grant.id}`, request: `/v1/requests/${grant.requestId}`, connect: `/v1/grants/${grant.id}/connect` },
  }
}

const askAgain = (grant: GrantDetails, successor: Successor) => ({
  href: '/v1/requests' as const,
  body: {
    principal: grant.principalArn,
    beneficiary: grant.beneficiaryId,
    entitlements: [{ database: successor.resourceId, dbUser: grant.dbUser }],
    reason: `${successor.identifier} is ${successor.resourceId} now; ${grant.id} was for the one before`,
  },
})

/** The wire form of the instructions, as they are. */
export const printConnect = (instructions: ConnectInstructions): z.infer<typeof connectSchema> => ({
  ...instructions,
  steps: [...instructions.steps],
  notes: [...instructions.notes],
})
