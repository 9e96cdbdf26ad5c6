import type { Command } from 'commander'
import type { ExplainRulesOptions } from '../explain-rules.ts'
import { say } from './output.ts'

/** SALLYPORT_CONFIG, where a command is given no file. */
const configPath = async (): Promise<string> => (await import('../../config/index.ts')).loadEnvironment('rules check').configPath

/** sallyport.yaml: checked, explained, tested, brought into force. */
export function addRuleCommands(program: Command): void {
  const rules = program.command('rules').description('sallyport.yaml: accounts, databases, people and rules')

  rules
    .command('check [file]')
    .description('checks a file, or else SALLYPORT_CONFIG (./sallyport.yaml), and lists every problem with its line')
    .action(async (file?: string) => {
      const path = file ?? (await configPath())
      const { checkRulesCommand } = await import('../manage-rules.ts')
      say(await checkRulesCommand(path))
    })

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
      const path = file ?? (await configPath())
      const { explainRulesCommand, hypothesisOf } = await import('../explain-rules.ts')
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
      const path = file ?? (await configPath())
      const { testRulesCommand } = await import('../test-rules.ts')
      const { text, exitCode } = await testRulesCommand(cases, path)
      say(text)
      process.exitCode = exitCode
    })

  rules
    .command('activate')
    .description('brings SALLYPORT_CONFIG into force, even if another one came after it')
    .action(async () => {
      const { loadEnvironment } = await import('../../config/index.ts')
      const environment = loadEnvironment('rules activate')
      const { activateRulesCommand } = await import('../manage-rules.ts')
      say(await activateRulesCommand(environment))
    })

  rules
    .command('schema')
    .description('prints the JSON Schema of sallyport.yaml, for editors')
    .action(async () => {
      const { sallyportFileJsonSchema } = await import('../../config/index.ts')
      say(JSON.stringify(sallyportFileJsonSchema(), null, 2))
    })
}
