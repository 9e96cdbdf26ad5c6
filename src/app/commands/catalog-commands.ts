import type { Command } from 'commander'
import { collect, progress, say } from './output.ts'

/** The catalog as operators see it: synced now, and who can connect, from Postgres. */
export function addCatalogCommands(program: Command): void {
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
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('catalog')
      const [{ syncCatalogCommand }, { pino }] = await Promise.all([import('../sync-catalog.ts'), import('pino')])
      const log = pino({ name: 'sallyport catalog', level: environment.logLevel }, pino.destination(2))
      process.exitCode = await syncCatalogCommand(environment, options, log, say, progress)
    })

  catalog
    .command('access <database> [dbUser]')
    .description('what `sallyport access` tells, whole and read from Postgres, for when the API cannot be asked')
    .option('--json', 'the answer of GET /v1/access, whole, as JSON', false)
    .addHelpText('after', '\nDATABASE_URL (needed). The worker reads each account every quarter of an hour; this asks AWS nothing.')
    .action(async (database: string, dbUser: string | undefined, { json }: { readonly json: boolean }) => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const { databaseUrl } = loadEnvironment('access')
      const { showAccessCommand } = await import('../show-access.ts')
      say(await showAccessCommand(databaseUrl, { database, dbUser: dbUser ?? null, json }))
    })
}
