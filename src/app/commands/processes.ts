import type { Command } from 'commander'
import { loadEnvironment } from '../../config/index.ts'
import { run } from './run.ts'
import type { Shell } from './shell.ts'

/** `sallyport dev`, `serve` and `worker`: what runs until it is told to stop. */
export function addProcesses(program: Command, { say }: Shell): void {
  program
    .command('dev')
    .description('everything on this machine, with a demo world: Postgres, a stand-in for AWS, API and worker')
    .addHelpText(
      'after',
      '\nPORT (8080), SALLYPORT_DATA_DIR (.sallyport), SALLYPORT_DEV_AWS_PORT (4566), SALLYPORT_DEV_DATABASE_URL, AWS_ENDPOINT_URL, LOG_LEVEL.',
    )
    .action(async () => {
      const environment = loadEnvironment('dev')
      const { dev } = await import('../dev.ts') // what it stands on is installed for development only
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
      const environment = loadEnvironment('serve')
      const { serve } = await import('../serve.ts')
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
      const environment = loadEnvironment('worker')
      const { work } = await import('../work.ts')
      await run('worker', environment.logLevel, (log) => work(environment, log))
    })
}
