import { z } from 'zod'
import type { Identity, Person } from '../kernel/actor.ts'
import { regionForms } from '../kernel/partitions.ts'
import type { DatabaseUsers, Rule, Who } from '../kernel/rule.ts'
import { type Issuer, identitySchema, issuerSchema } from './issuer-schema.ts'
import { type RdsArn, readRdsArn } from './rds-arn.ts'
import { databaseScope, ruleSchema } from './rule-schema.ts'
import { accountId, dbUserName, line, matching, name, personId, region, some, strict, tags, who } from './schema-parts.ts'
import { type SlackConfig, slackSchema } from './slack-schema.ts'
import { type TicketSource, ticketSourceSchema } from './ticket-schema.ts'

/** Where Sallyport may act; without a role its own identity acts there. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly partition: string
  readonly regions: readonly string[]
  readonly roleArn: string | null
  readonly externalId: string | null
  /** The ARN of the permissions boundary that access roles there get. */
  readonly boundary: string | null
  /** Whether its databases are looked for in AWS. */
  readonly sync: boolean
}

/** A database as the file declares it; account, region, kind and identifier are read from its ARN. */
export interface DeclaredDatabase extends RdsArn {
  readonly resourceId: string
  readonly engine: keyof typeof defaultPorts
  readonly host: string
  readonly port: number
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
}

/** Where permission sets are administered. */
export interface IdentityCenterConfig {
  /** The ARN of the instance. */
  readonly instanceArn: string
  /** Its home region. */
  readonly region: string
  /** The number of the management account, or of the one that administration is delegated to: its role makes the calls. */
  readonly accountId: string
}

/** A principal that may connect only to what it has been granted, whatever else its policies allow. */
export interface GuardedPrincipal {
  readonly arn: string
  readonly partition: string
  readonly accountId: string
}

/** A person as the file lists them. */
export interface DeclaredPerson extends Person {
  readonly identities: readonly Identity[]
}

/** What an identity provider may say by SCIM about people. */
export interface ScimConfig {
  /** The names of the groups that come from there; others mean nothing. */
  readonly groups: readonly string[]
}

/** What becomes of the grants of somebody who leaves: they end at once, or wait for an admin. */
export interface Leavers {
  readonly grants: 'end' | 'attention'
}

/** sallyport.yaml with its defaults filled in; durations are whole seconds. */
export interface SallyportFile {
  readonly accounts: readonly Account[]
  /** Null: no permission sets are given access. */
  readonly identityCenter: IdentityCenterConfig | null
  readonly databases: readonly DeclaredDatabase[]
  /** Where several are about one database, it has the users of all of them. */
  readonly databaseUsers: readonly DatabaseUsers[]
  readonly principals: readonly GuardedPrincipal[]
  readonly people: readonly DeclaredPerson[]
  readonly issuers: readonly Issuer[]
  /** What an identity provider that pushes people by SCIM is believed; null: there is none. */
  readonly scim: ScimConfig | null
  readonly leavers: Leavers
  readonly tickets: readonly TicketSource[]
  /** Null: nobody asks or decides from Slack. */
  readonly slack: SlackConfig | null
  /** Who may read everything and revoke any grant. */
  readonly admins: Who
  /** Who may read everything, the audit included. */
  readonly auditors: Who
  /** Who has to confirm a rule set that is to take the place of this one; null: nobody. */
  readonly activation: { readonly confirmedBy: Who } | null
  readonly rules: readonly Rule[]
}

const partitions = Object.keys(regionForms)
const engines = ['aurora-postgresql', 'aurora-mysql', 'postgres', 'mysql', 'mariadb'] as const
const defaultPorts = { 'aurora-postgresql': 5432, 'aurora-mysql': 3306, postgres: 5432, mysql: 3306, mariadb: 3306 } as const

const account = strict({
  id: accountId,
  name,
  regions: some(region, 'name the regions of the account'),
  partition: z.enum(partitions, `must be one of ${partitions.join(', ')}`).default('aws'),
  role: matching(/^arn:[a-z-]+:iam::\d{12}:role\/[\x21-\x7e]+$/, 'the ARN of an IAM role')
    .optional()
    .describe('The role that Sallyport assumes there.'),
  externalId: matching(/^[\w+=,.@:/-]{2,1224}$/, '2 to 1224 letters, digits and + = , . @ : / - _')
    .optional()
    .describe('What the trust policy of the role asks for.'),
  boundary: matching(/^arn:[a-z-]+:iam::\d{12}:policy\/[\x21-\x7e]+$/, 'the ARN of a customer managed policy')
    .optional()
    .describe('The permissions boundary of the access roles that Sallyport makes there.'),
  sync: z.boolean().default(true).describe('Whether its databases are looked for in AWS.'),
}).transform(
  ({ role, externalId, boundary, ...rest }): Account => ({
    ...rest,
    roleArn: role ?? null,
    externalId: externalId ?? null,
    boundary: boundary ?? null,
  }),
)

const identityCenter = strict({
  instance: matching(
    /^arn:[a-z-]+:sso:::instance\/(?:sso)?ins-[a-zA-Z0-9-.]{16}$/,
    'the ARN of an instance of IAM Identity Center, such as arn:aws:sso:::instance/ssoins-0123456789abcdef',
  ).describe('`aws sso-admin list-instances` shows it.'),
  region: region.describe('The home region of the instance.'),
  account: accountId.describe('The management account, or the one that administration is delegated to; it must be listed under accounts.'),
}).transform(({ instance, region, account }): IdentityCenterConfig => ({ instanceArn: instance, region, accountId: account }))

const rdsArn = z.string().transform((text, context) => {
  const read = readRdsArn(text)
  if (read !== null) return read
  context.addIssue({
    code: 'custom',
    message: 'must be arn:aws:rds:<region>:<account>: and then cluster:<name>, db:<name> or db-proxy:prx-…',
  })
  return z.NEVER
})

const database = strict({
  arn: rdsArn,
  resourceId: matching(/^(?:(?:cluster|db)-[A-Z0-9]+|prx-[A-Za-z0-9]+)$/, 'a resource id such as cluster-ABCDEFGHIJKL01234, db-… or prx-…'),
  engine: z.enum(engines, `must be one of ${engines.join(', ')}`),
  host: matching(/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, 'a host name'),
  port: z.int().min(1).max(65_535).optional().describe('By default the port of the engine.'),
  iamAuthentication: z.boolean().default(true).describe('Whether IAM database authentication is switched on.'),
  tags: tags.default({}),
}).transform(
  ({ arn, iamAuthentication, port, ...rest }): DeclaredDatabase => ({
    ...arn,
    ...rest,
    port: port ?? defaultPorts[rest.engine],
    iamAuth: iamAuthentication,
  }),
)

const databaseUsers = strict({
  databases: databaseScope.describe('{} for all databases.'),
  names: some(dbUserName, 'name the database users').describe('As they are written in the database; no patterns.'),
  others: z
    .enum(['refuse', 'warn'], 'must be refuse or warn')
    .default('refuse')
    .describe('What becomes of a request for a database user that is not named.'),
})

const principal = strict({
  arn: matching(/^arn:[a-z-]+:iam::\d{12}:(?:user|group|role)\/[\x21-\x7e]*[\w+=,.@-]+$/, 'the ARN of an IAM user, group or role'),
  guard: z
    .literal(true, 'must be true; a principal that is to have no guard is left out')
    .describe('Denies it to connect to anything that it has not been granted.'),
}).transform(({ arn }): GuardedPrincipal => {
  const [, partition = '', , , accountId = ''] = arn.split(':')
  return { arn, partition, accountId }
})

const person = strict({
  id: personId.describe('Never changes, and is never given to somebody else.'),
  // The characters of IAM user names: none of them means anything in a pattern or an ARN.
  username: matching(/^[\w+=,.@-]{1,64}$/, 'up to 64 letters, digits and + = , . @ - _')
    .optional()
    .describe('What ${person.username} stands for; by default the id.'),
  name: line.optional().describe('How the person is shown; by default the id.'),
  groups: z.array(name).default([]),
  identities: z.array(identitySchema).default([]).describe('The logins of the person at issuers of tokens, and in Slack.'),
}).transform(({ username, name, ...rest }): DeclaredPerson => ({ ...rest, username: username ?? rest.id, displayName: name ?? rest.id }))

const scim = strict({
  groups: z
    .array(name)
    .default([])
    .describe('The groups whose members the identity provider names; what it says of other groups means nothing.'),
})

const leavers = strict({
  grants: z
    .enum(['end', 'attention'], 'must be end or attention')
    .default('end')
    .describe('Whether what was granted for somebody who leaves ends at once, or waits for an admin.'),
})

const nobody: Who = { groups: [], people: [] }

/** The shape of sallyport.yaml. Whether it makes sense as a whole is for `senseProblems`. */
export const fileSchema = strict({
  accounts: z.array(account).default([]),
  identityCenter: identityCenter.optional().describe('By which permission sets can be given access.'),
  databases: z.array(database).default([]),
  databaseUsers: z.array(databaseUsers).default([]),
  principals: z.array(principal).default([]).describe('Principals of which more is to be said than that they may be granted something.'),
  people: z.array(person).default([]),
  issuers: z.array(issuerSchema).default([]).describe('The OpenID providers with whose tokens people call.'),
  scim: scim.optional().describe('Takes people and groups from an identity provider that pushes them to /scim/v2.'),
  leavers: leavers.prefault({}).describe('What becomes of the access of somebody who leaves the directory.'),
  tickets: z.array(ticketSourceSchema).default([]).describe('The ticket systems that send webhooks.'),
  slack: slackSchema.optional().describe('The Slack workspace from which people ask and decide.'),
  admins: who.optional().describe('Who may read everything and revoke any grant.'),
  auditors: who.optional().describe('Who may read everything, the audit included.'),
  activation: strict({ confirmedBy: who })
    .optional()
    .describe('Who has to confirm a file that is to take the place of this one, before it comes into force.'),
  rules: z.array(ruleSchema).default([]),
}).transform(
  (file): SallyportFile => ({
    ...file,
    identityCenter: file.identityCenter ?? null,
    slack: file.slack ?? null,
    scim: file.scim ?? null,
    admins: file.admins ?? nobody,
    auditors: file.auditors ?? nobody,
    activation: file.activation ?? null,
  }),
)

/** The JSON Schema (draft 2020-12) by which an editor checks and completes sallyport.yaml. */
export const sallyportFileJsonSchema = () => z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-2020-12' })
