import type { Command } from 'commander'
import type { ExplainOptions } from '../explain-policy.ts'
import { say } from './output.ts'

/** IAM policies, judged without AWS, Postgres or configuration. */
export function addPolicyCommands(program: Command): void {
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
      const { evaluateCommand } = await import('../evaluate-policies.ts')
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
      const { explainCommand } = await import('../explain-policy.ts')
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
    .action(async (file: string) => {
      const { compileCommand } = await import('../compile-policies.ts')
      say(await compileCommand(file, process.stdin))
    })
}
