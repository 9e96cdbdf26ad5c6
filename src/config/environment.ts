import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { addressRanges } from './address-ranges.ts'
import { ConfigError } from './config-error.ts'
import { secretKeys } from './secret-keys.ts'
import { ticketCredentials } from './ticket-credentials.ts'

/** A Postgres URL. Its value is never repeated in a message: it may hold a password. */
const postgresUrl = z.string('is not set; set it to postgres://user:password@host:5432/database').superRefine((text, context) => {
  const problem = postgresUrlProblem(text)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

function postgresUrlProblem(text: string): string | null {
  if (!URL.canParse(text))
    return 'is not a URL; set it to postgres://user:password@host:5432/database, with special characters of the password percent-encoded'
  const url = new URL(text)
  if (!/^postgres(ql)?:$/.test(url.protocol)) return 'is not a Postgres URL; it must begin with postgres://'
  if (url.pathname.length < 2) return 'names no database; add it at the end: postgres://user:password@host:5432/database'
  // The driver lets it replace the options by which every connection takes on the run-time role.
  if (url.searchParams.has('options')) return 'has `options`; leave that parameter out, Sallyport sets it itself'
  return null
}

const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http or https URL' })

const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `is not a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `is not a whole number from ${from} to ${to}`)

/** 0 lets the system choose a free port. */
const port = wholeNumber(0, 65_535)

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const logLevel = z.enum(logLevels, `is not one of ${logLevels.join(', ')}`)
const log = { LOG_LEVEL: logLevel.default('info') }
const file = { SALLYPORT_CONFIG: z.string().default('./sallyport.yaml') }
const database = { DATABASE_URL: postgresUrl, DATABASE_POOL_SIZE: wholeNumber(1, 200).default(10) }
/**
 * Read by the AWS SDK alone, which throws at any other value, in places where nobody can catch it (measured with
 * @aws-sdk/client-iam 3.1169; bad values of AWS_RETRY_MODE, AWS_MAX_ATTEMPTS and AWS_USE_… it passes over).
 */
const defaultsModes = ['auto', 'in-region', 'cross-region', 'mobile', 'standard', 'legacy'] as const
const sdk = {
  AWS_DEFAULTS_MODE: z
    .string()
    .toLowerCase()
    .pipe(z.enum(defaultsModes, `is not one of ${defaultsModes.join(', ')}`))
    .optional(),
}
const aws = {
  ...sdk,
  AWS_ENDPOINT_URL: httpUrl.optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)+-\d+$/, 'is not an AWS region such as us-east-1')
    .default('us-east-1'),
}
const webhooks = { SALLYPORT_SECRET_KEY: secretKeys.optional(), SALLYPORT_WEBHOOK_ADDRESSES: addressRanges.optional() }
// Loopback unless told otherwise, so that nothing is exposed by accident; a container image sets 0.0.0.0.
const listen = { HOST: z.string().default('127.0.0.1'), PORT: port.default(8080) }

/** What the processes read that serve and work; the secrets of sources of tickets have names that the rule set gives. */
const served = z.looseObject({ ...log, ...file, ...database, ...aws, ...webhooks })
const settingsOf = (read: z.output<typeof served>) => ({
  logLevel: read.LOG_LEVEL,
  configPath: read.SALLYPORT_CONFIG,
  databaseUrl: read.DATABASE_URL,
  databasePoolSize: read.DATABASE_POOL_SIZE,
  awsEndpoint: read.AWS_ENDPOINT_URL ?? null,
  awsRegion: read.AWS_REGION,
  secretKeys: read.SALLYPORT_SECRET_KEY ?? [],
  webhookAddresses: read.SALLYPORT_WEBHOOK_ADDRESSES ?? [],
  ticketCredentials: ticketCredentials(read),
})

/** What each command reads of the environment. Variables of other commands are not looked at. */
const commands = {
  serve: served.extend(listen).transform((read) => ({ ...settingsOf(read), host: read.HOST, port: read.PORT })),
  worker: served.transform(settingsOf),
  doctor: z.object({ ...file, DATABASE_URL: postgresUrl, ...aws }).transform((read) => ({
    configPath: read.SALLYPORT_CONFIG,
    databaseUrl: read.DATABASE_URL,
    awsEndpoint: read.AWS_ENDPOINT_URL ?? null,
    awsRegion: read.AWS_REGION,
  })),
  migrate: z.object({ DATABASE_OWNER_URL: postgresUrl.optional(), DATABASE_URL: postgresUrl.optional() }).transform((read, context) => {
    const ownerUrl = read.DATABASE_OWNER_URL ?? read.DATABASE_URL
    if (ownerUrl !== undefined) return { ownerUrl }
    const message = 'is not set, nor is DATABASE_URL; set it to the URL of the role that owns the tables'
    context.addIssue({ code: 'custom', path: ['DATABASE_OWNER_URL'], message })
    return z.NEVER
  }),
  catalog: z.object({ LOG_LEVEL: logLevel.default('warn'), DATABASE_URL: postgresUrl, ...aws }).transform((read) => ({
    logLevel: read.LOG_LEVEL,
    databaseUrl: read.DATABASE_URL,
    awsEndpoint: read.AWS_ENDPOINT_URL ?? null,
    awsRegion: read.AWS_REGION,
  })),
  keys: z.object({ DATABASE_URL: postgresUrl }).transform((read) => ({ databaseUrl: read.DATABASE_URL })),
  access: z.object({ DATABASE_URL: postgresUrl }).transform((read) => ({ databaseUrl: read.DATABASE_URL })),
  people: z
    .object({
      SALLYPORT_URL: httpUrl.optional(),
      SALLYPORT_TOKEN: z.string().optional(),
      SALLYPORT_ON_BEHALF_OF: z.string().optional(),
      SALLYPORT_ISSUER: httpUrl.optional(),
      SALLYPORT_CLIENT_ID: z.string().optional(),
      XDG_CONFIG_HOME: z.string().optional(),
      NO_COLOR: z.string().optional(),
    })
    .transform((read) => ({
      url: read.SALLYPORT_URL ?? null,
      token: read.SALLYPORT_TOKEN ?? null,
      onBehalfOf: read.SALLYPORT_ON_BEHALF_OF ?? null,
      issuer: read.SALLYPORT_ISSUER ?? null,
      clientId: read.SALLYPORT_CLIENT_ID ?? null,
      loginPath: join(read.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'sallyport', 'login.json'),
      color: read.NO_COLOR === undefined, // no-color.org
    })),
  'rules check': z.object(file).transform((read) => ({ configPath: read.SALLYPORT_CONFIG })),
  'rules activate': z
    .object({ ...file, DATABASE_URL: postgresUrl })
    .transform((read) => ({ configPath: read.SALLYPORT_CONFIG, databaseUrl: read.DATABASE_URL })),
  dev: z
    .looseObject({
      ...sdk,
      LOG_LEVEL: logLevel.default('warn'), // a person reads along, and has been told what is going on
      PORT: port.default(8080),
      SALLYPORT_DATA_DIR: z.string().default('.sallyport'),
      SALLYPORT_DEV_AWS_PORT: port.default(4566),
      SALLYPORT_DEV_DATABASE_URL: postgresUrl.optional(),
      AWS_ENDPOINT_URL: httpUrl.refine(isLoopback, 'is not on loopback; dev mode never acts on a real AWS').optional(),
    })
    .transform((read) => ({
      logLevel: read.LOG_LEVEL,
      port: read.PORT,
      dataDirectory: read.SALLYPORT_DATA_DIR,
      awsPort: read.SALLYPORT_DEV_AWS_PORT,
      databaseUrl: read.SALLYPORT_DEV_DATABASE_URL ?? null,
      awsEndpoint: read.AWS_ENDPOINT_URL ?? null,
      ticketCredentials: ticketCredentials(read),
    })),
}

export type Command = keyof typeof commands

type Environments = { [C in Command]: z.output<(typeof commands)[C]> }

/** What a command has read, e.g. `Environment<'serve'>`. */
export type Environment<C extends Command> = Readonly<Environments[C]>

/**
 * Reads what a command needs of the environment; a variable that is set to nothing counts as not set.
 * Throws a ConfigError that lists every problem as `VARIABLE: what is wrong, and what to do`.
 */
export function loadEnvironment<C extends Command>(command: C, variables: NodeJS.ProcessEnv = process.env): Environment<C> {
  const schemas: { readonly [Each in Command]: z.ZodType<Environments[Each]> } = commands
  const schema: z.ZodType<Environments[C]> = schemas[command]
  const result = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')))
  if (result.success) return Object.freeze(result.data)
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
}
