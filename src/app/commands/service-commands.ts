import type { Command } from 'commander'
import { progress, say } from './output.ts'

/** What runs and looks after a deployment. Each loads what it needs when it is called: `--help` needs none of it. */
export function addServiceCommands(program: Command): void {
  program
    .command('dev')
    .description('everything on this machine, with a demo world: Postgres, a stand-in for AWS, API and worker')
    .addHelpText(
      'after',
      '\nPORT (8080), SALLYPORT_DATA_DIR (.sallyport), SALLYPORT_DEV_AWS_PORT (4566), SALLYPORT_DEV_DATABASE_URL, AWS_ENDPOINT_URL, LOG_LEVEL.',
    )
    .action(async () => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('dev')
      const { dev } = await import('../dev.ts') // what it stands on is installed for development only
      const { run } = await import('./run-process.ts')
      await run('dev', environment.logLevel, (log) => dev(environment, log, say))
    })

  program
    .command('serve')
    .description('the HTTP API; any number of them')
    .addHelpText(
      'after',
      '\nDATABASE_URL (needed), HOST (127.0.0.1), PORT (8080), SALLYPORT_CONFIG (./sallyport.yaml), DATABASE_POOL_SIZE (10), SALLYPORT_SECRET_KEY, SALLYPORT_WEBHOOK_ADDRESSES, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL.',
    )
    .action(async () => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('serve')
      const [{ serve }, { run }] = await Promise.all([import('../serve.ts'), import('./run-process.ts')])
      await run('serve', environment.logLevel, (log) => serve(environment, log))
    })

  program
    .command('worker')
    .description('makes AWS what the grants say, and keeps it so; any number of them')
    .addHelpText(
      'after',
      '\nDATABASE_URL (needed), SALLYPORT_CONFIG (./sallyport.yaml), DATABASE_POOL_SIZE (10), SALLYPORT_SECRET_KEY, SALLYPORT_WEBHOOK_ADDRESSES, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL.',
    )
    .action(async () => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('worker')
      const [{ work }, { run }] = await Promise.all([import('../work.ts'), import('./run-process.ts')])
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
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('doctor')
      const { doctorCommand } = await import('../doctor.ts')
      process.exitCode = await doctorCommand(environment, { json }, say, progress)
    })

  program
    .command('migrate')
    .description('brings the database to the schema of this version; repeating it changes nothing')
    .addHelpText('after', '\nDATABASE_OWNER_URL, or else DATABASE_URL: the role that owns the tables.')
    .action(async () => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('migrate')
      const { migrateCommand } = await import('../migrate.ts')
      say(await migrateCommand(environment))
    })
}
