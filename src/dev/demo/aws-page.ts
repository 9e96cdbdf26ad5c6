/**
 * Policy documents of AWS's page "Creating and using an IAM policy for IAM database access" (Amazon Aurora User Guide),
 * and how the page ends: several principals with one database user. Its first example shows an account of ten digits,
 * which is none; here it has the account of the others.
 */
const allowing = (...databaseUsers: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['rds-db:connect'],
      Resource: databaseUsers.map((user) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/${user}`),
    },
  ],
})

export const cluster = 'cluster-ABCDEFGHIJKL01234'
export const oneDatabaseUser = allowing('db_user')
export const twoDatabaseUsers = allowing('jane_doe', 'mary_roe')
export const sharedDatabaseUser = allowing('jane_doe')
