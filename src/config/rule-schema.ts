import { RE2JS } from 're2js'
import { z } from 'zod'
import { type AllowRule, type DenyRule, type EmergencyTerms, paths, type Stage } from '../kernel/rule.ts'
import { accountId, duration, line, name, personId, region, some, strict, tags, who } from './schema-parts.ts'
import { slackChannel } from './slack-schema.ts'

const DAY = 86_400

/** What is due is looked for once a minute: a notice by less could come after the end. */
const SHORTEST_NOTICE = 120

/** Which databases are meant; each part that is given must match. */
export const databaseScope = strict({
  accounts: some(accountId, 'leave it out to match every account').optional(),
  regions: some(region, 'leave it out to match every region').optional(),
  tags: tags.refine((given) => Object.keys(given).length > 0, 'must not be empty; leave it out to match whatever the tags').optional(),
  identifiers: some(line, 'leave it out to match every identifier').optional().describe('Patterns with * and ?.'),
})

const dbUsers = some(
  line.refine((pattern) => !pattern.includes('${'), 'must not hold a variable; only principals may name the person'),
  'name the database users, or "*"',
).describe('Patterns with * and ?.')

/** Five fields without wildcards crossing from one to the next, then the kind of principal and its name; permission sets have no account. */
const principalForm = /^arn:[^:]+:(?:iam::[^:]+:(?:\*|[^:/]+\/.+)|sso:::permissionSet\/.+)$/

const principal = line.superRefine((pattern, context) => {
  const unknown =
    pattern.match(/\$\{[^}]*\}?/g)?.filter((variable) => variable !== '${person.username}' && variable !== '${person.id}') ?? []
  for (const variable of unknown)
    context.addIssue({ code: 'custom', message: `unknown variable ${variable}; known are \${person.username}, \${person.id}` })
  if (!principalForm.test(pattern))
    context.addIssue({
      code: 'custom',
      message:
        'must be a pattern of ARNs of IAM roles or users, such as arn:aws:iam::123456789012:role/app-*, or of permission sets, arn:aws:sso:::permissionSet/…',
    })
})

const principals = some(principal, 'name the principals by ARN').describe(
  'Patterns of ARNs, with *, ?, ${person.username} and ${person.id}.',
)

const pathsSchema = some(z.enum(paths, `must be one of ${paths.join(', ')}`), 'name direct, access-role, or both')

const stage = strict({
  from: who,
  count: z.int().min(1).max(100).default(1),
  escalate: strict({ after: duration.describe('Since its turn came; less than `waits`.'), to: who })
    .optional()
    .describe('Who may fill its places too, once it has waited for so long.'),
})

const approvals = z
  .union(
    [z.literal('auto'), some(stage, 'write auto if nobody has to approve')],
    'must be auto, or a list of stages such as { from: { groups: [dba] }, count: 1 }',
  )
  .describe('Each stage is approved by different people.')

const stagesOf = (given: z.output<typeof approvals>, inOrder: boolean): readonly Stage[] =>
  given === 'auto' ? [] : given.map((each, index) => (inOrder && index > 0 ? { ...each, turn: index + 1 } : each))

/** Those of a part of the rule that may leave them out. */
const ownStages = (given: z.output<typeof approvals> | undefined): readonly Stage[] | null =>
  given === undefined ? null : stagesOf(given, false)

/** RE2, whose time is linear in the text that it is held against. */
const pattern = line.superRefine((text, context) => {
  try {
    RE2JS.compile(text)
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `is no regular expression of RE2: ${error instanceof Error ? error.message : String(error)}`,
    })
  }
})

const emergency = strict({
  who: who.describe('Who may have it: requester and beneficiary must both be among them, and among `who` of the rule.'),
  longest: duration,
  review: who.describe('Who signs for it afterwards; never requester or beneficiary.'),
  notify: strict({ groups: z.array(name).default([]), people: z.array(personId).default([]), channels: z.array(line).default([]) })
    .optional()
    .describe('Who is told of it besides the reviewers.'),
}).transform(({ notify, ...rest }): EmergencyTerms => ({ ...rest, notify: notify ?? { groups: [], people: [], channels: [] } }))

const standing = strict({
  reviewEvery: duration,
  reviewers: who.describe('Who may keep it; never requester or beneficiary.'),
  remindBefore: duration.describe('How long before it is due a review is opened.'),
})

const extensions = strict({
  count: z.int().min(1).max(100).describe('How often.'),
  total: duration.describe('How long it may last in all, from its first start.'),
  approvals: approvals.optional().describe('Of an extension; by default those of the rule.'),
})

/** A demand for a ticket as it is written. */
interface TicketWords {
  readonly system?: string | undefined
  readonly pattern?: string | undefined
  readonly source?: string | undefined
  readonly types?: readonly string[] | undefined
  readonly message: string
}

const ticketDemand = ({ system, pattern: form, source, types, message }: TicketWords): NonNullable<AllowRule['ticket']> => ({
  system: source ?? system ?? null,
  pattern: form ?? null,
  source: source ?? null,
  types: types ?? null,
  message,
})

const allow = strict({
  name,
  effect: z.literal('allow').optional(),
  who,
  databases: databaseScope.describe('{} for all databases.'),
  dbUsers,
  principals,
  paths: pathsSchema.optional().describe('How access may be given; by default [direct], a policy on the principal itself.'),
  approvals,
  inOrder: z.boolean().default(false).describe('Whether the stages come one after the other, as they are listed; by default all at once.'),
  duration: strict({ default: duration, longest: duration }),
  wildcards: strict({
    dbUsers: z.boolean().default(false).describe('All users of a database, those made later too; `dbUsers` must hold "*".'),
    databases: z.boolean().default(false).describe('All databases of a region, those made later too; no tags or identifiers may be given.'),
  })
    .optional()
    .describe('What may be asked for as `*`; by default nothing.'),
  waits: duration.optional().describe('How long a request may wait for its decision; by default P1D.'),
  startsWithin: duration.optional().describe('How far ahead a start may lie: for so long an approval may go unused; by default P366D.'),
  notifyBefore: duration
    .refine((seconds) => seconds >= SHORTEST_NOTICE, 'must be PT2M at least: the worker looks once a minute for what ends soon')
    .optional()
    .describe(
      'How long before its end those concerned are told that access ends soon; by default PT15M. Access that lasts less than twice as long is not told of.',
    ),
  reason: strict({ pattern, message: line }).optional().describe('What the reason must have in it, and what is said where it does not.'),
  ticket: strict({
    system: line.optional(),
    pattern: pattern.optional(),
    source: line
      .optional()
      .describe('A source under `tickets`, from which it must be known, open, and the requester’s or the beneficiary’s.'),
    types: some(line, 'leave it out for every type').optional().describe('With `source`: what type it must be of.'),
    message: line,
  })
    .refine(({ source, types }) => types === undefined || source !== undefined, {
      path: ['types'],
      message: 'means nothing without source',
    })
    .refine(({ source, system }) => source === undefined || system === undefined, {
      path: ['system'],
      message: 'means nothing beside source',
    })
    .optional()
    .describe('That there must be a ticket, of a system and with a key as given, and what is said where there is none.'),
  decisionsFrom: some(line, 'leave it out where no ticket carries a decision')
    .optional()
    .describe('The sources under `tickets` by which approvers may decide; by default none.'),
  warning: line.optional().describe('What requesters and approvers are told.'),
  emergency: emergency.optional().describe('That access may be had at once without approval, and is reviewed afterwards.'),
  extensions: extensions.optional().describe('That access may be extended before its end; by default not.'),
  standing: standing.optional().describe('That access may be asked for without an end: unreviewed, it ends.'),
  channel: slackChannel.optional().describe('The Slack channel whose members are asked to decide; by default that of `slack`.'),
}).transform(
  ({ inOrder, ...rule }): AllowRule => ({
    ...rule,
    effect: 'allow',
    approvals: stagesOf(rule.approvals, inOrder),
    waits: rule.waits ?? DAY,
    startsWithin: rule.startsWithin ?? 366 * DAY,
    notifyBefore: rule.notifyBefore ?? 900,
    reason: rule.reason ?? null,
    ticket: rule.ticket === undefined ? null : ticketDemand(rule.ticket),
    decisionsFrom: rule.decisionsFrom ?? [],
    warning: rule.warning ?? null,
    channel: rule.channel ?? null,
    paths: rule.paths ?? ['direct'],
    wildcards: rule.wildcards ?? { dbUsers: false, databases: false },
    emergency: rule.emergency ?? null,
    standing: rule.standing ?? null,
    extensions: rule.extensions === undefined ? null : { ...rule.extensions, approvals: ownStages(rule.extensions.approvals) },
  }),
)

const deny = strict({
  name,
  effect: z.literal('deny'),
  who: who.optional(),
  databases: databaseScope.optional(),
  dbUsers: dbUsers.optional(),
  principals: principals.optional(),
  paths: pathsSchema.optional(),
}).transform((rule): DenyRule => rule)

/** One rule; without `effect` it allows. */
export const ruleSchema = z.discriminatedUnion('effect', [allow, deny], 'must be allow or deny')
