import { z } from 'zod'
import { databaseRef } from '../catalog/index.ts'
import { pageQuery } from '../kernel/cursor.ts'
import { printSharedWith, sharedWithSchema } from '../snapshot/index.ts'
import { type AccessItem, type AccessReport, notChecked } from './access-report.ts'
import type { DirectAccess, Limit } from './direct-access.ts'

export const accessQuery = z.strictObject({
  ...pageQuery,
  cursor: z.string().min(1).max(3000).optional().describe('`nextCursor` of the page before; leave it out for the first page.'),
  database: databaseRef,
  dbUser: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('One database user; without it, every name and pattern that a policy of the principal has.')
    .meta({ example: 'db_user' }),
})

const time = z.iso.datetime()
const group = z.string().nullable().describe('The ARN of the group through which the user has it; null: it is on the principal itself.')
const conditions = z.array(z.string()).describe('On what it depends, as in the policy; empty: on nothing.')

const source = {
  policy: z.string().describe('The name of the policy.'),
  policyArn: z.string().nullable().describe('Null: an inline policy.'),
  group,
  statement: z.number().int().describe('The place of the statement in the policy, from 0.'),
  sid: z.string().nullable(),
}

const accessSchema = z.strictObject({
  dbUser: z.string().describe('The database user; `*` and `?` in it: the policies name a pattern.'),
  result: z
    .enum(['allowed', 'conditional', 'blocked'])
    .describe('`conditional`: it depends on conditions of policies; `blocked`: granted, and a policy or boundary stands against it.'),
  administrator: z.boolean().describe('By a policy that allows every action, or all of rds-db.'),
  grants: z
    .array(
      z.strictObject({ grant: z.string(), status: z.enum(['applying', 'active', 'revoking']), endsAt: time, standing: z.boolean(), group }),
    )
    .describe('The grants by which it is so.'),
  policies: z
    .array(
      z.strictObject({
        ...source,
        conditions,
        leftover: z.boolean().describe('A policy of Sallyport’s that no grant explains; it is being removed.'),
      }),
    )
    .describe('The statements that allow it and are nobody’s grant: unmanaged access.'),
  limits: z
    .array(
      z.strictObject({
        boundary: z.boolean().describe('It is the permissions boundary’s; the policy is then empty.'),
        ...source,
        effect: z.enum(['Allow', 'Deny']),
        conditions,
      }),
    )
    .describe('The statements that deny it, or may, or on whose conditions it depends.'),
})

const itemSchema = z
  .strictObject({
    principal: z
      .strictObject({ arn: z.string(), kind: z.enum(['role', 'user', 'group']), uniqueId: z.string().nullable() })
      .describe('Its unique id is null for an access role, or a permission set, that the last sweep has not seen yet.'),
    access: z.array(accessSchema).describe('As whom it can connect; empty: it cannot, and could let itself.'),
    couldObtain: z
      .array(
        z.strictObject({
          action: z.string().meta({ example: 'iam:PutRolePolicy' }),
          on: z.string().describe('The ARN that the call is about.'),
          conditional: z.boolean(),
        }),
      )
      .describe('Single calls to AWS by which it could come to connect.'),
    sharedWith: sharedWithSchema.nullable().describe('Who can use the principal; null if you see grants only, or nobody has read it yet.'),
  })
  .meta({ id: 'AccessItem' })

export const accessReportSchema = z
  .strictObject({
    database: z.strictObject({ id: z.string(), resourceId: z.string(), identifier: z.string(), account: z.string(), region: z.string() }),
    dbUser: z.string().nullable(),
    asOf: time.describe('When the account was read; grants are as of now.'),
    sweep: z
      .strictObject({
        triedAt: time,
        attention: z.strictObject({ code: z.string(), message: z.string(), since: time, attempts: z.number().int() }).nullable(),
      })
      .describe('The last try to read the account, and what kept it from its end.'),
    shows: z.enum(['everything', 'own grants']),
    notChecked: z.array(z.string()).describe('What could narrow or widen access and is not looked at.'),
    guarded: z
      .array(z.string())
      .describe('The principals of the account that can connect only to what they are granted themselves; empty if you see grants only.'),
    items: z.array(itemSchema),
    nextCursor: z.string().nullable().describe('Pass it as `cursor` to get the next page; null on the last page.'),
  })
  .meta({ id: 'AccessReport' })

/** The wire form of a report. */
export function printReport(report: AccessReport, nextCursor: string | null): z.infer<typeof accessReportSchema> {
  const { id, resourceId, identifier, accountId, region } = report.database
  const { asOf, triedAt, attention } = report.snapshot
  return {
    database: { id, resourceId, identifier, account: accountId, region },
    dbUser: report.dbUser,
    asOf: asOf.toISOString(),
    sweep: {
      triedAt: triedAt.toISOString(),
      attention: attention === null ? null : { ...attention, since: attention.since.toISOString() },
    },
    shows: report.shows,
    notChecked: [...notChecked],
    guarded: [...report.guarded],
    items: report.items.map(printItem),
    nextCursor,
  }
}

const printItem = ({ principal, access, hops, sharedWith }: AccessItem): z.infer<typeof itemSchema> => ({
  principal: { ...principal },
  access: access.map(printAccess),
  couldObtain: hops.map((hop) => ({ ...hop })),
  sharedWith: sharedWith === null ? null : printSharedWith(sharedWith),
})

function printAccess({ dbUser, result, administrator, grants, policies, limits }: DirectAccess): z.infer<typeof accessSchema> {
  return {
    dbUser,
    result,
    administrator,
    grants: grants.flatMap(({ grant, group }) =>
      grant.status === 'scheduled' || grant.status === 'ended'
        ? []
        : [{ grant: grant.id, status: grant.status, endsAt: grant.endsAt.toISOString(), standing: grant.standing, group }],
    ),
    policies: policies.map(({ source, statement, sid, conditions, leftover }) => ({
      policy: source.name,
      policyArn: source.arn,
      group: source.group,
      statement,
      sid,
      conditions: [...conditions],
      leftover,
    })),
    limits: limits.map(printLimit),
  }
}

const printLimit = ({ source, statement, sid, effect, conditions }: Limit) => ({
  boundary: source === null,
  policy: source?.name ?? '',
  policyArn: source?.arn ?? null,
  group: source?.group ?? null,
  statement,
  sid,
  effect,
  conditions: [...conditions],
})
