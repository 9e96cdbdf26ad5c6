import { z } from 'zod'
import { databaseInBrief, databaseRef } from '../catalog/index.ts'
import { grantId, grantSchema, packedPolicy } from '../grants/index.ts'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import { idPattern } from '../kernel/ids.ts'
import { manners, paths } from '../kernel/rule.ts'
import { sharedWithSchema, unmanagedAccessWarning } from '../snapshot/index.ts'

export const requestId = z
  .string()
  .regex(idPattern('req'), 'is not the id of a request (req_…)')
  .meta({ example: 'req_01kazv5vb4pex5vsknk084sn02' })

const requestStatus = z.enum(['pending', 'approved', 'denied', 'withdrawn', 'expired'])

const personId = z.string().min(1).max(100)

const selector = z
  .strictObject({
    account: z
      .string()
      .regex(/^\d{12}$/, 'is not an account number of 12 digits')
      .nullable()
      .default(null)
      .describe('The account of the databases; that of the principal unless given.')
      .meta({ example: null }),
    region: z
      .string()
      .regex(/^[a-z]+(-[a-z]+)+-\d+$/, 'is not a region such as us-east-2')
      .meta({ example: 'us-east-2' }),
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .refine((given) => Object.keys(given).length > 0, 'must not be empty; null for every database of the region')
      .nullable()
      .default(null)
      .describe('Those that have all of these tags now, one entitlement each; null: every database of the region, those made later too.'),
  })
  .meta({ id: 'DatabaseSelector' })

const entitlementBody = z.strictObject({
  database: z.union([databaseRef, selector], 'is neither the name of a database nor a selector of several'),
  dbUser: z
    .string()
    .min(1)
    .max(255)
    .describe('A user name inside the database; case matters. `*`: every user, those made later too.')
    .meta({ example: 'db_user' }),
})

const duration = z.string().max(50).describe('ISO 8601, in weeks, days, hours, minutes and seconds.').meta({ example: 'PT1H' })

export const askBody = z
  .strictObject({
    principal: z
      .string()
      .min(1)
      .max(2048)
      .describe(
        'The ARN of the IAM role, user or group that is to connect, or of a permission set of IAM Identity Center. With `path: "access-role"` a role or user of any account, or a role of Identity Center.',
      )
      .meta({ example: 'arn:aws:iam::123456789012:role/app-reader' }),
    entitlements: z.array(entitlementBody).min(1).max(50).describe('Which database users of which databases.'),
    beneficiary: personId.nullable().default(null).describe('Who will use it; the requester unless given.').meta({ example: null }),
    path: z
      .enum(paths)
      .default('direct')
      .describe(
        '`direct`: a policy on the principal itself. `access-role`: a role in the account of the database, made for the principal, which it assumes first.',
      ),
    duration: duration
      .nullable()
      .optional()
      .describe(
        'How long the access lasts; the default of the rule unless given. Null: without an end, under a rule with `standing`; unreviewed, it ends.',
      ),
    emergency: z
      .boolean()
      .default(false)
      .describe(
        'Access at once without approval, under a rule with `emergency`: named people are told of it, and it is reviewed afterwards.',
      ),
    startsAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .default(null)
      .describe('When it should start, if later than the approval.')
      .meta({ example: null }),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .describe('Why it is needed; approvers and the audit log see it.')
      .meta({ example: 'Investigate slow invoices' }),
    ticket: z
      .strictObject({
        system: z.string().trim().min(1).max(50),
        key: z.string().trim().min(1).max(100),
        url: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .optional(),
      })
      .nullable()
      .default(null)
      .meta({ example: { system: 'jira', key: 'OPS-17', url: 'https://tickets.example.com/OPS-17' } }),
  })
  .meta({ id: 'AskForAccess' })

const { reason, ticket } = askBody.shape

export const extendBody = z
  .strictObject({
    duration: duration.optional().describe('By how much; the default of the rule unless given.'),
    reason,
    ticket: ticket.unwrap().optional().describe('That of the request that it extends unless given; null: none.'),
  })
  .meta({ id: 'ExtendGrant' })

const comment = z.string().trim().min(1).max(2000).nullable().default(null).describe('Kept with the decision and in the audit log.')

export const approveBody = z
  .strictObject({
    duration: duration.nullable().default(null).describe('Shorter than what was asked for; the whole unless given.'),
    entitlements: z.array(entitlementBody).min(1).max(50).nullable().default(null).describe('Those to keep; all unless given.'),
    comment,
  })
  .meta({ id: 'Approve' })

export const denyBody = z.strictObject({ comment }).meta({ id: 'Deny' })

export const listQuery = z.strictObject({
  ...pageQuery,
  status: requestStatus.optional(),
  requester: personId.optional().describe('The id of a person; `me`: you.'),
  beneficiary: personId.optional().describe('The id of a person; `me`: you.'),
  person: personId.optional().describe('Who asked for it or will use it, by their id; `me`: you.'),
  principal: z.string().max(2048).optional(),
  ticket: z.string().max(100).optional().describe('The key of a ticket.'),
  approver: z.literal('me').optional().describe('`me`: only those that wait for a decision of yours.'),
})

const plannedPolicy = packedPolicy
  .extend({ entity: z.string().describe('The ARN of the role, user, group or permission set that it is on.') })
  .meta({ id: 'PlannedPolicy' })

const who = z.strictObject({ groups: z.array(z.string()), people: z.array(z.string()) })
const time = z.iso.datetime()

const decisionSchema = z.strictObject({
  id: z.string(),
  approver: z.string(),
  verdict: z.enum(['approve', 'deny']),
  comment: z.string().nullable(),
  duration: z.string().nullable().describe('The shorter duration allowed, or null for the whole.'),
  entitlements: z
    .array(z.strictObject({ database: z.string().nullable(), dbUser: z.string(), resource: z.string() }))
    .describe('Those that were approved; the database by its resource id, null for every database of a region.'),
  via: z.string().describe('Through which caller it came.'),
  createdAt: time,
})

const stageStanding = z
  .strictObject({
    from: who.describe('Who is asked now.'),
    count: z.number().int(),
    turn: z.number().int().describe('Stages of the same turn are at once; those of a lower one come first.'),
    state: z.enum(['complete', 'open', 'later']).describe('`open`: it is its turn; `later`: others come first.'),
    filledBy: z.array(z.string()).describe('Whose approval fills a place of it.'),
    approvers: z.array(z.string()).describe('Who could fill a place of it: now, or when its turn comes.'),
    escalation: z
      .strictObject({
        to: who,
        after: z.string().describe('For how long it waits for others first, since its turn came.'),
        at: time.nullable().describe('When that is over; null: its turn has not come. Of a preview, if it were asked for now.'),
        asked: z.boolean().describe('Whether they are asked by now: then `from` has them too.'),
      })
      .nullable()
      .describe('Who may fill its places too once it has waited for so long; null: nobody.'),
  })
  .meta({ id: 'ApprovalStage' })

export const commentBody = z.strictObject({
  text: z.string().trim().min(1).max(2000).describe('Told to all who see the request.').meta({ example: 'Is one hour enough?' }),
})

const commentSchema = z.strictObject({
  id: z.string().regex(idPattern('cmt')),
  by: z.string().describe('The id of the person.'),
  via: z.string().describe('Through which caller it came.'),
  text: z.string(),
  createdAt: time,
})

const stageSchema = z.strictObject({ from: who, count: z.number().int() })

const warningSchema = z.strictObject({
  entitlement: z.number().int().describe('Its place in the request, from 0.'),
  code: z.literal('unknown_db_user'),
  detail: z.string().describe('What is wrong, and what to do.'),
})

const ruleWarningSchema = z.strictObject({
  code: z.literal('rule_warning'),
  rule: z.string(),
  detail: z.string().describe('The text of the rule’s `warning`.'),
})

const reviewTerms = z
  .strictObject({
    reviewers: who,
    every: z
      .string()
      .nullable()
      .describe('How long standing access lasts unless it is kept; null: emergency access, which is reviewed once.'),
    opens: z.string().nullable().describe('How long before it is due a review of standing access is opened; null: at once.'),
    notify: who
      .extend({ channels: z.array(z.string()) })
      .nullable()
      .describe('Who is told of emergency access besides.'),
  })
  .meta({ id: 'ReviewTerms' })

const laterSchema = z.strictObject({
  database: databaseInBrief,
  dbUser: z.string(),
  resource: z.string(),
  outcome: z
    .enum(['waiting', 'joined', 'asked', 'refused', 'blocked', 'too_wide'])
    .describe(
      '`waiting`: judged when the request is approved. `joined`: granted, on the approvals given. `asked`: `request` was opened for it. `refused`: the rules refuse it. `blocked`: it may join, and something is in the way; it is tried again. `too_wide`: a wildcard reaches it, and the rules would not have it.',
    ),
  rule: z.string().nullable().describe('The rule that decided, or came nearest.'),
  detail: z.string().describe('Why, in words.'),
  request: requestId.nullable().describe('The request that was opened for it.'),
  matchedAt: time,
  judgedAt: time,
})

const guardWarning = z.strictObject({
  code: z.literal('denied_by_guard'),
  detail: z.string().describe('Whom the grant would not reach, and what to do.'),
})

export const requestSchema = z
  .strictObject({
    id: requestId,
    status: requestStatus,
    requester: z.string(),
    beneficiary: z.string(),
    via: z.string().describe('Through which caller it was asked.'),
    principal: z.strictObject({
      arn: z.string(),
      kind: z.enum(['role', 'user', 'group', 'permission-set']),
      account: z.string().nullable().describe('Null: a permission set, which is in no account.'),
      uniqueId: z
        .string()
        .nullable()
        .describe(
          'Its unique id in IAM when it was asked for, or of a permission set that part of its ARN: one made again under the same name inherits nothing. Null: its account is not managed here.',
        ),
      sharedWith: sharedWithSchema.nullable().describe('Who else can use it, as far as AWS tells; null if nobody could tell.'),
    }),
    path: z.enum(paths),
    entitlements: z.array(
      z.strictObject({
        database: databaseInBrief.nullable().describe('Null: every database of the region.'),
        dbUser: z.string(),
        resource: z.string().describe('The ARN that the policy will name.'),
        selector: selector.nullable().describe('How it was asked for, if it was not by the name of one database.'),
        covers: z.string().nullable().describe('For a wildcard: what it lets connect to today, and what may join later, in words.'),
        rule: z.string().describe('The rule that matched when it was asked.'),
      }),
    ),
    manner: z.enum(manners).describe('`emergency`: at once, and reviewed afterwards. `standing`: until nobody keeps it.'),
    duration: z.string().nullable().describe('ISO 8601; null: standing access.'),
    startsAt: time.nullable(),
    reason: z.string(),
    ticket: z.strictObject({ system: z.string(), key: z.string(), url: z.string().optional() }).nullable(),
    ruleSet: z.string().describe('The hash of the rule set by which it was judged when it was asked.'),
    limits: z.strictObject({ longestDuration: z.string(), decideBy: time }),
    approvals: z
      .strictObject({
        needed: z
          .array(stageSchema)
          .describe('Each by different people; none: no approval is needed. By the rules of now while it is pending.'),
        stages: z.array(stageStanding).describe('The same, each with how it stands.'),
        counted: z.array(z.string()).describe('Whose approval counts by the rules of now.'),
        approvers: z.array(z.string()).describe('Who can approve now.'),
        refused: z.string().nullable().describe('Why the rules of now would refuse it, if they would.'),
      })
      .describe('How it stands by the rules and the people of now.'),
    decisions: z.array(decisionSchema),
    comments: z.array(commentSchema).describe('What those who see it have said, in order.'),
    grants: z.array(grantSchema).describe('What it became; empty until it is approved. What joined later is among them.'),
    later: z
      .array(laterSchema)
      .describe('Databases that came to match what it names by tags or as a whole region after it was asked for, and what became of them.'),
    extends: grantId.nullable().describe('The grant that it gives more time once it is approved. Null: it makes grants of its own.'),
    origin: requestId
      .nullable()
      .describe('The request whose selector these databases came to match later: Sallyport opened this one for it. Null: somebody asked.'),
    warnings: z
      .array(z.discriminatedUnion('code', [warningSchema, ruleWarningSchema, guardWarning, unmanagedAccessWarning]))
      .describe(
        'What an approver should know; it is decided all the same: what the rule warns of, a database user that is not declared, a guard that denies the access to some, and that the principal can connect without Sallyport, as the last reading of its account shows.',
      ),
    createdAt: time,
    expiresAt: time.describe('Until when it can be decided.'),
    decidedAt: time.nullable(),
    endReason: z
      .enum(['requester_left', 'beneficiary_left'])
      .nullable()
      .describe('Why it was withdrawn, if its requester did not take it back: whom it concerned left the directory.'),
    attention: z
      .strictObject({ code: z.literal('no_approver_left'), message: z.string() })
      .nullable()
      .describe('What keeps it from ever being approved, as the people and the rules are now.'),
    links: z.strictObject({ self: z.string(), approve: z.string(), deny: z.string(), withdraw: z.string(), comment: z.string() }),
  })
  .meta({ id: 'Request' })

export const requestPage = pageOf(requestSchema).meta({ id: 'RequestPage' })

export const previewSchema = z
  .strictObject({
    allowed: z.boolean(),
    refusals: z.array(z.strictObject({ entitlement: z.number().int(), rule: z.string().nullable(), detail: z.string() })),
    rules: z.array(z.strictObject({ entitlement: z.number().int(), rule: z.string() })),
    reasoning: z
      .array(
        z.strictObject({
          entitlement: z.number().int(),
          rules: z.array(
            z.strictObject({
              rule: z.string(),
              effect: z.enum(['allow', 'deny']),
              result: z
                .enum(['denies', 'decides', 'overruled', 'does_not_match'])
                .describe('`overruled`: it would allow it, and another rule denies it or comes first.'),
              because: z.array(z.string()).describe('Every part of it that does not match.'),
            }),
          ),
        }),
      )
      .describe('How every rule, in their order, stands to each entitlement.'),
    approvalsNeeded: z.array(stageSchema).describe('None of them: it would be approved at once.'),
    stages: z.array(stageStanding).describe('The same, with who could approve by name.'),
    approvers: z.array(z.string()).describe('Who could approve first.'),
    duration: z.string().nullable(),
    longestDuration: z.string().nullable(),
    review: reviewTerms.nullable().describe('Who reviews it, for emergency and standing access; null: nobody.'),
    ruleSet: z.string(),
    warnings: z
      .array(z.discriminatedUnion('code', [warningSchema, ruleWarningSchema, guardWarning, unmanagedAccessWarning]))
      .describe('What an approver would be told.'),
    policies: z
      .strictObject({
        before: z.array(plannedPolicy).describe('As the grants of now make them, those yet to start included.'),
        after: z.array(plannedPolicy).nullable().describe('As they would be; null: there is no room for them.'),
      })
      .nullable()
      .describe('Sallyport’s policies on the principal and its access roles; null where the rules refuse, or AWS cannot be asked.'),
    sharedWith: sharedWithSchema
      .nullable()
      .describe('Who else can use the principal, as far as AWS tells; null where the rules refuse, or nobody could tell.'),
  })
  .meta({ id: 'RequestPreview' })
