import type { Command } from 'commander'
import { loadEnvironment } from '../../config/index.ts'
import type { Shell } from './shell.ts'

/** `sallyport doctor` and `migrate`. */
export function addUpkeep(program: Command, { say, progress, exit }: Shell): void {
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
      const { doctorCommand } = await import('../doctor.ts')
      exit(await doctorCommand(loadEnvironment('doctor'), { json }, say, progress))
    })

  program
    .command('migrate')
    .description('brings the database to the schema of this version; repeating it changes nothing')
    .addHelpText('after', '\nDATABASE_OWNER_URL, or else DATABASE_URL: the role that owns the tables.')
    .action(async () => {
      const { migrateCommand } = await import('../migrate.ts')
      say(await migrateCommand(loadEnvironment('migrate')))
    })
}
