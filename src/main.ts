#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { addCatalogCommands } from './app/commands/catalog-commands.ts'
import { addKeyCommands } from './app/commands/key-commands.ts'
import { addPolicyCommands } from './app/commands/policy-commands.ts'
import { addRuleCommands } from './app/commands/rule-commands.ts'
import { addServiceCommands } from './app/commands/service-commands.ts'
import { addTicketCommands } from './app/commands/ticket-commands.ts'
import { complaint } from './app/complaint.ts'
import { version } from './app/version.ts'
import { addPersonalCommands, processTerminal } from './cli/index.ts'

// `… | head -1`: whoever reads has enough, which is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const program = new Command('sallyport')
  .exitOverride() // before any command is added, so that each of them has it too
  .description('Approved, time-bound IAM database access to Amazon Aurora and RDS.')
  .version(version)
  .showHelpAfterError('(add --help for what can be said here)')
  .addHelpText(
    'after',
    '\nCommands for people call a running Sallyport: SALLYPORT_URL and SALLYPORT_TOKEN, or `sallyport login`; see docs/cli.md.\nThe others read their configuration from the environment and from sallyport.yaml; see docs/operations.md.\nExit codes: 0 done, 1 failed, 2 wrong usage or configuration.',
  )

program.commandsGroup('For people:')
addPersonalCommands(
  program,
  processTerminal((code) => {
    process.exitCode = code
  }),
)

program.commandsGroup('For operators:')
for (const add of [addServiceCommands, addKeyCommands, addCatalogCommands, addRuleCommands, addTicketCommands, addPolicyCommands])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? 0 : 2 // commander has said why
  else process.exitCode = complaint(error, (text) => process.stderr.write(`${text}\n`))
}
