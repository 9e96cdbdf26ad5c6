import { refuseArn, splitArn } from './arn.ts'

/**
 * Checks that a text can be the resource of one `rds-db:connect`: an ARN of one database user. Less strict than
 * parseConnectArn, since a policy can also be judged on what no database has; but a wildcard is refused, because IAM is
 * asked for one database user at a time. Throws `invalid_arn`.
 */
export function checkConnectResource(text: string): void {
  const { service, resource } = splitArn(text)
  if (service !== 'rds-db') refuseArn(text, 'the service must be "rds-db", as in arn:aws:rds-db:region:account:dbuser:resource-id/db-user')
  if (!/^dbuser:[^/]+\/./s.test(resource)) refuseArn(text, 'after the account comes "dbuser:resource-id/db-user"')
  if (/[*?]/.test(text)) refuseArn(text, 'there is a wildcard in it; a question is about one database user of one database')
}
