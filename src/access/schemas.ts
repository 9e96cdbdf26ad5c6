import { z } from 'zod'
import type { Explanation } from '../policy/index.ts'

const pointer = z.string().describe('A JSON pointer into the policy; empty for the whole of it.').meta({ example: '/Statement/0/Action/0' })

const finding = z
  .strictObject({
    code: z.string().describe('Stable; docs/policies.md lists them.').meta({ example: 'rds_action' }),
    severity: z
      .enum(['error', 'warning'])
      .describe('`error`: it does something else than it says, mostly nothing. `warning`: it does it, and perhaps should not.'),
    pointer,
    detail: z.string().describe('What is wrong with this very text.'),
    cure: z.string(),
    corrected: z
      .string()
      .nullable()
      .describe('The text to put at `pointer`, where one alone is right.')
      .meta({ example: 'rds-db:connect' }),
  })
  .meta({ id: 'PolicyFinding' })

const today = z
  .strictObject({
    count: z.number().int().describe('How many databases.'),
    databases: z
      .array(
        z.strictObject({
          partition: z.string().meta({ example: 'aws' }),
          region: z.string().meta({ example: 'us-east-2' }),
          account: z.string().meta({ example: '123456789012' }),
          kind: z.enum(['cluster', 'instance', 'proxy']),
          resourceId: z.string().meta({ example: 'cluster-ABCDEFGHIJKL01234' }),
          identifier: z.string().meta({ example: 'orders' }),
        }),
      )
      .describe('The first hundred of them.'),
    dbUsers: z
      .array(z.string())
      .nullable()
      .describe('The declared database users that match there; null if some of the databases have none declared.')
      .meta({ example: null }),
  })
  .meta({ id: 'PolicyReach' })

const reach = {
  resource: z.string().describe('As it stands in the policy.').meta({ example: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jane_doe' }),
  dbUser: z.string().nullable().describe('One, or a pattern of several; null if the resource names none, and any matches.'),
  open: z.boolean().describe('Whether it can match more than one database; those to come join by themselves.'),
  today: today
    .nullable()
    .describe('What of the catalog it matches; null if that was not looked up, because the policy has too many patterns.'),
}

const statement = z
  .strictObject({
    pointer,
    sid: z.string().nullable().meta({ example: null }),
    effect: z.enum(['Allow', 'Deny']),
    aboutConnecting: z.boolean().describe('Whether it lets or forbids anybody to connect to anything.'),
    everythingElse: z.boolean().describe('`resources` are those of NotResource: it is about all the others.'),
    resources: z.array(z.strictObject({ pointer, ...reach })),
    conditions: z.array(
      z.strictObject({
        pointer,
        operator: z.string().meta({ example: 'StringEquals' }),
        key: z.string().meta({ example: 'aws:PrincipalTag/team' }),
        values: z.array(z.string()),
        supported: z.boolean().describe('Whether `rds-db:connect` has this key.'),
        words: z.string().meta({ example: 'aws:PrincipalTag/team is "payments"' }),
      }),
    ),
    words: z.string(),
  })
  .meta({ id: 'PolicyStatement' })

const access = z
  .strictObject({
    ...reach,
    result: z
      .enum(['allowed', 'partly', 'conditional', 'denied'])
      .describe('`partly`: a Deny or NotResource leaves out some of the pattern. `conditional`: it depends on conditions or variables.'),
    allowedBy: z.array(z.string()).describe('The statements, as JSON pointers.'),
    deniedBy: z.array(z.string()),
    words: z.string(),
  })
  .meta({ id: 'PolicyAccess' })

export const explanationSchema = z
  .strictObject({
    findings: z.array(finding),
    statements: z.array(statement).describe('Each by itself; none if the policy cannot be read, or is too long for IAM.'),
    access: z.array(access).describe('What they allow together, a resource at a time.'),
    words: z.array(z.string()).describe('The same in sentences.'),
  })
  .meta({ id: 'PolicyExplanation' })

export const explainBody = z
  .strictObject({
    policy: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .describe('Any IAM policy of a user, group, role or permission set, as an object or as its text.')
      .meta({
        example: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:*/jane_doe' }],
        },
      }),
    account: z
      .string()
      .regex(/^\d{12}$/, 'is not an AWS account id of 12 digits')
      .optional()
      .describe('Where the policy is to stand: it lets nobody connect in another.')
      .meta({ example: '123456789012' }),
  })
  .meta({ id: 'ExplainPolicy' })

type Writable<T> = { -readonly [Key in keyof T]: Writable<T[Key]> }

/** The wire form of an explanation. */
export const printExplanation = (explanation: Explanation): z.infer<typeof explanationSchema> =>
  structuredClone(explanation) as Writable<Explanation> // a copy is nobody else’s
