import type { Command } from 'commander'
import type { TestTicketOptions } from '../test-ticket.ts'
import { say } from './output.ts'

/** Sources of tickets, tried out. */
export function addTicketCommands(program: Command): void {
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
      const { loadEnvironment } = await import('../../config/index.ts')
      const { testTicketCommand } = await import('../test-ticket.ts')
      const config = options.config ?? loadEnvironment('rules check').configPath
      const { text, exitCode } = await testTicketCommand(path, { ...options, config }, process.stdin)
      say(text)
      process.exitCode = exitCode
    })
}
