#!/usr/bin/env node
import closeWithGrace from 'close-with-grace'
import { Command, CommanderError } from 'commander'
import { type Logger, pino } from 'pino'
import { compileCommand } from './app/compile-policies.ts'
import { complaint } from './app/complaint.ts'
import { doctorCommand } from './app/doctor.ts'
import { evaluateCommand } from './app/evaluate-policies.ts'
import { type ExplainOptions, explainCommand } from './app/explain-policy.ts'
import { type ExplainRulesOptions, explainRulesCommand, hypothesisOf } from './app/explain-rules.ts'
import { type CreateKeyOptions, createKeyCommand, listKeysCommand, revokeKeyCommand, rotateKeyCommand } from './app/manage-keys.ts'
import { activateRulesCommand, checkRulesCommand } from './app/manage-rules.ts'
import { migrateCommand } from './app/migrate.ts'
import type { Running } from './app/running.ts'
import { serve } from './app/serve.ts'
import { showAccessCommand } from './app/show-access.ts'
import { syncCatalogCommand } from './app/sync-catalog.ts'
import { testRulesCommand } from './app/test-rules.ts'
import { type TestTicketOptions, testTicketCommand } from './app/test-ticket.ts'
import { version } from './app/version.ts'
import { work } from './app/work.ts'
import { addPersonalCommands, processTerminal } from './cli/index.ts'
import { loadEnvironment, sallyportFileJsonSchema } from './config/index.ts'

// `… | head -1`: whoever reads has enough, which is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const progress = (text: string): void => void process.stderr.write(`${text}\n`)

/** Starts something and keeps the process until a signal, or a fault nobody caught, ends it. */
async function run(name: string, logLevel: string, start: (log: Logger) => Promise<Running>): Promise<void> {
  const log = pino({ name: `sallyport ${name}`, level: logLevel })
  const running = await start(log)
  let stopping = false
  const { close } = closeWithGrace({ delay: 30_000, logger: false, skip: ['SIGINT', 'SIGTERM'] }, async ({ err }) => {
    stopping = true
    if (err) log.fatal({ err }, 'a fault that nobody caught; stopping')
    await running.stop()
    log.info('stopped')
  })
  const stop = (signal: string): void => {
    if (stopping) return // npm passes on the Ctrl-C that the terminal sends to everybody: no wish to be killed
    log.info({ signal }, 'stopping')
    close()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

const program = new Command('sallyport')
  .exitOverride() // before any command is added, so that each of them has it too
  .description('Approved, time-bound IAM database access to Amazon Aurora and RDS.')
  .version(version)
  .showHelpAfterError('(add --help for what can be said here)')
  .addHelpText(
    'after',
    '\nCommands for people call a running Sallyport: SALLYPORT_URL and SALLYPORT_TOKEN, or `sallyport login`; see docs/cli.md.\nThe others read their configuration from the environment and from sallyport.yaml; see docs/operations.md.\nExit codes: 0 done, 1 failed, 2 wrong usage or configuration.',
  )

addPersonalCommands(
  program,
  processTerminal((code) => {
    process.exitCode = code
  }),
)

program
  .command('dev')
  .description('everything on this machine, with a demo world: Postgres, a stand-in for AWS, API and worker')
  .addHelpText(
    'after',
    '\nPORT (8080), SALLYPORT_DATA_DIR (.sallyport), SALLYPORT_DEV_AWS_PORT (4566), SALLYPORT_DEV_DATABASE_URL, AWS_ENDPOINT_URL, LOG_LEVEL.',
  )
  .action(async () => {
    const environment = loadEnvironment('dev')
    const { dev } = await import('./app/dev.ts') // what it stands on is installed for development only
    await run('dev', environment.logLevel, (log) => dev(environment, log, say))
  })

program
  .command('serve')
  .description('the HTTP API; any number of them')
  .addHelpText(
    'after',
    '\nDATABASE_URL (needed), HOST (127.0.0.1), PORT (8080), SALLYPORT_CONFIG (./sallyport.yaml), DATABASE_POOL_SIZE (10), SALLYPORT_SECRET_KEY, SALLYPORT_WEBHOOK_ADDRESSES, SALLYPORT_TICKET_SECRET_<SOURCE>, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL.',
  )
  .action(async () => {
    const environment = loadEnvironment('serve')
    await run('serve', environment.logLevel, (log) => serve(environment, log))
  })

program
  .command('worker')
  .description('makes AWS what the grants say, and keeps it so; any number of them')
  .addHelpText(
    'after',
    '\nDATABASE_URL (needed), SALLYPORT_CONFIG (./sallyport.yaml), DATABASE_POOL_SIZE (10), SALLYPORT_SECRET_KEY, SALLYPORT_WEBHOOK_ADDRESSES, SALLYPORT_TICKET_TOKEN_<SOURCE>, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL.',
  )
  .action(async () => {
    const environment = loadEnvironment('worker')
    await run('worker', environment.logLevel, (log) => work(environment, log))
  })

program
  .command('doctor')
  .description('looks at configuration, Postgres and every AWS account, and says what is wrong and how to cure it')
  .option('--json', 'prints everything that was found as JSON')
  .addHelpText(
    'after',
    `
Changes nothing, and can be run beside serve and worker at any time; run it as the identity that those have.

  configuration  sallyport.yaml can be used, and is the one in force
  Postgres       it answers, has the schema of this version, lets connections act as sallyport_runtime; its clock
  each account   its role can be assumed; which tier it has (contained, bounded or any; see deploy/aws/README.md), by its
                 own policies; what it lacks, and what it may do beyond need; every region answers; quotas of IAM, those of
                 principals that have grants among them; AWS's clock
  databases      IAM authentication is off

A line for each goes to standard error as it is done, and to standard output a table of the accounts and one of what was
found, errors before warnings. Exit codes: 0 nothing is wrong, or there are only warnings; 1 something is wrong; 2 wrong
usage or environment.

DATABASE_URL (needed), SALLYPORT_CONFIG (./sallyport.yaml), AWS_ENDPOINT_URL, AWS_REGION.`,
  )
  .action(async ({ json = false }: { json?: boolean }) => {
    process.exitCode = await doctorCommand(loadEnvironment('doctor'), { json }, say, progress)
  })

program
  .command('migrate')
  .description('brings the database to the schema of this version; repeating it changes nothing')
  .addHelpText('after', '\nDATABASE_OWNER_URL, or else DATABASE_URL: the role that owns the tables.')
  .action(async () => say(await migrateCommand(loadEnvironment('migrate'))))

const keys = program.command('keys').description('API keys, by which programs call the API')

keys
  .command('create <name>')
  .description('makes a key and prints its token, once')
  .option('--scope <scope>', 'read, ask, decide, revoke, audit, sync or webhooks; repeat it for several', collect, [])
  .option('--decide-group <group>', 'with the scope decide: a group for whose people it may decide; can be repeated', collect, [])
  .option('--owner <person>', 'whose key it is: it stops when they leave, and never decides what concerns them')
  .option('--expires <duration>', 'how long it lives, e.g. P90D; without an end unless given')
  .action(async (name: string, options: Omit<CreateKeyOptions, 'name'>) =>
    say(await createKeyCommand(loadEnvironment('keys').databaseUrl, { ...options, name })),
  )

keys
  .command('list')
  .description('every key that was ever made, without its token')
  .action(async () => say(await listKeysCommand(loadEnvironment('keys').databaseUrl)))

keys
  .command('rotate <id-or-name>')
  .description('gives a key another secret and prints its token, once')
  .option('--overlap <duration>', 'for how long the secret before stays good, e.g. PT1H; not at all unless given, at most P30D')
  .action(async (ref: string, { overlap }: { readonly overlap?: string }) =>
    say(await rotateKeyCommand(loadEnvironment('keys').databaseUrl, ref, overlap)),
  )

keys
  .command('revoke <id-or-name>')
  .description('makes a key useless, for good')
  .action(async (ref: string) => say(await revokeKeyCommand(loadEnvironment('keys').databaseUrl, ref)))

const catalog = program.command('catalog').description('the databases that can be asked for')

catalog
  .command('sync')
  .description('looks for databases in AWS now, and tells what came of it')
  .option('--account <id>', 'an AWS account to look in; repeat it for several; all of them unless given', collect, [])
  .option('--json', 'prints what came of each region as JSON', false)
  .addHelpText(
    'after',
    '\nDATABASE_URL (needed), AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL (warn). Exit code 1: a region was not read to its end.',
  )
  .action(async (options: { readonly account: readonly string[]; readonly json: boolean }) => {
    const environment = loadEnvironment('catalog')
    const log = pino({ name: 'sallyport catalog', level: environment.logLevel }, pino.destination(2))
    process.exitCode = await syncCatalogCommand(environment, options, log, say, progress)
  })

catalog
  .command('access <database> [dbUser]')
  .description('what `sallyport access` tells, whole and read from Postgres, for when the API cannot be asked')
  .option('--json', 'the answer of GET /v1/access, whole, as JSON', false)
  .addHelpText('after', '\nDATABASE_URL (needed). The worker reads each account every quarter of an hour; this asks AWS nothing.')
  .action(async (database: string, dbUser: string | undefined, { json }: { readonly json: boolean }) =>
    say(await showAccessCommand(loadEnvironment('access').databaseUrl, { database, dbUser: dbUser ?? null, json })),
  )

const rules = program.command('rules').description('sallyport.yaml: accounts, databases, people and rules')

rules
  .command('check [file]')
  .description('checks a file, or else SALLYPORT_CONFIG (./sallyport.yaml), and lists every problem with its line')
  .action(async (file?: string) => say(await checkRulesCommand(file ?? loadEnvironment('rules check').configPath)))

rules
  .command('explain [file]')
  .description('how each rule stands to what somebody would ask for, what comes of it, and who could approve')
  .requiredOption('--person <id>', 'who asks')
  .option('--for <id>', 'who would use it, if that is somebody else')
  .requiredOption('--principal <arn>', 'the IAM role, user or group that would connect')
  .option('--path <path>', 'direct, or access-role', 'direct')
  .requiredOption('--database <name>', 'a database that the file declares: its identifier, resource id or ARN')
  .requiredOption('--db-user <name>', 'the database user; "*" for every one')
  .option('--reason <text>', 'why, where a rule wants to know', '')
  .option('--ticket <system:key>', 'a ticket, such as jira:OPS-17')
  .option('--json', 'the same as JSON', false)
  .addHelpText(
    'after',
    '\nLooks at the file, or else SALLYPORT_CONFIG (./sallyport.yaml), and nothing else. Exit code 1 if the rules refuse.',
  )
  .action(async (file: string | undefined, options: ExplainRulesOptions) => {
    const path = file ?? loadEnvironment('rules check').configPath
    const { text, exitCode } = await explainRulesCommand(path, hypothesisOf(options), options)
    say(text)
    process.exitCode = exitCode
  })

rules
  .command('test <cases> [file]')
  .description('holds the rules of a file, or else of SALLYPORT_CONFIG (./sallyport.yaml), against cases')
  .addHelpText(
    'after',
    `
A file of cases is YAML:

  cases:
    - name: production waits for a database administrator
      ask: { person: developer, principal: "arn:aws:iam::123456789012:role/app-reader", database: orders, dbUser: db_user }
      expect: { allowed: true, rule: production-with-a-dba, approvers: [dba, dba-2], longest: PT8H }

Of expect only allowed is needed. The reasoning is printed of each case that fails. Exit code 1 if one does.`,
  )
  .action(async (cases: string, file?: string) => {
    const { text, exitCode } = await testRulesCommand(cases, file ?? loadEnvironment('rules check').configPath)
    say(text)
    process.exitCode = exitCode
  })

rules
  .command('activate')
  .description('brings SALLYPORT_CONFIG into force, even if another one came after it')
  .action(async () => say(await activateRulesCommand(loadEnvironment('rules activate'))))

rules
  .command('schema')
  .description('prints the JSON Schema of sallyport.yaml, for editors')
  .action(() => say(JSON.stringify(sallyportFileJsonSchema(), null, 2)))

program
  .command('tickets')
  .description('webhooks of ticket systems')
  .command('test <file>')
  .description('what the body of a webhook would do: the fields that are read, what it is, the request it makes, and what is missing')
  .option('--source <name>', 'which of the sources under tickets; needed if there are several')
  .option('--config <file>', 'in place of SALLYPORT_CONFIG (./sallyport.yaml)')
  .option('--json', 'the same as JSON', false)
  .addHelpText('after', '\nLooks at the two files and nothing else; - is standard input. Exit code 1 if something is missing.')
  .action(async (path: string, options: TestTicketOptions) => {
    const config = options.config ?? loadEnvironment('rules check').configPath
    const { text, exitCode } = await testTicketCommand(path, { ...options, config }, process.stdin)
    say(text)
    process.exitCode = exitCode
  })

const policy = program.command('policy').description('IAM policies, judged and explained offline; needs no configuration')

policy
  .command('evaluate')
  .description('says for each case on standard input whether its policies allow rds-db:connect')
  .addHelpText(
    'after',
    `
Reads NDJSON, a case a line, and writes a line for each, in order:
  policies  the identity policies of a principal, each as an object or as its text
  boundary  its permissions boundary, or null
  resource  the ARN of one database user
  context   condition keys with a text or a list of texts. A key that is missing is unknown; [] says that the request
            does not have it

  $ echo '{"policies": [{"Statement": {"Effect": "Allow", "Action": "rds-db:*", "Resource": "*"}}], "boundary": null, "resource": "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe", "context": {}}' | sallyport policy evaluate
  {"result":"allowed"}

The result is allowed, denied (by a Deny), implicitly-denied (no Allow), or conditional (it depends on what the context
leaves unknown). A line that cannot be judged gives {"error": {"code", "detail"}} in its place, and exit code 1 at the end.`,
  )
  .action(async () => {
    process.exitCode = await evaluateCommand(process.stdin, process.stdout)
  })

policy
  .command('explain <file>')
  .description('says what a policy lets connect to, and what is wrong with it; - is standard input')
  .option('--json', 'answers as JSON: findings, statements, access, words')
  .option('--databases <file>', 'a sallyport.yaml, whose databases are then known by name')
  .option('--account <id>', 'the account in which the policy is to stand')
  .addHelpText(
    'after',
    `
  $ echo '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "rds:connect", "Resource": "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe"}}' | sallyport policy explain -

Findings have a code, a place (a JSON pointer), what is wrong and the cure. Exit code 1 if one of them is an error, 0 if all
are warnings or there are none.`,
  )
  .action(async (file: string, options: ExplainOptions) => {
    const { text, exitCode } = await explainCommand(file, options, process.stdin)
    say(text)
    process.exitCode = exitCode
  })

policy
  .command('compile <file>')
  .description('makes the policies that let principals connect, as Sallyport would write them; - is standard input')
  .addHelpText(
    'after',
    `
Reads a JSON list:
  principal  the ARN of an IAM role, user or group
  resource   the ARN of a database user, arn:aws:rds-db:region:account:dbuser:resource-id/db-user, or a resource id
  dbUser     the database user, if resource does not have it
  region     with a resource id
  account    with a resource id; by default that of the principal

  $ echo '[{"principal": "arn:aws:iam::123456789012:role/developer", "resource": "cluster-ABCDEFGHIJKL01234", "region": "us-east-2", "dbUser": "jane_doe"}]' | sallyport policy compile -

Answers a JSON list: each principal with its policies, for one that has no others. One bad entry, and nothing is answered.`,
  )
  .action(async (file: string) => say(await compileCommand(file, process.stdin)))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? 0 : 2 // commander has said why
  else process.exitCode = complaint(error, (text) => process.stderr.write(`${text}\n`))
}
